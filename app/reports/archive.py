"""A PDF made fit for a long-term archive: PDF/A-2b (ISO 19005-2), checked before it is handed out.

All of it happens in memory: the library's own way of saving lays a readable copy in the temporary folder.
"""

from __future__ import annotations

import io
from typing import Final

from app.domain.errors import StorageFault

FLAVOUR: Final = "2b"


def archived(data: bytes) -> bytes:
    """The same pages as PDF/A-2b, with colour profile, metadata and what the standard forbids taken away.

    Raises StorageFault("archive_failed") where the checker does not approve of what came out.
    """
    import pikepdf  # noqa: PLC0415 - loaded when somebody archives
    from pikepdf import pdfa  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            if "/Trans" in page:
                del page["/Trans"]
        pdfa.prepare(document, FLAVOUR)
        settings = pdfa.resolve_save_kwargs(FLAVOUR)
        out = io.BytesIO()
        document.save(out, **settings)
    out.seek(0)
    if not pdfa.validate_written(out, FLAVOUR, save_kwargs=settings).passed:
        raise StorageFault("archive_failed")
    return out.getvalue()
