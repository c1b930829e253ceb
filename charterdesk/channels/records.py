"""The part of channels in what we keep. Passwords of mail accounts stay sealed with the key of their installation."""

from collections.abc import Iterable, Sequence

from charterdesk.base.exported import exported
from charterdesk.channels.models import RawMail
from charterdesk.tickets.letting_go import uses_files

exported("channels")


@uses_files
def _mails_in_the_store(digests: Sequence[str]) -> Iterable[str]:
    """Mails that were moved out of the database. One statement."""
    return RawMail.objects.filter(kept_as__in=digests).values_list("kept_as", flat=True)
