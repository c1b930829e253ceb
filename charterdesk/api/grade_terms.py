"""How customers are asked for grades: in which words, when they are reminded, when silence closes a request."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Given, Id, line
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import team_named
from charterdesk.base.refused import require
from charterdesk.people.models import Team
from charterdesk.people.permissions import SET_PROMISES
from charterdesk.tickets.actions import drop_grade_terms, set_grade_terms
from charterdesk.tickets.models import GradeTerms
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Grades and complaints"])
COLUMNS = ("team_id", "is_asked", "remind_after", "close_after", "words")
FIELD_OF = {"tickets.bad_days": "remind_after", "tickets.bad_words": "words", "api.no_such_team": "team_id"}
Word = Annotated[str, line(60, least=1)]
Five = Annotated[list[Word], Field(min_length=5, max_length=5)]
Day = Annotated[int, Field(ge=1, le=365), WHOLE]
EXAMPLE = ["bad", "poor", "fair", "good", "excellent"]


class FiveWords(Given):
    """Five words from bad to good, by language."""

    en: Five = Field(ABSENT, examples=[EXAMPLE])
    ar: Five = Field(ABSENT, examples=[EXAMPLE])
    de: Five = Field(ABSENT, examples=[EXAMPLE])
    es: Five = Field(ABSENT, examples=[EXAMPLE])
    fr: Five = Field(ABSENT, examples=[EXAMPLE])


class GradeTermsOut(BaseModel):
    """How a team asks for grades, or, without a team, all that did not set it themselves."""

    team_id: int | None
    is_asked: bool
    remind_after: list[int] = Field(description="Days after the solution.")
    close_after: int = Field(description="Days of silence after which a request closes.")
    words: dict[str, list[str]] = Field(description="Five from bad to good by language; ours where none are set.")


class GradeTermsList(BaseModel):
    """What holds for all teams, then what teams set themselves."""

    items: list[GradeTermsOut]


class GradeTermsChanges(Given):
    """What becomes different; what is left out stays. It holds for what is solved from now on."""

    is_asked: bool = ABSENT
    remind_after: list[Day] = Field(ABSENT, max_length=50, examples=[[3, 5]])
    close_after: Day = Field(ABSENT, examples=[7])
    words: FiveWords = Field(ABSENT, examples=[{"en": EXAMPLE}])


class TermsAsked(Asked):
    """Whose."""

    team_id: Id = Field(ABSENT, description="Left out: all teams that did not set it themselves.")


@router.get("/grade-terms", auth=Scope("settings:read", staff=True), response=GradeTermsList)
def list_grade_terms(request: ApiRequest, asked: Query[TermsAsked]) -> HttpResponse:
    """How all teams ask for grades, and those that do it in their own way; by `team_id`, that one alone.

    The ETag is that of the first, to change it with `If-Match`. One statement.
    """
    require(may_administer(request.viewer, SET_PROMISES))
    if asked.team_id:
        row = _row(get_object_or_404(GradeTerms, team_id=asked.team_id))
        return answer({"items": [row]}, headers={"ETag": etag_of(row)})
    found = list(GradeTerms.objects.order_by("team_id"))
    usual = [each for each in found if each.team_id is None] or [GradeTerms()]
    own = [each for each in found if each.team_id is not None]
    items = [_row(each) for each in (*usual, *own)]
    return answer({"items": items}, headers={"ETag": etag_of(items[0])})


@router.patch("/grade-terms", auth=Scope("settings:write", staff=True), response=GradeTermsOut)
@once
@transaction.atomic
def change_grade_terms(request: ApiRequest, asked: Query[TermsAsked], given: GradeTermsChanges) -> HttpResponse:
    """Change how all teams, or one, ask for grades; with `If-Match`, only in the state that was answered before."""
    require(may_administer(request.viewer, SET_PROMISES))
    with naming(FIELD_OF):
        team = team_named(asked.team_id) if asked.team_id else None
        check_state(request, _row(_terms(team)))
        made = set_grade_terms(team, by=request.viewer, **given.model_dump(exclude_unset=True))
    return state_answer(request, _row(made))


@router.delete("/grade-terms/{team_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def drop_team_grade_terms(request: ApiRequest, team_id: Path[Id]) -> HttpResponse:
    """Let a team ask for grades as all others do."""
    require(may_administer(request.viewer, SET_PROMISES))
    drop_grade_terms(get_object_or_404(GradeTerms, team_id=team_id), by=request.viewer)
    return nothing()


def _terms(team: Team | None) -> GradeTerms:
    """What `team` set itself, or what holds for all others; ours where nothing is set. One statement."""
    found = GradeTerms.objects.select_for_update().filter(team=team).first()
    return found or GradeTerms(team=team)


def _row(terms: GradeTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in COLUMNS}
