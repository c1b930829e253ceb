"""Reminders of what is late, by timers; while a customer says an invoice is wrong, they rest."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import hold
from charterdesk.billing.events import (
    DisputeSettled,
    InvoiceDisputed,
    InvoiceReminded,
    RemindersPaused,
    RemindersResumed,
    ReminderStepRemoved,
    ReminderStepSaved,
)
from charterdesk.billing.models import Dispute, Invoice, ReminderPause, ReminderStep, Seller
from charterdesk.billing.queries.reminders import days_of_steps, next_day, quiet_because
from charterdesk.billing.queries.seller import seller
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped, skipped
from charterdesk.events.timers import cancel_timers_of, set_timer, timer_row, write_timers

AT = time(9, 0, tzinfo=UTC)
LONGEST_SUBJECT, LONGEST_TEXT = 200, 5000
FURTHEST = timedelta(days=365)
PIECE = 500
RESTS = skipped("billing.reminders_rest", gettext_lazy("it is disputed, or its reminders are paused"))


def remind_later(invoice: Invoice, settled: Seller) -> None:
    """Look again when `invoice` is late, or late for longer. Two statements; one where nobody is to be reminded."""
    day = next_day(invoice, settled, days_of_steps())
    if day is not None:
        set_timer(_timer(invoice), due_at=_due_at(day), operation="billing.remind", on=invoice)


def _timer(invoice: Invoice) -> str:
    return f"{invoice.key}:reminder"


def _due_at(day: date) -> datetime:
    return max(datetime.combine(day, AT), now() + timedelta(hours=1))


@transaction.atomic
def move_reminders() -> None:
    """Have all open invoices reminded of by the steps as they are now. Four statements, and one for each `PIECE`."""
    settled, steps = seller(), days_of_steps()
    days = [(invoice, next_day(invoice, settled, steps)) for invoice in Invoice.objects.open().order_by("pk")]
    cancel_timers_of([_timer(invoice) for invoice, day in days if day is None])
    rows = [
        timer_row(_timer(invoice), due_at=_due_at(day), operation="billing.remind", on=invoice)
        for invoice, day in days
        if day is not None
    ]
    for start in range(0, len(rows), PIECE):
        write_timers(rows[start : start + PIECE])


@operation("billing.remind")
@transaction.atomic
def remind_of_invoice(invoice: Invoice, *, by: Actor) -> Skipped | None:
    """Remind its customer of an invoice that is late, each step once.

    While it is disputed, a price on it is contested, or reminders are paused, it rests: looked at again another day.
    """
    hold(invoice.account)
    invoice.refresh_from_db()
    settled, today = seller(), now().date()
    if invoice.is_draft or next_day(invoice, settled, days_of_steps()) is None:
        return NOT_DUE
    if quiet_because(invoice, on=today):
        pause = ReminderPause.objects.filter(invoice=invoice, until_on__gte=today).first()
        again = pause.until_on + timedelta(days=1) if pause else today + timedelta(days=settled.reminder_days)
        due_at = datetime.combine(again, AT)
        set_timer(_timer(invoice), due_at=due_at, operation="billing.remind", on=invoice)
        return RESTS
    invoice.reminded, invoice.reminded_at = invoice.reminded + 1, now()
    invoice.save(update_fields=["reminded", "reminded_at"])
    event = InvoiceReminded(invoice_id=invoice.pk, account_id=invoice.account_id, number=invoice.reminded)
    publish(event, on=invoice, by=by)
    remind_later(invoice, settled)
    return None


@transaction.atomic
def dispute_invoice(invoice: Invoice, *, by: Actor, text: str) -> Dispute:
    """Say that an invoice is wrong: reminders rest until that is settled.

    Raises `Refused`: `billing.not_issued`, `billing.no_reason`, `billing.disputed_already`.
    """
    hold(invoice.account)
    if invoice.is_draft or not invoice.is_invoice:
        raise Refused("billing.not_issued", _("Only an invoice that was issued can be wrong."))
    if not text.strip():
        raise Refused("billing.no_reason", _("Say what is wrong with it."))
    if invoice.disputes.filter(settled_at=None).exists():
        raise Refused("billing.disputed_already", _("We look into this invoice already."))
    dispute = Dispute.objects.create(invoice=invoice, text=text.strip()[:2000], by=key_of(by))
    event = InvoiceDisputed(invoice_id=invoice.pk, account_id=invoice.account_id, dispute_id=dispute.pk)
    publish(event, on=invoice, by=by)
    return dispute


@transaction.atomic
def settle_dispute(dispute: Dispute, *, by: Actor, answer: str) -> None:
    """Answer a dispute, in words for the customer; a credit note, where one is due, is made beside it.

    Raises `Refused`: `billing.no_reason`, `billing.dispute_settled`.
    """
    hold(dispute.invoice.account)
    dispute.refresh_from_db()
    if dispute.settled_at:
        raise Refused("billing.dispute_settled", _("This was settled already."))
    if not answer.strip():
        raise Refused("billing.no_reason", _("Say what you found, in words the customer can read."))
    dispute.settled_at, dispute.settled_by, dispute.answer = now(), key_of(by), answer.strip()[:2000]
    dispute.save(update_fields=["settled_at", "settled_by", "answer"])
    event = DisputeSettled(invoice_id=dispute.invoice_id, account_id=dispute.invoice.account_id, dispute_id=dispute.pk)
    publish(event, on=dispute.invoice, by=by)


@transaction.atomic
def pause_reminders(invoice: Invoice, *, by: Actor, until_on: date) -> None:
    """Remind nobody of an invoice up to and including a day.

    Raises `Refused`: `billing.not_issued`, `billing.bad_day` for a day that has passed or is over a year away.
    """
    if invoice.is_draft or not invoice.is_invoice:
        raise Refused("billing.not_issued", _("Only an invoice that was issued is reminded of."))
    today = now().date()
    if not today <= until_on <= today + FURTHEST:
        raise Refused("billing.bad_day", _("Choose a day from today, within a year."))
    known = {"until_on": until_on, "by": key_of(by), "at": now()}
    ReminderPause.objects.update_or_create(invoice=invoice, defaults=known)
    publish(RemindersPaused(invoice_id=invoice.pk, account_id=invoice.account_id), on=invoice, by=by)


@transaction.atomic
def resume_reminders(invoice: Invoice, *, by: Actor) -> None:
    """Remind of an invoice again, from the next step on."""
    if ReminderPause.objects.filter(invoice=invoice).delete()[0]:
        publish(RemindersResumed(invoice_id=invoice.pk, account_id=invoice.account_id), on=invoice, by=by)
        remind_later(invoice, seller())


@transaction.atomic
def save_reminder_step(
    step: ReminderStep | None, *, by: Actor, days: int, words: Mapping[str, Mapping[str, str]]
) -> ReminderStep:
    """Add a reminder so many days after an invoice was due, or write it anew; it costs the customer nothing.

    Reminders that are planned already move with the steps.
    Raises `Refused`: `billing.step_taken`, `billing.half_words`.
    """
    step = ReminderStep.objects.select_for_update().get(pk=step.pk) if step else ReminderStep()
    if ReminderStep.objects.filter(days=days).exclude(pk=step.pk).exists():
        raise Refused("billing.step_taken", _("There is a reminder on that day already."))
    kept = {
        language: {"subject": " ".join(said["subject"].split()), "text": said["text"].strip()}
        for language, said in words.items()
        if said["subject"].strip() or said["text"].strip()
    }
    for said in kept.values():
        if not (said["subject"] and said["text"]):
            raise Refused("billing.half_words", _("In each language, write both a subject and a text, or neither."))
        if len(said["subject"]) > LONGEST_SUBJECT or len(said["text"]) > LONGEST_TEXT:
            raise Refused("billing.half_words", _("A subject has at most 200 characters, a text 5,000."))
    if step.pk is None or (step.days, step.words) != (days, kept):
        step.days, step.words = days, kept
        step.save()
        publish(ReminderStepSaved(step_id=step.pk, days=days), on=step, by=by)
    return step


@transaction.atomic
def remove_reminder_step(step: ReminderStep, *, by: Actor) -> None:
    """Send this reminder no more. Without any step, the seller's even distances hold again."""
    publish(ReminderStepRemoved(step_id=step.pk, days=step.days), on=step, by=by)
    step.delete()
