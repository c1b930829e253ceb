"""What a ticket's story is made of, before it becomes rows: letters, steps, and where it stands in the end."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from charterdesk.ops.demo.people import Person
from charterdesk.tickets.events import TicketEvent

IN, OUT, NOTE = "in", "out", "note"
SENT, UNDELIVERED = "sent", "undelivered"


@dataclass(slots=True)
class Letter:
    """A message to be. `agent` is an index into the cast, `files` are names of the world's files."""

    at: datetime
    direction: str
    text: str
    channel: str = "email"
    agent: int | None = None
    subject: str = ""
    quoted: str = ""
    html: str = ""
    template: str = ""
    automatic: bool = False
    delivery: str = ""
    delivery_note: str = ""
    cc: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    outside: bool = False
    """Whether it belongs to the talk with a third party."""
    cause: "Step | None" = None
    """What made us send this text of ours."""

    @property
    def moves_ticket(self) -> bool:
        """Whether lists show the ticket as of this letter."""
        return self.direction == IN or (self.direction == OUT and self.agent is not None and not self.outside)


@dataclass(slots=True)
class Step:
    """Something that happened: an event class with its fields, and the letter it is about (an index).

    `team`, `status`, `priority` and `assignee` are how the ticket stood just after it. `of` is the step whose number
    in the log the event names.
    """

    at: datetime
    actor: str
    event: type[TicketEvent]
    fields: dict[str, Any]
    team: str
    status: str
    priority: int
    assignee: int | None
    letter: int | None = None
    of: "Step | None" = None


@dataclass(slots=True)
class Story:
    """A ticket to be; `number` counts from 0 over the whole world."""

    number: int
    person_at: int
    person: Person
    situation: str
    team: str
    type: str
    channel: str
    opened_at: datetime
    priority: int
    tags: tuple[str, ...]
    subject: str = ""
    status: str = "new"
    status_reason: str = ""
    assignee: int | None = None
    assigned_at: datetime | None = None
    first_replied_at: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    solution: str = ""
    merged_into: int | None = None
    former_status: str = ""
    copied: tuple[str, ...] = ()
    third_party: str = ""
    taken_in: list[Letter] = field(default_factory=list)
    """Letters of other tickets, merged into this one."""
    letters: list[Letter] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def last_message_at(self) -> datetime:
        """When a person last wrote, the customer's machine included."""
        return max((one.at for one in (*self.letters, *self.taken_in) if one.moves_ticket), default=self.opened_at)
