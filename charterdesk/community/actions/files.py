"""Pictures and files of posts: stored by their content, typed by their bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from charterdesk.base.files import TooLarge, store
from charterdesk.base.refused import Refused
from charterdesk.base.sniffing import sniff
from charterdesk.community.models import Post, PostFile
from charterdesk.scanning.actions import have_scanned, refuse_infected

MOST = 5
"""So many files one post takes."""


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that comes with a post."""

    filename: str
    stream: BinaryIO
    content_type: str = ""


def keep_files(post: Post, files: Sequence[NewFile]) -> None:
    """Store the files of a new post; in the caller's transaction.

    Raises `Refused`: `community.too_many_files`, `community.file_too_large`, `scanning.infected`.
    """
    require_few(len(files))
    for file in files:
        keep_file(post, file)


def require_few(number: int) -> None:
    """Raise `Refused("community.too_many_files")` above what one post takes."""
    if number > MOST:
        raise Refused("community.too_many_files", _("At most %(number)d files.") % {"number": MOST})


def keep_file(post: Post, file: NewFile) -> None:
    """Store one file of a post; in the caller's transaction. Raises `Refused` as `keep_files`."""
    refuse_infected(file.stream)
    head = file.stream.read(4096)
    file.stream.seek(-len(head), 1)
    try:
        stored = store(file.stream, limit=settings.MAX_ATTACHMENT_BYTES)
    except TooLarge as error:
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        raise Refused("community.file_too_large", _("Files may have up to %(limit)d MB.") % {"limit": limit}) from error
    PostFile.objects.create(
        post=post,
        filename=file.filename.replace("\x00", "")[:255] or _("unnamed"),
        content_type=sniff(head, filename=file.filename, claimed=file.content_type or "application/octet-stream"),
        size=stored.size,
        sha256=stored.sha256,
    )
    have_scanned([stored.sha256])
