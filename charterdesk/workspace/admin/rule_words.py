"""Rules in words: what events, comparisons and deeds are called, and what a deed wants to know."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from charterdesk.events.log import known_codes
from charterdesk.events.rule_fields import (
    CHOICE,
    LIST,
    NUMBER,
    TAGS,
    TEXT,
    WORDS,
    YES_NO,
    FieldsByCode,
    RuleField,
)
from charterdesk.events.rule_times import CAME, DESK, DUE, find_date, known_dates

EVENTS: dict[str, Any] = {
    "ticket.opened": gettext_lazy("a request comes in"),
    "message.received": gettext_lazy("somebody outside writes"),
    "message.queued": gettext_lazy("we write to somebody"),
    "message.undelivered": gettext_lazy("a message does not arrive"),
    "note.added": gettext_lazy("a note is left"),
    "ticket.promised": gettext_lazy("times are promised"),
    "ticket.assigned": gettext_lazy("it is given to somebody"),
    "ticket.released": gettext_lazy("it goes back into the queue"),
    "ticket.moved": gettext_lazy("it goes to another team"),
    "ticket.prioritised": gettext_lazy("its priority changes"),
    "ticket.classified": gettext_lazy("its type changes"),
    "ticket.tagged": gettext_lazy("its tags change"),
    "fields.changed": gettext_lazy("its own fields change"),
    "ticket.paused": gettext_lazy("it begins to wait"),
    "ticket.resumed": gettext_lazy("work on it goes on"),
    "ticket.solved": gettext_lazy("it is solved"),
    "ticket.reopened": gettext_lazy("it is opened again"),
    "ticket.closed": gettext_lazy("it is closed"),
    "ticket.graded": gettext_lazy("the customer gives a grade"),
    "ticket.escalated": gettext_lazy("it is escalated"),
    "target.nearing": gettext_lazy("a promise is due soon"),
    "target.breached": gettext_lazy("a promise is not kept in time"),
    "objective.broken": gettext_lazy("a promise of the charter is broken"),
    "complaint.taken": gettext_lazy("it becomes a complaint"),
    "complaint.escalated": gettext_lazy("a complaint goes to the next level"),
    "complaint.decided": gettext_lazy("a complaint is decided"),
    "verdict.given": gettext_lazy("it is said to be free or charged"),
    "verdict.contested": gettext_lazy("the customer contests the price"),
}
OPS: dict[str, Any] = {
    "is": pgettext_lazy("condition", "is"),
    "is_not": pgettext_lazy("condition", "is not"),
    "in": pgettext_lazy("condition", "is one of"),
    "not_in": pgettext_lazy("condition", "is none of"),
    "contains": pgettext_lazy("condition", "contains"),
    "lacks": pgettext_lazy("condition", "does not contain"),
    "starts_with": pgettext_lazy("condition", "begins with"),
    "ends_with": pgettext_lazy("condition", "ends with"),
    "has_any_word": pgettext_lazy("condition", "has one of the words"),
    "has_all_words": pgettext_lazy("condition", "has all of the words"),
    "has_no_word": pgettext_lazy("condition", "has none of the words"),
    "less": pgettext_lazy("condition", "is less than"),
    "at_most": pgettext_lazy("condition", "is at most"),
    "more": pgettext_lazy("condition", "is more than"),
    "at_least": pgettext_lazy("condition", "is at least"),
    "is_set": pgettext_lazy("condition", "is filled in"),
    "is_empty": pgettext_lazy("condition", "is empty"),
}
EITHER = ("is_set", "is_empty")
OPS_OF: dict[str, tuple[str, ...]] = {
    CHOICE: ("is", "is_not", "in", "not_in", *EITHER),
    TEXT: ("is", "is_not", "contains", "lacks", "starts_with", "ends_with", *EITHER),
    WORDS: ("has_any_word", "has_all_words", "has_no_word", "contains", "lacks", *EITHER),
    NUMBER: ("is", "less", "at_most", "more", "at_least", *EITHER),
    TAGS: ("contains", "lacks", *EITHER),
    LIST: ("contains", "lacks", *EITHER),
    YES_NO: ("is", "is_not"),
}


def date_choices() -> list[tuple[str, Any]]:
    """The dates a rule may follow. One statement."""
    return [(date.code, date.label) for date in known_dates().values()]


def event_choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The events a rule may wait for, the usual ones first, in groups."""
    others = [(code, code) for code in known_codes() if code not in EVENTS]
    return [(_("Usual"), list(EVENTS.items())), (_("All others"), others)]


TIMES = {
    DUE: gettext_lazy("the rule's time came"),
    CAME: gettext_lazy("the rule's time came, for the desk as a whole"),
}
"""What a rule by the clock acts on; no rule waits for it by name."""


def name_of_event(code: str) -> str:
    """An event in words; its code where nobody named it."""
    return str(EVENTS.get(code) or TIMES.get(code, code))


def words_of_when(body: Mapping[str, Any]) -> str:
    """When a rule acts, in a few words."""
    if around := body.get("around"):
        return _around_in_words(around)
    if every := body.get("every"):
        said = _every_in_words(every)
        return _("{when}, for the desk as a whole").format(when=said) if body.get(DESK) else said
    said = _(" or ").join(name_of_event(code) for code in body.get("when", ()))
    if wait := body.get("wait"):
        return _("{hours} after {event}").format(hours=span_in_words(wait["hours"]), event=said)
    return said


def _around_in_words(around: Mapping[str, Any]) -> str:
    hours, known = around["hours"], find_date(around["date"])
    date = known.label if known else around["date"]
    text = _("{hours} before {date}") if hours < 0 else _("{hours} after {date}")
    return text.format(hours=span_in_words(abs(hours)), date=date)


def _every_in_words(every: Mapping[str, Any]) -> str:
    if "hours" in every:
        return _("every {hours}").format(hours=span_in_words(every["hours"]))
    days = ", ".join(str(dict(DAYS)[day]) for day in every.get("days") or ())
    text = _("{days} at {time} ({zone})") if days else _("every day at {time} ({zone})")
    return text.format(days=days, time=every["time"], zone=every.get("zone", "UTC"))


DAYS = [
    (1, gettext_lazy("Monday")), (2, gettext_lazy("Tuesday")), (3, gettext_lazy("Wednesday")),
    (4, gettext_lazy("Thursday")), (5, gettext_lazy("Friday")), (6, gettext_lazy("Saturday")),
    (7, gettext_lazy("Sunday")),
]  # fmt: skip


def span_in_words(hours: float) -> str:
    """A number of hours as hours or whole days."""
    days, rest = divmod(hours, 24)
    if days and not rest:
        return ngettext("%(n)d day", "%(n)d days", int(days)) % {"n": days}
    return ngettext("%(n)s hour", "%(n)s hours", 2 if hours % 1 else int(hours)) % {"n": f"{hours:g}"}


class Conditions:
    """Says conditions in words; what fields choose from is asked for once, however many conditions there are. `called`
    are the names of rows they name, as far as they were read.
    """

    def __init__(self, called: Mapping[str, str] | None = None) -> None:
        self._called = called or {}
        self._fields = FieldsByCode()
        self._names: dict[str, dict[str, Any]] = {}

    def words(self, condition: Mapping[str, Any]) -> str:
        """A condition in words; "" for none."""
        if "all" in condition:
            return self._joined(condition["all"], _(" and "))
        if "any" in condition:
            return self._joined(condition["any"], _(" or "))
        if "not" in condition:
            return self._denied(condition["not"])
        if "predicate" in condition:
            return _("it is within opening hours")
        if "cel" in condition:
            return str(condition["cel"])
        return self._compared(condition) if condition else ""

    def _joined(self, parts: Sequence[Mapping[str, Any]], by: str) -> str:
        said = [self.words(part) for part in parts]
        return by.join(
            f"({one})" if len(parts) > 1 and len(part) == 1 and ("any" in part or "all" in part) else one
            for one, part in zip(said, parts, strict=True)
        )

    def _denied(self, condition: Mapping[str, Any]) -> str:
        if "predicate" in condition:
            return _("it is outside of opening hours")
        return _("not ({what})").format(what=self.words(condition))

    def _compared(self, condition: Mapping[str, Any]) -> str:
        code, op = condition["field"], condition["op"]
        field = self._fields.get(code)
        name = f"{field.group}: {field.label}" if field else code
        if op in EITHER:
            return f"{name} {OPS[op]}"
        value = condition.get("value")
        values = value if isinstance(value, list) else [value]
        return f"{name} {OPS.get(op, op)} “{', '.join(self._value(code, field, one) for one in values)}”"

    def _value(self, code: str, field: RuleField | None, value: Any) -> str:
        if field and f"{field.row}:{value}" in self._called:
            return self._called[f"{field.row}:{value}"]
        if field and field.choices and not field.is_said and value not in (None, "") and not isinstance(value, bool):
            if code not in self._names:
                self._names[code] = {str(one): name for one, name in field.choices()}
            return str(self._names[code].get(str(value), value))
        return words_of_value(None, value)


def words_of_value(field: RuleField | None, value: Any) -> str:
    """A value of a field as its readers know it."""
    if isinstance(value, list):
        return ", ".join(words_of_value(field, one) for one in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("nothing")
    if field and field.choices:
        return str({str(code): name for code, name in field.choices()}.get(str(value), value))
    return str(value)
