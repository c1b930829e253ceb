"""Templates of the desk's own: found by code, in the language that fits, filled in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.html import html_to_text
from charterdesk.base.refused import Refused
from charterdesk.events.choices import Choices, Listed
from charterdesk.events.facts import facts_for_template
from charterdesk.tickets.filling import fill, fill_html
from charterdesk.tickets.models import Template, TemplateVersion, Ticket
from charterdesk.tickets.models.templates import PREFIX
from charterdesk.tickets.rendering import Rendered, as_html, rendered_html

NO_SUBJECT = "{{ subject }} [#{{ reference }}]"
"""The subject of a template without one: that of the request."""
Texts = Mapping[str, Mapping[str, str]]


def templates_to_choose(first: Choices = ()) -> Listed:
    """All templates, by what rules call them and by name, with other choices `first`."""
    return Listed(
        lambda: Template.objects.filter(removed_at=None),
        key="code", prefix=PREFIX, order=("name", "pk"), first=first,
    )  # fmt: skip


def known_templates() -> Choices:
    """All templates, by what rules call them and by name. One query."""
    return templates_to_choose()()


def texts_by_reference(references: Collection[str]) -> dict[str, Texts]:
    """What templates say now, by what rules call them. One query, none for none.

    Raises `Refused("tickets.no_such_text")` for one that is not there.
    """
    codes = {each.removeprefix(PREFIX) for each in references}
    if not codes:
        return {}
    newest = TemplateVersion.objects.filter(template__code__in=codes).newest()
    found: dict[str, Texts] = {each.template.reference: each.texts for each in newest}
    if missing := sorted(set(references) - set(found)):
        raise Refused("tickets.no_such_text", _("There is no such text: %s.") % ", ".join(missing))
    return found


def plain_texts(reference: str) -> dict[str, dict[str, str]]:
    """What a template says by language, as `subject` and plain `text`: what an announcement begins with. One query.

    Raises `Refused("tickets.no_such_text")`.
    """
    texts = texts_by_reference([reference])[reference]
    return {
        language: {"subject": said.get("subject", ""), "text": html_to_text(said["html"]).strip()}
        for language, said in texts.items()
    }


def language_of(texts: Texts, wanted: Sequence[str]) -> str:
    """The first of `wanted` languages that a template has, else English, else whichever it has."""
    return next((one for one in (*wanted, "en") if one in texts), next(iter(texts)))


def fill_template(said: Mapping[str, str], facts: Mapping[str, Any]) -> Rendered:
    """What a template says in a language, filled in with `facts`; that language has to be active. No query."""
    subject = fill(said.get("subject") or NO_SUBJECT, facts)
    return rendered_html(subject, fill_html(said["html"], facts, write=as_html))


def preview(said: Mapping[str, str], ticket: Ticket, *, language: str) -> Rendered:
    """A template that is being written, as the customer of `ticket` would get it. As many statements as facts take."""
    with translation.override(language):
        return fill_template(said, facts_for_template(ticket.key))
