"""Refunds: requested, approved by whoever may, and paid out once."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import book, hold
from charterdesk.billing.actions.credits import require_payable
from charterdesk.billing.actions.settling import take_overpaid
from charterdesk.billing.events import (
    RefundApproved,
    RefundFailed,
    RefundPaid,
    RefundRefused,
    RefundRequested,
    RefundSigned,
)
from charterdesk.billing.models import Account, Approval, Balance, Booking, Credit, Payment, Refund
from charterdesk.billing.models.ledger import BANK, CREDIT, GOODWILL, RECEIVABLE, REFUND_DUE
from charterdesk.billing.queries.seller import limit_of, seller
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import Agent


@transaction.atomic
def request_refund(
    account: Account,
    money: Money,
    *,
    reason: str,
    cause_key: str,
    by: Actor,
    out_of: str = GOODWILL,
    ticket_key: str = "",
    by_charter: bool = False,
) -> Refund:
    """Ask for money to go back. For a cause that was asked for before nothing happens, and that refund is returned.

    It waits for approval; with `by_charter` (a published promise names it) it is approved at once up to the limit set
    for that. `reason` is what the customer reads. Raises `Refused`: `billing.bad_amount`, `billing.no_reason`,
    `billing.other_cause`, and `billing.not_so_much` for more than was overpaid, or than there is credit.
    """
    require_payable(account, money)
    hold(account)
    known = Refund.objects.filter(cause_key=cause_key).first()
    if known:
        if known.account_id != account.pk or known.money != money:
            raise Refused("billing.other_cause", _("For this cause another refund was requested already."))
        return known
    if not reason.strip():
        raise Refused("billing.no_reason", _("Say why, in words the customer can read."))
    _require_there(account, money, out_of)
    refund = Refund.objects.create(
        account=account,
        amount=money.amount,
        currency=money.currency,
        out_of=out_of,
        reason=reason.strip()[:300],
        cause_key=cause_key,
        ticket_key=ticket_key,
        requested_by=key_of(by),
    )
    publish(RefundRequested(refund_id=refund.pk, account_id=account.pk), on=refund, by=by)
    settled = seller()
    if by_charter and money.currency == settled.currency and money <= settled.alone:
        _approve(refund, by=SYSTEM)
    return refund


def _require_there(account: Account, money: Money, out_of: str) -> None:
    """What was overpaid, or the credit, covers it, beside what was asked for before. Two statements."""
    if out_of == GOODWILL:
        return
    standing = Balance.objects.filter(account=account, part=out_of).first()
    there = -standing.money if standing else Money.zero(account.currency)
    waiting = Refund.objects.filter(account=account, out_of=out_of, state=Refund.REQUESTED)
    asked = sum((each.money for each in waiting), Money.zero(account.currency))
    if money + asked > there:
        most = max(there - asked, Money.zero(account.currency))
        message = _("There is only %(money)s to give back.") % {"money": most.shown()}
        raise Refused("billing.not_so_much", message)


@transaction.atomic
def approve_refund(refund: Refund, *, agent: Agent) -> bool:
    """Say yes to a refund; return whether it is approved now.

    Within the limit of the agent's role one yes is enough. Above it, two different people say yes, and neither is who
    asked for it. Raises `Refused`: `billing.refund_decided`, `billing.signed_already`, `billing.own_refund`,
    `billing.not_so_much`.
    """
    _lock(refund)
    if refund.state != Refund.REQUESTED:
        raise Refused("billing.refund_decided", _("This refund was decided already."))
    signed = set(refund.approvals.values_list("agent_id", flat=True))
    if agent.pk in signed:
        raise Refused("billing.signed_already", _("You said yes already. It takes a second person now."))
    is_alone = refund.money <= limit_of(agent.role, refund.currency)
    if refund.requested_by == agent.key and not is_alone:
        raise Refused("billing.own_refund", _("Above your limit, others approve what you asked for."))
    Approval.objects.create(refund=refund, agent=agent)
    event = RefundSigned(refund_id=refund.pk, account_id=refund.account_id, agent_id=agent.pk)
    publish(event, on=refund, by=agent)
    if is_alone or signed:
        _approve(refund, by=agent)
        return True
    return False


def _approve(refund: Refund, *, by: Actor) -> None:
    """Book that it is due, out of what it comes from. The account is held, the refund waits."""
    if refund.out_of == CREDIT:
        _take_credit(refund)
    elif refund.out_of == RECEIVABLE:
        take_overpaid(refund.account, refund.money)
    book(
        refund.account,
        kind=Booking.REFUND,
        cause_key=refund.key,
        by=by,
        sides={refund.out_of: refund.money, REFUND_DUE: -refund.money},
    )
    refund.state, refund.decided_at, refund.decided_by = Refund.APPROVED, now(), key_of(by)
    refund.payment = _card_payment_for(refund)
    refund.save(update_fields=["state", "decided_at", "decided_by", "payment"])
    publish(RefundApproved(refund_id=refund.pk, account_id=refund.account_id), on=refund, by=by)


def _card_payment_for(refund: Refund) -> Payment | None:
    """The latest payment by card of which refunds left so much. One statement where there is none."""
    by_card = Payment.objects.filter(account=refund.account, way=Payment.STRIPE, countered_at=None)
    for payment in by_card.order_by("-pk"):
        gone = payment.refunds.filter(state__in=(Refund.APPROVED, Refund.PAID))
        if sum((each.money for each in gone), refund.money) <= payment.money:
            return payment
    return None


def _take_credit(refund: Refund) -> None:
    """Use up credit, the oldest first. Raises `Refused("billing.not_so_much")` where invoices were quicker."""
    wanted = refund.money
    for credit in Credit.objects.filter(account=refund.account, left_amount__gt=0).order_by("pk"):
        used = min(wanted, credit.left)
        credit.left = credit.left - used
        credit.save(update_fields=["left_amount"])
        wanted -= used
        if not wanted:
            return
    raise Refused("billing.not_so_much", _("An invoice used this credit meanwhile. Refuse the refund, and ask anew."))


@transaction.atomic
def refuse_refund(refund: Refund, *, by: Actor, why: str) -> None:
    """Say no, with words for the customer. Raises `Refused`: `billing.refund_decided`, `billing.no_reason`."""
    _lock(refund)
    if refund.state != Refund.REQUESTED:
        raise Refused("billing.refund_decided", _("This refund was decided already."))
    if not why.strip():
        raise Refused("billing.no_reason", _("Say why, in words the customer can read."))
    refund.state, refund.decided_at, refund.decided_by = Refund.REFUSED, now(), key_of(by)
    refund.refusal = why.strip()[:1000]
    refund.save(update_fields=["state", "decided_at", "decided_by", "refusal"])
    publish(RefundRefused(refund_id=refund.pk, account_id=refund.account_id), on=refund, by=by)


@transaction.atomic
def note_refund_paid(refund: Refund, *, by: Actor, reference: str = "") -> bool:
    """The money has gone back; `reference` names the transfer. False where that was noted before: nothing happens.

    Raises `Refused("billing.refund_not_approved")`.
    """
    _lock(refund)
    if refund.state == Refund.PAID:
        return False
    if refund.state != Refund.APPROVED:
        raise Refused("billing.refund_not_approved", _("Only a refund that was approved is paid out."))
    book(
        refund.account,
        kind=Booking.PAID_OUT,
        cause_key=f"{refund.key}:paid",
        by=by,
        sides={REFUND_DUE: refund.money, BANK: -refund.money},
    )
    refund.state, refund.paid_at, refund.reference, refund.trouble = Refund.PAID, now(), reference.strip()[:120], ""
    refund.save(update_fields=["state", "paid_at", "reference", "trouble"])
    publish(RefundPaid(refund_id=refund.pk, account_id=refund.account_id), on=refund, by=by)
    return True


@transaction.atomic
def note_refund_trouble(refund: Refund, *, by: Actor, trouble: str) -> None:
    """Paying it out did not work; it stays approved, and people see why."""
    _lock(refund)
    if refund.state == Refund.APPROVED:
        refund.trouble = trouble[:300]
        refund.save(update_fields=["trouble"])
        publish(RefundFailed(refund_id=refund.pk, account_id=refund.account_id), on=refund, by=by)


def _lock(refund: Refund) -> None:
    """Read it afresh, account first: all that moves money of one account comes one by one."""
    hold(refund.account)
    refund.refresh_from_db()
