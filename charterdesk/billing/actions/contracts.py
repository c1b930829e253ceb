"""Offers, tiers and contracts: made, ended, reminded of; what they include used up and given back."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.locking import lock_contracts
from charterdesk.billing.events import (
    ContractAgreed,
    ContractEnded,
    ContractEnding,
    ContractExhausted,
    LoyaltyTierRemoved,
    LoyaltyTierSaved,
    OfferSaved,
)
from charterdesk.billing.models import INCIDENT, TERMS, Contract, Offer, Terms, Tier, Use
from charterdesk.billing.periods import last_day
from charterdesk.billing.queries.contracts import left_of
from charterdesk.billing.queries.set_up import forget_set_up
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.people.models import Contact, Organisation

OFFER = (*TERMS, "months", "position", "is_active")
AT = time(7, tzinfo=UTC)
"""When on its day a reminder comes."""


@transaction.atomic
def save_offer(offer: Offer | None, *, by: Actor, **fields: Any) -> Offer:
    """Make an offer, or change this one; contracts made of it before keep their terms.

    Raises `Refused`: `billing.no_name`, `billing.name_taken`, `billing.nothing_included`, `billing.half_overage`.
    """
    offer = Offer.objects.select_for_update().get(pk=offer.pk) if offer else Offer()
    if unknown := set(fields) - set(OFFER):
        raise ValueError(f"an offer has no {', '.join(sorted(unknown))}")
    changed = [name for name, value in fields.items() if offer.pk is None or getattr(offer, name) != value]
    for name in changed:
        setattr(offer, name, fields[name])
    offer.name = " ".join(offer.name.split())
    _check_terms(offer)
    if Offer.objects.filter(name=offer.name).exclude(pk=offer.pk).exists():
        raise Refused("billing.name_taken", _("There is one of this name already."))
    if changed:
        offer.save()
        publish(OfferSaved(offer_id=offer.pk, fields=tuple(sorted(changed))), on=offer, by=by)
    return offer


def _check_terms(terms: Terms) -> None:
    if not terms.name:
        raise Refused("billing.no_name", _("Give it a name."))
    if not (terms.is_unlimited or terms.incidents or terms.minutes or terms.overage):
        message = _("Say what is included, or what it costs: with neither it is worth nothing.")
        raise Refused("billing.nothing_included", message)
    if bool(terms.overage_per) != (terms.overage_amount is not None):
        raise Refused("billing.half_overage", _("What more costs is a price and what it is for: give both, or none."))


@transaction.atomic
def agree_contract(
    customer: Contact | Organisation, *, offer: Offer | None, by: Actor, starts_on: date, **fields: Any
) -> Contract:
    """Give `customer` a contract on the terms of `offer`; `fields` are `ends_on`, `agreed_on` and terms that differ.

    It ends as the offer says where `ends_on` is not given. Raises `Refused` as `save_offer`, and `billing.bad_end`,
    `people.erased_contact`.
    """
    if isinstance(customer, Contact) and customer.erased_at:
        raise Refused("people.erased_contact", _("This customer was erased."))
    terms = {name: getattr(offer, name) for name in TERMS} if offer else {}
    given = {"agreed_on": now().date(), "ends_on": last_day(starts_on, offer.months if offer else None)} | fields
    contract = Contract(
        offer=offer,
        contact=customer if isinstance(customer, Contact) else None,
        organisation=customer if isinstance(customer, Organisation) else None,
        starts_on=starts_on,
        **(terms | given),
    )
    _check_terms(contract)
    if contract.ends_on and contract.ends_on < starts_on:
        raise Refused("billing.bad_end", _("It ends before it begins. Choose a later end."))
    contract.save()
    publish(ContractAgreed(**_of(contract), offer_id=contract.offer_id), on=contract, by=by)
    _set_reminder(contract)
    return contract


def _of(contract: Contract) -> dict[str, Any]:
    return {
        "contract_id": contract.pk,
        "contact_id": contract.contact_id,
        "organisation_id": contract.organisation_id,
    }


def _set_reminder(contract: Contract) -> None:
    if contract.ends_on is None:
        return
    day = max(contract.ends_on - timedelta(days=contract.remind_days), contract.starts_on)
    due_at = datetime.combine(day, AT)
    if contract.ends_on >= now().date():
        set_timer(_timer(contract), due_at=due_at, operation="billing.remind_of_contract", on=contract)


def _timer(contract: Contract) -> str:
    return f"billing:ending:{contract.pk}"


@operation("billing.remind_of_contract")
@transaction.atomic
def remind_of_contract(contract: Contract, *, by: Actor) -> Skipped | None:
    """Make known that `contract` runs out soon, once."""
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
    if contract.cancelled_at or contract.reminded_at:
        return NOT_DUE
    contract.reminded_at = now()
    contract.save(update_fields=["reminded_at"])
    publish(ContractEnding(**_of(contract)), on=contract, by=by)
    return None


@transaction.atomic
def end_contract(contract: Contract, *, by: Actor) -> None:
    """End it now: requests from now on are judged without it. Raises `Refused("billing.contract_ended")`."""
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
    if contract.cancelled_at:
        raise Refused("billing.contract_ended", _("This contract has ended already."))
    contract.cancelled_at = now()
    contract.save(update_fields=["cancelled_at"])
    cancel_timer(_timer(contract))
    publish(ContractEnded(**_of(contract)), on=contract, by=by)


def use_incident(contract: Contract, *, cause_key: str, on: date, by: Actor) -> None:
    """Use one included request up for `cause_key`, once. The caller holds the contract's lock.

    Raises `Refused("billing.used_up")` where none is left.
    """
    (left,) = left_of([contract], on=on)
    if not left.incidents:
        raise Refused("billing.used_up", _("All requests this contract includes were used."))
    Use.objects.create(contract=contract, period_on=left.period_on, cause_key=cause_key, incidents=1)
    if left.incidents == 1:
        publish(ContractExhausted(**_of(contract), kind=INCIDENT), on=contract, by=by)


def use_minutes(contract: Contract, *, cause_key: str, minutes: int, on: date, by: Actor) -> int:
    """Use included minutes up for `cause_key`, as many as are left and at most `minutes`; return how many.

    Holds the contract's lock until the transaction ends.
    """
    lock_contracts([contract.pk])
    (left,) = left_of([contract], on=on)
    taken = min(minutes, left.minutes or 0)
    if taken:
        Use.objects.create(contract=contract, period_on=left.period_on, cause_key=cause_key, minutes=taken)
        if taken == left.minutes:
            publish(ContractExhausted(**_of(contract), kind="minutes"), on=contract, by=by)
    return taken


def give_back(cause_key: str) -> None:
    """What was used for `cause_key` counts no more. One statement."""
    Use.objects.filter(cause_key=cause_key, given_back_at=None).update(given_back_at=now())


@transaction.atomic
def save_tier(tier: Tier | None, *, by: Actor, **fields: Any) -> Tier:
    """Make a loyalty tier or change this one.

    Raises `Refused`: `billing.no_name`, `billing.no_margin`, `billing.tier_taken`.
    """
    tier = Tier.objects.select_for_update().get(pk=tier.pk) if tier else Tier()
    for name, value in fields.items():
        setattr(tier, name, value)
    tier.name = " ".join(tier.name.split())
    if not tier.name:
        raise Refused("billing.no_name", _("Give it a name."))
    if not tier.margin:
        raise Refused("billing.no_margin", _("Leave others some room: at least a few minutes."))
    others = Tier.objects.exclude(pk=tier.pk)
    if (others.filter(name=tier.name) | others.filter(orders=tier.orders)).exists():
        raise Refused("billing.tier_taken", _("Another tier has this name, or begins at as many orders."))
    tier.save()
    forget_set_up()
    publish(LoyaltyTierSaved(tier_id=tier.pk), on=tier, by=by)
    return tier


@transaction.atomic
def remove_tier(tier: Tier, *, by: Actor) -> None:
    """Have this tier no more; requests already put earlier stay so."""
    publish(LoyaltyTierRemoved(tier_id=tier.pk), on=tier, by=by)
    tier.delete()
