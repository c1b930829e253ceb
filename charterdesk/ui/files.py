"""Handing out files that strangers sent: never in our page's name, never guessed at by the browser."""

from urllib.parse import quote

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from charterdesk.base.files import open_stored
from charterdesk.base.refused import Refused
from charterdesk.base.sniffing import HARMLESS_PICTURES
from charterdesk.scanning.actions import held
from charterdesk.scanning.models import FileScan

SHOWN_IN_PLACE = HARMLESS_PICTURES
YEAR = 365 * 24 * 3600


def file_response(sha256: str, *, filename: str, content_type: str, in_place: bool = False) -> FileResponse:
    """Stream a stored file. `in_place` shows it if it is a harmless picture; the name is kept for saving.

    Raises `Http404` when the bytes are gone, `Refused("scanning.held")` while the virus scanner has not let it pass.
    """
    if scanned := held(sha256):
        raise Refused("scanning.held", _why(scanned))
    try:
        stored = open_stored(sha256)
    except FileNotFoundError:
        raise Http404 from None
    is_shown = in_place and content_type in SHOWN_IN_PLACE
    kind = content_type if is_shown or not _is_active(content_type) else "application/octet-stream"
    response = FileResponse(stored, content_type=kind)
    disposition = "inline" if is_shown else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(filename or 'file', safe='')}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response


def _why(scanned: FileScan) -> str:
    """Why a file is not handed out, and what to do."""
    if scanned.state == FileScan.INFECTED:
        return _("A virus was found in this file (%(name)s). It is set aside.") % {"name": scanned.found}
    return _("This file is being checked for viruses. Try again in a minute.")


def _is_active(content_type: str) -> bool:
    """Whether a browser might run what is of this type."""
    return content_type.startswith("text/") or any(word in content_type for word in ("xml", "html", "script", "svg"))
