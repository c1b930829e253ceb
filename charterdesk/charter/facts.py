"""What the charter tells texts: what was promised, what was broken, and what follows."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.charter.in_force import bindings, speaks_of_calls
from charterdesk.charter.queries.tickets import promises_on_line, promises_to, remedies_for
from charterdesk.events.facts import template_facts
from charterdesk.tickets.own_texts import FACTS, TEXTS, Text

TEXTS["remedy"] = Text(
    _("A promise was broken"), _("When a promise of the charter was broken, and when a remedy came.")
)
FACTS["charter_promises"] = _("what the charter promises for it")
FACTS["broken_promise"] = _("the promise of the charter that was broken")
FACTS["remedies"] = _("what follows from the broken promise")


@template_facts("ticket")
def charter_facts(ticket_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was promised of tickets, and what became of it, in the active language; remedies have a line each.

    No query on a desk without a charter, else one, and one more where something was broken or the charter speaks of
    calls.
    """
    if not bindings():
        return {}
    promises = promises_to(ticket_ids)
    broken = {pk: [each for each in found if each.is_broken] for pk, found in promises.items()}
    remedies = remedies_for(ticket_ids if speaks_of_calls() else [pk for pk, found in broken.items() if found])
    for pk, lines in remedies.items():
        broken.setdefault(pk, []).extend(each for each in promises_on_line(lines) if each.is_broken)
    return {
        pk: {
            "charter_promises": " ".join(each.sentence for each in promises.get(pk, [])),
            "broken_promise": "\n".join(dict.fromkeys(each.sentence for each in found)),
            "remedies": "\n".join(f"- {each.said}" for each in remedies.get(pk, [])),
        }
        for pk, found in broken.items()
    }
