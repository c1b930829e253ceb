"""Texts a desk writes itself: which there are, and what they may name (how they are filled in: `filling.py`)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from charterdesk.tickets.models import OwnText

FACTS: dict[str, Any] = {
    "customer": _("the customer's name"),
    "subject": _("the subject of the request"),
    "reference": _("its number"),
    "team": _("the name the team sends under"),
    "agent": _("who has it"),
    "first_reply_due": _("by when an answer is promised"),
    "next_reply_due": _("by when the next answer is promised"),
    "resolution_due": _("by when a solution is promised"),
    "opens_next": _("when we open again, while we are closed"),
    "solution": _("what was done"),
    "price": _("whether it is free or what it costs, and why"),
    "grade_links": _("the five grades, each with its link"),
    "status_link": _("the address of its status page"),
}
CODES: dict[str, Any] = {
    "status": _("how far it is: new, open, pending, on_hold, solved, closed"),
    "type": _("what it is: question, incident, problem, order, complaint"),
    "channel": _("how it came: email, web, sms"),
    "language": _("its language: en, de, es, fr, ar"),
}
"""What conditions may ask of beside the facts, by code."""


@dataclass(frozen=True)
class Text:
    """A text of ours: what it is called, and when it is sent."""

    title: Any
    when: Any


TEXTS: dict[str, Text] = {
    "acknowledgement": Text(_("Acknowledgement"), _("At once, to everybody who writes to us.")),
    "acknowledgement_sms": Text(_("Acknowledgement by SMS"), _("At once, to everybody who writes by SMS.")),
    "solution": Text(_("Solution"), _("When a request is solved.")),
    "solution_sms": Text(_("Solution by SMS"), _("When a request that came by SMS is solved.")),
    "price": Text(_("What it costs"), _("When a request costs something, before work that costs begins.")),
    "grade_reminder": Text(_("Reminder to grade"), _("Some days after the solution, when nothing was heard.")),
    "reminder": Text(_("Reminder to answer"), _("When a rule reminds a customer for whom we wait.")),
    "out_of_hours": Text(_("Outside of opening hours"), _("When a rule answers while we are closed.")),
    "step": Text(_("How far we are"), _("At every step, to customers who asked for it.")),
}


OF_TYPE: dict[tuple[str, str], str] = {}
"""Which text tickets of a type get in place of another, by the other's name and the type."""


def original(name: str, language: str) -> tuple[str, str]:
    """Our own text as a desk would write it, with its facts by name: subject and text."""
    facts = {fact: f"{{{{ {fact} }}}}" for fact in FACTS}
    with translation.override(language):
        subject = render_to_string(f"tickets/{name}.subject.txt", facts)
        text = render_to_string(f"tickets/{name}.txt", facts)
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"


def own_texts(names: Collection[str], languages: Collection[str]) -> dict[tuple[str, str, int | None], OwnText]:
    """What a desk wrote itself, by name, language and team (None for all teams). One query."""
    found = OwnText.objects.filter(name__in=names, language__in=languages)
    return {(each.name, each.language, each.team_id): each for each in found}


def chosen(
    texts: Mapping[tuple[str, str, int | None], OwnText], name: str, language: str, teams: Sequence[int | None]
) -> OwnText | None:
    """The first of `teams`' own text, if one has it."""
    return next((texts[name, language, team] for team in teams if (name, language, team) in texts), None)
