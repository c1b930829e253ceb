"""What scanning does about events."""

from charterdesk.events.reactions import react
from charterdesk.scanning.events import FileHeld
from charterdesk.scanning.jobs import scan_file
from charterdesk.scanning.models import FileScan


@react(FileHeld)
def have_it_looked_at(event: FileHeld) -> None:
    """Put the file before the scanner."""
    held = FileScan.objects.filter(pk=event.scan_id, state=FileScan.WAITING).first()
    if held:
        scan_file.defer(sha256=held.sha256)
