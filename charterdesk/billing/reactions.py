"""What billing does when something happened."""

from charterdesk.base.keys import SYSTEM
from charterdesk.billing.actions.outdated import drop_outdated
from charterdesk.billing.actions.reminding import move_reminders
from charterdesk.billing.events import (
    ContractEnding,
    DisputeSettled,
    InvoiceDisputed,
    RefundApproved,
    RefundEvent,
    RefundRefused,
    RefundRequested,
    ReminderStepRemoved,
    ReminderStepSaved,
    VerdictEvent,
    VerdictGiven,
    VerdictWithdrawn,
)
from charterdesk.billing.jobs import pay_refund_to_card
from charterdesk.billing.models import Refund
from charterdesk.events.log import Event
from charterdesk.events.reactions import react
from charterdesk.people.actions.notices import notify, withdraw_notices
from charterdesk.people.permissions import AGREE_CONTRACTS, APPROVE_REFUNDS, WORK_ON_MONEY, agents_who_may


@react(RefundApproved)
def send_to_card(event: RefundApproved) -> None:
    """What was paid by card goes back to it by itself; all else is paid out by people."""
    if Refund.objects.filter(pk=event.refund_id, payment__isnull=False).exists():
        pay_refund_to_card.defer_with(lock=f"refund:{event.refund_id}", refund_id=event.refund_id)


@react(RefundRequested)
def tell_who_approves(event: RefundRequested) -> None:
    """Money waits for a yes: whoever may give it should know, but not who asked."""
    refund = Refund.objects.filter(pk=event.refund_id, state=Refund.REQUESTED).first()
    if refund:
        whom = agents_who_may(APPROVE_REFUNDS).values_list("pk", flat=True)
        asked = refund.requested_by
        notify([pk for pk in whom if asked != f"agent:{pk}"], code="refund.requested", about=refund.key, by=SYSTEM)


@react(VerdictGiven, VerdictWithdrawn)
def correct_drafts(event: VerdictEvent) -> None:
    """What a draft charges for costs something else by now, or nothing. No statement for what is said first."""
    if not isinstance(event, VerdictGiven) or event.number > 1:
        drop_outdated(event.about, by=SYSTEM)


@react(RefundApproved, RefundRefused)
def nothing_left_to_approve(event: RefundEvent) -> None:
    """It was decided."""
    whom = agents_who_may(APPROVE_REFUNDS).values_list("pk", flat=True)
    withdraw_notices(whom, about=f"refund:{event.refund_id}")


@react(InvoiceDisputed)
def tell_of_dispute(event: InvoiceDisputed) -> None:
    """A customer says that an invoice is wrong: whoever writes them should look."""
    whom = agents_who_may(WORK_ON_MONEY).values_list("pk", flat=True)
    notify(whom, code="invoice.disputed", about=f"dispute:{event.dispute_id}", by=SYSTEM)


@react(DisputeSettled)
def dispute_is_settled(event: DisputeSettled) -> None:
    """They were answered."""
    whom = agents_who_may(WORK_ON_MONEY).values_list("pk", flat=True)
    withdraw_notices(whom, about=f"dispute:{event.dispute_id}")


@react(ReminderStepSaved, ReminderStepRemoved)
def remind_by_the_new_steps(event: Event) -> None:
    """What is planned goes by the steps as they are."""
    move_reminders()


@react(ContractEnding)
def tell_who_agrees(event: ContractEnding) -> None:
    """A contract runs out soon: whoever agrees on contracts should ask whether it goes on."""
    whom = agents_who_may(AGREE_CONTRACTS).values_list("pk", flat=True)
    notify(whom, code="contract.ending", about=f"contract:{event.contract_id}", by=SYSTEM)
