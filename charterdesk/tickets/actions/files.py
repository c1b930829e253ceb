"""Files on messages and drafts: stored by their content, typed by their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.files import TooLarge, store
from charterdesk.base.refused import Refused
from charterdesk.base.sniffing import HARMLESS_PICTURES, sniff
from charterdesk.scanning.actions import have_scanned, refuse_infected
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Attachment, Draft, Message


@dataclass(frozen=True, kw_only=True)
class IncomingFile:
    """A file that came with a message. `stream` is read once, from where it stands."""

    filename: str
    stream: BinaryIO
    content_type: str = "application/octet-stream"
    content_id: str = ""
    is_inline: bool = False


def attach_incoming(message: Message, files: Sequence[IncomingFile]) -> None:
    """Store `files` and hang them on `message`. The bytes are safe on disk before the transaction commits.

    Raises `Refused("tickets.no_files_by_sms")` for an answer that goes to a phone.
    """
    if files and message.direction == Message.OUT and message.goes_by_sms:
        raise no_files_by_sms()
    stored = Attachment.objects.bulk_create([_stored(file, message=message) for file in files])
    have_scanned(one.sha256 for one in stored)


def no_files_by_sms() -> Refused:
    """What says that a text carries no files (to raise)."""
    return Refused("tickets.no_files_by_sms", _("Files do not go by SMS. Answer by mail, or take them off."))


@transaction.atomic
def attach_to_draft(draft: Draft, file: IncomingFile) -> Attachment:
    """Store `file` for the message `draft` will become; an inline one that is no picture becomes a file like others.

    Raises `Refused("tickets.file_too_large")` above the setting MAX_ATTACHMENT_BYTES.
    """
    attachment = _within_limit(file, draft=draft)
    if attachment.is_inline and attachment.content_type not in HARMLESS_PICTURES:
        attachment.is_inline, attachment.content_id = False, ""
    attachment.save()
    return attachment


@transaction.atomic
def keep_file(file: IncomingFile) -> Attachment:
    """Store `file` for a field of a ticket. Raises `Refused("tickets.file_too_large")` as `attach_to_draft` does."""
    attachment = _within_limit(file)
    attachment.save()
    return attachment


def drop_unshown(draft_id: int, html: str) -> None:
    """Take off a draft the pictures its text no longer shows. Two statements, one where all are shown."""
    pictures = Attachment.objects.filter(draft_id=draft_id, is_inline=True)
    unshown = [one for one in pictures if f"cid:{one.content_id}" not in html]
    if unshown:
        Attachment.objects.filter(pk__in=[one.pk for one in unshown]).delete()
        let_go([one.sha256 for one in unshown])


def _within_limit(file: IncomingFile, *, draft: Draft | None = None) -> Attachment:
    """Store the bytes; the row is not saved yet. Raises `Refused`: too large, or `scanning.infected`."""
    refuse_infected(file.stream)
    try:
        stored = _stored(file, draft=draft, limit=settings.MAX_ATTACHMENT_BYTES)
        have_scanned([stored.sha256])
        return stored
    except TooLarge as error:
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        raise Refused("tickets.file_too_large", _("Files may have up to %(limit)d MB.") % {"limit": limit}) from error


def remove_attachment(attachment: Attachment) -> None:
    """Take a file off its draft. Raises `Refused("tickets.file_sent")` once it was sent."""
    if attachment.draft_id is None:
        raise Refused("tickets.file_sent", _("This file was sent already. Redact it instead."))
    attachment.delete()
    let_go([attachment.sha256])


def _stored(
    file: IncomingFile, *, message: Message | None = None, draft: Draft | None = None, limit: int | None = None
) -> Attachment:
    """Store the bytes; the row is not saved yet. Raises `TooLarge` past `limit` bytes."""
    head = file.stream.read(4096)
    file.stream.seek(-len(head), 1)
    stored = store(file.stream, limit=limit)
    return Attachment(
        message=message,
        draft=draft,
        filename=file.filename.replace("\x00", "")[:255] or _("unnamed"),
        content_type=sniff(head, filename=file.filename, claimed=file.content_type),
        size=stored.size,
        sha256=stored.sha256,
        content_id=file.content_id[:255],
        is_inline=file.is_inline,
    )
