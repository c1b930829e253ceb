"""How an action says no, and how a surface asks whether it may."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """An invariant forbids what was asked; nothing was changed.

    `code` is stable and dotted ("tickets.already_solved"), for programs; `message` is translated, for people, and
    says what to do. Surfaces answer it with a 409.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message


def require(allowed: bool) -> None:
    """Go on if `allowed`, else raise `PermissionDenied` (a 403): surfaces call it with a `may_...` answer."""
    if not allowed:
        raise PermissionDenied
