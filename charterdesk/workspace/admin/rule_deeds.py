"""What a rule can do, by form: what each deed is called, what it wants to know, and how it is said in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from charterdesk.base.html import html_to_text
from charterdesk.events.choices import Choices, Listed, Lists
from charterdesk.events.models import Webhook
from charterdesk.events.skipped import why_skipped
from charterdesk.notices.models import Component
from charterdesk.people.models import Agent, Team
from charterdesk.quality.scheduling import report_choices
from charterdesk.tickets.actions.ruled import ASSIGNEE, FOLLOWERS, LEADS
from charterdesk.tickets.models import Link, Macro, Ticket
from charterdesk.tickets.own_templates import templates_to_choose
from charterdesk.tickets.own_texts import TEXTS
from charterdesk.workspace.admin.rule_called import Names, names_in

CHOOSE, LINE, LONG, LINES, TAG_LIST, PAIRS, HTML, COUNT, ADDRESS, TICKET, FIXED = (
    "choose", "line", "long", "lines", "tags", "pairs", "html", "count", "address", "ticket", "fixed",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One thing a deed wants to know: `kind` is how a form asks for it; `fixed` is not asked but given, `empty` is what
    choosing nothing is called. `said` are the choices whose words are known without a look-up.
    """

    name: str
    label: Any = ""
    kind: str = LINE
    choices: Callable[[], Choices] | None = None
    is_needed: bool = True
    help: Any = ""
    fixed: Any = None
    empty: Any = ""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_line(self) -> bool:
        """Whether one line is enough to give it in."""
        return self.kind in (LINE, TAG_LIST, COUNT, ADDRESS, TICKET)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something a rule can do."""

    operation: str
    label: Any
    wants: tuple[Wanted, ...] = ()


def _rows(model: Any, **only: Any) -> Listed:
    return Listed(lambda: model._default_manager.filter(**only), prefix=f"{model._meta.model_name}:")


def _components() -> Choices:
    return [(one.key, str(one)) for one in Component.objects.filter(is_active=True)]


def _of(choices: Choices) -> Callable[[], Choices]:
    return lambda: choices


_AGENTS, _TEAMS = _rows(Agent, is_active=True, integration=None), _rows(Team)
_FACTS = gettext_lazy(
    "It may name {{ customer }}, {{ reference }}, {{ subject }}, {{ team }}, {{ agent }}, {{ status_link }}, "
    "{{ opens_next }}; a line whose facts are all empty is left out."
)
_STATUSES = [(status, name) for status, name in Ticket.STATUSES if status in (Ticket.PENDING, Ticket.ON_HOLD)]
_WHO = [
    (ASSIGNEE, gettext_lazy("whoever has it, else the leads")),
    (LEADS, gettext_lazy("whoever leads its team")),
    (FOLLOWERS, gettext_lazy("whoever follows it")),
]
_WAYS = [("email", gettext_lazy("by mail")), ("sms", gettext_lazy("by SMS, if we know a number"))]
_OWN_TEXTS = {code: text.title for code, text in TEXTS.items()}
_ALERTS = [
    ("target.nearing", gettext_lazy("due soon")),
    ("target.breached", gettext_lazy("late")),
]
DEEDS = (
    Deed(
        operation="tickets.prioritise",
        label=gettext_lazy("Set the priority"),
        wants=(Wanted(name="priority", label=gettext_lazy("Priority"), kind=CHOOSE, choices=_of(Ticket.PRIORITIES)),),
    ),
    Deed(
        operation="tickets.classify",
        label=gettext_lazy("Set the type"),
        wants=(Wanted(name="type", label=gettext_lazy("Type"), kind=CHOOSE, choices=_of(Ticket.TYPES)),),
    ),
    Deed(
        operation="tickets.tag",
        label=gettext_lazy("Change tags"),
        wants=(
            Wanted(name="add", label=gettext_lazy("Add tags"), kind=TAG_LIST, is_needed=False),
            Wanted(name="remove", label=gettext_lazy("Take off tags"), kind=TAG_LIST, is_needed=False),
        ),
    ),
    Deed(
        operation="tickets.set_fields",
        label=gettext_lazy("Set own fields"),
        wants=(
            Wanted(
                name="values",
                label=gettext_lazy("Fields"),
                kind=PAIRS,
                help=gettext_lazy("A field a line: its code, an equals sign, the value."),
            ),
        ),
    ),
    Deed(
        operation="tickets.assign",
        label=gettext_lazy("Give it to an agent"),
        wants=(Wanted(name="agent", label=gettext_lazy("Agent"), kind=CHOOSE, choices=_AGENTS),),
    ),
    Deed(operation="tickets.release", label=gettext_lazy("Put it back in the queue")),
    Deed(
        operation="tickets.move",
        label=gettext_lazy("Hand it to a team"),
        wants=(Wanted(name="team", label=gettext_lazy("Team"), kind=CHOOSE, choices=_TEAMS),),
    ),
    Deed(
        operation="tickets.escalate",
        label=gettext_lazy("Escalate it to whoever leads the team"),
        wants=(Wanted(name="text", label=gettext_lazy("What to tell them"), is_needed=False),),
    ),
    Deed(
        operation="tickets.pause",
        label=gettext_lazy("Let it wait, with its clocks as promised"),
        wants=(Wanted(name="status", label=gettext_lazy("Status"), kind=CHOOSE, choices=_of(_STATUSES)),),
    ),
    Deed(operation="tickets.resume", label=gettext_lazy("Open it: work and clocks go on")),
    Deed(
        operation="tickets.solve",
        label=gettext_lazy("Solve it"),
        wants=(Wanted(name="solution", label=gettext_lazy("What was done, for the customer"), kind=LONG),),
    ),
    Deed(operation="tickets.close", label=gettext_lazy("Close it, if it is solved")),
    Deed(
        operation="tickets.write",
        label=gettext_lazy("Write to the customer"),
        wants=(
            Wanted(name="subject", label=gettext_lazy("Subject")),
            Wanted(name="text", label=gettext_lazy("Text"), kind=LONG, help=_FACTS),
        ),
    ),
    Deed(
        operation="tickets.send_template",
        label=gettext_lazy("Send the customer a text or a template"),
        wants=(
            Wanted(
                name="template",
                label=gettext_lazy("Text"),
                kind=CHOOSE,
                choices=templates_to_choose(first=list(_OWN_TEXTS.items())),
                said=_OWN_TEXTS,
                help=gettext_lazy("In the customer's language. Write them under Texts, your own under Templates."),
            ),
            Wanted(
                name="way",
                label=gettext_lazy("How"),
                kind=CHOOSE,
                choices=_of(_WAYS),
                is_needed=False,
                empty=gettext_lazy("as they wrote to us"),
            ),
            Wanted(name="once", kind=FIXED, fixed="{event.id}"),
        ),
    ),
    Deed(
        operation="tickets.answer_with",
        label=gettext_lazy("Answer with a macro's text"),
        wants=(
            Wanted(
                name="macro",
                label=gettext_lazy("Macro"),
                kind=CHOOSE,
                choices=_rows(Macro, is_active=True, agent=None, kind=Macro.REPLY),
            ),
        ),
    ),
    Deed(
        operation="tickets.ask",
        label=gettext_lazy("Mail somebody else"),
        wants=(
            Wanted(name="address", label=gettext_lazy("Address"), kind=ADDRESS),
            Wanted(name="subject", label=gettext_lazy("Subject"), is_needed=False),
            Wanted(
                name="text",
                label=gettext_lazy("Text"),
                kind=LONG,
                help=gettext_lazy("It may name fields of the condition, such as {ticket.subject}."),
            ),
        ),
    ),
    Deed(
        operation="tickets.send_sms",
        label=gettext_lazy("Send the customer an SMS"),
        wants=(
            Wanted(
                name="text",
                label=gettext_lazy("Text"),
                kind=LONG,
                help=gettext_lazy("It may name facts, such as {{ reference }}. 160 characters are one SMS."),
            ),
            Wanted(name="once", kind=FIXED, fixed="{event.id}"),
        ),
    ),
    Deed(
        operation="tickets.note",
        label=gettext_lazy("Leave a note"),
        wants=(Wanted(name="html", label=gettext_lazy("Note"), kind=HTML),),
    ),
    Deed(
        operation="tickets.tell",
        label=gettext_lazy("Notify colleagues, as they chose"),
        wants=(
            Wanted(name="who", label=gettext_lazy("Whom"), kind=CHOOSE, choices=_of(_WHO)),
            Wanted(name="text", label=gettext_lazy("What to tell them"), is_needed=False),
        ),
    ),
    Deed(
        operation="tickets.follow",
        label=gettext_lazy("Let an agent follow it"),
        wants=(Wanted(name="agent", label=gettext_lazy("Agent"), kind=CHOOSE, choices=_AGENTS),),
    ),
    Deed(
        operation="tickets.link",
        label=gettext_lazy("Link it to another ticket"),
        wants=(
            Wanted(name="kind", label=gettext_lazy("It"), kind=CHOOSE, choices=_of(Link.KINDS)),
            Wanted(
                name="other",
                label=gettext_lazy("The other ticket"),
                kind=TICKET,
                help=gettext_lazy("Its number, such as 1042."),
            ),
        ),
    ),
    Deed(
        operation="tickets.add_items",
        label=gettext_lazy("Add to the checklist"),
        wants=(
            Wanted(
                name="items",
                label=gettext_lazy("Items"),
                kind=LINES,
                help=gettext_lazy("One thing to do a line."),
            ),
        ),
    ),
    Deed(
        operation="tickets.snooze",
        label=gettext_lazy("Put it off"),
        wants=(Wanted(name="hours", label=gettext_lazy("Hours (0: until the customer writes)"), kind=COUNT),),
    ),
    Deed(
        operation="sla.alert",
        label=gettext_lazy("Warn whoever has it of its promise"),
        wants=(Wanted(name="code", label=gettext_lazy("As"), kind=CHOOSE, choices=_of(_ALERTS)),),
    ),
    Deed(
        operation="notices.report_outage",
        label=gettext_lazy("Report an outage on the status page"),
        wants=(
            Wanted(name="component", label=gettext_lazy("What does not work"), kind=CHOOSE, choices=_components),
            Wanted(name="text", label=gettext_lazy("What customers are told, in the team's language"), kind=LONG),
        ),
    ),
    Deed(operation="complaints.acknowledge", label=gettext_lazy("Acknowledge the complaint")),
    Deed(
        operation="channels.write",
        label=gettext_lazy("Write a mail"),
        wants=(
            Wanted(name="team", label=gettext_lazy("In the name of"), kind=CHOOSE, choices=_TEAMS),
            Wanted(name="address", label=gettext_lazy("Address"), kind=ADDRESS),
            Wanted(name="subject", label=gettext_lazy("Subject")),
            Wanted(name="text", label=gettext_lazy("Text"), kind=LONG),
        ),
    ),
    Deed(
        operation="quality.mail_report",
        label=gettext_lazy("Mail a report"),
        wants=(
            Wanted(
                name="schedule",
                label=pgettext_lazy("figures", "Report"),
                kind=CHOOSE,
                choices=report_choices,
                help=gettext_lazy(
                    "Of those that are mailed; set them up under Reports. It goes out once a day at most."
                ),
            ),
        ),
    ),
    Deed(
        operation="events.call_webhook",
        label=gettext_lazy("Call a webhook"),
        wants=(
            Wanted(name="webhook", label=gettext_lazy("Webhook"), kind=CHOOSE, choices=_rows(Webhook, is_active=True)),
            Wanted(
                name="body",
                label=gettext_lazy("Body, as JSON"),
                kind=LONG,
                help=gettext_lazy('It may name fields, such as {"number": "{ticket.number}"}.'),
            ),
            Wanted(
                name="answer",
                label=gettext_lazy("What to take from its answer"),
                kind=PAIRS,
                is_needed=False,
                help=gettext_lazy(
                    "A line each: priority, type, tag or field.code, an equals sign, and where it stands in the JSON. "
                    "After a colon, what to choose: priority = result.level: high=1, low=4"
                ),
            ),
        ),
    ),
)
OF_NO_TICKET = ("quality.mail_report", "channels.write", "events.call_webhook")
"""What a rule of the desk as a whole can do."""
DEED_OF = {deed.operation: deed for deed in DEEDS}


def remembered_deeds(lists: Lists) -> dict[str, Deed]:
    """All deeds by their operations, for one page, which chooses from `lists`."""

    def remembered(wanted: Wanted) -> Wanted:
        return replace(wanted, choices=lists.keep(wanted.choices)) if wanted.choices else wanted

    return {deed.operation: replace(deed, wants=tuple(map(remembered, deed.wants))) for deed in DEEDS}


def words_of_deeds(steps: Sequence[Mapping[str, Any]], names: Names | None = None) -> list[str]:
    """What a rule does, each deed as a few words. `names` are those of the rows they name, one statement if not given;
    and one where there are reports among them.
    """
    names = names_in([{"then": steps}]) if names is None else names
    chosen: dict[int, dict[str, Any]] = {}
    said = []
    for step in steps:
        deed = DEED_OF.get(step["operation"])
        if deed is None:
            said.append(str(step["operation"]))
            continue
        values = [_value_in_words(wanted, step.get("args", {}), names, chosen) for wanted in deed.wants]
        told = ", ".join(value for value in values if value)
        said.append(f"{deed.label}: {told}" if told else str(deed.label))
    return said


def told_deeds(steps: Sequence[Mapping[str, Any]], words: Sequence[str]) -> list[dict[str, str]]:
    """What came of each of `steps` that a run kept: what it is in `words`, and why nothing was done, if so."""
    return [
        {"words": said, "why": why_skipped(step["skipped"]) if "skipped" in step else ""}
        for step, said in zip(steps, words, strict=True)
    ]


def _value_in_words(wanted: Wanted, args: Mapping[str, Any], names: Names, known: dict[int, dict[str, Any]]) -> str:
    value = args.get(wanted.name)
    if wanted.kind == FIXED or value in (None, "", [], {}):
        return ""
    if isinstance(value, str) and (known_as := names.get(value) or wanted.said.get(value)):
        return str(known_as)
    if wanted.choices:
        if id(wanted.choices) not in known:
            known[id(wanted.choices)] = {str(code): name for code, name in wanted.choices()}
        return str(known[id(wanted.choices)].get(str(value), value))
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {one}" for name, one in value.items())
    if wanted.kind == HTML:
        value = " ".join(html_to_text(str(value)).split())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)[:80]
