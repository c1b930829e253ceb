"""What happened to a ticket, in words: one short sentence for each event of the log."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from charterdesk.base.kept import AnyGiven, Kept
from charterdesk.base.keys import Keyed, split_key
from charterdesk.charter.content import KINDS
from charterdesk.complaints.models import Decision
from charterdesk.events.models import LoggedEvent, Rule
from charterdesk.events.rule_titles import title_of
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.fields import in_words
from charterdesk.tickets.models import Link, Ticket, TicketField


@dataclass(frozen=True, kw_only=True)
class Names:
    """Who the events speak of; `actor` is whoever did the one that is told now."""

    agents: dict[int, str]
    teams: dict[int, str]
    numbers: dict[int, str]
    fields: Mapping[str, TicketField] = field(default_factory=dict)
    rules: Mapping[int, str] = field(default_factory=dict)
    actor: str = ""

    @property
    def who(self) -> str:
        """Whoever did it."""
        kind = self.actor.partition(":")[0]
        if kind == "agent":
            return self.agent(split_key(self.actor)[1])
        if kind == "rule" and (name := self.rules.get(split_key(self.actor)[1])):
            return _("The rule “{name}”").format(name=name)
        return _("The customer") if kind == "contact" else _("The desk")

    def agent(self, pk: int | None) -> str:
        """An agent's name."""
        return self.agents.get(pk or 0, _("somebody"))

    def team(self, pk: int | None) -> str:
        """A team's name."""
        return self.teams.get(pk or 0, _("another team"))

    def ticket(self, pk: int | None) -> str:
        """A ticket's number, with its sign."""
        return f"#{self.numbers.get(pk or 0, '?')}"

    def say(self, sentence: str, **values: Any) -> str:
        """`sentence` with `who` and `values` filled in."""
        return sentence.format(who=self.who, **values)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event as a sentence."""

    pk: int
    at: datetime
    text: str


Data = dict[str, Any]
Words = Callable[[Data, Names], str]


def _assigned(data: Data, names: Names) -> str:
    if names.actor == f"agent:{data['assignee_id']}":
        return names.say(_("{who} took it"))
    return names.say(_("{who} gave it to {agent}"), agent=names.agent(data["assignee_id"]))


def _tagged(data: Data, names: Names) -> str:
    added = [f"+{tag}" for tag in data.get("added", ())]
    removed = [f"−{tag}" for tag in data.get("removed", ())]
    return names.say(_("{who} changed tags: {tags}"), tags=" ".join([*added, *removed]))


def _fields_changed(data: Data, names: Names) -> str:
    """What the fields are called, and what was chosen; what else was written stays in the ticket."""
    parts = []
    for code in data.get("fields", ()):
        field = names.fields.get(code)
        chosen = in_words(field, data.get("chosen", {}).get(code)) if field else ""
        label = field.label if field else code
        parts.append(f"{label}: {chosen}" if chosen else label)
    return names.say(_("{who} changed details: {fields}"), fields=", ".join(parts))


def _undelivered(data: Data, names: Names) -> str:
    if data.get("in_doubt"):
        return _("Nobody knows whether a message arrived")
    return _("A message did not arrive")


def _consented(data: Data, names: Names) -> str:
    if data.get("on_paper"):
        return names.say(_("{who} kept the paper on which the customer agreed"))
    if data.get("agent_id"):
        return names.say(_("{who} kept that the customer agreed in writing"))
    return _("The customer agreed in writing")


REMEDIES = dict(KINDS)
WORDS: dict[str, Words] = {
    "fields.changed": _fields_changed,
    "ticket.opened": lambda data, names: names.say(_("{who} opened it")),
    "ticket.assigned": _assigned,
    "ticket.released": lambda data, names: names.say(
        _("{who} took it back from {agent}"), agent=names.agent(data["former_id"])
    ),
    "ticket.moved": lambda data, names: names.say(
        _("{who} moved it from {former} to {team}"),
        former=names.team(data["former_team_id"]),
        team=names.team(data["team_id"]),
    ),
    "ticket.prioritised": lambda data, names: names.say(
        _("{who} set the priority to {priority}"), priority=dict(Ticket.PRIORITIES).get(data["priority"], "")
    ),
    "ticket.classified": lambda data, names: names.say(
        _("{who} set the type to {type}"), type=dict(Ticket.TYPES).get(data["type"], "")
    ),
    "ticket.tagged": _tagged,
    "ticket.renamed": lambda data, names: names.say(_("{who} rewrote the subject")),
    "ticket.paused": lambda data, names: names.say(
        _("{who} set it to: {status}"), status=dict(Ticket.STATUSES).get(data["status"], "")
    ),
    "ticket.resumed": lambda data, names: names.say(_("{who} took it up")),
    "ticket.solved": lambda data, names: names.say(_("{who} solved it")),
    "ticket.closing_undone": lambda data, names: names.say(_("{who} took the closing back")),
    "ticket.reopened": lambda data, names: names.say(_("{who} opened it again")),
    "ticket.closed": lambda data, names: names.say(_("{who} closed it")),
    "ticket.merged": lambda data, names: names.say(
        _("{who} merged it into {ticket}"), ticket=names.ticket(data["target_id"])
    ),
    "ticket.merge_undone": lambda data, names: names.say(
        _("{who} undid the merge with {ticket}"), ticket=names.ticket(data["target_id"])
    ),
    "ticket.split": lambda data, names: names.say(_("{who} split {ticket} off"), ticket=names.ticket(data["new_id"])),
    "ticket.linked": lambda data, names: names.say(
        _("{who} linked it: it {kind} {ticket}"),
        kind=dict(Link.KINDS).get(data["kind"], ""),
        ticket=names.ticket(data["other_id"]),
    ),
    "ticket.unlinked": lambda data, names: names.say(
        _("{who} took off the link to {ticket}"), ticket=names.ticket(data["other_id"])
    ),
    "ticket.escalated": lambda data, names: names.say(_("{who} asked whoever leads the team to look after it")),
    "ticket.forwarded": lambda data, names: names.say(_("{who} asked a third party")),
    "ticket.promised": lambda data, names: _("Times were promised"),
    "ticket.favoured": lambda data, names: _("It goes earlier, for a loyal customer"),
    "ticket.graded": lambda data, names: names.say(_("{who} gave {score} of 5"), score=data["score"]),
    "consent.given": _consented,
    "request.refused": lambda data, names: names.say(_("{who} refused it, with an explanation to the customer")),
    "refusal.barred": lambda data, names: names.say(_("{who} wanted to refuse it, and could not")),
    "agent.kept_out": lambda data, names: names.say(
        _("{agent} is kept out: it is about them"), agent=names.agent(data["agent_id"])
    ),
    "agent.let_back": lambda data, names: names.say(_("{agent} may see it again"), agent=names.agent(data["agent_id"])),
    "complaint.taken": lambda data, names: names.say(_("{who} took it on as a complaint")),
    "complaint.escalated": lambda data, names: names.say(_("{who} took it to the next level")),
    "complaint.decided": lambda data, names: names.say(
        _("{who} decided: {verdict}"), verdict=dict(Decision.VERDICTS).get(data["verdict"], "")
    ),
    "independence.lost": lambda data, names: _("Nobody but those it is about could work on it"),
    "requester.changed": lambda data, names: names.say(_("{who} changed who it is for")),
    "copies.changed": lambda data, names: names.say(_("{who} changed who gets copies")),
    "follower.added": lambda data, names: names.say(_("{agent} follows it"), agent=names.agent(data["agent_id"])),
    "follower.removed": lambda data, names: names.say(
        _("{agent} follows it no more"), agent=names.agent(data["agent_id"])
    ),
    "message.called_back": lambda data, names: names.say(_("{who} called a message back")),
    "message.undelivered": _undelivered,
    "message.redacted": lambda data, names: names.say(_("{who} took the content of a message out")),
    "attachment.redacted": lambda data, names: names.say(_("{who} took a file out")),
    "verdict.given": lambda data, names: (
        _("It was said to be free") if data["outcome"] == "free" else _("It was said to be charged")
    ),
    "verdict.accepted": lambda data, names: names.say(_("{who} accepted the price")),
    "verdict.contested": lambda data, names: names.say(_("{who} contested what it costs")),
    "contest.decided": lambda data, names: names.say(_("{who} decided what it costs")),
    "time.spent": lambda data, names: names.say(_("{who} noted {minutes} min"), minutes=data["minutes"]),
    "target.breached": lambda data, names: _("A promise was not kept in time"),
    "objective.broken": lambda data, names: _("A promise of the charter was broken"),
    "remedy.booked": lambda data, names: _("A remedy was booked: %(kind)s") % {"kind": REMEDIES[data["kind"]]},
    "remedy.done": lambda data, names: _("The customer has the remedy: %(kind)s") % {"kind": REMEDIES[data["kind"]]},
    "remedy.approved": lambda data, names: names.say(_("{who} approved a remedy")),
    "remedy.refused": lambda data, names: names.say(_("{who} refused a remedy")),
    "remedy.suspended": lambda data, names: _("A remedy is not owed: beyond control"),
}


def told(events: Iterable[LoggedEvent]) -> list[Entry]:
    """`events` in words; what the timeline shows anyway, such as messages, is left out. At most two statements."""
    worth = [event for event in events if event.code in WORDS]
    names = _names(worth)
    return [
        Entry(pk=event.pk, at=event.at, text=WORDS[event.code](event.data, replace(names, actor=event.actor)))
        for event in worth
    ]


def _names(events: Sequence[LoggedEvent]) -> Names:
    """The names that `events` need, and no others."""
    agents = _ids(events, "assignee_id", "former_id", "agent_id")
    agents |= {split_key(event.actor)[1] for event in events if event.actor.startswith("agent:")}
    moves = [event for event in events if event.code == "ticket.moved"]
    teams = _ids(moves, "team_id", "former_team_id")
    tickets = _ids(events, "target_id", "new_id", "other_id")
    asked = {"agents": [*agents], "teams": [*teams], "rules": [*_rules(events)], "tickets": [*tickets]}
    rows = _NAMED.rows(**asked) if any(asked.values()) else []
    called: dict[str, dict[int, str]] = {"agent": {}, "team": {}, "rule": {}, "ticket": {}}
    for kind, pk, name in rows:
        called[kind][pk] = title_of(name) if kind == "rule" else name
    return Names(
        agents=called["agent"],
        teams=called["team"],
        rules=called["rule"],
        numbers=called["ticket"],
        fields=_fields(events),
    )


def _rules(events: Sequence[LoggedEvent]) -> set[int]:
    """The rules that did some of it."""
    return {split_key(event.actor)[1] for event in events if event.actor.startswith("rule:")}


def _fields(events: Sequence[LoggedEvent]) -> dict[str, TicketField]:
    """The custom fields that were changed, by code. No statement where none was."""
    codes = {code for event in events for code in event.data.get("fields", ()) if event.code == "fields.changed"}
    return {field.code: field for field in TicketField.objects.filter(code__in=codes)} if codes else {}


def _all_named() -> QuerySet[Any, Any]:
    others = (
        _named("team", Team, "teams", F("name")),
        _named("rule", Rule, "rules", F("name")),
        _named("ticket", Ticket, "tickets", Cast("number", CharField())),
    )
    return _named("agent", Agent, "agents", F("name")).union(*others, all=True).values_list("kind", "pk", "called")


def _named(kind: str, model: type[Keyed], given: str, name: Any) -> QuerySet[Any, Any]:
    """Rows of kind, primary key and name."""
    found = model._default_manager.filter(pk=AnyGiven(given)).order_by()
    return found.values(kind=Value(kind), pk=F("pk"), called=name)


_NAMED = Kept(_all_named)


def _ids(events: Sequence[LoggedEvent], *fields: str) -> set[int]:
    return {event.data[name] for event in events for name in fields if event.data.get(name)}
