"""Render: executed notebooks as pages that open offline, as PDF, and the site around them.

In: an executed notebook, not trusted; a run's record. Out: HTML, PDF, index, evidence pages, pictures.
A page: `html_page`; the HTML sanitiser: `sanitize_html`; PDF: `pdf`; index: `site`, `report_cards`.
"""
