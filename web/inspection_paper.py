"""A paper of the inspections as a file to download: .docx, which the office can change, or PDF/A."""

from collections.abc import Callable

from fastapi.responses import Response

from actions.errors import NotFound
from reports import as_docx, as_pdf
from reports.blocks import Paper
from web.desk import NOT_YOURS

FORMS: dict[str, tuple[str, Callable[[Paper], bytes]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", as_docx.render),
    "pdf": ("application/pdf", as_pdf.render),
}


def as_file(paper: Paper, name: str, ending: str) -> Response:
    """Raises NotFound for an ending that is neither."""
    if ending not in FORMS:
        raise NotFound(NOT_YOURS)
    media, render = FORMS[ending]
    return Response(
        render(paper),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )
