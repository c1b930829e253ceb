"""What customers of the utility bought: contracts, orders of its shop, and what their open requests cost."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.billing.actions.contracts import agree_contract, save_offer, save_tier
from charterdesk.billing.actions.orders import GivenLine, GivenOrder, save_source, take_order
from charterdesk.billing.actions.time_entries import add_time
from charterdesk.billing.actions.verdicts import accept_verdict, contest_verdict, save_reason
from charterdesk.billing.models import HOUR, Offer, Order, OrderSource, Reason, TimeEntry, Verdict
from charterdesk.people import cast
from charterdesk.people.models import Agent, Contact, Organisation
from charterdesk.tickets.charging import judge_ticket, work_on
from charterdesk.tickets.models import Ticket

_JUDGED, _HERS, _WORKED = 30, 4, 16
_OFFERS: tuple[dict[str, Any], ...] = (
    {
        "name": "Care 5",
        "description": "Five requests a year, answered by people who know your pipes.",
        "incidents": 5,
        "price_amount": Decimal(120),
        "overage_per": HOUR,
        "overage_amount": Decimal(45),
        "position": 10,
    },
    {
        "name": "Works hours",
        "description": "Ten hours of our technicians each quarter, at the times of your works.",
        "minutes": 600,
        "period": Offer.QUARTER,
        "price_amount": Decimal(480),
        "overage_per": HOUR,
        "overage_amount": Decimal(60),
        "position": 20,
    },
    {
        "name": "Whole town",
        "description": "Everything included, day and night.",
        "is_unlimited": True,
        "period": Offer.MONTH,
        "price_amount": Decimal(900),
        "months": None,
        "position": 30,
    },
)
_REASONS: tuple[dict[str, Any], ...] = (
    {
        "kind": Reason.CAUSE,
        "name": "Our own works",
        "tags": ["burst", "burst-millbank", "outage", "planned-work"],
        "words": {
            "en": "caused by our own works",
            "de": "durch unsere eigenen Arbeiten verursacht",
            "es": "causado por nuestras propias obras",
            "fr": "causé par nos propres travaux",
            "ar": "بسبب أعمالنا نحن",
        },
    },
    {"kind": Reason.WINDOW, "name": "Days after an order"},
    {"kind": Reason.CONTRACT, "name": "Included in a contract"},
    {"kind": Reason.OVERAGE, "name": "Above a contract"},
    {
        "kind": Reason.RATE,
        "name": "Work in the house",
        "tags": ["connection", "garden", "high-use", "leak", "meter", "standpipe"],
        "price_amount": Decimal(60),
        "per": HOUR,
    },
    {
        "kind": Reason.FREE,
        "name": "Everything else",
        "words": {
            "en": "included in the price of your water",
            "de": "im Preis Ihres Wassers enthalten",
            "es": "incluido en el precio de su agua",
            "fr": "compris dans le prix de votre eau",
            "ar": "مشمول في سعر المياه",
        },
    },
)
_THINGS = (("FJ-2", "Filter jug, 2 l", "24.90"), ("CT-6", "Cartridges, six", "31.50"), ("TM-1", "Tap meter", "49.00"))
_DONE = ("Looked through the readings", "Called and explained", "Checked the plan of the street")


@transaction.atomic
def sell_things(say: Callable[[str], None]) -> None:
    """Make offers, reasons, contracts and orders, and say of some open requests what they cost."""
    say("selling support and filter jugs")
    offers = {fields["name"]: save_offer(None, by=SYSTEM, **fields) for fields in _OFFERS}
    for position, fields in enumerate(_REASONS, start=1):
        save_reason(None, by=SYSTEM, position=10 * position, **fields)
    save_tier(None, by=SYSTEM, name="Regulars", orders=3, classes=1, margin=timedelta(hours=2))
    _agree(offers)
    _order()
    _judge()


def _agree(offers: dict[str, Offer]) -> None:
    today = now().date()
    known = {one.name: one for one in Organisation.objects.filter(name__in=[each.name for each in cast.ORGANISATIONS])}
    rows = (
        ("Harbour Lettings", "Care 5", today - timedelta(days=300), None),
        ("Brauhaus Ankerplatz", "Works hours", today - timedelta(days=40), None),
        ("Town of Aldermouth", "Whole town", today - timedelta(days=500), None),
        ("Hôtel du Vieux Quai", "Care 5", today - timedelta(days=400), today - timedelta(days=36)),
    )
    for name, offer, begun, ends_on in rows:
        if name in known:
            _contract(known[name], offers[offer], begun, ends_on)
    rosalind = _rosalind()
    if rosalind:
        _contract(rosalind, offers["Care 5"], today - timedelta(days=120), None)


def _contract(customer: Contact | Organisation, offer: Offer, begun: date, ends_on: date | None) -> None:
    more: dict[str, Any] = {"ends_on": ends_on} if ends_on else {}
    agree_contract(customer, offer=offer, by=SYSTEM, starts_on=begun, agreed_on=begun - timedelta(days=6), **more)


def _rosalind() -> Contact | None:
    return Contact.objects.with_email(cast.CONTACTS[0].email).first()


def _order() -> None:
    """One old and one new order for everybody of the cast; Rosalind comes often."""
    shop = save_source(
        None, by=SYSTEM, name="Filter shop", slug="filters", kind=OrderSource.WOOCOMMERCE, secret="reed-bed-mill"
    )
    for at, one in enumerate(cast.CONTACTS):
        for days in (9 + at, 70 + 3 * at, *((140, 200) if at == 0 else ())):
            ordered_at = (now() - timedelta(days=days, hours=at)).replace(microsecond=0)
            number = str(1051 - at if days < 60 else 1000 - days)
            sku, name, price = _THINGS[(at + days) % len(_THINGS)]
            line = GivenLine(name=name, sku=sku, quantity=Decimal(1 + at % 2), price=Decimal(price))
            given = GivenOrder(
                external_id=f"{at}-{days}",
                number=number,
                email=one.email,
                name=one.name,
                status=Order.FULFILLED if days > 12 else Order.PAID,
                total=line.price * line.quantity,
                ordered_at=ordered_at,
                changed_at=ordered_at,
                lines=[line],
            )
            take_order(shop, given, by=SYSTEM)


def _judge() -> None:
    """Say of the latest open requests, and of Rosalind's, what they cost, and note time on some."""
    open_ones = Ticket.objects.unfinished().filter(merged_into=None).order_by("-opened_at", "pk")[:_JUDGED]
    hers = Ticket.objects.filter(contact=_rosalind(), merged_into=None).order_by("-opened_at", "pk")[:_HERS]
    found = {ticket.pk: ticket for ticket in [*hers, *open_ones]}
    agents = cycle(Agent.objects.filter(role=Agent.AGENT, is_active=True).order_by("pk")[:4])
    done = cycle(_DONE)
    waiting = 0
    for at, ticket in enumerate(found.values()):
        verdict = judge_ticket(ticket, by=SYSTEM)
        if verdict is None:
            continue
        if verdict.is_waiting:
            waiting += 1
            _answer(ticket, verdict, waiting)
        if at < _WORKED:
            is_courtesy = at % 3 == 2 or Verdict.objects.get(pk=verdict.pk).is_waiting
            kind = TimeEntry.COURTESY if is_courtesy else TimeEntry.BILLABLE
            add_time(work_on(ticket), agent=next(agents), minutes=10 + 5 * at, by=SYSTEM, kind=kind, note=next(done))


def _answer(ticket: Ticket, verdict: Verdict, number: int) -> None:
    """Of those who are to pay, one waits, one accepts, one contests."""
    if number % 3 == 2:
        accept_verdict(verdict, by=ticket.contact)
    elif number % 3 == 0:
        text = "The van of your crew drove over it. I sent a picture."
        contest_verdict(verdict, text=text, contact_id=ticket.contact_id, by=ticket.contact)
