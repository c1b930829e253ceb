"""What people hear of one another."""

from charterdesk.base.keys import SYSTEM
from charterdesk.events.reactions import react
from charterdesk.people.actions.notices import notify, withdraw_notices
from charterdesk.people.events import ErasureAsked, ErasureDecided
from charterdesk.people.permissions import SET_EVERYTHING, agents_who_may


@react(ErasureAsked)
def tell_who_decides(event: ErasureAsked) -> None:
    """Somebody wants to be forgotten: whoever may decide that should know, for the law gives a month."""
    whom = agents_who_may(SET_EVERYTHING).values_list("pk", flat=True)
    notify(whom, code="erasure.asked", about=f"erasurerequest:{event.request_id}", by=SYSTEM)


@react(ErasureDecided)
def nothing_left_to_decide(event: ErasureDecided) -> None:
    """One of them did, or the customer took it back."""
    whom = agents_who_may(SET_EVERYTHING).values_list("pk", flat=True)
    withdraw_notices(whom, about=f"erasurerequest:{event.request_id}")
