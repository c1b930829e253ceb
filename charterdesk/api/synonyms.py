"""Words that mean the same when somebody searches."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.base.refused import require
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.search.models import Synonyms
from charterdesk.search.synonyms import define_synonyms, remove_synonyms
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How work is set up"])
COLUMNS = ("id", "language", "words")
Words = Annotated[list[Annotated[str, line(60, least=1)]], Field(min_length=2, max_length=20)]


class SynonymsOut(BaseModel):
    """Words that mean the same."""

    id: int
    language: str = Field(examples=["en"], description="Empty for any.")
    words: list[str] = Field(examples=[["gauge", "water meter"]])


class SynonymsList(BaseModel):
    """All groups; there are at most a thousand."""

    items: list[SynonymsOut]


class SynonymsIn(Given):
    """A group of words, each of which may be up to five that belong together ("water meter")."""

    language: Annotated[str, one_of(["", *dict(LANGUAGES)])] = ""
    words: Words = Field(examples=[["gauge", "water meter"]])


class SynonymsSetting(Given):
    """What becomes different of a group."""

    language: Annotated[str, one_of(["", *dict(LANGUAGES)])] = ABSENT
    words: Words = Field(ABSENT, examples=[["gauge", "water meter"]])


@router.get("/synonyms", auth=Scope("tickets:read", staff=True), response=SynonymsList)
def list_synonyms(request: ApiRequest) -> HttpResponse:
    """Every group, by language. One statement."""
    require(may_administer(request.viewer, SET_TEXTS))
    return answer({"items": list(Synonyms.objects.order_by("language", "pk").values(*COLUMNS))})


@router.post("/synonyms", auth=Scope("tickets:write", staff=True), response={201: SynonymsOut})
@once
@transaction.atomic
def add_synonyms(request: ApiRequest, given: SynonymsIn) -> HttpResponse:
    """Let words mean the same. 409 where one of them can't be searched for, or is more than five words."""
    require(may_administer(request.viewer, SET_TEXTS))
    group = define_synonyms(None, language=given.language, words=given.words, by=request.viewer)
    return answer(_row(group), status=201)


@router.patch("/synonyms/{synonyms_id}", auth=Scope("tickets:write", staff=True), response=SynonymsOut)
@once
@transaction.atomic
def change_synonyms(request: ApiRequest, synonyms_id: Path[Id], given: SynonymsSetting) -> HttpResponse:
    """Change a group; `If-Match`: only as it was read (else 412)."""
    group = _group(request, synonyms_id)
    check_state(request, _row(group))
    wanted = {"language": group.language, "words": group.words} | given.sent()
    define_synonyms(group, by=request.viewer, **wanted)
    return state_answer(request, _row(group))


@router.delete("/synonyms/{synonyms_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
@transaction.atomic
def drop_synonyms(request: ApiRequest, synonyms_id: Path[Id]) -> HttpResponse:
    """Let the words of a group be only themselves again."""
    remove_synonyms(_group(request, synonyms_id), by=request.viewer)
    return nothing()


def _group(request: ApiRequest, pk: int) -> Synonyms:
    require(may_administer(request.viewer, SET_TEXTS))
    return get_object_or_404(Synonyms.objects.select_for_update(), pk=pk)


def _row(group: Synonyms) -> dict[str, Any]:
    return {name: getattr(group, name) for name in COLUMNS}
