"""When an invoice is reminded of next, and why nobody is."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db.models import Q

from charterdesk.billing.models import Billed, Contest, Invoice, ReminderPause, ReminderStep, Seller, TimeEntry, Verdict

GRACE = timedelta(days=1)
"""Banks take a day."""
DISPUTED, CONTESTED, PAUSED = "disputed", "contested", "paused"


def days_of_steps() -> list[int]:
    """So many days after an invoice was due each reminder goes out, in order. One statement."""
    return list(ReminderStep.objects.values_list("days", flat=True))


def next_day(invoice: Invoice, settled: Seller, steps: Sequence[int]) -> date | None:
    """The day of the next reminder, by `days_of_steps`, else the seller's distances; None where no more is to come.

    What was reminded of late, after a dispute or a pause, has its distance to the next one all the same.
    """
    if invoice.due_on is None or not invoice.open:
        return None
    days = list(steps) or [GRACE.days + settled.reminder_days * number for number in range(settled.reminders)]
    left = days[invoice.reminded :]
    if not left:
        return None
    day = invoice.due_on + timedelta(days=left[0])
    if not invoice.reminded or invoice.reminded_at is None:
        return day
    return max(day, invoice.reminded_at.date() + timedelta(days=left[0] - days[invoice.reminded - 1]))


def quiet_because(invoice: Invoice, *, on: date) -> str:
    """Why nobody is reminded of it on a day: disputed, contested (a price on it), paused; "" where they are.

    Five statements at most.
    """
    if invoice.disputes.filter(settled_at=None).exists():
        return DISPUTED
    if ReminderPause.objects.filter(invoice=invoice, until_on__gte=on).exists():
        return PAUSED
    return CONTESTED if _is_contested(invoice) else ""


def _is_contested(invoice: Invoice) -> bool:
    """Whether its customer says that something on it should be free, and nobody has decided that yet."""
    keys = Billed.objects.filter(line__invoice=invoice).values_list("source_key", flat=True)
    verdicts, entries = _numbers(keys, Verdict._meta.model_name), _numbers(keys, TimeEntry._meta.model_name)
    if not verdicts and not entries:
        return False
    about = TimeEntry.objects.filter(pk__in=entries).values("about")
    return Contest.objects.filter(Q(verdict__in=verdicts) | Q(verdict__about__in=about), decided_at=None).exists()


def _numbers(keys: Iterable[str], kind: str | None) -> list[int]:
    split = (key.partition(":") for key in keys)
    return [int(number) for name, _colon, number in split if name == kind and number.isdecimal()]


def words_of_step(number: int, language: str) -> dict[str, str]:
    """What the `number`th reminder says in a language, where the desk wrote it itself; else {}. One statement."""
    steps = list(ReminderStep.objects.all()[:number])
    return steps[number - 1].words_in(language) if 0 < number <= len(steps) else {}
