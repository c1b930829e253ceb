"""How an operation says that it did nothing, and why: it was done before, or nobody could be reached.

An action that has nothing to do returns what `skipped` made, which is kept with the run of the rule that asked for it.
What may not be done is `Refused` instead, and undoes all the rule did.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Skipped:
    """Nothing was done. `code` is stable and dotted ("tickets.no_number"), for programs; `reason` says why, for people,
    in words that follow "not done:".
    """

    code: str
    reason: Promise


_known: dict[str, Skipped] = {}


def skipped(code: str, reason: Promise) -> Skipped:
    """Name a reason for which an operation does nothing. Raises `TypeError` for a code that is taken."""
    if code in _known:
        raise TypeError(f"{code} is a reason already")
    _known[code] = Skipped(code, reason)
    return _known[code]


def why_skipped(code: str) -> str:
    """The reason of that code in the language that is active; the code itself where it is not known any more."""
    return str(_known[code].reason) if code in _known else code


SO_ALREADY = skipped("events.so_already", _("it was so already"))
"""What it would have set stood there already."""
NOT_DUE = skipped("events.not_due", _("it is not due any more"))
"""What a timer was set for was done, ended or put off meanwhile."""
