"""Texts of ours, written in the ticket's language from what may be told to its customer."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.events.facts import facts_for_templates
from charterdesk.tickets.filling import fill
from charterdesk.tickets.models import OwnText, Ticket
from charterdesk.tickets.models.templates import PREFIX
from charterdesk.tickets.own_templates import fill_template, language_of, texts_by_reference
from charterdesk.tickets.own_texts import OF_TYPE, TEXTS, chosen, own_texts
from charterdesk.tickets.rendering import Rendered, rendered_from


def render_texts(wanted: Sequence[tuple[str, Ticket]]) -> list[Rendered]:
    """Render for each ticket the text of that name ("acknowledgement", or a template's "own:outage"), in the ticket's
    language; a template in its team's, in English, or in whichever it has where it has not that one.

    A text the desk wrote itself, for the ticket's team or for all, stands in place of ours. As many statements for each
    language as the facts of one ticket take, one, and one more for templates. Raises as `texts_by_reference`.
    """
    rendered: dict[int, Rendered] = {}
    wanted = [(text_for(name, ticket.channel, ticket.type), ticket) for name, ticket in wanted]
    templates = texts_by_reference({name for name, _ticket in wanted if name.startswith(PREFIX)})
    own = own_texts({name for name, _ticket in wanted} - set(templates), {ticket.language for _name, ticket in wanted})
    by_language: defaultdict[str, list[int]] = defaultdict(list)
    for place, (name, ticket) in enumerate(wanted):
        said = templates.get(name)
        language = language_of(said, (ticket.language, ticket.team.language)) if said else ticket.language
        by_language[language].append(place)
    for language, places in by_language.items():
        with translation.override(language):
            facts = facts_for_templates("ticket", [wanted[place][1].pk for place in places])
            for place in places:
                name, ticket = wanted[place]
                if name in templates:
                    rendered[place] = fill_template(templates[name][language], facts[ticket.pk])
                else:
                    found = chosen(own, name, language, [ticket.team_id, None])
                    rendered[place] = _render(name, facts[ticket.pk], found)
    return [rendered[place] for place in range(len(wanted))]


def text_for(name: str, way: str, type: str) -> str:
    """The name of the text for `way` and tickets of `type`: as a phone shows it, where it goes by SMS and there is a
    short one."""
    return f"{name}_sms" if way == "sms" and f"{name}_sms" in TEXTS else OF_TYPE.get((name, type), name)


def render_as(subject: str, text: str, ticket: Ticket, *, language: str) -> Rendered:
    """A text that is being written, as it would be sent about `ticket` in `language`. As many statements as facts."""
    with translation.override(language):
        facts = facts_for_templates("ticket", [ticket.pk])[ticket.pk]
        return rendered_from(fill(subject, facts), fill(text, facts))


def _render(template: str, facts: dict[str, Any], own: OwnText | None) -> Rendered:
    """Render a text in the language that is active."""
    if own:
        return rendered_from(fill(own.subject, facts), fill(own.text, facts))
    subject = render_to_string(f"tickets/{template}.subject.txt", facts)
    return rendered_from(subject, render_to_string(f"tickets/{template}.txt", facts))
