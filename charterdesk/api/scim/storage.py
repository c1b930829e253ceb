"""Where SCIM reads and writes: agents and teams, by the same actions as everybody else.

A filter that names one user, group or external id is one statement; any other is judged in Python, over all people of
the desk: some thousands at most.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from scim2_models import (
    ForbiddenException,
    InvalidValueException,
    Meta,
    NotFoundException,
    PreconditionFailedException,
    Reference,
    Resource,
    ResourceType,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from charterdesk.access.models import ExternalId
from charterdesk.access.provisioning import (
    GONE,
    add_team_of_directory,
    call_it,
    give_role,
    remove_team,
    rename_login,
    take_back,
    take_out,
    with_role_of_directory,
)
from charterdesk.access.roles import grants_of, highest, role_names, role_of
from charterdesk.api.scim.resources import Email, Group, Member, Name, User, UserGroup, UserRole
from charterdesk.people.actions import (
    activate_agent,
    add_agent,
    add_member,
    change_agent,
    change_team,
    deactivate_agent,
    remove_member,
)
from charterdesk.people.models import Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_grant

_WHEN = "SELECT subject, min(at), max(at) FROM events_event WHERE subject = ANY(%s) GROUP BY subject"


class DeskStorage(ScimStorage):
    """Agents as users, teams as groups; `by` is who provisions them."""

    def __init__(self, by: Viewer) -> None:
        self.by = by

    def get(self, resource_type: ResourceType, resource_id: str, *, response_parameters: Any = None) -> Resource[Any]:
        """The resource with this id. Five statements. Raises `NotFoundException`."""
        number = int(resource_id) if resource_id.isdecimal() and len(resource_id) < 19 else 0
        found = _read(_rows(resource_type).filter(pk=number))
        if not found:
            raise NotFoundException
        return found[0]

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        """A page of those the filter finds, by their numbers. Five statements for each type."""
        found = [each for kind in resource_types for each in _read(_rows(kind))]
        wanted = search_request.filter
        if wanted is not None:
            found = [each for each in found if _matches(wanted, each)]
        start = search_request.start_index_0 or 0
        stop = None if search_request.count is None else start + search_request.count
        return SearchPage(len(found), found[start:stop])

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Somebody new, or somebody who is back; or a new team. Raises `UniquenessException`."""
        row = self._new_user(resource) if isinstance(resource, User) else self._new_group(resource)
        call_it(row, resource.external_id)
        return self.get(resource_type, str(row.pk))

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        """Have the row be as `resource` says. Raises `PreconditionFailedException` when it changed meanwhile."""
        row = self._locked(resource_type, resource.id, expected_version)
        if isinstance(row, Agent):
            self._change_user(row, resource)
        else:
            self._change_group(row, resource)
        call_it(row, resource.external_id)
        return self.get(resource_type, str(row.pk))

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        """Somebody leaves the desk; a team that never had a ticket is gone."""
        row = self._locked(resource_type, resource_id, expected_version)
        if isinstance(row, Agent):
            take_out(row, by=self.by)
        else:
            remove_team(row, by=self.by)

    def _locked(self, resource_type: ResourceType, resource_id: Any, expected_version: str | None) -> Agent | Team:
        """The row, which nobody else changes meanwhile."""
        found = self.get(resource_type, str(resource_id))
        assert found.meta is not None
        if expected_version and found.meta.version != expected_version:
            raise PreconditionFailedException
        model = Agent if isinstance(found, User) else Team
        row: Agent | Team = model.objects.select_for_update(of=("self",)).get(pk=int(found.id or 0))
        return row

    def _new_user(self, wanted: User) -> Agent:
        address = _address(wanted)
        known = Agent.objects.filter(login__email=address).select_related("login").first()
        if known and not ExternalId.objects.filter(subject=f"{GONE}{known.key}").exists():
            raise UniquenessException
        agent = known or add_agent(email=address, name=_name(wanted) or address, by=self.by)
        take_back(agent)
        self._change_user(agent, wanted)
        return agent

    def _change_user(self, agent: Agent, wanted: Any) -> None:
        rename_login(agent.login, _address(wanted), by=self.by)
        change_agent(agent, by=self.by, name=_name(wanted) or agent.login.email)
        self._set_role(agent, wanted.roles or [])
        if wanted.active is False:
            deactivate_agent(agent, by=self.by)
        else:
            activate_agent(agent, by=self.by)

    def _set_role(self, agent: Agent, wanted: Sequence[UserRole]) -> None:
        """Of several roles the one that allows most, as with the groups of single sign-on."""
        codes = {name.lower(): code for code, name in role_names().items()} if wanted else {}
        named = [(each.value or "").strip().lower() for each in wanted]
        if unknown := next((name for name in named if name not in codes), None):
            raise InvalidValueException(detail=_("There is no role “%(role)s” here.") % {"role": unknown})
        code = highest(codes[name] for name in named)
        is_decided = bool(code) or agent.pk in with_role_of_directory([agent])
        if is_decided and not self._may_grant(agent, code or Agent.AGENT):
            raise ForbiddenException(detail=_("Who made this token may not give or take this role."))
        give_role(agent, code, by=self.by)

    def _may_grant(self, agent: Agent, code: str) -> bool:
        """Nobody gives or takes by a directory what they could not by form."""
        had = role_of(agent)
        return code == had or all(may_grant(self.by, grants_of(each)) for each in (code, had))

    def _new_group(self, wanted: Any) -> Team:
        team = add_team_of_directory(_title(wanted), by=self.by)
        self._set_members(team, wanted.members or [])
        return team

    def _change_group(self, team: Team, wanted: Any) -> None:
        change_team(team, by=self.by, name=_title(wanted))
        self._set_members(team, wanted.members or [])

    def _set_members(self, team: Team, members: Sequence[Member]) -> None:
        """Exactly these work for `team`."""
        wanted = {int(each.value) for each in members if each.value and each.value.isdecimal()}
        had = set(team.memberships.values_list("agent_id", flat=True))
        people = {agent.pk: agent for agent in _people().filter(pk__in=wanted | had)}
        if unknown := wanted - set(people):
            raise InvalidValueException(detail=f"There is nobody with the id {min(unknown)}.")
        for pk in sorted(wanted - had):
            add_member(team, people[pk], by=self.by)
        for pk in sorted(had - wanted):
            if pk in people:
                remove_member(team, people[pk], by=self.by)


def _address(wanted: User) -> str:
    said = (wanted.user_name or "").strip().lower()
    if "@" not in said or len(said) > 254:
        raise InvalidValueException(detail=_("userName is the e-mail address somebody signs in with."))
    return said


def _name(wanted: User) -> str:
    """Their name, "" for somebody without: they go by their address."""
    return ((wanted.name.formatted if wanted.name else "") or "").strip()[:200]


def _title(wanted: Any) -> str:
    said = (wanted.display_name or "").strip()
    if not said or len(said) > 120:
        raise InvalidValueException(detail=_("displayName is the team's name, 120 characters at most."))
    return str(said)


def _people() -> QuerySet[Agent]:
    """Those a directory knows: people, not programs, and nobody it took out."""
    gone = ExternalId.objects.filter(subject__startswith=f"{GONE}agent:").values_list("subject", flat=True)
    pks = [int(subject.rpartition(":")[2]) for subject in gone]
    found = Agent.objects.filter(integration=None).exclude(pk__in=pks).select_related("login")
    return found.prefetch_related("teams").order_by("pk")


def _rows(resource_type: ResourceType) -> Any:
    if resource_type.name == "User":
        return _people()
    return Team.objects.prefetch_related("agents").order_by("pk")


def _matches(wanted: Any, resource: Resource[Any]) -> bool:
    """Whether a filter finds `resource`; one over several types is bound to its own first."""
    return bool(wanted.match(resource))


def _read(rows: Any) -> list[Resource[Any]]:
    """Rows as SCIM has them, with what the directory calls them and when they changed. Two statements beside theirs."""
    found = list(rows)
    keys = [row.key for row in found]
    names = dict(ExternalId.objects.filter(subject__in=keys).values_list("subject", "value"))
    with connection.cursor() as cursor:
        cursor.execute(_WHEN, [keys])
        when = {subject: (first, last) for subject, first, last in cursor.fetchall()}
    roles = _roles([row for row in found if isinstance(row, Agent)])
    return [_resource(row, names.get(row.key), when.get(row.key, (None, None)), roles.get(row.key)) for row in found]


def _roles(agents: Sequence[Agent]) -> dict[str, str]:
    """The roles that the directory decides, by whose they are. Two statements at most."""
    decided = with_role_of_directory(agents) if agents else set()
    names = role_names() if decided else {}
    return {agent.key: names[role_of(agent)] for agent in agents if agent.pk in decided}


def _resource(
    row: Agent | Team, external_id: str | None, when: tuple[datetime | None, datetime | None], role: str | None
) -> Any:
    made = _user(row, role) if isinstance(row, Agent) else _group(row)
    made.id, made.external_id = str(row.pk), external_id
    version = hashlib.sha256(made.model_dump_json().encode()).hexdigest()[:16]
    made.meta = Meta(
        resource_type=type(made).__name__, created=when[0], last_modified=when[1], version=f'W/"{version}"'
    )
    return made


def _user(agent: Agent, role: str | None) -> User:
    return User(
        user_name=agent.login.email,
        name=None if agent.name == agent.login.email else Name(formatted=agent.name),
        display_name=agent.name,
        active=agent.is_active,
        emails=[Email(value=agent.login.email, type="work", primary=True)],
        groups=[UserGroup(value=str(team.pk), display=team.name) for team in agent.teams.all()] or None,
        roles=[UserRole(value=role)] if role else None,
    )


def _group(team: Team) -> Group:
    members = sorted(team.agents.all(), key=lambda agent: agent.pk)
    said = [Member(value=str(one.pk), ref=Reference[User](f"Users/{one.pk}")) for one in members]
    return Group(display_name=team.name, members=said or None)
