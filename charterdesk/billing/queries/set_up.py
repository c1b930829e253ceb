"""Whether the desk charges for anything: asked for every new request, and mostly answered without a query."""

from time import monotonic

from charterdesk.billing.models import Reason, Tier

TRUSTED_SECONDS = 5
"""So long a "no" is believed; a "yes" is asked for again each time, as there is work to do anyway."""
_no_until: dict[str, float] = {}


def is_charging() -> bool:
    """Whether there are reasons for free or charged. One query at most; none for some seconds after a "no"."""
    return _there("reasons")


def charges_nothing() -> bool:
    """Whether it was seen a moment ago that nothing is charged. No query: where it is not known, the answer is no."""
    return monotonic() < _no_until.get("reasons", 0)


def has_tiers() -> bool:
    """Whether there are loyalty tiers. As `is_charging`."""
    return _there("tiers")


def forget_set_up() -> None:
    """Ask again: something was set up here."""
    _no_until.clear()


def _there(what: str) -> bool:
    if monotonic() < _no_until.get(what, 0):
        return False
    found = Reason.objects.filter(is_active=True).exists() if what == "reasons" else Tier.objects.exists()
    if not found:
        _no_until[what] = monotonic() + TRUSTED_SECONDS
    return found
