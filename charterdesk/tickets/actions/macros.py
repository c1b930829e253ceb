"""Keeping macros, and carrying them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation, perform
from charterdesk.events.skipped import Skipped
from charterdesk.people.models import Agent
from charterdesk.tickets.actions.locking import lock
from charterdesk.tickets.actions.sending import add_note, send_message
from charterdesk.tickets.events import MacroApplied, MacroRemoved, MacroSaved
from charterdesk.tickets.macros import args_for, problems_of, text_for, unknown_facts
from charterdesk.tickets.models import Macro, Message, Ticket
from charterdesk.tickets.own_templates import texts_by_reference
from charterdesk.tickets.taken_up import TakenUp

Skips = Mapping[int, Skipped]
"""Why steps came to nothing, by their places in the macro."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a macro: the `message` it wrote, None where it has no text, and which steps came to nothing."""

    message: Message | None
    skips: Skips


FIELDS = ("name", "agent", "team", "kind", "texts", "template", "condition", "steps", "is_active")


@transaction.atomic
def save_macro(macro: Macro, *, by: Actor, **fields: Any) -> None:
    """Add or change a macro; `fields` are those of `FIELDS` that are wanted. Nothing where nothing differs.

    Texts are made safe. Raises `Refused`: `tickets.macro_empty`, `tickets.macro_fact` for a name in braces that no
    text can fill in, `tickets.no_such_text` for a template that is not there; and `ValueError` for steps that can't be
    done.
    """
    if "texts" in fields:
        fields["texts"] = _safe(fields["texts"])
    changed = [name for name in FIELDS if name in fields and (macro.pk is None or getattr(macro, name) != fields[name])]
    for name in changed:
        setattr(macro, name, fields[name])
    if found := problems_of(macro.steps):
        raise ValueError("; ".join(found))
    if "template" in changed and macro.template:
        texts_by_reference([macro.template])
    if not macro.says_something and not macro.steps:
        raise Refused("tickets.macro_empty", _("Write a text, choose something to do, or both."))
    if not changed:
        return
    macro.saved_at = now()
    macro.save()
    publish(MacroSaved(macro_id=macro.pk, fields=tuple(changed)), on=macro, by=by)


def _safe(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts by language without what is empty or unsafe."""
    safe = {language: clean_html(html) for language, html in texts.items() if html_to_text(html).strip()}
    for html in safe.values():
        if unknown := unknown_facts(html):
            text = _("No text can fill in {%(name)s}.") % {"name": unknown[0]}
            raise Refused("tickets.macro_fact", text)
    return safe


@transaction.atomic
def remove_macro(macro: Macro, *, by: Actor) -> None:
    """Have `macro` no more; what was done with it stays."""
    publish(MacroRemoved(macro_id=macro.pk), on=macro, by=by)
    macro.delete()


@operation("tickets.apply_macro")
@transaction.atomic
def apply_macro(ticket: Ticket, *, macro: Macro, agent: Agent, by: Actor) -> Applied:
    """Send or note the text of `macro` as `agent`, and take its steps; all of it or nothing.

    What is on the agent's own draft stays there. Raises whatever a step refuses.
    """
    lock(ticket)
    _language, html = text_for(macro, ticket, agent)
    message = None
    if html and macro.kind == Macro.NOTE:
        message = add_note(ticket, by=by, agent=agent, html=html, keep_draft=True)
    elif html:
        message = send_message(ticket, by=by, agent=agent, html=html, keep_draft=True)
    return Applied(message, take_steps(ticket, taken_up=TakenUp.of(macro), agent=agent, by=by))


@transaction.atomic
def take_steps(ticket: Ticket, *, taken_up: TakenUp, agent: Agent, by: Actor) -> Skips:
    """Do to `ticket` what a macro does beside its text, as it was when it was taken up, and count the use.

    Returns which steps came to nothing, by their places, and why. Raises whatever a step refuses.
    """
    ticket = lock(ticket)
    came_to = {
        number: perform(step["operation"], by=by, on=ticket, **args_for(step, agent))
        for number, step in taken_up.wanted
    }
    publish(MacroApplied(ticket_id=ticket.pk, team_id=ticket.team_id, macro_id=taken_up.macro_id), on=ticket, by=by)
    # Last, so that a macro everybody uses is held for a moment only.
    Macro.objects.filter(pk=taken_up.macro_id).update(used=F("used") + 1, used_at=now())
    return {number: each for number, each in came_to.items() if isinstance(each, Skipped)}
