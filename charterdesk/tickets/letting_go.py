"""Files that nothing refers to any more: their bytes go, soon after the transaction that let them go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from charterdesk.base.clock import now
from charterdesk.base.files import delete_older
from charterdesk.community.models import PostFile
from charterdesk.events.jobs import job
from charterdesk.knowledge.models import ArticleFile
from charterdesk.tickets.models import Attachment

SETTLED = timedelta(minutes=10)
"""Bytes stored so lately may belong to an upload whose row is still to be written."""


Users = Callable[[Sequence[str]], Iterable[str]]
_others: list[Users] = []


def uses_files(users: Users) -> Users:
    """Have `users` asked which of some files its package still names, beside attachments."""
    if users not in _others:
        _others.append(users)
    return users


def let_go(digests: Iterable[str]) -> None:
    """Have files deleted that nothing refers to any more once the transaction in hand has committed."""
    if wanted := sorted(set(digests) - {""}):
        delete_unused.defer(digests=wanted)


def let_go_at(digests: Iterable[str], at: datetime) -> None:
    """Have files deleted that nothing refers to at that time, such as uploads that nobody took along."""
    delete_unused.defer_with(at=at, digests=sorted(set(digests)))


@job()
def delete_unused(digests: list[str]) -> None:
    """Delete those of these files that nothing refers to; young ones are looked at again later."""
    used = set(Attachment.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    used |= set(ArticleFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    used |= set(PostFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    used = used.union(*(users(digests) for users in _others))
    young = [one for one in digests if one not in used and not delete_older(one, than=SETTLED.total_seconds())]
    if young:
        delete_unused.defer_with(at=now() + SETTLED, digests=young)
