"""Documents for people: the same blocks drawn as Word (editable) and as tagged PDF.

`document` says what a document is; `word` and `pdf` draw one. Neither adds anything to what is said.
"""

from virtualschool.reports.documents.document import Document

__all__ = ["Document"]
