"""What else people who take part write elsewhere: packages above this one say how it goes on where two were one person,
and whether any of it waits for a moderator."""

from collections.abc import Callable
from datetime import datetime

from charterdesk.community.models import Profile

Joining = Callable[[Profile, Profile], None]
_joinings: list[Joining] = []
Newest = Callable[[], datetime | None]
_queues: list[Newest] = []


def joins(joining: Joining) -> Joining:
    """Have `joining` called with the profile that stays and the one that goes, before it goes."""
    if joining not in _joinings:
        _joinings.append(joining)
    return joining


def join_further(kept: Profile, gone: Profile) -> None:
    """Have what packages above keep of `gone` be that of `kept`. In the caller's transaction."""
    for joining in _joinings:
        joining(kept, gone)


def queues(newest: Newest) -> Newest:
    """Have `newest` asked when the newest of what waits elsewhere came; None while nothing does."""
    if newest not in _queues:
        _queues.append(newest)
    return newest


def newest_elsewhere() -> list[datetime]:
    """When the newest came of each other queue that is not empty. The queries of those that registered."""
    return [at for newest in _queues if (at := newest())]
