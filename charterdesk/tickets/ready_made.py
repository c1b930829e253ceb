"""Ready-made rules: what people expect of a desk, switched on by one click and theirs to change from then on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.keys import Actor
from charterdesk.events.models import Rule
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.events.rule_titles import rule_titles

Body = dict[str, Any]
WAITING = {"field": "ticket.status", "op": "is", "value": "pending"}
NOT_TAKEN = {"field": "ticket.assignee_id", "op": "is_empty"}
TO_DO = {"field": "ticket.status", "op": "in", "value": ["new", "open"]}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One rule of a ready-made set: its name, and what it says."""

    name: Any
    body: Callable[[], Body]


@dataclass(frozen=True, kw_only=True)
class ReadyMade:
    """A set of rules that belong together. `is_sketch`: somebody has to fill something in first."""

    code: str
    name: Any
    what: Any
    rules: Sequence[Said]
    is_sketch: bool = False


def _deed(operation: str, **args: Any) -> dict[str, Any]:
    return {"operation": operation, "args": args} if args else {"operation": operation}


def _remind() -> dict[str, Any]:
    return _deed("tickets.send_template", template="reminder", once="{event.id}")


def _after_silence(days: int, *then: Callable[[], dict[str, Any]]) -> Callable[[], Body]:
    return lambda: {
        "when": ["ticket.paused"],
        "wait": {"hours": 24 * days},
        "if": {"all": [WAITING]},
        "then": [deed() for deed in then],
    }


def _solve_silent() -> dict[str, Any]:
    text = _("We have not heard from you, so we take it that this is settled. Just answer, and it is open again.")
    return _deed("tickets.solve", solution=text)


def _escalate(text: Any) -> dict[str, Any]:
    return _deed("tickets.escalate", text=str(text))


READY_MADE = (
    ReadyMade(
        code="reminders",
        name=gettext_lazy("Remind customers who do not answer"),
        what=gettext_lazy(
            "After 3 and 7 days of waiting they are reminded; after 10 it is solved, and an answer opens it again."
        ),
        rules=(
            Said(name=gettext_lazy("Remind after 3 days"), body=_after_silence(3, _remind)),
            Said(name=gettext_lazy("Remind after 7 days"), body=_after_silence(7, _remind)),
            Said(name=gettext_lazy("Solve after 10 days of silence"), body=_after_silence(10, _solve_silent)),
        ),
    ),
    ReadyMade(
        code="unassigned",
        name=gettext_lazy("Nobody has it for two hours"),
        what=gettext_lazy("Whoever leads the team is asked to look after it."),
        rules=(
            Said(
                name=gettext_lazy("Escalate what nobody takes"),
                body=lambda: {
                    "when": ["ticket.opened", "ticket.released", "ticket.moved"],
                    "wait": {"hours": 2},
                    "if": {"all": [NOT_TAKEN, TO_DO]},
                    "then": [_escalate(_("Nobody has taken it for two hours."))],
                },
            ),
        ),
    ),
    ReadyMade(
        code="loyal",
        name=gettext_lazy("Loyal customers first"),
        what=gettext_lazy("Requests of customers with a contract or a loyalty tier are of high priority."),
        rules=(
            Said(
                name=gettext_lazy("Loyal customers first"),
                body=lambda: {
                    "when": ["ticket.opened"],
                    "if": {
                        "all": [
                            {"field": "entitlement.codes", "op": "is_set"},
                            {"field": "ticket.priority", "op": "in", "value": [3, 4]},
                        ]
                    },
                    "then": [_deed("tickets.prioritise", priority=2)],
                },
            ),
        ),
    ),
    ReadyMade(
        code="out_of_hours",
        name=gettext_lazy("Answer outside of opening hours"),
        what=gettext_lazy(
            "Who writes again while you are closed hears when you open; new requests are acknowledged with that anyway."
        ),
        rules=(
            Said(
                name=gettext_lazy("Say when we open again"),
                body=lambda: {
                    "when": ["message.received"],
                    "at_most": 200,
                    "if": {
                        "all": [
                            {"field": "event.is_first", "op": "is", "value": False},
                            {"field": "message.is_automatic", "op": "is", "value": False},
                            {"not": {"predicate": "within_hours"}},
                        ]
                    },
                    "then": [_deed("tickets.send_template", template="out_of_hours", once="{event.id}")],
                },
            ),
        ),
    ),
    ReadyMade(
        code="before_breach",
        name=gettext_lazy("Escalate before a promise breaks"),
        what=gettext_lazy("When a promise is due soon, whoever leads the team hears of it too."),
        rules=(
            Said(
                name=gettext_lazy("Escalate what is due soon"),
                body=lambda: {
                    "when": ["target.nearing"],
                    "once": True,
                    "if": {},
                    "then": [_escalate(_("A promise is due soon."))],
                },
            ),
        ),
    ),
    ReadyMade(
        code="bad_grades",
        name=gettext_lazy("Follow up on bad grades"),
        what=gettext_lazy("It gets a tag and a call to make, and whoever leads the team is asked to look after it."),
        rules=(
            Said(
                name=gettext_lazy("Follow up on bad grades"),
                body=lambda: {
                    "when": ["ticket.graded"],
                    "once": True,
                    "if": {"all": [{"field": "event.score", "op": "at_most", "value": 2}]},
                    "then": [
                        _deed("tickets.tag", add=[_("bad grade")]),
                        _deed("tickets.add_items", items=[_("Call the customer")]),
                        _escalate(_("The customer was not helped.")),
                    ],
                },
            ),
        ),
    ),
    ReadyMade(
        code="words",
        name=gettext_lazy("Sort by words"),
        what=gettext_lazy("Requests about invoices and payments get a tag. Change the words to yours."),
        rules=(
            Said(
                name=gettext_lazy("Tag what is about money"),
                body=lambda: {
                    "when": ["ticket.opened"],
                    "if": {
                        "all": [
                            {
                                "field": "message.text",
                                "op": "has_any_word",
                                "value": [one.strip() for one in _("invoice*, bill, payment*, refund*").split(",")],
                            }
                        ]
                    },
                    "then": [_deed("tickets.tag", add=[_("billing")])],
                },
            ),
        ),
    ),
    ReadyMade(
        code="language",
        name=gettext_lazy("Sort by language"),
        what=gettext_lazy("Every request gets its language as a tag, so that views and rules can go by it."),
        rules=(
            Said(
                name=gettext_lazy("Tag the language"),
                body=lambda: {
                    "when": ["ticket.opened"],
                    "if": {},
                    "then": [_deed("tickets.tag", add=["{ticket.language}"])],
                },
            ),
        ),
    ),
    ReadyMade(
        code="sender",
        name=gettext_lazy("Sort by sender"),
        what=gettext_lazy("What comes from one company goes to the front. Fill in whose."),
        is_sketch=True,
        rules=(
            Said(
                name=gettext_lazy("Mail of one company first"),
                body=lambda: {
                    "when": ["ticket.opened"],
                    "if": {"all": [{"field": "message.from", "op": "ends_with", "value": "@example.com"}]},
                    "then": [_deed("tickets.prioritise", priority=2)],
                },
            ),
        ),
    ),
)
BY_CODE = {each.code: each for each in READY_MADE}
rule_titles(*(said.name for each in READY_MADE for said in each.rules))


@transaction.atomic
def switch_on(ready: ReadyMade, *, by: Actor) -> list[Rule]:
    """Make the rules of `ready` and put them in force, those that are not there by name, in whatever language they were
    taken; a sketch is only kept.

    Texts in them are in the language that is active. Raises as `save_draft`.
    """
    known = set(Rule.objects.filter(removed_at=None).values_list("name", flat=True))
    made = []
    for said in ready.rules:
        if known & _names_of(said):
            continue
        version = save_draft(name=str(said.name), body=said.body(), by=by, reason=_("ready-made"))
        if not ready.is_sketch:
            activate(version, by=by)
        made.append(version.rule)
    return made


def already_there() -> set[str]:
    """The codes of what was taken, by the names of its rules in any language. One statement."""
    known = set(Rule.objects.filter(removed_at=None).values_list("name", flat=True))
    return {each.code for each in READY_MADE if all(known & _names_of(said) for said in each.rules)}


def _names_of(said: Said) -> set[str]:
    """What a rule is called, by the language of whoever takes it."""
    names = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.add(str(said.name))
    return names
