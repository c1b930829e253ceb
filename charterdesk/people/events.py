"""What people makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ContactRegistered(Event):
    """Somebody contacted us for the first time."""

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class ContactMerged(Event):
    """Two contacts were one person; `merged_id` lives on in `contact_id`."""

    contact_id: int
    merged_id: int


@dataclass(frozen=True, kw_only=True)
class ContactErased(Event):
    """A contact's personal data is gone; their tickets stay, without a name."""

    contact_id: int


@dataclass(frozen=True, kw_only=True)
class AgentAdded(Event):
    """Somebody joined the desk; with `is_invited` a mail tells them."""

    agent_id: int
    role: str
    is_invited: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentChanged(Event):
    """What an agent may do, speaks, can or carries changed; `fields` are the names of what did."""

    agent_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class AgentDeactivated(Event):
    """Somebody left the desk."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class AgentActivated(Event):
    """Somebody who had left is back."""

    agent_id: int


@dataclass(frozen=True, kw_only=True)
class TeamAdded(Event):
    """There is a new team."""

    team_id: int


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Event):
    """How a team is called, reached, open or signed changed; `fields` are the names of what did."""

    team_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """An agent works for a team from now on."""

    team_id: int
    agent_id: int


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """An agent works for a team no more."""

    team_id: int
    agent_id: int


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(Event):
    """What an agent may do in a team is another thing from now on; no `role_id` is the role they have elsewhere."""

    team_id: int
    agent_id: int
    role_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoleAdded(Event):
    """There is a new role."""

    role_id: int


@dataclass(frozen=True, kw_only=True)
class RoleChanged(Event):
    """A role was renamed or allows something else; `allowed` and `withdrawn` are codes of permissions."""

    role_id: int
    fields: list[str]
    allowed: list[str]
    withdrawn: list[str]


@dataclass(frozen=True, kw_only=True)
class RoleRemoved(Event):
    """A role that nobody had is gone."""

    role_id: int


@dataclass(frozen=True, kw_only=True)
class AgentStateChanged(Event):
    """An agent began to work, went away, or takes nothing new."""

    agent_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class AgentNotified(Event):
    """A notice waits for an agent; `channels` mails it."""

    agent_id: int
    notice_id: int
