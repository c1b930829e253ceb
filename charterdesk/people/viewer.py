"""Who is looking: the one thing every `visible_to` and every `may_...` is asked with."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import JSONArray

from charterdesk.base.kept import Given, Kept
from charterdesk.base.keys import split_key
from charterdesk.people.models import Agent, Login, Membership, Team
from charterdesk.people.permissions import EVERY_TEAM, IN_TEAM, READ_NOTES, READ_TICKETS, RUNNING, known, permissions_of

ANONYMOUS = "anonymous"
CUSTOMER = "customer"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person at a surface. `role` is anonymous, customer, agent, lead, manager or administrator.

    `team_ids` are the teams whose tickets a member of staff may read: their own; for who sees every team, all.
    `own_team_ids` are those they work for.
    `free_role` is what a role the desk made itself holds, in place of what `role` does; `team_roles` what a person
    may do in the teams where they have another role than elsewhere. `organisation_id` is that of a customer who sees
    what their organisation asks, `belongs_to` that of any customer of one. `kept_from` are keys of what is about a
    member of staff themselves.
    """

    key: str
    name: str
    role: str
    language: str = "en"
    time_zone: str = "UTC"
    agent_id: int | None = None
    contact_id: int | None = None
    organisation_id: int | None = None
    belongs_to: int | None = None
    team_ids: frozenset[int] = frozenset()
    own_team_ids: frozenset[int] = frozenset()
    free_role: frozenset[str] | None = None
    team_roles: Mapping[int, frozenset[str]] = field(default_factory=dict)
    panes: Mapping[str, int] = field(default_factory=dict)
    kept_from: frozenset[str] = frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of the desk."""
        return self.agent_id is not None

    @property
    def is_management(self) -> bool:
        """Whether this is a manager or an administrator."""
        return self.role in (Agent.MANAGER, Agent.ADMINISTRATOR)

    @property
    def is_lead(self) -> bool:
        """Whether this person leads: a lead, a manager or an administrator."""
        return self.role == Agent.LEAD or self.is_management

    @property
    def permissions(self) -> frozenset[str]:
        """What this person may do wherever no role of a team says otherwise."""
        return permissions_of(self.role) if self.free_role is None else self.free_role

    @property
    def sees_every_team(self) -> bool:
        """Whether the tickets of all teams are theirs to read, those of teams made tomorrow as well."""
        return EVERY_TEAM in self.permissions and READ_TICKETS in self.permissions

    @property
    def tickets_kept_from(self) -> list[int]:
        """The numbers (primary keys) of tickets that are about them."""
        return [split_key(key)[1] for key in self.kept_from if key.startswith("ticket:")]

    @property
    def runs_the_desk(self) -> bool:
        """Whether there is something of the operation or the settings for them."""
        return self.is_staff and not RUNNING.isdisjoint(self.permissions)

    @property
    def teams_without_notes(self) -> frozenset[int]:
        """Teams whose tickets they read, but not the notes inside the house."""
        return frozenset(pk for pk in self.team_ids if not self.may(READ_NOTES, pk))

    @cached_property
    def as_value(self) -> tuple[Hashable, ...]:
        """All that is known of them as one value: two viewers of whom it is the same see the same."""
        return tuple(frozenset(each.items()) if isinstance(each, Mapping) else each for each in vars(self).values())

    def may(self, permission: str, team_id: int | None = None) -> bool:
        """Whether they may do what `permission` names: in a team, or, without one, for the desk. No query.

        A role in a team stands in place of the person's own there; for who sees every team it only adds to it.
        """
        if team_id is None:
            return permission in self.permissions
        there = self.team_roles.get(team_id)
        if there is not None and not self.sees_every_team:
            return permission in there
        if there is not None and permission in there:
            return True
        return permission in self.permissions and (team_id in self.team_ids or self.sees_every_team)

    def within(self, team_id: int) -> Self:
        """The same person reading of one of their teams only. For looking: rights are still asked of themselves."""
        roles = {} if self.sees_every_team else self.team_roles
        alone = frozenset({team_id}) & self.team_ids
        return replace(self, team_ids=alone, free_role=self.permissions - {EVERY_TEAM}, team_roles=roles)

    def may_in_some_team(self, permission: str) -> bool:
        """Whether there is a team in which they may do what `permission` names. No query."""
        return any(self.may(permission, pk) for pk in self.team_ids)


NOBODY = Viewer(key=ANONYMOUS, name="", role=ANONYMOUS)


Works = tuple[int, list[str] | None, int | None]
"""A team, what somebody's role there allows (None without one), and their membership there (None without one)."""


def viewer_of_agent(agent: Agent, *, read: Any = None) -> Viewer:
    """The viewer an active agent is. One query, and one more for a free role that was not fetched with them.

    `read` is their login as `_LOGIN` reads it, where it was: then no query.
    """
    free_role = known(agent.free_role.permissions) if agent.free_role else None
    own = permissions_of(agent.role) if free_role is None else free_role
    found = _teams_of(agent, own) if read is None else _teams_read(read, own)
    teams = {pk: None if codes is None else known(codes) & IN_TEAM for pk, codes, _is_own in found}
    sees_all = {EVERY_TEAM, READ_TICKETS} <= own
    return Viewer(
        key=agent.key,
        name=agent.name,
        role=agent.role,
        language=agent.language,
        time_zone=agent.time_zone,
        agent_id=agent.pk,
        team_ids=frozenset(
            pk for pk, codes in teams.items() if sees_all or READ_TICKETS in (own if codes is None else codes)
        ),
        own_team_ids=frozenset(pk for pk, _codes, is_own in found if is_own),
        free_role=free_role,
        team_roles={pk: codes for pk, codes in teams.items() if codes is not None},
        panes=agent.panes,
        kept_from=frozenset(agent.kept_from),
    )


def _teams_of(agent: Agent, own: frozenset[str]) -> list[Works]:
    """The teams `agent` works for, or all for who sees every team. One query."""
    found: list[Any] = (_EVERY_TEAM if EVERY_TEAM in own else _OWN_TEAMS).rows(agent=agent.pk)
    return found


def _every_team() -> QuerySet[Team, Any]:
    mine = FilteredRelation("memberships", condition=Q(memberships__agent=Given("agent")))
    return Team.objects.annotate(mine=mine).values_list("pk", "mine__role__permissions", "mine__pk")


_EVERY_TEAM = Kept(_every_team)
_OWN_TEAMS = Kept(
    lambda: Membership.objects.filter(agent=Given("agent")).values_list("team_id", "role__permissions", "pk")
)


def _teams_read(login: Any, own: frozenset[str]) -> list[Works]:
    """What `_teams_of` finds, of what was read with their login."""
    if EVERY_TEAM not in own:
        return [(team, codes, pk) for team, codes, pk in login.works]
    mine = {team: (codes, pk) for team, codes, pk in login.works}
    return [(team, *mine.get(team, (None, None))) for team in login.every_team]


def _login() -> QuerySet[Login]:
    works = Membership.objects.filter(agent=OuterRef("agent__pk"))
    return (
        Login.objects.select_related("agent__free_role", "contact")
        .filter(pk=Given("login"))
        .annotate(
            works=ArraySubquery(works.values(row=JSONArray("team_id", "role__permissions", "pk"))),
            every_team=ArraySubquery(Team.objects.order_by("pk").values("pk")),
        )
    )


_LOGIN = Kept(_login)


def read_login(pk: int) -> Login | None:
    """A login with what `viewer_of_login` asks of it. One query."""
    return _LOGIN.first(login=pk)


def viewer_of_login(login: Login) -> Viewer:
    """The viewer behind a login: its agent, else its contact, else nobody. One query, none after `read_login`."""
    found = login if hasattr(login, "works") else read_login(login.pk)
    agent = getattr(found, "agent", None)
    if agent and agent.is_active:
        return viewer_of_agent(agent, read=found)
    contact = getattr(found, "contact", None)
    while contact is not None and contact.merged_into_id:
        contact = contact.merged_into  # they were made one with another contact, and are that one
    if contact is None or contact.erased_at:
        return NOBODY
    return Viewer(
        key=contact.key,
        name=str(contact),
        role=CUSTOMER,
        language=contact.language,
        time_zone=contact.time_zone or "UTC",
        contact_id=contact.pk,
        organisation_id=contact.organisation_id if contact.may_see_organisation else None,
        belongs_to=contact.organisation_id,
    )
