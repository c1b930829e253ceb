"""Remedies: booked by themselves when a promise is broken, approved above a limit, given once, told to the customer."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.channels.models import SmsNumber
from charterdesk.channels.sms.sending import SMS
from charterdesk.charter.actions.giving import give
from charterdesk.charter.content import DAY, ESCALATION, REFUND, WITH_MONEY, Remedy
from charterdesk.charter.events import RemedyApproved, RemedyBooked, RemedyDone, RemedyRefused
from charterdesk.charter.models import AnswerCase, Case, CharterVersion, OwedRemedy
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped, skipped
from charterdesk.events.timers import set_timer
from charterdesk.people.actions import notify
from charterdesk.people.models import Contact
from charterdesk.people.permissions import DECIDE_REMEDIES, agents_who_may
from charterdesk.people.queries import who_leads
from charterdesk.tickets.actions import send_template
from charterdesk.tickets.models import Ticket

ONE_DAY = timedelta(days=1)
TEMPLATE = "remedy"
WAITING, ESCALATED = "remedy.waiting", "remedy.escalated"
FREE_DAY = skipped("charter.free_day", gettext_lazy("the request waits for its customer, and such days cost nothing"))
NOTHING_OWED = skipped("charter.nothing_owed", gettext_lazy("nothing more is owed for it"))
OWED = (OwedRemedy.WAITING, OwedRemedy.DONE)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A promise that was broken: of a request (`case`), or to who called (`answer`); and where it is made good."""

    ticket: Ticket
    case: Case | None = None
    answer: AnswerCase | None = None

    @property
    def owed(self) -> QuerySet[OwedRemedy]:
        """What is booked for it."""
        return OwedRemedy.objects.filter(case=self.case, answer=self.answer)


@transaction.atomic
def book_remedies(case_id: int) -> None:
    """Book what the charter names for a broken promise, do what needs no approval, and tell the customer.

    Nothing happens for what was booked before, or where the cause is beyond control.
    """
    case = _broken(case_id)
    if case is None:
        return
    remedies = remedies_of(case)
    broken = Broken(ticket=case.ticket, case=case)
    booked = [book(broken, each) for each in remedies]
    if any(each.basis == DAY and each.days > 1 for each in remedies):
        _come_back(case, day=2)
    if any(booked):
        tell_of_remedies(case.ticket, once=f"case{case.pk}")


def _broken(case_id: int) -> Case | None:
    """The case, locked, if it is broken and nothing excuses it."""
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("ticket__contact", "ticket__team").get(pk=case_id)
    )
    return case if case.state == Case.BROKEN and case.exclusion_id is None else None


def remedies_of(case: Case | AnswerCase) -> list[Remedy]:
    """What the charter names for a promise when it is broken. One query."""
    charter = CharterVersion.objects.get(pk=case.version_id).charter
    return [each for each in charter.remedies if each.is_for(case.objective)]


def _come_back(case: Case, *, day: int) -> None:
    """Look again when the next day of a broken promise begins."""
    due_at = (case.decided_at or now()) + (day - 1) * ONE_DAY
    set_timer(f"charter.day:{case.pk}", due_at=due_at, operation="charter.next_day", case_id=case.pk, day=day)


@operation("charter.next_day")
@transaction.atomic
def book_next_day(case_id: int, *, by: Actor, day: int) -> Skipped | None:
    """Book what is owed for one more day of a broken promise, unless it was done meanwhile. What a timer performs.

    Days on which the request waits for its customer cost nothing, but are counted.
    """
    case = _broken(case_id)
    if case is None or case.ended_at is not None:
        return NOT_DUE
    remedies = [each for each in remedies_of(case) if each.basis == DAY]
    if any(each.days > day for each in remedies):
        _come_back(case, day=day + 1)
    if case.ticket.status == Ticket.PENDING:
        return FREE_DAY
    booked = [book(Broken(ticket=case.ticket, case=case), each, day=day) for each in remedies if day <= each.days]
    for owed in filter(None, booked):
        tell_of_remedies(case.ticket, once=f"remedy{owed.pk}")
    return None if any(booked) else NOTHING_OWED


def book(broken: Broken, remedy: Remedy, *, day: int = 1) -> OwedRemedy | None:
    """Book one remedy, within its caps, and give it where nobody has to approve it. In the caller's transaction, which
    holds the row of what was broken.

    None where it is booked already, or the caps leave nothing.
    """
    ticket = broken.ticket
    known = broken.owed.filter(code=remedy.code, day=day).first()
    if known and known.state != OwedRemedy.SUSPENDED:
        return None
    money = _within_caps(broken, remedy)
    if remedy.kind in WITH_MONEY and not money:
        return None
    owed = known or OwedRemedy(
        case=broken.case, answer=broken.answer, ticket=ticket, contact=ticket.contact, code=remedy.code, day=day
    )
    owed.kind, owed.state, owed.decided_at = remedy.kind, OwedRemedy.WAITING, None
    owed.amount, owed.currency = (money.amount, money.currency) if money else (None, "")
    owed.needs = _needed(broken, remedy, money)
    owed.save()
    event = RemedyBooked(**_about(owed), waiting=owed.needs > 0)
    publish(event, on=ticket, by=SYSTEM)
    if owed.needs:
        notify(agents_who_may(DECIDE_REMEDIES).values_list("pk", flat=True), code=WAITING, about=ticket.key, by=SYSTEM)
    else:
        _carry_out(owed, by=SYSTEM)
    return owed


def _within_caps(broken: Broken, remedy: Remedy) -> Money | None:
    """How much of the remedy its caps leave; the contact is locked, so that two cases do not both take the rest."""
    money = remedy.money
    if money is None:
        return None
    contact_id = broken.ticket.contact_id
    Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
    rest = [money.amount]
    mine = OwedRemedy.objects.filter(code=remedy.code, currency=money.currency, state__in=OWED)
    if (cap := remedy.limit(remedy.cap)) is not None:
        rest.append(cap - _sum(mine.filter(case=broken.case, answer=broken.answer)))
    if (cap := remedy.limit(remedy.cap_year)) is not None:
        this_year = mine.filter(contact_id=contact_id, created_at__year=now().year)
        rest.append(cap - _sum(this_year))
    least = min(rest)
    return Money(least, money.currency).rounded() if least > 0 else None


def _sum(found: QuerySet[OwedRemedy]) -> Decimal:
    return found.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _needed(broken: Broken, remedy: Remedy, money: Money | None) -> int:
    """How many people have to approve it: by all that this broken promise costs. Refunds wait in billing."""
    if money is None or remedy.kind == REFUND:
        return 0
    all_of_it = money.amount + _sum(broken.owed.filter(code=remedy.code, state__in=OWED))
    one, two = remedy.limit(remedy.approve_above), remedy.limit(remedy.two_above)
    if two is not None and all_of_it > two:
        return 2
    return 1 if one is not None and all_of_it > one else 0


def _carry_out(owed: OwedRemedy, *, by: Actor) -> None:
    """Do it, in the transaction that says so. The mail that tells of it is the apology."""
    if money := owed.money:
        owed.booked_as = give(owed, money, by=by)
    elif owed.kind == ESCALATION:
        notify(who_leads(owed.ticket.team_id), code=ESCALATED, about=owed.ticket.key, by=by)
    owed.state, owed.decided_at = OwedRemedy.DONE, now()
    owed.save()
    publish(RemedyDone(**_about(owed)), on=owed.ticket, by=by)


def _about(owed: OwedRemedy) -> dict[str, Any]:
    return {
        "ticket_id": owed.ticket_id,
        "team_id": owed.ticket.team_id,
        "remedy_id": owed.pk,
        "kind": owed.kind,
    }


@transaction.atomic
def approve_remedy(owed: OwedRemedy, *, by: Actor) -> None:
    """Say yes. With the last yes that is needed the customer gets it, once, and is told.

    Raises `Refused`: `charter.decided`, `charter.second_person` to who said yes before.
    """
    _lock_waiting(owed)
    if key_of(by) in owed.approved_by:
        message = _("You said yes already. Somebody else has to say it, too.")
        raise Refused("charter.second_person", message)
    owed.approved_by = [*owed.approved_by, key_of(by)]
    missing = max(0, owed.needs - len(owed.approved_by))
    owed.save()
    publish(RemedyApproved(**_about(owed), missing=missing), on=owed.ticket, by=by)
    if not missing:
        _carry_out(owed, by=by)
        tell_of_remedies(owed.ticket, once=f"remedy{owed.pk}")


@transaction.atomic
def refuse_remedy(owed: OwedRemedy, *, by: Actor, reason: str) -> None:
    """Say no, with a `reason` that the customer is told. Raises `Refused`: `charter.decided`, `charter.no_reason`."""
    _lock_waiting(owed)
    if not reason.strip():
        raise Refused("charter.no_reason", _("Write why; the customer is told."))
    owed.state, owed.reason, owed.decided_at = OwedRemedy.REFUSED, reason.strip(), now()
    owed.refused_by = key_of(by)
    owed.save()
    publish(RemedyRefused(**_about(owed)), on=owed.ticket, by=by)
    tell_of_remedies(owed.ticket, once=f"remedy{owed.pk}")


def tell_of_remedies(ticket: Ticket, *, once: str) -> None:
    """Tell the customer what follows from what was broken: as they wrote; who called, by SMS where there is no mail."""
    by_text = ticket.channel == "phone" and ticket.contact.phone and not ticket.contact.email
    way = SMS if by_text and SmsNumber.objects.filter(is_active=True).exists() else ""
    send_template(ticket, by=SYSTEM, template=TEMPLATE, once=once, way=way)


def _lock_waiting(owed: OwedRemedy) -> None:
    waiting = OwedRemedy.objects.select_for_update(of=("self",)).select_related("ticket__team", "contact")
    owed.refresh_from_db(from_queryset=waiting)
    if owed.state != OwedRemedy.WAITING:
        raise Refused("charter.decided", _("This was decided already."))
