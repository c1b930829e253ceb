"""Searching everything the asker may see, and how many tickets stand where."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils.html import escape
from ninja import Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Date, line, one_of, some_of
from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.people.models import LANGUAGES
from charterdesk.search.audience import team_tag
from charterdesk.search.missed import missed_since
from charterdesk.search.narrowing import Narrowing
from charterdesk.search.queries import Manner
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_read_reports
from charterdesk.tickets.queries import queue_counts
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import SHOWN, look
from charterdesk.ui.finding.looking import Found as FoundHit

NO_KIND = "none"
"""What nothing is: a token that may read none of what was asked for finds nothing."""

router = Router(tags=["Searching and counting"])


class SearchAsked(Asked):
    """What to look for."""

    q: Annotated[str, line(300, least=1)] = Field(examples=["water meter"], description="Words, or “some in quotes”.")
    kinds: Annotated[str, some_of(SHOWN)] = ABSENT
    language: Annotated[str, one_of(dict(LANGUAGES))] = ABSENT
    team_id: int | None = Field(None, ge=1, description="Only tickets and messages of this team.")
    since: datetime | None = Field(None, description="Only what was written from then on.")
    typing: bool = Field(False, description="Whether the last word may be unfinished.")
    cursor: Cursor = ""
    limit: int = Field(20, ge=1, le=100)


class WordOut(BaseModel):
    """A word of the question, and what it added to the score."""

    word: str
    score: float


class HitOut(BaseModel):
    """A thing found, by the best of its documents. `title`, `extract`: safe HTML with <mark> around what matched."""

    kind: str = Field(examples=["message"])
    id: int
    family: str = Field(examples=["ticket"], description="What it is part of: all of a family are shown alike.")
    number: int | None = Field(description="The ticket it is or belongs to.")
    title: str
    extract: str
    language: str
    created_at: datetime
    url: str = Field(description="Where people read it, from the root of the site.")
    several: int = Field(description="How many documents of the same thing were found.")
    score: float | None = Field(description="null for what comes after the ranked ones")
    by_words: int | None = Field(description="Its place by words, where meaning counts as well; for staff only.")
    by_meaning: int | None = Field(description="Its place by meaning, where that counts; for staff only.")
    why: list[WordOut] = Field(description="What its words added to the score, most first; for staff only, else empty.")


class Found(BaseModel):
    """How many things were found, by family and by language."""

    families: dict[str, int]
    languages: dict[str, int]


class Hits(BaseModel):
    """A page of hits, each thing once; only `next` null means that there are no more."""

    items: list[HitOut]
    best: HitOut | None = Field(description="An answer that clearly fits; it is not among the items.")
    counts: Found | None = Field(description="null where not everything that has the words was looked at")
    next: str | None
    corrected: dict[str, str] = Field(description="Words nothing has, and a word of the hits that is like it.")


class MissedAsked(Asked):
    """Since when, and by whom."""

    since: Date | None = Field(None, description="The whole month of this day counts; without it, 90 days ago.")
    side: Annotated[str, one_of(["customers", "staff"])] = ABSENT


class MissedOut(BaseModel):
    """A search that found nothing, or little."""

    words: str = Field(examples=["rain barrel"])
    side: str = Field(examples=["customers"])
    language: str
    outcome: str = Field(description="`nothing`, or `little` that fits.")
    times: int


class MissedReport(BaseModel):
    """Searches without result; `unnamed` of them keep their words to themselves: few asked, or a number is in them."""

    since: date
    items: list[MissedOut]
    times: int
    unnamed: int


class Counts(BaseModel):
    """How many tickets stand in each queue and team; `capped` queues have so many or more."""

    queues: dict[str, int]
    teams: dict[str, int]
    capped: list[str]


@router.get("/search", auth=Scope("tickets:read"), response=Hits)
def search(request: ApiRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Everything that has the words, best first, as far as the asker may see it. Some six statements."""
    found = look(
        asked.q,
        Asker(viewer=request.viewer, language=request.viewer.language),
        within=_within(request, asked),
        manner=Manner(limit=asked.limit, cursor=asked.cursor, is_typing=asked.typing),
    )
    counts, is_staff = found.results.counts, request.viewer.is_staff
    return answer(
        {
            "items": [_row(each, is_staff=is_staff) for each in found.found],
            "best": _row(found.best, is_staff=is_staff) if found.best else None,
            "counts": {"families": counts.families, "languages": counts.languages} if counts else None,
            "next": found.results.after,
            "corrected": dict(found.results.corrected),
        }
    )


def _within(request: ApiRequest, asked: SearchAsked) -> Narrowing:
    """What the token may read, of what was asked for."""
    allowed = [kind for kind, family in SHOWN.items() if request.asker.may(family.scope)]
    wanted = asked.kinds.split(",") if asked.kinds else []
    is_all = not wanted and len(allowed) == len(SHOWN)
    return Narrowing(
        kinds=() if is_all else tuple(kind for kind in allowed if kind in wanted or not wanted) or (NO_KIND,),
        languages=(asked.language,) if asked.language else (),
        tags=(team_tag(asked.team_id),) if asked.team_id else (),
        since=asked.since,
    )


def _row(found: FoundHit, *, is_staff: bool) -> dict[str, Any]:
    hit, ticket = found.hit, found.place.thing
    return {
        "kind": hit.kind,
        "id": hit.id,
        "family": found.family.code,
        "number": ticket.number if isinstance(ticket, Ticket) else None,
        "title": str(hit.title) or escape(found.place.title),
        "extract": str(hit.extract),
        "language": hit.language,
        "created_at": hit.created_at,
        "url": found.place.url,
        "several": hit.several,
        "score": hit.score,
        "by_words": hit.by_words if is_staff else None,
        "by_meaning": hit.by_meaning if is_staff else None,
        "why": [{"word": word, "score": score} for word, score in hit.why] if is_staff else [],
    }


@router.get("/searches-without-result", auth=Scope("reports:read", staff=True), response=MissedReport)
def list_missed(request: ApiRequest, asked: Query[MissedAsked]) -> HttpResponse:
    """What was searched for and not found, most often first; words from the third person on. One statement."""
    require(may_read_reports(request.viewer))
    since = asked.since or now().date() - timedelta(days=90)
    report = missed_since(since, side=asked.side)
    rows = [{name: getattr(row, name) for name in MissedOut.model_fields} for row in report.lines]
    return answer({"since": report.since, "items": rows, "times": report.times, "unnamed": report.unnamed})


@router.get("/counts", auth=Scope("tickets:read", staff=True), response=Counts)
def count(request: ApiRequest) -> HttpResponse:
    """Kept counts of what the asker may see. Two statements."""
    counts = queue_counts(request.viewer)
    teams = {str(pk): number for pk, number in counts.teams.items()}
    return answer({"queues": counts.queues, "teams": teams, "capped": sorted(counts.capped)})
