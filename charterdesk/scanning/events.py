"""What scanning makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class FileHeld(Event):
    """A file waits for the scanner, and is not handed out until it was looked at."""

    scan_id: int


@dataclass(frozen=True, kw_only=True)
class FileInfected(Event):
    """A virus was found in a file, which is set aside; `found` is the scanner's name for it."""

    scan_id: int
    found: str
