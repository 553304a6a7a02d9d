"""In: a row of targets and its document. Out: its sentence in its paragraph, marked, and its source.

To find it: ``lookup``; what to mark: ``curated_spans`` (the table ``spans``), ``marks``; to show
it: ``html``, ``text`` (of an ``evidence_record``); where it stands in a report set: ``addresses``.
"""

from compare.base.renamed_modules import renamed

__getattr__ = renamed(
    __name__,
    {
        "Evidence": "compare.target_evidence.lookup.ShownEvidence",
        "evidence": "compare.target_evidence.lookup.evidence",
        "evidence_href": "compare.target_evidence.addresses.evidence_href",
        "evidence_page": "compare.target_evidence.addresses.evidence_page",
        "of_rows": "compare.target_evidence.lookup.evidence_of_document",
        "show": "compare.target_evidence.lookup.show",
    },
)
