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

A version judges the events that happened while it was active, each once; a match is kept with the values it
went by and what was done. All operations of a run are one transaction: a failure undoes them and the run is
tried again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Self

from django.db.models import Q

from charterdesk.events.conditions import Answer, Judgement
from charterdesk.events.evidence import Erased, Evidence, Missing
from charterdesk.events.expressions import ExpressionError
from charterdesk.events.log import Cause, Entry
from charterdesk.events.models import RuleRun, RuleVersion
from charterdesk.events.operations import Call, perform_all

FIELD = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of an event. `answer` is None where it hangs on what was erased, or on an error."""

    answer: Answer
    used: dict[str, Any]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """One version of a rule, listening."""

    version: RuleVersion

    @property
    def name(self) -> str:
        """The handler's name that failed runs are kept by."""
        return f"rule:{self.version.pk}"

    def hear(self, entries: Sequence[Entry]) -> None:
        """Judge `entries` and do what the rule says, once for each. Two statements beside what it reads and does."""
        judged = [judge(self.version.body, entry) for entry in entries]
        noted = [(verdict, evidence) for verdict, evidence in judged if verdict.answer or verdict.error]
        if not noted:
            return
        ids = [evidence.entry.id for _verdict, evidence in noted]
        done = set(self.version.runs.filter(event_id__in=ids).values_list("event_id", flat=True))
        new = [(verdict, evidence) for verdict, evidence in noted if evidence.entry.id not in done]
        RuleRun.objects.bulk_create([self._run(verdict, evidence) for verdict, evidence in new])
        matching = [evidence for verdict, evidence in new if verdict.answer]
        for step in self.version.body["then"]:
            perform_all(step["operation"], [self._call(step, evidence) for evidence in matching])

    def _run(self, verdict: Verdict, evidence: Evidence) -> RuleRun:
        return RuleRun(
            event_id=evidence.entry.id,
            version=self.version,
            subject=evidence.entry.subject,
            matched=bool(verdict.answer),
            values_used=verdict.used,
            done=effects(self.version.body, evidence) if verdict.answer else [],
            error=verdict.error,
        )

    def _call(self, step: dict[str, Any], evidence: Evidence) -> Call:
        resolved = _resolve(step, evidence, None)
        by = f"rule:{self.version.rule_id}"
        return Call(on=resolved["on"], by=by, args=resolved["args"], cause=Cause.of(evidence.entry))


class RulesInForce:
    """The versions that were active at some time or later, by the codes they wait for."""

    def __init__(self, versions: Iterable[RuleVersion]) -> None:
        self._by_code: dict[str, list[RuleVersion]] = {}
        for version in versions:
            for code in version.body["when"]:
                self._by_code.setdefault(code, []).append(version)

    @classmethod
    def at(cls, moment: datetime) -> Self:
        """Those in force at `moment` or since. One query."""
        active = Q(active_until=None) | Q(active_until__gt=moment)
        versions = RuleVersion.objects.filter(active, active_from__isnull=False)
        return cls(versions.order_by("rule__position", "rule_id"))

    def judges_of(self, entry: Entry) -> list[Judge]:
        """The versions that have to judge `entry`: in force when it happened."""
        return [Judge(v) for v in self._by_code.get(entry.code, []) if was_active(v, entry.at)]


def was_active(version: RuleVersion, moment: datetime) -> bool:
    """Whether `version` was in force at `moment`."""
    if version.active_from is None or moment < version.active_from:
        return False
    return version.active_until is None or moment < version.active_until


def judge(body: dict[str, Any], entry: Entry) -> tuple[Verdict, Evidence]:
    """What a rule's body says of `entry`, and the evidence it went by. Performs nothing."""
    evidence = Evidence(entry)
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
    return {
        "operation": step["operation"],
        "on": fill(step.get("on", evidence.entry.subject)),
        "args": {name: fill(value) for name, value in step.get("args", {}).items()},
    }


def _fill(value: Any, evidence: Evidence, sources: set[str] | None) -> Any:
    """Replace the fields named in braces; a text that is one field only becomes its value."""
    if not isinstance(value, str):
        return value
    if (whole := FIELD.fullmatch(value)) and _is_of(whole[1], sources):
        return _known(evidence.value(whole[1]))
    return FIELD.sub(
        lambda found: str(_known(evidence.value(found[1])) or "") if _is_of(found[1], sources) else found[0], value
    )


def _is_of(field: str, sources: set[str] | None) -> bool:
    return sources is None or field.partition(".")[0] in sources


def _known(value: Any) -> Any:
    return None if value is Missing or value is Erased else value
