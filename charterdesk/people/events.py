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
    """Somebody joined the desk."""

    agent_id: int
    role: str


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
