"""What a macro says and does on one ticket: its text in the customer's language, filled in, and its steps."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.html import escape

from charterdesk.base.clock import now
from charterdesk.events.conditions import Judgement
from charterdesk.events.evidence import Evidence
from charterdesk.events.facts import facts_for_template, take_snapshot
from charterdesk.events.log import Entry
from charterdesk.events.operations import find
from charterdesk.people.models import Agent
from charterdesk.tickets.filling import fill_html
from charterdesk.tickets.models import Macro, Ticket
from charterdesk.tickets.own_templates import language_of, texts_by_reference
from charterdesk.tickets.rendering import as_html

FACT = re.compile(r"\{([a-z_]+)\}")
FACTS = (
    "customer", "reference", "subject", "team", "agent", "status_link", "solution", "first_reply_due", "resolution_due",
)  # fmt: skip
"""What a text may name in braces: what may be told to the ticket's customer, and who writes."""

OPERATIONS = (
    "tickets.assign", "tickets.release", "tickets.move", "tickets.prioritise", "tickets.classify", "tickets.tag",
    "tickets.pause", "tickets.resume", "tickets.solve", "tickets.follow", "tickets.snooze", "tickets.add_items",
    "tickets.send_sms",
)  # fmt: skip
"""What a macro may do: all of it is done to the ticket it is used on."""
ME = "me"
"""In a step's arguments: the agent who uses the macro."""


def unknown_facts(html: str) -> list[str]:
    """What a text names in braces and nobody knows, sorted."""
    return sorted(set(FACT.findall(html)) - set(FACTS))


def problems_of(steps: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with steps, in English, for whoever writes them by hand; empty when all is well."""
    found: list[str] = []
    for step in steps:
        known = find(str(step.get("operation", "")))
        if known is None or known.name not in OPERATIONS:
            found.append(f"a macro can't do {step.get('operation')}")
        else:
            found += known.problems(step.get("args", {}), with_subject=True)
    return found


ONLY = {"types": "ticket.type", "channels": "ticket.channel", "languages": "ticket.language"}


def condition_for(*, tags: Sequence[str] = (), **only: Sequence[str]) -> dict[str, Any]:
    """For which tickets a macro is: those of these `types`, `channels` and `languages`, with one of `tags`; {} all."""
    parts: list[dict[str, Any]] = [
        {"field": field, "op": "in", "value": list(only[name])} for name, field in ONLY.items() if only.get(name)
    ]
    if tags:
        parts.append({"any": [{"field": "ticket.tags", "op": "contains", "value": tag.lower()} for tag in tags]})
    return {"all": parts} if parts else {}


def fits(macro: Macro, ticket: Ticket) -> bool:
    """Whether `macro` is for a ticket such as this one, as it is now. No query."""
    if not macro.condition:
        return True
    facts = take_snapshot(ticket) or {}
    entry = Entry(
        id=0, at=now(), code="macro", subject=ticket.key, actor="", cause_id=None, depth=0, data={}, facts=facts,
        event=None,
    )  # fmt: skip
    return Judgement(Evidence(entry)).answer(macro.condition) is True


def language_for(macro: Macro, ticket: Ticket) -> str:
    """The language its text is taken in: the ticket's, else the team's, else English, else whichever there is."""
    for language in (ticket.language, ticket.team.language, "en"):
        if macro.texts.get(language):
            return str(language)
    return next((str(language) for language, text in macro.texts.items() if text), "")


def text_for(macro: Macro, ticket: Ticket, agent: Agent | None) -> tuple[str, str]:
    """The text of `macro` for the customer of `ticket`, in which language and as HTML; "" for one without. `agent`
    writes it; None where the desk does. Costs what the facts do, and a statement for a template.
    """
    texts = texts_by_reference([macro.template])[macro.template] if macro.template else {}
    language = language_of(texts, (ticket.language, ticket.team.language)) if texts else language_for(macro, ticket)
    if not language:
        return "", ""
    with translation.override(language):
        facts = facts_for_template(ticket.key) | ({"agent": agent.name} if agent else {})
        if texts:
            return language, fill_html(texts[language]["html"], facts, write=as_html)
    return language, FACT.sub(lambda found: escape(str(facts.get(found[1], ""))), macro.texts[language])


def args_for(step: Mapping[str, Any], agent: Agent) -> dict[str, Any]:
    """The arguments of a step, with `ME` filled in."""
    return {name: agent.key if value == ME else value for name, value in step.get("args", {}).items()}
