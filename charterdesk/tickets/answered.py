"""Solved tickets whose solution may help others: those to share with customers, and those like a ticket at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from charterdesk.knowledge.models import Article
from charterdesk.people.search import reader_of
from charterdesk.people.viewer import Viewer
from charterdesk.search.narrowing import Narrowing
from charterdesk.search.queries import Manner, find
from charterdesk.tickets.models import Message, PassedOver, Ticket

LOOKED_AT, OFFERED = 1000, 30
SOLVED = ("solved", "closed")
FEWEST_LETTERS = 20
"""A solution shorter than this ("Done.") tells nobody else anything."""
LIKELY, WORDS = 24, 400  # hits, characters of the question


@dataclass(kw_only=True)
class Suggestion:
    """A solution that customers may want to find: the latest ticket it was given on, and on how many."""

    ticket: Ticket
    times: int = 1


def solutions_to_share(viewer: Viewer) -> list[Suggestion]:
    """Solutions of the latest thousand solved tickets that nobody made or passed over, given most first.

    Those that say the same, but for spaces and capitals, are one. Three statements.
    """
    seen = Ticket.objects.visible_to(viewer).filter(status__in=SOLVED, merged_into=None).exclude(solution="")
    rows = seen.only("number", "subject", "solution", "language", "contact_id", "team_id", "status", "last_message_at")
    found: dict[str, Suggestion] = {}
    keys: dict[str, list[str]] = {}
    for ticket in rows.order_by("-last_message_at", "-pk")[:LOOKED_AT]:
        said = " ".join(ticket.solution.casefold().split())
        if len(said) < FEWEST_LETTERS:
            continue
        keys.setdefault(said, []).append(ticket.key)
        if said in found:
            found[said].times += 1
        else:
            found[said] = Suggestion(ticket=ticket)
    done = _done([key for each in keys.values() for key in each])
    open_ones = [each for said, each in found.items() if done.isdisjoint(keys[said])]
    return sorted(open_ones, key=lambda each: -each.times)[:OFFERED]


def _done(keys: Sequence[str]) -> set[str]:
    made = Article.objects.filter(about__in=keys, kind=Article.SOLUTION).values_list("about", flat=True)
    ids = [int(key.partition(":")[2]) for key in keys]
    passed = PassedOver.objects.filter(ticket__in=ids).values_list("ticket_id", flat=True)
    return {*made, *(f"ticket:{pk}" for pk in passed)}


def solved_like(ticket: Ticket, viewer: Viewer, *, limit: int) -> list[Ticket]:
    """Solved tickets that ask what `ticket` asks, the most alike first, with their solutions: those `viewer` may see.

    Some seven statements: the customer's first words, a search, the tickets found.
    """
    asked = Message.objects.filter(ticket=ticket, direction="in", redacted_at=None).order_by("pk").first()
    words = f"{ticket.subject} {asked.body_text if asked else ''}"[:WORDS].replace("\x00", "")
    if not words.strip():
        return []
    manner = Manner(limit=LIKELY, is_grouped=True, language=ticket.language)
    within = Narrowing(kinds=("ticket", "message"))
    hits = find(words, reader=reader_of(viewer), within=within, manner=manner).hits
    ids = [int(hit.parent.partition(":")[2]) for hit in hits]
    solved = Ticket.objects.visible_to(viewer).filter(pk__in=ids, status__in=SOLVED).exclude(solution="")
    known = solved.exclude(pk=ticket.pk).in_bulk()
    return [known[pk] for pk in dict.fromkeys(ids) if pk in known][:limit]
