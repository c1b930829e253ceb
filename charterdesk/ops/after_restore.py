"""What a desk put back from a backup must not do again: send what may have gone out since.

Django is set up when this is imported, so `restore` loads it late.
"""

from charterdesk.channels.actions import note_in_doubt
from charterdesk.channels.models import Outgoing
from charterdesk.events.delivery import deliver_due
from charterdesk.events.reader import read_batches

NOTE = "waited to be sent when the backup was made; may have gone out since"


def hold_what_waited() -> int:
    """Put mails that waited at the time of the backup before the operator; return how many.

    First every event of the backup is reacted to, as nothing is sent meanwhile: what would have been queued only
    now is held as well.
    """
    while read_batches() or deliver_due():
        pass
    waiting = list(Outgoing.objects.filter(state__in=[Outgoing.QUEUED, Outgoing.IN_FLIGHT]).defer("raw"))
    for outgoing in waiting:
        note_in_doubt(outgoing, note=NOTE)
    return len(waiting)
