"""What is looked at by the clock, and many answers one after the other."""

import time

from charterdesk.events.jobs import job
from charterdesk.surges.actions import notice_surges, send_piece

AT_A_TIME_S = 10.0
"""A job works so long on a circular, then puts itself off anew: others get their turn between."""


@job(cron="*/2 * * * *")
def look_for_surges() -> None:
    """Whether many new tickets speak of the same."""
    notice_surges()


@job()
def send_circular(circular_id: int) -> None:
    """Write to everybody a circular is for; run again it goes on where it was."""
    until = time.monotonic() + AT_A_TIME_S
    while send_piece(circular_id):
        if time.monotonic() > until:
            send_circular.defer(circular_id=circular_id)
            return
