"""Whether a desk can send text messages: packages above know, and say so here."""

from collections.abc import Callable

Asked = Callable[[], bool]
_asked: list[Asked] = []


def tells_of_texts(asked: Asked) -> Asked:
    """Have a function asked whether text messages can be sent."""
    _asked.append(asked)
    return asked


def can_send_texts() -> bool:
    """Whether text messages can be sent. One statement for each that was registered, until one says so."""
    return any(asked() for asked in _asked)
