"""Searching everything the asker may see, and how many tickets stand where."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import ABSENT, Asked, Cursor, line, some_of
from charterdesk.base.keys import split_key
from charterdesk.people.search import reader_of
from charterdesk.search.queries import Hit
from charterdesk.search.queries import search as find
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.queries import queue_counts

router = Router(tags=["Searching and counting"])


class SearchAsked(Asked):
    """What to look for."""

    q: Annotated[str, line(300, least=1)] = Field(examples=["water meter"], description="Words, or “some in quotes”.")
    kinds: Annotated[str, some_of(["ticket", "message"])] = ABSENT
    cursor: Cursor = ""
    limit: int = Field(20, ge=1, le=100)


class HitOut(BaseModel):
    """A document found. `title` and `extract` are safe HTML with <mark> around what matched."""

    kind: str = Field(examples=["message"])
    id: int
    number: int | None = Field(description="The ticket it is or belongs to.")
    title: str
    extract: str
    language: str
    created_at: datetime
    score: float | None = Field(description="null for what comes after the ranked ones")


class Hits(BaseModel):
    """A page of hits; it may be shorter than asked for: only `next` null means that there are no more."""

    items: list[HitOut]
    next: str | None
    corrected: dict[str, str] = Field(description="Words nothing has, and what was looked for as well.")


class Counts(BaseModel):
    """How many tickets stand in each queue and team; `capped` queues have so many or more."""

    queues: dict[str, int]
    teams: dict[str, int]
    capped: list[str]


@router.get("/search", auth=Scope("tickets:read"), response=Hits)
def search(request: ApiRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Tickets and messages that have the words, best first, as far as the asker may see them. Some five statements."""
    viewer = request.viewer
    kinds = asked.kinds.split(",") if asked.kinds else []
    found = find(
        asked.q, reader=reader_of(viewer), kinds=kinds, language=viewer.language, limit=asked.limit, cursor=asked.cursor
    )
    numbers = dict(
        Ticket.objects.visible_to(viewer).filter(pk__in=map(_ticket_id, found.hits)).values_list("pk", "number")
    )
    items = [_row(hit, numbers.get(_ticket_id(hit))) for hit in found.hits]
    return answer({"items": items, "next": found.after, "corrected": dict(found.corrected)})


def _ticket_id(hit: Hit) -> int:
    kind, pk = split_key(hit.parent or hit.source)
    return pk if kind == "ticket" else 0


def _row(hit: Hit, number: int | None) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": hit.id,
        "number": number,
        "title": str(hit.title),
        "extract": str(hit.extract),
        "language": hit.language,
        "created_at": hit.created_at,
        "score": hit.score,
    }


@router.get("/counts", auth=Scope("tickets:read", staff=True), response=Counts)
def count(request: ApiRequest) -> HttpResponse:
    """Kept counts of what the asker may see. Two statements."""
    counts = queue_counts(request.viewer)
    teams = {str(pk): number for pk, number in counts.teams.items()}
    return answer({"queues": counts.queues, "teams": teams, "capped": sorted(counts.capped)})
