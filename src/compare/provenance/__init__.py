"""In: a row of targets and its document. Out: its sentence in its paragraph, marked, and its source.

To find it: ``lookup``; what to mark: ``extracted_spans`` (as the extractor kept them), ``marks``; to show
it: ``html``, ``text`` (of an ``evidence_record``); where it stands in a report set: ``addresses``.
"""

from compare.base.renamed_modules import renamed

__getattr__ = renamed(
    __name__,
    {
        "Evidence": "compare.provenance.lookup.ShownEvidence",
        "evidence": "compare.provenance.lookup.evidence",
        "evidence_href": "compare.provenance.addresses.evidence_href",
        "evidence_page": "compare.provenance.addresses.evidence_page",
        "of_rows": "compare.provenance.lookup.evidence_of_document",
        "show": "compare.provenance.lookup.show",
    },
)
