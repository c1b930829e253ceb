"""What else belongs to people who take part: packages above this one say how it goes on where two were one person."""

from collections.abc import Callable

from charterdesk.community.models import Profile

Joining = Callable[[Profile, Profile], None]
_joinings: list[Joining] = []


def joins(joining: Joining) -> Joining:
    """Have `joining` called with the profile that stays and the one that goes, before it goes."""
    if joining not in _joinings:
        _joinings.append(joining)
    return joining


def join_further(kept: Profile, gone: Profile) -> None:
    """Have what packages above keep of `gone` be that of `kept`. In the caller's transaction."""
    for joining in _joinings:
        joining(kept, gone)
