"""Told stories as rows of the tables: what the actions would have written, without their thousand statements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from charterdesk.base.keys import SYSTEM
from charterdesk.ops.demo.automatic import Automatic
from charterdesk.ops.demo.files import MadeFile
from charterdesk.ops.demo.promises import Kept
from charterdesk.ops.demo.story import IN, NOTE, OUT, Letter, Step, Story
from charterdesk.ops.demo.telling import SILENCE
from charterdesk.people import cast
from charterdesk.sla.storing import PLAIN, written_stretches

Rows = dict[str, list[tuple[Any, ...]]]

FACTS_KEPT = timedelta(days=90)
"""The log keeps what rules judge by for the last months only; older snapshots have been cleared."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "tickets_ticket": (
        "id", "number", "subject", "status", "status_reason", "type", "priority", "tags", "language", "channel",
        "team_id", "assignee_id", "contact_id", "organisation_id", "solution", "opened_at", "assigned_at",
        "first_replied_at", "last_message_at", "due_at", "promised_at", "solved_at", "closed_at", "merged_into_id",
    ),
    "tickets_sidethread": ("id", "ticket_id", "address", "subject", "opened_at"),
    "tickets_message": (
        "id", "ticket_id", "side_thread_id", "direction", "channel", "contact_id", "agent_id", "author_name",
        "author_address", '"to"', "cc", "subject", "body_text", "quoted_text", "body_html", "template",
        "is_automatic", "once", "delivery", "delivery_note", "created_at",
    ),
    "tickets_attachment": (
        "message_id", "filename", "content_type", "size", "sha256", "content_id", "is_inline",
    ),
    "tickets_copied": ("ticket_id", "address", "name"),
    "tickets_merge": ("ticket_id", "target_id", "message_ids", "copied", "former_status", "merged_at"),
    "events_event": ("id", "at", "depth", "code", "subject", "actor", "data", "facts"),
    "sla_promise": (
        "ticket_id", "policy_version_id", "calendar_version_id", "status", "is_answered", "asked_at", "applied_id",
    ),
    "sla_clock": ("promise_id", *PLAIN, "stretches"),
    "events_timer": (
        "key", "due_at", "try_at", "operation", "subject", "actor", "args", "depth", "state", "attempts",
        "error",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Ids:
    """Which numbers the world's rows have: where tickets, contacts and organisations begin, and those of the cast."""

    ticket: int
    number: int
    contact: int
    organisation: int
    third_party: int
    agents: tuple[int, ...]
    teams: Mapping[str, int]

    def ticket_of(self, number: int) -> int:
        """The id of the ticket counted `number`."""
        return self.ticket + number


@dataclass
class Blocks:
    """The first free numbers of a piece: taken from the sequences when it is known how many it needs."""

    message: int = 0
    event: int = 0
    side_thread: int = 0


@dataclass
class Piece:
    """The stories of one piece with their promises, on their way to rows."""

    stories: list[Story]
    kept: list[Kept]
    letters: list[tuple[Letter, Story]] = field(init=False)
    steps: list[tuple[Step, Story]] = field(init=False)

    def __post_init__(self) -> None:
        # In order of time, so that ids rise with time as they would have.
        self.letters = sorted(
            ((letter, story) for story in self.stories for letter in story.letters), key=lambda pair: pair[0].at
        )
        self.steps = sorted(
            ((step, story) for story in self.stories for step in story.steps), key=lambda pair: pair[0].at
        )

    @property
    def side_threads(self) -> list[Story]:
        """Those with a third party."""
        return [story for story in self.stories if story.third_party]


class Writer:
    """Makes the rows of a piece."""

    def __init__(self, ids: Ids, files: Mapping[str, list[MadeFile]], automatic: Automatic, until: datetime) -> None:
        self.ids, self.files, self.automatic, self.until = ids, files, automatic, until

    def rows(self, piece: Piece, blocks: Blocks) -> Rows:
        """All rows of `piece` by table, in an order in which each finds what it names."""
        letter_ids = {id(letter): blocks.message + at for at, (letter, _story) in enumerate(piece.letters)}
        step_ids = {id(step): blocks.event + at for at, (step, _story) in enumerate(piece.steps)}
        threads = {story.number: blocks.side_thread + at for at, story in enumerate(piece.side_threads)}
        kept = {story.number: one for story, one in zip(piece.stories, piece.kept, strict=True)}
        rows: Rows = {table: [] for table in COLUMNS}
        rows["tickets_ticket"] = [self._ticket(story, kept[story.number]) for story in piece.stories]
        rows["tickets_sidethread"] = [
            (threads[s.number], self.ids.ticket_of(s.number), s.third_party, s.subject, _first_outside(s).at)
            for s in piece.side_threads
        ]
        for letter, story in piece.letters:
            number = letter_ids[id(letter)]
            cause = step_ids[id(letter.cause)] if letter.cause else 0
            rows["tickets_message"].append(self._message(number, letter, story, kept[story.number], threads, cause))
            rows["tickets_attachment"] += self._attachments(number, letter)
        rows["events_event"] = [
            self._event(step_ids[id(step)], step, story, letter_ids, step_ids, threads) for step, story in piece.steps
        ]
        for story in piece.stories:
            self._belongings(rows, story, kept[story.number], letter_ids, step_ids)
        return rows

    def _ticket(self, story: Story, kept: Kept) -> tuple[Any, ...]:
        ids, person = self.ids, story.person
        over = story.merged_into is not None
        return (
            ids.ticket_of(story.number), ids.number + story.number, story.subject, story.status,
            story.status_reason, story.type, story.priority, story.tags, person.language, story.channel,
            ids.teams[story.team], self._agent(story.assignee), ids.contact + story.person_at,
            None if person.organisation is None else ids.organisation + person.organisation, story.solution,
            story.opened_at, story.assigned_at, story.first_replied_at, story.last_message_at,
            kept.due_at, kept.promised_at, story.solved_at, story.closed_at,
            ids.ticket_of(story.merged_into) if over and story.merged_into is not None else None,
        )  # fmt: skip

    def _agent(self, at: int | None) -> int | None:
        return None if at is None else self.ids.agents[at]

    def _home(self, story: Story) -> int:
        """The ticket on which the letters of `story` are read: another one, where it was merged."""
        return self.ids.ticket_of(story.number if story.merged_into is None else story.merged_into)

    def _message(
        self, number: int, letter: Letter, story: Story, kept: Kept, threads: Mapping[int, int], cause: int
    ) -> tuple[Any, ...]:
        person, team = story.person, _team(story.team)
        contact, once = None, None
        to: tuple[str, ...] = (person.email,)
        subject, text, html = letter.subject, letter.text, letter.html
        if letter.direction == IN:
            contact = self.ids.third_party if letter.outside else self.ids.contact + story.person_at
            author, address = (story.third_party, story.third_party) if letter.outside else (person.name, person.email)
            to = (team.address,)
        elif letter.agent is not None:
            author, address = cast.AGENTS[letter.agent].name, ""
            to = () if letter.direction == NOTE else (story.third_party if letter.outside else person.email,)
        else:
            author, address = f"{cast.COMPANY}, {team.name}", ""
            number_shown, contact_id = self.ids.number + story.number, self.ids.contact + story.person_at
            subject, text, html = self.automatic.say(letter.template, story, kept, number_shown, contact_id)
            own = cause if letter.template == "solution" else ""
            once = f"{letter.template}:{self.ids.ticket_of(story.number)}:{own}"
        return (
            number, self._home(story), threads.get(story.number) if letter.outside else None, letter.direction,
            letter.channel, contact, self._agent(letter.agent), author, address, to, letter.cc, subject, text,
            letter.quoted, html, letter.template, letter.automatic, once, letter.delivery, letter.delivery_note,
            letter.at,
        )  # fmt: skip

    def _attachments(self, number: int, letter: Letter) -> Iterator[tuple[Any, ...]]:
        for name in letter.files:
            choices = self.files[name]
            made = choices[number % len(choices)]
            yield number, made.filename, made.content_type, made.size, made.sha256, "", False

    def _event(
        self, number: int, step: Step, story: Story, letters: Mapping[int, int], steps: Mapping[int, int],
        threads: Mapping[int, int],
    ) -> tuple[Any, ...]:  # fmt: skip
        ids = self.ids
        fields: dict[str, Any] = {"ticket_id": ids.ticket_of(story.number), "team_id": ids.teams[step.team]}
        fields.update(step.fields)
        for name, convert in _CONVERTED.items():
            if fields.get(name) is not None:
                fields[name] = convert(ids, fields[name])
        if step.letter is not None:
            letter = story.letters[step.letter]
            fields["message_id"] = letters[id(letter)]
            if letter.automatic and "is_automatic" in step.event.__dataclass_fields__:
                fields["is_automatic"] = True
            if letter.outside and "side_thread_id" in step.event.__dataclass_fields__:
                fields["side_thread_id"] = threads[story.number]
                if "contact_id" in fields:
                    fields["contact_id"] = ids.third_party
        if step.of is not None:
            fields["event_id"] = steps[id(step.of)]
        data = msgspec.json.encode(step.event(**fields)).decode()
        facts = self._facts(step, story) if self.until - step.at < FACTS_KEPT else None
        subject = f"ticket:{fields['ticket_id']}"
        return number, step.at, 0, step.event.code, subject, self._actor(step.actor), data, facts

    def _actor(self, actor: str) -> str:
        kind, _, at = actor.partition(":")
        if kind == "agent":
            return f"agent:{self.ids.agents[int(at)]}"
        return f"contact:{self.ids.contact + int(at)}" if kind == "contact" else SYSTEM

    def _facts(self, step: Step, story: Story) -> str:
        """The snapshot `tickets.facts` takes, of how the ticket stood then."""
        ids, person = self.ids, story.person
        facts = {
            "number": ids.number + story.number,
            "subject": story.subject,
            "status": step.status,
            "type": story.type,
            "priority": step.priority,
            "tags": story.tags,
            "language": person.language,
            "channel": story.channel,
            "team_id": ids.teams[step.team],
            "assignee_id": self._agent(step.assignee),
            "contact_id": ids.contact + story.person_at,
            "organisation_id": None if person.organisation is None else ids.organisation + person.organisation,
        }
        return msgspec.json.encode(facts).decode()

    def _belongings(
        self, rows: Rows, story: Story, kept: Kept, letters: Mapping[int, int], steps: Mapping[int, int]
    ) -> None:
        """What hangs on a ticket: people on copy, the merge, the promise with its clocks, timers."""
        ticket_id = self.ids.ticket_of(story.number)
        rows["tickets_copied"] += [(ticket_id, address, "") for address in story.copied]
        if story.merged_into is not None:
            moved = sorted(letters[id(letter)] for letter in story.letters)
            target = self.ids.ticket_of(story.merged_into)
            rows["tickets_merge"].append((ticket_id, target, moved, (), story.former_status, story.closed_at))
        standing, terms = kept.standing, kept.standing.terms
        rows["sla_promise"].append((
            ticket_id, terms.policy_version_id if terms else None, terms.calendar_version_id if terms else None,
            standing.status, standing.is_answered, standing.asked_at, steps[id(kept.applied)],
        ))  # fmt: skip
        for hand in kept.rounds.values():
            stretches = msgspec.json.encode(written_stretches(hand.stretches)).decode()
            rows["sla_clock"].append((ticket_id, *(getattr(hand, name) for name in PLAIN), stretches))
        if look_at := kept.look_at:
            args = {"ticket_id": ticket_id, "at": look_at.isoformat()}
            rows["events_timer"].append(_timer(f"sla:{ticket_id}", look_at, "sla.look", "", args))
        if story.status == "solved" and story.solved_at:
            due, on = story.solved_at + SILENCE, f"ticket:{ticket_id}"
            rows["events_timer"].append(_timer(f"close:{ticket_id}", due, "tickets.close", on, {"reason": "silent"}))


_CONVERTED: dict[str, Any] = {
    "contact_id": lambda ids, at: ids.contact + at,
    "assignee_id": lambda ids, at: ids.agents[at],
    "former_id": lambda ids, at: ids.agents[at],
    "agent_id": lambda ids, at: ids.agents[at],
    "former_team_id": lambda ids, key: ids.teams[key],
    "target_id": lambda ids, number: ids.ticket_of(number),
}
_TEAMS = {team.key: team for team in cast.TEAMS}


def _team(key: str) -> cast.CastTeam:
    return _TEAMS[key]


def _first_outside(story: Story) -> Letter:
    return next(letter for letter in story.letters if letter.outside and letter.direction == OUT)


def _timer(key: str, due_at: datetime, operation: str, on: str, args: Mapping[str, Any]) -> tuple[Any, ...]:
    written = msgspec.json.encode(args).decode()
    return key, due_at, due_at, operation, on, SYSTEM, written, 0, "running", 0, ""
