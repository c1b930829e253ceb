"""Who is looking: the one thing every `visible_to` and every `may_...` is asked with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from charterdesk.people.models import Agent, Login, Membership, Team

ANONYMOUS = "anonymous"
CUSTOMER = "customer"


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """A person at a surface. `role` is anonymous, customer, agent, lead, manager or administrator.

    `team_ids` are the teams whose tickets a member of staff may see: their own; for managers and administrators all.
    """

    key: str
    name: str
    role: str
    language: str = "en"
    time_zone: str = "UTC"
    agent_id: int | None = None
    contact_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    panes: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of the desk."""
        return self.agent_id is not None

    @property
    def is_management(self) -> bool:
        """Whether this is a manager or an administrator: they see every team."""
        return self.role in (Agent.MANAGER, Agent.ADMINISTRATOR)

    @property
    def is_lead(self) -> bool:
        """Whether this person leads: a lead, a manager or an administrator."""
        return self.role == Agent.LEAD or self.is_management


NOBODY = Viewer(key=ANONYMOUS, name="", role=ANONYMOUS)


def viewer_of_agent(agent: Agent) -> Viewer:
    """The viewer an active agent is. One query."""
    if agent.role in (Agent.MANAGER, Agent.ADMINISTRATOR):
        team_ids = list(Team.objects.values_list("pk", flat=True))
    else:
        team_ids = list(Membership.objects.filter(agent=agent).values_list("team_id", flat=True))
    return Viewer(
        key=agent.key,
        name=agent.name,
        role=agent.role,
        language=agent.language,
        time_zone=agent.time_zone,
        agent_id=agent.pk,
        team_ids=frozenset(team_ids),
        panes=agent.panes,
    )


def viewer_of_login(login: Login) -> Viewer:
    """The viewer behind a login: its agent, else its contact, else nobody. At most three queries."""
    agent = Agent.objects.filter(login=login, is_active=True).first()
    if agent:
        return viewer_of_agent(agent)
    contact = getattr(login, "contact", None)
    if contact is None or contact.erased_at:
        return NOBODY
    return Viewer(
        key=contact.key,
        name=str(contact),
        role=CUSTOMER,
        language=contact.language,
        time_zone=contact.time_zone or "UTC",
        contact_id=contact.pk,
    )
