"""The cast, alive, for tests, journeys and screenshots: made by ordinary means, as few rows as it takes.

A pytest plugin: the fixture `desk_cast`.
"""

from dataclasses import dataclass
from random import Random

import pytest
from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.ops.demo.company import make_company, password_hash
from charterdesk.ops.demo.letters import Words
from charterdesk.ops.demo.people import make_organisations, make_people
from charterdesk.ops.demo.situations import BY_KEY
from charterdesk.people import cast
from charterdesk.people.actions import identify_contact
from charterdesk.people.models import Agent, Contact, Identity, Login, Organisation, Team
from charterdesk.tickets.actions import Incoming, open_ticket
from charterdesk.tickets.models import Ticket


@dataclass(frozen=True)
class Cast:
    """The people of `charterdesk.people.cast` as rows, by their keys."""

    teams: dict[str, Team]
    agents: dict[str, Agent]
    contacts: dict[str, Contact]


@transaction.atomic
def make_cast() -> Cast:
    """The company, its agents and the customers known by name; all sign in with `cast.DEMO_PASSWORD`."""
    company = make_company()
    for one in cast.ORGANISATIONS:
        Organisation.objects.create(name=one.name, domains=[one.domain])
    contacts = {one.key: _contact(one) for one in cast.CONTACTS}
    agents = dict(zip((one.key for one in cast.AGENTS), company.agents, strict=True))
    return Cast(company.teams, agents, contacts)


def _contact(one: cast.CastContact) -> Contact:
    contact = identify_contact(email=one.email, name=one.name, language=one.language)
    contact.login = Login.objects.create(email=one.email, password=password_hash())
    contact.save(update_fields=["login"])
    Identity.objects.create(contact=contact, kind=Identity.PHONE, value=one.phone)
    return contact


def make_cast_ticket(made: Cast, situation: str, *, contact: str = "rosalind", seed: int = 1) -> Ticket:
    """A request of one of the cast, in their words and language, opened by the action itself.

    `situation` is a key of `ops.demo.situations`. The same seed gives the same words on the same day.
    """
    people = make_people(0, make_organisations(), Random(seed))
    person = people[[one.key for one in cast.CONTACTS].index(contact)]
    kind = BY_KEY[situation]
    words = Words(person, kind, now(), Random(seed), "")
    text, quoted = words.ask(by_mail=True)
    team = made.teams[kind.team]
    incoming = Incoming(
        contact=made.contacts[contact],
        subject=words.subject,
        text=text,
        quoted=quoted,
        author_name=person.name,
        author_address=person.email,
        to=[team.address],
    )
    return open_ticket(
        incoming, team=team, by=made.contacts[contact], type=kind.type, priority=kind.priority, tags=kind.tags
    )


@pytest.fixture
def desk_cast(db: None) -> Cast:
    """The utility of the demo with its agents and known customers, and no tickets."""
    return make_cast()
