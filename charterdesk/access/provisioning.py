"""People and teams as a directory elsewhere keeps them: who they are there, and what goes when they go."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charterdesk.access.events import LoginRenamed, TeamRemoved
from charterdesk.access.models import ExternalId
from charterdesk.access.roles import fields_of
from charterdesk.base.keys import Actor, Keyed
from charterdesk.base.refused import Refused
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.events.log import publish
from charterdesk.people.actions import add_team, change_agent, deactivate_agent, normal_address
from charterdesk.people.models import Agent, Login, Team

GONE = "gone:"
"""Begins the subject of somebody whom the directory took out: they left the desk, and it knows them no more."""

ROLE = "role:"
"""Begins the subject of somebody whose role the directory decides: of others it says nothing, and changes nothing."""


def call_it(row: Keyed, value: str | None) -> None:
    """Keep what the directory calls `row`; nothing to make known. Two statements."""
    if value:
        ExternalId.objects.update_or_create(subject=row.key, defaults={"value": value[:300]})
    else:
        ExternalId.objects.filter(subject=row.key).delete()


@transaction.atomic
def rename_login(login: Login, email: str, *, by: Actor) -> None:
    """Give `login` another address. Raises `Refused("access.address_taken")`; nothing where it is that already."""
    address = normal_address(email)
    if login.email == address:
        return
    if Login.objects.filter(email=address).exists():
        raise Refused("access.address_taken", _("%(address)s is somebody else's.") % {"address": address})
    login.email = address
    login.save(update_fields=["email"])
    publish(LoginRenamed(login_id=login.pk), on=login, by=by)


@transaction.atomic
def take_out(agent: Agent, *, by: Actor) -> None:
    """The directory knows this person no more: they leave the desk. What they wrote stays."""
    deactivate_agent(agent, by=by)
    ExternalId.objects.filter(subject__in=(agent.key, f"{ROLE}{agent.key}")).delete()
    ExternalId.objects.get_or_create(subject=f"{GONE}{agent.key}")


def take_back(agent: Agent) -> None:
    """The directory knows them again. One statement."""
    ExternalId.objects.filter(subject=f"{GONE}{agent.key}").delete()


@transaction.atomic
def give_role(agent: Agent, code: str, *, by: Actor) -> None:
    """The directory decides the role of `agent`, `code`; with "" it does not any more, and what it gave goes.

    Whose role it never decided stays what it is. Raises as `change_agent`.
    """
    subject = f"{ROLE}{agent.key}"
    if code:
        ExternalId.objects.get_or_create(subject=subject)
        change_agent(agent, by=by, **fields_of(code))
    elif ExternalId.objects.filter(subject=subject).delete()[0]:
        change_agent(agent, by=by, **fields_of(Agent.AGENT))


def with_role_of_directory(agents: Iterable[Agent]) -> set[int]:
    """Those of `agents`, by number, whose role the directory decides. One statement."""
    subjects = {f"{ROLE}{agent.key}": agent.pk for agent in agents}
    found = ExternalId.objects.filter(subject__in=list(subjects)).values_list("subject", flat=True)
    return {subjects[subject] for subject in found}


@transaction.atomic
def add_team_of_directory(name: str, *, by: Actor) -> Team:
    """A team with an address of the desk's own domain and the first opening hours; administrators set the rest.

    Raises `Refused`: `people.team_name_taken`, `access.no_calendar`.
    """
    calendar = BusinessCalendar.objects.order_by("pk").first()
    if calendar is None:
        raise Refused("access.no_calendar", _("Set up opening hours first."))
    start = slugify(name) or "team"
    taken = set(Team.objects.filter(address__startswith=start).values_list("address", flat=True))
    numbered = (f"{start}{number or ''}@{settings.MAIL_DOMAIN}" for number in range(len(taken) + 1))
    address = next(each for each in numbered if each not in taken)
    return add_team(by=by, name=name, address=address, calendar=calendar)


@transaction.atomic
def remove_team(team: Team, *, by: Actor) -> None:
    """Take away a team that never had a ticket. Raises `Refused("access.team_in_use")`."""
    key = team.key
    publish(TeamRemoved(team_id=team.pk), on=key, by=by)
    try:
        with transaction.atomic():
            team.delete()
    except ProtectedError as error:
        message = _("%(team)s has tickets. Move them to another team first.") % {"team": team}
        raise Refused("access.team_in_use", message) from error
    ExternalId.objects.filter(subject=key).delete()
