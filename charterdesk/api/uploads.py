"""Files on their way in: streamed to the store, then named by whatever message or ticket takes them along."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any, BinaryIO, cast

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import Asked, line
from charterdesk.api.problems import Problem
from charterdesk.base.clock import now
from charterdesk.base.files import TooLarge, open_stored, store
from charterdesk.base.refused import Refused
from charterdesk.tickets.actions import IncomingFile
from charterdesk.tickets.letting_go import let_go_at

router = Router(tags=["Messages and files"])
SALT = "charterdesk.api.upload"
DAY_SECONDS = 24 * 3600
Upload = Annotated[str, line(1000, least=1), Field(examples=["eyJzaGEyNTYiOiI5ZjM0In0:1vM2Qx:k3vT0"])]


class UploadAsked(Asked):
    """What the file is called."""

    filename: Annotated[str, line(255, least=1)] = Field(examples=["meter.jpg"])


class UploadOut(BaseModel):
    """A file that waits for a message to take it along, for a day."""

    upload: str = Field(description="Name it in `attachments` of a ticket or message.")
    size: int = Field(description="Bytes.")
    sha256: str


@router.post(
    "/uploads",
    auth=Scope("messages:write"),
    response={201: UploadOut},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def upload_file(request: ApiRequest, asked: Query[UploadAsked]) -> HttpResponse:
    """Send a file as the body of the request, as it is; it is kept for a day, and for good with a message."""
    try:
        stored = store(cast(Any, request), limit=settings.MAX_ATTACHMENT_BYTES)
    except TooLarge as error:
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        detail = _("Files may have up to %(limit)d MB.") % {"limit": limit}
        raise Problem(413, "tickets.file_too_large", detail) from error
    let_go_at([stored.sha256], now() + timedelta(seconds=DAY_SECONDS))
    named = {"sha256": stored.sha256, "name": asked.filename, "type": request.content_type or ""}
    token = signing.dumps({**named, "by": request.asker.login_id, "at": int(now().timestamp())}, salt=SALT)
    return answer({"upload": token, "size": stored.size, "sha256": stored.sha256}, status=201)


def files_of(request: ApiRequest, uploads: Sequence[str]) -> list[IncomingFile]:
    """The files that the asker uploaded before, to be taken along now. Raises `Refused("api.no_such_upload")`."""
    return [_file(request, token) for token in uploads]


def _file(request: ApiRequest, token: str) -> IncomingFile:
    try:
        named = signing.loads(token, salt=SALT, max_age=DAY_SECONDS)
        if named["by"] != request.asker.login_id:
            raise KeyError(token)
        stream = open_stored(named["sha256"])
    except (signing.BadSignature, KeyError, FileNotFoundError) as error:
        raise Refused(
            "api.no_such_upload", _("This upload is unknown or older than a day. Send the file again.")
        ) from error
    request.open_files = [*getattr(request, "open_files", ()), stream]  # closed when the answer has gone out
    return IncomingFile(filename=named["name"], stream=cast(BinaryIO, stream), content_type=named["type"])
