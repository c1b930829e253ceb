"""What billing does when something happened."""

from charterdesk.billing.events import RefundApproved
from charterdesk.billing.jobs import pay_refund_to_card
from charterdesk.billing.models import Refund
from charterdesk.events.reactions import react


@react(RefundApproved)
def send_to_card(event: RefundApproved) -> None:
    """What was paid by card goes back to it by itself; all else is paid out by people."""
    if Refund.objects.filter(pk=event.refund_id, payment__isnull=False).exists():
        pay_refund_to_card.defer_with(lock=f"refund:{event.refund_id}", refund_id=event.refund_id)
