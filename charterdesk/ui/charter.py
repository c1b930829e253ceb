"""The charter as its page shows it, and what it promised for one ticket; for customers and for staff alike."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.charter.content import Charter, Person, Remedy
from charterdesk.charter.in_force import Binding, bindings, speaks_of_calls
from charterdesk.charter.models import Case, Exclusion
from charterdesk.charter.queries.documents import exclusions, in_force, published, shown
from charterdesk.charter.queries.tickets import RemedyTerms, promises_on_line, promises_to, remedies_for, terms_of


def charter_of(ticket_id: int) -> dict[str, Any]:
    """What `ui/promised.html` shows. No query without a charter, else one, two where one was broken or calls count."""
    if not bindings():
        return {}
    promised = promises_to([ticket_id]).get(ticket_id, [])
    is_broken = any(each.case.state == Case.BROKEN for each in promised)
    lines = remedies_for([ticket_id] if is_broken or speaks_of_calls() else []).get(ticket_id, [])
    return {"promised": [*promised, *promises_on_line(lines)], "remedy_lines": lines}


def charter_words(ticket_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """How the charter is kept on each of some tickets, for a list: a state and a word; nothing while all is under way.

    No query on a desk without a charter, else one.
    """
    if not ticket_ids or not bindings():
        return {}
    found: dict[int, tuple[str, str]] = {}
    for pk, promised in promises_to(ticket_ids).items():
        if any(each.is_broken for each in promised):
            found[pk] = "late", _("A promise of our charter was not kept")
        elif all(each.state == Case.KEPT for each in promised):
            found[pk] = "kept", _("Every promise of our charter kept")
    return found


def charter_context(charter: Charter, binding: Binding | None) -> dict[str, Any]:
    """What the page of a charter shows; `binding` is None for a draft."""
    versions = list(published().only("number", "effective_at"))
    return {
        "charter": charter,
        "binding": binding,
        "title": charter.said(charter.title),
        "intro": charter.said(charter.intro),
        "legal": charter.said(charter.legal),
        "objectives": shown(charter, timezone.localdate()),
        "rights": [(charter.said(each.title), charter.said(each.text)) for each in charter.rights],
        "measures": [_measure(charter, each) for each in charter.measures],
        "remedies": [_remedy(charter, each) for each in charter.remedies],
        "contacts": [_contact(charter, each) for each in sorted(charter.contacts, key=lambda each: each.level)],
        "exclusions": [exclusion_shown(each) for each in exclusions()],
        "versions": versions,
        "coming": next((each for each in versions if each.effective_at and each.effective_at > now()), None),
        "updated": now(),
        "place": "charter",
    }


def _measure(charter: Charter, each: Any) -> dict[str, str]:
    return {name: charter.said(getattr(each, name)) for name in ("title", "text", "performer", "rhythm", "proof")}


def _remedy(charter: Charter, each: Remedy) -> tuple[str, RemedyTerms, list[str]]:
    """A remedy: its title, its terms in words, and the promises it follows; none named is all."""
    named = [charter.objective(code) for code in each.objectives]
    return charter.said(each.title), terms_of(each), [charter.said(one.title) for one in named if one]


def _contact(charter: Charter, each: Person) -> dict[str, Any]:
    return {"person": each, "role": charter.said(each.role)}


def exclusion_shown(row: Exclusion) -> dict[str, Any]:
    """What did not count, its reason and the promises it was for, in words of the charter in force. No query."""
    found = in_force()
    charter = found.charter if found else Charter()
    named = [charter.objective(code) for code in row.objectives]
    return {
        "row": row,
        "reason": charter.said(row.reason),
        "objectives": [charter.said(one.title) for one in named if one],
    }
