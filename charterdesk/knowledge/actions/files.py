"""Pictures and files of articles: stored by their content, typed by their bytes."""

from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.files import TooLarge, store
from charterdesk.base.refused import Refused
from charterdesk.base.sniffing import HARMLESS_PICTURES, sniff
from charterdesk.knowledge.models import Article, ArticleFile
from charterdesk.scanning.actions import have_scanned, refuse_infected


@transaction.atomic
def add_file(
    article: Article, *, filename: str, stream: BinaryIO, content_type: str = "", is_inline: bool = False
) -> ArticleFile:
    """Store a file for an article; an inline one that is no picture becomes a file like others.

    Raises `Refused`: `knowledge.file_too_large` above the setting MAX_ATTACHMENT_BYTES, `scanning.infected`.
    """
    refuse_infected(stream)
    head = stream.read(4096)
    stream.seek(-len(head), 1)
    try:
        stored = store(stream, limit=settings.MAX_ATTACHMENT_BYTES)
    except TooLarge as error:
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        raise Refused("knowledge.file_too_large", _("Files may have up to %(limit)d MB.") % {"limit": limit}) from error
    kind = sniff(head, filename=filename, claimed=content_type or "application/octet-stream")
    made = ArticleFile.objects.create(
        article=article,
        filename=filename.replace("\x00", "")[:255] or _("unnamed"),
        content_type=kind,
        size=stored.size,
        sha256=stored.sha256,
        is_inline=is_inline and kind in HARMLESS_PICTURES,
    )
    have_scanned([stored.sha256])
    return made


def remove_file(file: ArticleFile) -> str:
    """Take a file off its article; return the name of its bytes, for who lets go of them."""
    digest = file.sha256
    file.delete()
    return digest
