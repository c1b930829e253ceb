"""What billing does by the clock."""

from charterdesk.base.keys import SYSTEM
from charterdesk.billing.actions.erasure import forget_old_buyers
from charterdesk.billing.actions.refunds import note_refund_paid, note_refund_trouble
from charterdesk.billing.cards import CardTrouble, pay_back, provider
from charterdesk.billing.models import Refund
from charterdesk.events.jobs import job


@job(cron="17 3 * * *")
def forget_buyers() -> None:
    """Every night: whom old invoices went to, once the law has had its years."""
    forget_old_buyers()


@job(queue="default")
def pay_refund_to_card(refund_id: int) -> None:
    """Send a refund back to the card it was paid with. Run again after a crash in the middle, it goes once all the
    same: the provider knows the refund by its key."""
    due = Refund.objects.select_related("account", "payment").filter(pk=refund_id, state=Refund.APPROVED)
    refund, account = due.first(), provider()
    if refund is None or refund.payment is None or account is None:
        return
    try:
        number = pay_back(account, refund, refund.payment)
    except CardTrouble as error:
        note_refund_trouble(refund, by=SYSTEM, trouble=str(error))
        raise
    note_refund_paid(refund, by=SYSTEM, reference=number)
