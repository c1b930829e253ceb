"""Fill an empty desk with the demo world, by COPY: ten thousand tickets in one transaction, millions in pieces."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
from django.db import connection, transaction

from charterdesk.base.clock import now
from charterdesk.calendars.spec import read_calendar
from charterdesk.events.rule_changes import load_default_rules
from charterdesk.ops.demo.announced import make_announcements
from charterdesk.ops.demo.arrivals import Arrivals
from charterdesk.ops.demo.asking import answer_questions
from charterdesk.ops.demo.automatic import Automatic
from charterdesk.ops.demo.bought import sell_things
from charterdesk.ops.demo.bulk import finish, take
from charterdesk.ops.demo.calling import let_some_call
from charterdesk.ops.demo.charter import make_charter
from charterdesk.ops.demo.comments import make_comments
from charterdesk.ops.demo.community import make_community
from charterdesk.ops.demo.company import Company, make_company, password_hash
from charterdesk.ops.demo.copying import Row, copy, lines
from charterdesk.ops.demo.files import make_files
from charterdesk.ops.demo.judged import judge
from charterdesk.ops.demo.kept import keep_things
from charterdesk.ops.demo.knowledge import make_help_centre
from charterdesk.ops.demo.money import make_money
from charterdesk.ops.demo.outage import make_misled
from charterdesk.ops.demo.parallel import fill_in_pieces
from charterdesk.ops.demo.people import Organisation, Person, make_organisations, make_people
from charterdesk.ops.demo.pieces import Press
from charterdesk.ops.demo.pipeline import fill_at_once
from charterdesk.ops.demo.plots import THIRD_PARTY, World
from charterdesk.ops.demo.ready import have_ready
from charterdesk.ops.demo.records import Ids, Writer
from charterdesk.ops.demo.searches import make_searches
from charterdesk.ops.demo.solutions import share_solutions
from charterdesk.ops.demo.telling import make_stage
from charterdesk.ops.demo.texting import let_some_text
from charterdesk.ops.problems import Problem
from charterdesk.people import cast
from charterdesk.people.models import Agent, Contact
from charterdesk.quality.actions import rebuild_figures
from charterdesk.search.rebuild import rebuild_all
from charterdesk.tickets.actions.tags import keep_tags_in_use
from charterdesk.tickets.models import Message, Ticket

PROVIDER = "https://sms.example"
"""Of SMS, where nobody plays one."""
SEED = 1887
TICKETS = 10_000
AT_ONCE = 20_000
"""Up to so many tickets are loaded in one transaction, all or nothing."""
_FEWEST_PEOPLE, _PEOPLE_PER_TICKET = 3000, 0.12
_LAST_MINUTES = timedelta(seconds=90)

Say = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and how long it took."""

    tickets: int
    messages: int
    contacts: int
    seconds: float


def load(
    *, tickets: int = TICKETS, seed: int = SEED, at: datetime | None = None, provider: str = PROVIDER, say: Say = print
) -> Loaded:
    """Fill the desk with `tickets` tickets of the two years before `at` (now, by default), and index them for search.

    The same `seed` and `at` give the same world; texts go to `provider` (its address). Raises `Problem` on a desk that
    holds anything already.
    """
    began = time.monotonic()
    press, messages = fill(tickets=tickets, seed=seed, at=at, say=say)
    written = _newest_message()
    let_some_text(say, provider=provider)
    let_some_call(say)
    rebuild_all(say=say)
    rebuild_figures(say=say)
    keep_things(say)
    make_money(say)
    keep_tags_in_use()
    judge(say)
    have_ready(say)
    sell_things(say)
    make_charter(say)
    make_help_centre(say)
    share_solutions(say)
    make_community(say)
    make_comments(say)
    make_searches(say)
    make_announcements(say)
    make_misled(say)
    messages += Message.objects.filter(pk__gt=written).count()  # the charter's, say, on a promise just broken
    return Loaded(tickets, messages, len(press.world.people), time.monotonic() - began)


def _newest_message() -> int:
    newest = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def fill(*, tickets: int, seed: int, at: datetime | None = None, say: Say = print) -> tuple[Press, int]:
    """Write the rows, all but the search index; return what they were made with and the number of messages.

    Up to `AT_ONCE` tickets it is all or nothing; above, tickets come in pieces, on all cores. Raises `Problem`.
    """
    refuse_unless_empty()
    until = (at or now()).replace(microsecond=0) - _LAST_MINUTES
    with transaction.atomic():
        press = set_up(tickets, seed, until, say)
        if tickets <= AT_ONCE:
            messages = fill_at_once(press, connection.connection, say)
            answer_questions()
            finish(say)
            return press, messages
    messages = fill_in_pieces(press, say)
    answer_questions()
    finish(say)
    return press, messages


def is_empty() -> bool:
    """Whether the desk holds no tickets, customers or agents. Three queries at most."""
    return not (Ticket.objects.exists() or Contact.objects.exists() or Agent.objects.exists())


def refuse_unless_empty() -> None:
    """Raise `Problem` where the desk holds tickets, customers or agents: a demo is never mixed with the real."""
    if not is_empty():
        raise Problem(
            "This desk is not empty, and the demo world is only loaded into an empty one. "
            "Give the demo a data folder of its own: charterdesk demo --data charterdesk-demo"
        )


def set_up(tickets: int, seed: int, until: datetime, say: Say) -> Press:
    """Make the company and its customers, and what the tickets are made with. Inside a transaction."""
    say("making the company, its teams and its customers")
    load_default_rules()
    company = make_company()
    organisations = make_organisations()
    count = max(_FEWEST_PEOPLE, int(tickets * _PEOPLE_PER_TICKET)) if tickets > 1000 else max(40, tickets // 2)
    people = make_people(count, organisations, Random(seed))
    arrivals = Arrivals(tickets, until)
    calendars = {key: read_calendar(team.calendar.spec) for key, team in company.teams.items()}
    world = World(seed, tickets, people, organisations, arrivals, make_stage(until, calendars))
    ids = _customers(connection.connection, world, company)
    writer = Writer(ids, make_files(seed), Automatic(), until)
    return Press(world, writer, company.terms)


def _customers(raw: psycopg.Connection[Any], world: World, company: Company) -> Ids:
    """Copy organisations, logins, contacts and their addresses in; return where all numbers begin."""
    people, organisations = world.people, world.organisations
    first = take(raw, "people_contact", len(people) + 1)
    third_party = first + len(people)
    organisation = take(raw, "people_organisation", len(organisations))
    login = take(raw, "people_login", sum(person.has_login for person in people))
    known = world.arrivals.since
    copy(raw, "people_organisation", ("id", "name", "domains", "note", "created_at"), lines(
        (organisation + at, one.name, [one.domain], _remark(one), known) for at, one in enumerate(organisations)
    ))  # fmt: skip
    logins = [at for at, person in enumerate(people) if person.has_login]
    login_of = {at: login + number for number, at in enumerate(logins)}
    copy(raw, "people_login", ("id", "password", "email", "is_active", "created_at"),
         lines((login_of[at], password_hash(), people[at].email, True, known) for at in logins))  # fmt: skip
    columns = (
        "id", "name", "language", "time_zone", "organisation_id", "login_id", "note", "created_at",
        "may_see_organisation",
    )  # fmt: skip
    copy(raw, "people_contact", columns, lines([
        *(_contact(first + at, person, organisation, login_of.get(at), known) for at, person in enumerate(people)),
        (third_party, "Lambert Civil Works", "en", "", None, None, "Contractor for pipes and pavements.", known, False),
    ]))  # fmt: skip
    copy(raw, "people_identity", ("contact_id", "kind", "value", "verified_at"), lines([
        *((first + at, "email", person.email, known) for at, person in enumerate(people)),
        *((first + at, "phone", person.phone, None) for at, person in enumerate(people) if person.phone),
        (third_party, "email", THIRD_PARTY, known),
    ]))  # fmt: skip
    return Ids(
        ticket=take(raw, "tickets_ticket", world.count),
        number=take(raw, "tickets_number", world.count),
        contact=first,
        organisation=organisation,
        third_party=third_party,
        agents=tuple(agent.pk for agent in company.agents),
        teams={key: team.pk for key, team in company.teams.items()},
    )


_HEADS = frozenset(one.email for one in cast.CONTACTS if one.organisation)
"""Customers who see what their organisation asks."""


def _contact(number: int, person: Person, organisation: int, login: int | None, known: datetime) -> Row:
    employer = None if person.organisation is None else organisation + person.organisation
    note = f"{person.street}, {person.district}. Customer number {person.account}, meter {person.meter}."
    return number, person.name, person.language, "", employer, login, note, known, person.email in _HEADS


def _remark(one: Organisation) -> str:
    return {"landlord": "Manages houses.", "public": "Public body.", "firm": "Business customer."}[one.kind]
