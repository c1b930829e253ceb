"""Writing the charter: its versions, the draft of the next one from first word to publication, and exclusions."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.charter_content import CharterContent, CharterWords, Code, ContentChanges
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Given, Id, Moment, Size, one_of
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.charter.actions.documents import (
    approve_draft,
    begin_draft,
    discard_draft,
    publish_charter,
    replace_draft,
)
from charterdesk.charter.actions.exclusions import declare_exclusion, withdraw_exclusion
from charterdesk.charter.comparing import compare
from charterdesk.charter.content import Charter
from charterdesk.charter.models import CharterVersion, Exclusion
from charterdesk.charter.policies import may_approve, may_see_drafts, may_write
from charterdesk.charter.queries.documents import published
from charterdesk.charter.samples import SAMPLES, sample
from charterdesk.people.models import Team

router = Router(tags=["The charter"])
VERSION = (
    "number", "state", "editors", "approved_by", "approved_at", "published_by", "published_at", "effective_at",
    "created_at",
)  # fmt: skip
EXCLUSION = (
    "id", "begins_at", "ends_at", "objectives", "team_ids", "reason", "declared_by", "declared_at", "withdrawn_at",
)  # fmt: skip
VersionNumber = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[1]), WHOLE]


class CharterVersionOut(BaseModel):
    """A version of the charter; once published it stays as it is."""

    number: int
    state: str = Field(description="draft, approved or published")
    editors: list[str] = Field(description="Keys of who wrote in it.", examples=[["agent:5"]])
    approved_by: str
    approved_at: datetime | None
    published_by: str
    published_at: datetime | None
    effective_at: datetime | None = Field(description="It binds what begins from then on.")
    created_at: datetime


class CharterVersions(BaseModel):
    """All versions, the newest first."""

    items: list[CharterVersionOut]


class CharterDocument(CharterVersionOut):
    """A version with all it says."""

    content: CharterContent


class NewDraft(Given):
    """From which sample the draft begins; left out, from what is published."""

    sample: Annotated[str, one_of(SAMPLES)] = Field(ABSENT, examples=["utility"])


class FieldDifference(BaseModel):
    """What one field said, and says now."""

    field: str
    was: str
    becomes: str


class CharterDifference(BaseModel):
    """Something that the draft says differently from what was published last."""

    where: str
    name: str
    kind: str = Field(description="added, removed or changed")
    fields: list[FieldDifference]


class CharterDifferences(BaseModel):
    """All of them, in the order of the page."""

    items: list[CharterDifference]


class CharterPublication(Given):
    """From when it binds; left out, in a minute."""

    effective_at: Moment = ABSENT


class ExclusionOut(BaseModel):
    """A time beyond control: what was promised in it counts neither as kept nor as broken."""

    id: int
    begins_at: datetime
    ends_at: datetime
    objectives: list[str] = Field(description="Codes of promises; none is all.")
    team_ids: list[int] = Field(description="None is all.")
    reason: dict[str, str] = Field(description="For all to read, by language.")
    declared_by: str
    declared_at: datetime
    withdrawn_at: datetime | None


class ExclusionPage(BaseModel):
    """Some of them, the latest declared first; `next` is the cursor of the next page, null at the end."""

    items: list[ExclusionOut]
    next: str | None


class ExclusionsAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class NewExclusion(Given):
    """A time that is not to count, and why, for all to read."""

    begins_at: Moment
    ends_at: Moment
    reason: CharterWords = Field(examples=[{"en": "Flood"}])
    objectives: list[Code] = Field([], max_length=100, examples=[[]])
    team_ids: list[Id] = Field([], max_length=200, examples=[[]])


@router.get("/charter/versions", auth=Scope("charter:read", staff=True), response=CharterVersions)
def list_charter_versions(request: ApiRequest) -> HttpResponse:
    """The versions without what they say, a draft included, for who writes or approves it. One statement."""
    require(may_see_drafts(request.viewer))
    return answer({"items": list(CharterVersion.objects.order_by("-number").values(*VERSION))})


@router.get("/charter/versions/{version}", auth=Scope("charter:read", staff=True), response=CharterDocument)
def read_charter_version(request: ApiRequest, version: Path[VersionNumber]) -> HttpResponse:
    """One version with all it says. One statement."""
    require(may_see_drafts(request.viewer))
    return state_answer(request, _row(get_object_or_404(CharterVersion, number=version)))


@router.get("/charter/draft", auth=Scope("charter:read", staff=True), response=CharterDocument)
def read_charter_draft(request: ApiRequest) -> HttpResponse:
    """The draft of the next version, with the ETag of its state. One statement."""
    require(may_see_drafts(request.viewer))
    return state_answer(request, _row(_draft()))


@router.post("/charter/draft", auth=Scope("charter:write", staff=True), response={201: CharterDocument})
@once
@transaction.atomic
def begin_charter_draft(request: ApiRequest, given: NewDraft) -> HttpResponse:
    """Begin the next version. 409 `charter.draft_exists`."""
    require(may_write(request.viewer))
    draft = begin_draft(by=request.viewer, content=sample(given.sample) if given.sample else None)
    return state_answer(request, _row(draft), status=201)


@router.patch("/charter/draft", auth=Scope("charter:write", staff=True), response=CharterDocument)
@once
@transaction.atomic
def change_charter_draft(request: ApiRequest, given: ContentChanges) -> HttpResponse:
    """Change parts of the draft: a list that is sent stands in place of the one before. An approval falls.

    409 `charter.<field>` says what could not be measured, booked or shown.
    """
    require(may_write(request.viewer))
    draft = _draft()
    check_state(request, _row(draft))
    data = {**asdict(draft.charter), **given.model_dump(exclude_unset=True)}
    replace_draft(draft, data, by=request.viewer)
    return state_answer(request, _row(draft))


@router.delete("/charter/draft", auth=Scope("charter:write", staff=True), response={204: None})
@once
@transaction.atomic
def discard_charter_draft(request: ApiRequest) -> HttpResponse:
    """Throw the draft away; what is published stays."""
    require(may_write(request.viewer))
    discard_draft(_draft(), by=request.viewer)
    return nothing()


@router.get("/charter/draft/differences", auth=Scope("charter:read", staff=True), response=CharterDifferences)
def compare_charter_draft(request: ApiRequest) -> HttpResponse:
    """What the draft says differently from what was published last. Two statements."""
    require(may_see_drafts(request.viewer))
    draft, newest = _draft(), published().first()
    found = compare(newest.charter if newest else Charter(), draft.charter)
    return answer(
        {
            "items": [
                {
                    "where": each.where,
                    "name": each.name,
                    "kind": each.kind,
                    "fields": [{"field": name, "was": was, "becomes": after} for name, was, after in each.fields],
                }
                for each in found
            ]
        }
    )


@router.post("/charter/draft/approval", auth=Scope("charter:write", staff=True), response=CharterDocument)
@once
@transaction.atomic
def approve_charter_draft(request: ApiRequest) -> HttpResponse:
    """Say yes to what others wrote. 409 `charter.own_words`, `charter.empty`."""
    require(may_approve(request.viewer))
    draft = _draft()
    approve_draft(draft, by=request.viewer)
    return state_answer(request, _row(draft))


@router.post("/charter/draft/publication", auth=Scope("charter:write", staff=True), response=CharterDocument)
@once
@transaction.atomic
def publish_charter_draft(request: ApiRequest, given: CharterPublication) -> HttpResponse:
    """Let the approved draft bind what begins from then on. 409 `charter.not_approved`, `charter.too_soon`."""
    require(may_write(request.viewer))
    draft = _draft()
    publish_charter(draft, by=request.viewer, effective_at=given.effective_at)
    return state_answer(request, _row(draft))


def _draft() -> CharterVersion:
    return get_object_or_404(CharterVersion.objects.exclude(state=CharterVersion.PUBLISHED))


def _row(version: CharterVersion) -> dict[str, Any]:
    return {**{name: getattr(version, name) for name in VERSION}, "content": asdict(version.charter)}


@router.get("/charter/exclusions", auth=Scope("charter:read", staff=True), response=ExclusionPage)
def list_exclusions(request: ApiRequest, asked: Query[ExclusionsAsked]) -> HttpResponse:
    """What did not count, and why; those withdrawn as well. One statement."""
    require(may_write(request.viewer))
    found = Exclusion.objects.order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*EXCLUSION)[: asked.limit + 1]), asked.limit)


@router.post("/charter/exclusions", auth=Scope("charter:write", staff=True), response={201: ExclusionOut})
@once
@transaction.atomic
def declare_one_exclusion(request: ApiRequest, given: NewExclusion) -> HttpResponse:
    """Declare a time beyond control; requests of that time are judged again. 409 `charter.no_length`, `.no_reason`."""
    require(may_write(request.viewer))
    if Team.objects.filter(pk__in=given.team_ids).count() < len(set(given.team_ids)):
        raise no_such("team")
    made = declare_exclusion(by=request.viewer, **given.model_dump(exclude_unset=True))
    return answer({name: getattr(made, name) for name in EXCLUSION}, status=201)


@router.delete("/charter/exclusions/{exclusion_id}", auth=Scope("charter:write", staff=True), response=ExclusionOut)
@once
@transaction.atomic
def withdraw_one_exclusion(request: ApiRequest, exclusion_id: Path[Id]) -> HttpResponse:
    """Let it count after all; the public list says that it was withdrawn."""
    require(may_write(request.viewer))
    found = get_object_or_404(Exclusion, pk=exclusion_id)
    withdraw_exclusion(found, by=request.viewer)
    return answer({name: getattr(found, name) for name in EXCLUSION})
