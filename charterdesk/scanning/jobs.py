"""Asking the scanner, which may be away: tried again for about a day, and the file is held meanwhile."""

from charterdesk.events.jobs import job
from charterdesk.scanning.actions import look_at


@job()
def scan_file(sha256: str) -> None:
    """Look at one stored file."""
    look_at(sha256)
