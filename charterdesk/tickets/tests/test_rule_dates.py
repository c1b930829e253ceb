"""Rules follow every date of a ticket, and ask what its customer bought."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from charterdesk.base.clock import now
from charterdesk.billing.models import Order, OrderLine, OrderNamed, Tier
from charterdesk.billing.testing_bought import make_contract, make_order
from charterdesk.calendars.testing import make_calendar
from charterdesk.events.dry_run import MATCH
from charterdesk.events.models import RuleRun, RuleVersion, Timer
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_times import known_dates, rows_between
from charterdesk.people.models import Organisation, PersonField, PersonFields
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.actions.fields import set_fields
from charterdesk.tickets.models import Ticket, TicketField
from charterdesk.tickets.testing import make_ticket
from charterdesk.tickets.trying import tried_on

pytestmark = pytest.mark.django_db
TAG = {"operation": "tickets.tag", "args": {"add": ["seen"]}}
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ruled(**body) -> RuleVersion:
    """A rule in force that tags."""
    version = save_draft(name="a rule", body={"when": [], "if": {}, "then": [TAG], **body}, by="agent:1")
    activate(version, by="agent:1")
    return version


def look(version: RuleVersion, fire_timers, run_reactions, *, since: datetime) -> list[str]:
    """Have a rule look at what came since `since`; return the tickets it acted on."""
    timer = Timer.objects.get(name=f"rule:{version.rule_id}:next")
    timer.args["since"], timer.due_at, timer.try_at = since.isoformat(), now(), now()
    timer.save()
    fire_timers(now())
    run_reactions()
    return sorted(RuleRun.objects.filter(version=version, matched=True, held="").values_list("subject", flat=True))


def team_in(zone: str):
    """A team whose clock is that of `zone`."""
    team = make_team()
    team.calendar = make_calendar(zone, zone=zone)
    team.save()
    return team


def test_an_own_date_comes_once_at_midnight_of_the_teams_clock_and_moves_when_it_moves(run_reactions, fire_timers):
    TicketField.objects.create(code="visit", kind=TicketField.DATE, labels={"en": "Visit"})
    today = now().date()
    team = team_in("UTC")
    due, moved, later = (make_ticket(team=team) for _n in range(3))
    for ticket, day in ((due, today), (moved, today), (later, today + timedelta(days=2))):
        set_fields(ticket, by="system", values={"visit": day.isoformat()})
    version = ruled(around={"date": "field.visit", "hours": 0})
    set_fields(moved, by="system", values={"visit": (today + timedelta(days=1)).isoformat()})
    before = datetime.combine(today, time(), UTC) - timedelta(seconds=1)

    assert look(version, fire_timers, run_reactions, since=before) == [due.key]
    assert look(version, fire_timers, run_reactions, since=now()) == [due.key]
    assert [(each.subject, each.verdict) for each in tried_on(version, 1)] == [(due.key, MATCH)]
    TicketField.objects.update(retired_at=now())
    assert look(version, fire_timers, run_reactions, since=before) == [due.key]  # a field that is gone has no days


def test_a_day_begins_on_the_clock_of_each_team_also_when_clocks_change():
    field = TicketField.objects.create(code="visit", kind=TicketField.DATE, labels={"en": "Visit"})
    berlin, kolkata = make_ticket(team=team_in("Europe/Berlin")), make_ticket(team=team_in("Asia/Kolkata"))
    for ticket in (berlin, kolkata):
        set_fields(ticket, by="system", values={"visit": "2026-10-25"})
    day = datetime(2026, 10, 24, 12, tzinfo=UTC)
    code = f"field.{field.code}"

    assert str(known_dates()[code].label) == "the day in “Visit”"
    assert rows_between(code, day, day + timedelta(days=1), most=9, team=None) == [
        (kolkata.pk, datetime(2026, 10, 24, 18, 30, tzinfo=UTC)),
        (berlin.pk, datetime(2026, 10, 24, 22, tzinfo=UTC)),
    ]
    assert rows_between(code, day + timedelta(hours=10), day + timedelta(days=2), most=9, team=None) == []
    assert len(rows_between(code, day, day + timedelta(days=1), most=1, team=None)) == 1
    assert rows_between(code, day, day + timedelta(days=1), most=9, team=berlin.team_id)[0][0] == berlin.pk


def test_contracts_and_orders_bring_the_unfinished_tickets_of_whoever_bought():
    team = team_in("UTC")
    house = Organisation.objects.create(name="Bakery")
    mia, ben = make_contact("Mia"), make_contact("Ben")
    mia.organisation = house
    mia.save()
    make_contract(house, starts_on=date(2026, 1, 1))
    hers, his = make_ticket(team=team, contact=mia), make_ticket(team=team, contact=ben)
    done = make_ticket(team=team, contact=mia)
    Ticket.objects.filter(pk=done.pk).update(status=Ticket.CLOSED)
    order = make_order(ben, ordered_at=NOON, support_days=10)
    make_order(ben, ordered_at=NOON)
    Order.objects.filter(contact=ben, support_days=30).update(status=Order.CANCELLED)
    about = make_ticket(team=team, contact=mia)
    OrderNamed.objects.create(about=about.key, order=order)

    def found(code: str, at: datetime) -> list[int]:
        return [pk for pk, _at in rows_between(code, at - timedelta(days=1), at, most=9, team=None)]

    assert found("contract.starts_on", datetime(2026, 1, 1, 1, tzinfo=UTC)) == [hers.pk, about.pk]
    assert found("contract.ends_on", datetime(2026, 12, 31, 1, tzinfo=UTC)) == [hers.pk, about.pk]
    assert found("order.ordered_at", NOON) == [his.pk, about.pk]
    assert found("order.supported_until", NOON + timedelta(days=10)) == [his.pk, about.pk]
    OrderNamed.objects.create(about=his.key, order=Order.objects.get(status=Order.CANCELLED))
    assert found("order.ordered_at", NOON) == [about.pk]  # what a ticket names goes before what its customer bought


def test_conditions_ask_of_orders_contract_loyalty_calendar_and_the_fields_of_people(run_reactions):
    team = make_team("Leaks")
    mia = make_contact("Mia")
    mia.organisation = Organisation.objects.create(name="Bakery")
    mia.save()
    PersonField.objects.create(code="level", name="Level", kind=PersonField.NUMBER)
    PersonFields.objects.create(contact=mia, values={"level": 3})
    PersonFields.objects.create(organisation=mia.organisation, values={"branch": "bread"})
    Tier.objects.create(name="Gold", orders=2, classes=1)
    make_order(mia, ordered_at=now() - timedelta(days=40), number="A-1")
    last = make_order(mia, ordered_at=now() - timedelta(days=3), number="B-2")
    OrderLine.objects.create(order=last, position=1, sku="PU-7", name="Garden pump")
    make_contract(mia.organisation, name="Care")
    asks: list[dict[str, Any]] = [
        {"field": "orders.count", "op": "is", "value": 2},
        {"field": "orders.numbers", "op": "contains", "value": "A-1"},
        {"field": "orders.statuses", "op": "contains", "value": "open"},
        {"field": "orders.skus", "op": "contains", "value": "PU-7"},
        {"field": "orders.products", "op": "has_any_word", "value": ["pump"]},
        {"field": "order.number", "op": "is", "value": "B-2"},
        {"field": "order.status", "op": "is", "value": "open"},
        {"field": "order.days", "op": "at_most", "value": 3},
        {"field": "order.products", "op": "has_all_words", "value": ["garden", "pump"]},
        {"field": "order.is_supported", "op": "is", "value": True},
        {"field": "order.support_days_left", "op": "more", "value": 20},
        {"field": "contract.name", "op": "is", "value": "Care"},
        {"field": "contract.requests_left", "op": "is", "value": 5},
        {"field": "contract.days_left", "op": "more", "value": 300},
        {"field": "loyalty.tier", "op": "is", "value": "Gold"},
        {"field": "contact_field.level", "op": "at_least", "value": 3},
        {"field": "organisation_field.branch", "op": "is", "value": "bread"},
        {"field": "calendar.weekday", "op": "in", "value": [1, 2, 3, 4, 5, 6, 7]},
        {"field": "calendar.hour", "op": "less", "value": 24},
        {"cel": "orders.list.exists(o, o.number == 'A-1' && o.days > 30) && order.total < 1.0"},
        {"cel": "contract.days_left > 300 && (calendar.is_open || calendar.hours_until_open > 0.0)"},
    ]
    said = {"when": ["ticket.opened"], "then": [TAG]}
    versions = [save_draft(name="a rule", body={**said, "if": ask}, by="agent:1") for ask in asks]
    for version in versions:
        activate(version, by="agent:1")
    hers, others = make_ticket(team=team, contact=mia), make_ticket(team=team, contact=make_contact("Ben"))
    run_reactions()

    acted = {(run.version_id, run.subject) for run in RuleRun.objects.filter(version__in=versions, matched=True)}
    assert [asks[n] for n, version in enumerate(versions) if (version.pk, hers.key) not in acted] == []
    his = [asks[n] for n, version in enumerate(versions) if (version.pk, others.key) in acted]
    assert [ask.get("field") for ask in his] == ["calendar.weekday", "calendar.hour"]
