"""Free or charged: which reason holds for a request. It reads and says; writing it down is an action's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from charterdesk.base.money import Money
from charterdesk.billing.models import Contract, Order, OrderNamed, Reason, Verdict
from charterdesk.billing.queries.contracts import Left, left_of, running_contracts, today_in


@dataclass(frozen=True, kw_only=True)
class Case:
    """What of a request decides. `about` is its key, "" for one that is only being written."""

    about: str
    contact_id: int
    organisation_id: int | None
    type: str
    channel: str
    tags: Sequence[str] = ()
    at: datetime
    order_id: int | None = None

    @property
    def customer(self) -> tuple[int, int | None]:
        """Whose request it is: a contact, and their organisation."""
        return self.contact_id, self.organisation_id


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was decided, and what its sentence names."""

    is_free: bool
    kind: str
    reason: Reason | None = None
    contract: Contract | None = None
    order: Order | None = None
    price: Money | None = None
    per: str = ""
    incidents: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        """The fields of the `Verdict` that says it."""
        return {
            "outcome": Verdict.FREE if self.is_free else Verdict.CHARGED,
            "kind": self.kind,
            "reason_id": self.reason.pk if self.reason else None,
            "contract_id": self.contract.pk if self.contract else None,
            "order_id": self.order.pk if self.order else None,
            "price_amount": self.price.amount if self.price else None,
            "currency": self.price.currency if self.price else "EUR",
            "per": self.per,
            "facts": self.facts,
        }


def active_reasons() -> list[Reason]:
    """The reasons in use, in their order. One query."""
    return list(Reason.objects.filter(is_active=True))


def decide(case: Case, reasons: Sequence[Reason], *, but: str = "", has_bought: bool = True) -> Outcome:
    """The outcome of the first of `reasons` that fits `case`; free where none does.

    `but` is a cause whose use of a contract does not count (that of the verdict before). At most four queries; none
    for a customer who is known to have neither contract nor order (`has_bought` is False).
    """
    facts = _Facts(case, but) if has_bought else _Nothing(case, but)
    for reason in reasons:
        if _is_for(reason, case) and (outcome := _by(reason, facts)):
            return outcome
    return Outcome(is_free=True, kind=Reason.FREE)


class _Facts:
    """What reasons ask for, read when one asks."""

    def __init__(self, case: Case, but: str) -> None:
        self.case, self.but = case, but
        self._left: list[Left] | None = None

    @property
    def left(self) -> list[Left]:
        """The customer's contracts that hold for the request, and what of each is left."""
        if self._left is None:
            case = self.case
            found = running_contracts(
                contact_id=case.contact_id,
                organisation_id=case.organisation_id,
                at=case.at,
                channel=case.channel,
                type=case.type,
            )
            self._left = left_of(found, on=today_in(case.at), but=self.but)
        return self._left

    def order(self) -> Order | None:
        """The order it is about if its window is open; where none is named, the customer's latest with an open one."""
        case = self.case
        open_ones = Order.objects.of(contact_id=case.contact_id, organisation_id=case.organisation_id).supported_at(
            case.at
        )
        named = case.order_id or (
            OrderNamed.objects.filter(about=case.about).values_list("order_id", flat=True).first()
            if case.about
            else None
        )
        if named:
            return open_ones.filter(pk=named).first()
        return open_ones.order_by("-supported_until", "-pk").first()


class _Nothing(_Facts):
    """What there is of a customer who bought nothing."""

    @property
    def left(self) -> list[Left]:
        """No contract."""
        return []

    def order(self) -> None:
        """No order."""


def _is_for(reason: Reason, case: Case) -> bool:
    return (
        (not reason.types or case.type in reason.types)
        and (not reason.channels or case.channel in reason.channels)
        and (not reason.tags or not set(reason.tags).isdisjoint(case.tags))
    )


def _by(reason: Reason, facts: _Facts) -> Outcome | None:
    if reason.kind == Reason.WINDOW:
        return _window(reason, facts)
    if reason.kind == Reason.CONTRACT:
        return next((found for left in facts.left if (found := _included(reason, left))), None)
    if reason.kind == Reason.OVERAGE:
        return next((found for left in facts.left if (found := _overage(reason, left.contract))), None)
    if reason.kind == Reason.RATE:
        return Outcome(is_free=False, kind=reason.kind, reason=reason, price=reason.price, per=reason.per)
    return Outcome(is_free=True, kind=reason.kind, reason=reason, facts={"words": reason.words})


def _window(reason: Reason, facts: _Facts) -> Outcome | None:
    order = facts.order()
    if order is None:
        return None
    said = {"order": order.number, "days": order.support_days, "until": order.supported_until.isoformat()}
    return Outcome(is_free=True, kind=reason.kind, reason=reason, order=order, facts=said)


def _included(reason: Reason, left: Left) -> Outcome | None:
    contract = left.contract
    said: dict[str, Any] = {"contract": contract.name}
    incidents = 0
    if contract.is_unlimited:
        pass
    elif left.incidents:
        incidents = 1
        said |= {"left": left.incidents - 1, "of": contract.incidents}
    elif left.minutes:
        said |= {"minutes": left.minutes, "of": contract.minutes}
    else:
        return None
    return Outcome(is_free=True, kind=reason.kind, reason=reason, contract=contract, incidents=incidents, facts=said)


def _overage(reason: Reason, contract: Contract) -> Outcome | None:
    if contract.overage is None:
        return None
    return Outcome(
        is_free=False,
        kind=reason.kind,
        reason=reason,
        contract=contract,
        price=contract.overage,
        per=contract.overage_per,
        facts={"contract": contract.name, "agreed_on": contract.agreed_on.isoformat()},
    )
