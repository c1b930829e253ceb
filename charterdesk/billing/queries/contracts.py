"""What customers have of contracts, and what of them is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet, Sum

from charterdesk.billing.models import Contract, Use
from charterdesk.billing.periods import period_on


@dataclass(frozen=True)
class Left:
    """What of a contract is left in the period of a day; None for what it does not count."""

    contract: Contract
    period_on: date
    incidents: int | None
    minutes: int | None

    @property
    def is_used_up(self) -> bool:
        """Whether something was included and none of it is left."""
        counted = [each for each in (self.incidents, self.minutes) if each is not None]
        return bool(counted) and not any(counted) and not self.contract.is_unlimited


@dataclass(frozen=True)
class Entitlement:
    """What of a contract bears on promises: whose hours hold, and by which name conditions ask for it."""

    contract_id: int
    offer_id: int | None
    name: str
    calendar_id: int | None


def today_in(moment: datetime) -> date:
    """The day a moment counts for, in UTC: contracts begin and end with days."""
    return moment.date()


def running_contracts(
    *, contact_id: int, organisation_id: int | None, at: datetime, channel: str = "", type: str = ""
) -> QuerySet[Contract]:
    """Those in force for a customer at `at` that hold for a channel and a type; the one that ends first is first."""
    found = Contract.objects.of(contact_id=contact_id, organisation_id=organisation_id).running_on(today_in(at))
    if channel:
        found = found.filter(channels=[]) | found.filter(channels__contains=[channel])
    if type:
        found = found.filter(types=[]) | found.filter(types__contains=[type])
    return found.order_by(F("ends_on").asc(nulls_last=True), "pk")


def left_of(contracts: Iterable[Contract], *, on: date, but: str = "") -> list[Left]:
    """What of each is left in its period of `on`, leaving out what was used for `but` (a cause). One query."""
    contracts = list(contracts)
    periods = {each.pk: period_on(each.starts_on, each.period, on) for each in contracts}
    rows = (
        Use.objects.filter(contract_id__in=periods, period_on__in=set(periods.values()), given_back_at=None)
        .exclude(cause_key=but)
        .values("contract_id", "period_on")
        .annotate(used=Sum("incidents"), spent=Sum("minutes"))
    )
    used = {(row["contract_id"], row["period_on"]): (row["used"], row["spent"]) for row in rows}
    return [_left(each, periods[each.pk], *used.get((each.pk, periods[each.pk]), (0, 0))) for each in contracts]


def _left(contract: Contract, period: date, incidents: int, minutes: int) -> Left:
    return Left(
        contract=contract,
        period_on=period,
        incidents=None if contract.incidents is None else max(0, contract.incidents - incidents),
        minutes=None if contract.minutes is None else max(0, contract.minutes - minutes),
    )


def entitlement_of(*, contact_id: int, organisation_id: int | None, channel: str, at: datetime) -> Entitlement | None:
    """What a customer is entitled to on a channel at `at`: by the contract that ends first. One query."""
    found = running_contracts(contact_id=contact_id, organisation_id=organisation_id, at=at, channel=channel).first()
    return Entitlement(found.pk, found.offer_id, found.name, found.calendar_id) if found else None
