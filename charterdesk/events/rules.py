"""Rules as data: when an event happens and conditions hold, do operations.

A rule's body, as JSON in a `RuleVersion` and as TOML in a package's `rules.toml` (its default rules):

    [[rule]]
    slug = "acknowledgement"           # unique in its package
    name = "Acknowledge every new request"
    position = 10                      # rules that hear the same event act in this order
    when = ["ticket.promised"]         # codes of events
    [rule.if]                          # a condition (see conditions.py); left out: always
    field = "event.channel"
    op = "is_not"
    value = "phone"
    [[rule.then]]                      # operations, in order, on the event's subject
    operation = "tickets.send_template"
    args = { template = "acknowledgement" }

A text in `args` may name fields in braces: "agent:{event.assignee_id}"; one that is a single field keeps its
type. An `on` beside `operation` names another row to act on: `on = "ticket:{event.target_id}"`.

Further keys: `team = 3` (only events about what that team owns), `once = true` (once for each subject), `at_most = 20`
(so often in an hour), `stop = true` (no later rule acts on an event it acted on), and those that go by the clock
(see `rule_times.py`).

A version judges the events that happened while it was active, each once; a match is kept with the values it
went by and what was done, or why an operation had nothing to do (`skipped`). All operations of a run are one
transaction: a failure undoes them and the run is tried again.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Self

import msgspec
from django.db.models import Q

from charterdesk.base.inserting import insert_rows
from charterdesk.base.refused import Refused
from charterdesk.events import rule_times
from charterdesk.events.conditions import Answer, Judgement
from charterdesk.events.evidence import Erased, Evidence, Missing
from charterdesk.events.expressions import ExpressionError
from charterdesk.events.log import Cause, Entry
from charterdesk.events.models import RuleRun, RuleVersion
from charterdesk.events.operations import Call, find, perform_all
from charterdesk.events.rule_guards import ONCE, STOPPED, held_back

FIELD = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of an event. `answer` is None where it hangs on what was erased, or on an error."""

    answer: Answer
    used: dict[str, Any]
    error: str = ""


Known = dict[int, Evidence]
Skips = dict[tuple[int, int], str]
"""Codes of why a step came to nothing, by the event's number and the step's place."""


@dataclass(frozen=True, slots=True)
class Judge:
    """One version of a rule, listening. `stoppers` are versions before it that may end it all; `known` is what was
    read of events already, shared with the other rules that hear them.
    """

    version: RuleVersion
    stoppers: tuple[int, ...] = ()
    known: Known = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The handler's name that failed runs are kept by."""
        return f"rule:{self.version.pk}"

    def hear(self, entries: Sequence[Entry]) -> None:
        """Judge `entries` and do what the rule says, once for each. Two statements beside what it reads and does."""
        body = self.version.body
        judged = [judge(body, entry, self._evidence(entry)) for entry in entries if concerns(body, entry)]
        noted = [(verdict, evidence) for verdict, evidence in judged if verdict.answer or verdict.error]
        if not noted:
            return
        ids = [evidence.entry.id for _verdict, evidence in noted]
        done = set(self.version.runs.filter(event_id__in=ids).values_list("event_id", flat=True))
        new = [(verdict, evidence) for verdict, evidence in noted if evidence.entry.id not in done]
        matching = [evidence for verdict, evidence in new if verdict.answer]
        held = held_back(self.version, [evidence.entry for evidence in matching], self.stoppers) if matching else {}
        skips = self._act([evidence for evidence in matching if evidence.entry.id not in held])
        runs = [(verdict, evidence) for verdict, evidence in new if held.get(evidence.entry.id) not in UNTOLD]
        insert_rows([self._run(*each, held=held.get(each[1].entry.id, ""), skips=skips) for each in runs])

    def _act(self, acting: Sequence[Evidence]) -> Skips:
        """Do what the rule says, for each of `acting`; return what came to nothing."""
        skips: Skips = {}
        for number, step in enumerate(self.version.body["then"] if acting else ()):
            came_to = perform_all(step["operation"], [self._call(step, evidence) for evidence in acting])
            for evidence, skip in zip(acting, came_to, strict=True):
                if skip:
                    skips[evidence.entry.id, number] = skip.code
        return skips

    def note_refused(self, entry: Entry, refused: Refused) -> None:
        """Keep that an operation would not do what the rule says: trying again would not help. Two statements."""
        verdict, evidence = judge(self.version.body, entry)
        run = self._run(verdict, evidence)
        run.done, run.error = [], f"{refused.code}: {refused.message}"
        insert_rows([run], ignore_conflicts=True)

    def _evidence(self, entry: Entry) -> Evidence:
        return self.known.setdefault(entry.id, Evidence(entry))

    def _run(self, verdict: Verdict, evidence: Evidence, *, held: str = "", skips: Skips | None = None) -> RuleRun:
        done = effects(self.version.body, evidence) if verdict.answer and not held else []
        for number, step in enumerate(done):
            if why := (skips or {}).get((evidence.entry.id, number)):
                step["skipped"] = why
        return RuleRun(
            event_id=evidence.entry.id,
            version=self.version,
            subject=evidence.entry.subject,
            matched=bool(verdict.answer),
            values_used=verdict.used,
            done=done,
            error=verdict.error,
            held=held,
        )

    def _call(self, step: dict[str, Any], evidence: Evidence) -> Call:
        resolved = _resolve(step, evidence, None)
        by = f"rule:{self.version.rule_id}"
        return Call(on=resolved["on"], by=by, args=resolved["args"], cause=Cause.of(evidence.entry))


UNTOLD = (ONCE, STOPPED)  # how a rule is meant to work: no run is kept of it


@dataclass(frozen=True, slots=True)
class Waiter:
    """One version of a rule that acts some time after what it hears."""

    version: RuleVersion

    @property
    def name(self) -> str:
        """The handler's name that failed deliveries are kept by."""
        return f"wait:{self.version.pk}"

    def hear(self, entries: Sequence[Entry]) -> None:
        """Have the rule look again later. One statement."""
        theirs = [entry for entry in entries if entry.kind == "ticket" and concerns(self.version.body, entry)]
        rule_times.wait_for(self.version.rule_id, self.version.body, theirs)


class RulesInForce:
    """The versions that were active at some time or later, by the codes they wait for."""

    def __init__(self, versions: Iterable[RuleVersion]) -> None:
        self._by_code: dict[str, list[RuleVersion]] = {}
        self._by_clock: dict[int, list[RuleVersion]] = {}
        self._known: Known = {}
        for version in versions:
            for code in version.body.get("when", ()):
                self._by_code.setdefault(code, []).append(version)
            if goes_by_clock(version.body):
                self._by_clock.setdefault(version.rule_id, []).append(version)

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """Those in force at `moment` or since. One query, and one more for those this process has not read yet."""
        active = Q(active_until=None) | Q(active_until__gt=moment)
        versions = RuleVersion.objects.filter(active, active_from__isnull=False)
        times = versions.order_by("rule__position", "rule_id").values_list(
            "pk", "created_at", "active_from", "active_until"
        )
        return cls(_read_once(list(times)))

    def judges_of(self, entry: Entry) -> list[Judge | Waiter]:
        """The versions that have to judge `entry`, or to wait after it: in force when it happened."""
        hearing: list[Judge | Waiter] = []
        stoppers: tuple[int, ...] = ()
        for version in self._by_code.get(entry.code, ()):
            if not was_active(version, entry.at):
                continue
            if "wait" in version.body:
                hearing.append(Waiter(version))
                continue
            hearing.append(Judge(version, stoppers, self._known))
            stoppers = (*stoppers, version.pk) if version.body.get("stop") else stoppers
        return hearing + self._judges_due(entry)

    def _judges_due(self, entry: Entry) -> list[Judge | Waiter]:
        """The version whose time has come, where `entry` says that."""
        if entry.code not in (rule_times.DUE, rule_times.CAME) or not self._by_clock:
            return []
        versions = self._by_clock.get(entry.data["rule_id"], [])
        return [Judge(version, (), self._known) for version in versions if was_active(version, entry.at)]


_read: dict[int, RuleVersion] = {}
"""Versions in force by number, as what they say never changes: three hundred of them cost more to read than to ask."""


def _read_once(times: Sequence[tuple[int, datetime, datetime | None, datetime | None]]) -> list[RuleVersion]:
    """The versions of these numbers, made at these times, in this order, each in force from when until when."""
    known = {pk: _read[pk] for pk, made_at, *_ in times if pk in _read and _read[pk].created_at == made_at}
    if missing := [pk for pk, *_ in times if pk not in known]:
        known |= RuleVersion.objects.select_related("rule").in_bulk(missing)
    for pk, _made_at, since, until in times:
        known[pk].active_from, known[pk].active_until = since, until
    _read.clear()
    _read.update(known)
    return [known[pk] for pk, *_ in times]


def goes_by_clock(body: dict[str, Any]) -> bool:
    """Whether a rule judges not what it hears but `rule.due`."""
    return "wait" in body or any(name in body for name in rule_times.BY_CLOCK)


def concerns(body: dict[str, Any], entry: Entry) -> bool:
    """Whether `entry` is about what the team that owns the rule owns; true for one of the desk. No query."""
    team = body.get("team")
    return team is None or team == (entry.facts or {}).get("team_id", entry.data.get("team_id"))


def was_active(version: RuleVersion, moment: datetime) -> bool:
    """Whether `version` was in force at `moment`."""
    if version.active_from is None or moment < version.active_from:
        return False
    return version.active_until is None or moment < version.active_until


def judge(body: dict[str, Any], entry: Entry, evidence: Evidence | None = None) -> tuple[Verdict, Evidence]:
    """What a rule's body says of `entry`, and the evidence it went by (read before, if given). Performs nothing."""
    evidence = evidence or Evidence(entry)
    judgement = Judgement(evidence)
    try:
        answer = judgement.answer(body.get("if") or {})
    except ExpressionError as error:
        return Verdict(None, judgement.used, str(error)), evidence
    return Verdict(answer, judgement.used), evidence


def effects(body: dict[str, Any], evidence: Evidence) -> list[dict[str, Any]]:
    """What the rule would do: operation, the key it acts on, arguments. What is kept of a run, too.

    Fields of the event itself (ids and codes) are filled in; those that can be erased stay named.
    """
    return [_resolve(step, evidence, {"event"}) for step in body["then"]]


def _resolve(step: dict[str, Any], evidence: Evidence, sources: set[str] | None) -> dict[str, Any]:
    """The step with the fields of `sources` (None: all) filled in."""
    fill = partial(_fill, evidence=evidence, sources=sources)
    known = find(step["operation"])
    json = known.json if known else ()
    return {
        "operation": step["operation"],
        "on": fill(step.get("on", evidence.entry.subject)),
        "args": {
            name: fill(value, write=_in_json) if name in json else fill(value)
            for name, value in step.get("args", {}).items()
        },
    }


def _fill(value: Any, evidence: Evidence, sources: set[str] | None, write: Callable[[Any], str] | None = None) -> Any:
    """Replace the fields named in braces, also in lists; a text that is one field only becomes its value.

    `write` turns a value into text (`str` if not given); then a text stays one.
    """
    if isinstance(value, list):
        return [_fill(one, evidence, sources, write) for one in value]
    if not isinstance(value, str):
        return value
    if write is None and (whole := FIELD.fullmatch(value)) and _is_of(whole[1], sources):
        return _known(evidence.value(whole[1]))
    said = write or _as_text
    return FIELD.sub(
        lambda found: said(_known(evidence.value(found[1]))) if _is_of(found[1], sources) else found[0], value
    )


def _as_text(value: Any) -> str:
    return str(value or "")


def _in_json(value: Any) -> str:
    """A value as it stands in JSON, a text without its quotes: it can't end the text it stands in."""
    if isinstance(value, bool | int | float):
        return msgspec.json.encode(value).decode()
    return msgspec.json.encode(_as_text(value)).decode()[1:-1]


def _is_of(field: str, sources: set[str] | None) -> bool:
    return sources is None or field.partition(".")[0] in sources


def _known(value: Any) -> Any:
    return None if value is Missing or value is Erased else value
