"""The way of a draft to its readers: its versions, handing it in, the yes to it, and when readers see it."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.articles import ArticleDraftOut, draft_row, seen_text
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, Moment, line
from charterdesk.knowledge.actions import deciding
from charterdesk.knowledge.actions.keeping import review
from charterdesk.knowledge.actions.writing import restore
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.models import ArticleVersion

router = Router(tags=["The help centre"])
MOST_VERSIONS = 100


class Approval(Given):
    """A yes to a draft."""

    is_looked_over: bool = Field(False, description="Of a solution: what looks personal in it is not.")


class ArticlePublication(Given):
    """When readers see it; left out: now."""

    at: Moment = ABSENT
    is_again: bool = Field(False, description="What was withdrawn, as it was.")


class ToDo(Given):
    """What is still to be done."""

    note: Annotated[str, line(300, least=1)] = Field(examples=["Name the tools."])


class ArticleVersionOut(BaseModel):
    """One version: who wrote it when, and why."""

    number: int
    title: str
    summary: str
    note: str = Field(description="What changed, in the writer's words.")
    written_by: str = Field(examples=["agent:5"])
    written_at: datetime
    approved_by: str
    approved_at: datetime | None
    published_at: datetime | None


class ArticleVersionText(ArticleVersionOut):
    """A version with what it says."""

    version_html: str


class ArticleVersions(BaseModel):
    """Versions, the newest first."""

    items: list[ArticleVersionOut]


@router.get("/articles/{text_id}/versions", auth=Scope("knowledge:read", staff=True), response=ArticleVersions)
def list_versions(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """The last hundred versions of an article in one language, the newest first. Two statements."""
    found = seen_text(request, text_id).versions.order_by("-number").values(*ArticleVersionOut.model_fields)
    return answer({"items": list(found[:MOST_VERSIONS])})


@router.get(
    "/articles/{text_id}/versions/{version_number}",
    auth=Scope("knowledge:read", staff=True),
    response=ArticleVersionText,
)
def read_article_version(request: ApiRequest, text_id: Path[Id], version_number: Path[Id]) -> HttpResponse:
    """What one version of an article says. Two statements."""
    found = get_object_or_404(seen_text(request, text_id).versions, number=version_number)
    row = {name: getattr(found, name) for name in ArticleVersionOut.model_fields}
    return answer({**row, "version_html": editable(found.body)})


@router.post(
    "/articles/{text_id}/versions/{version_number}/restoration",
    auth=Scope("knowledge:write", staff=True),
    response=ArticleDraftOut,
)
@once
def bring_version_back(request: ApiRequest, text_id: Path[Id], version_number: Path[Id]) -> HttpResponse:
    """Have the draft say what a former version said."""
    text = seen_text(request, text_id)
    restore(text, get_object_or_404(ArticleVersion, text=text, number=version_number), by=request.viewer)
    return answer(draft_row(text))


@router.post("/articles/{text_id}/review", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def say_still_right(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Say that you looked, and the article is still right: its next look is put off."""
    review(seen_text(request, text_id).article, by=request.viewer)
    return nothing()


@router.post("/articles/{text_id}/return", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def hand_back(request: ApiRequest, text_id: Path[Id], given: ToDo) -> HttpResponse:
    """Give a draft back to who wrote it, and say what is still to be done; 409 where none was handed in."""
    deciding.send_back(seen_text(request, text_id, approves=True), by=request.viewer, note=given.note)
    return nothing()


@router.post("/articles/{text_id}/submission", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def submit(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Hand the draft in; 409 `knowledge.nothing_drafted` where there is none."""
    deciding.submit(seen_text(request, text_id), by=request.viewer)
    return nothing()


@router.post("/articles/{text_id}/approval", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def approve(request: ApiRequest, text_id: Path[Id], given: Approval | None = None) -> HttpResponse:
    """Say yes to what somebody else wrote; 409 `knowledge.own_words` to who wrote it.

    A solution that holds what looks personal is a 409 `knowledge.looks_personal`, which names it.
    """
    text = seen_text(request, text_id, approves=True)
    deciding.approve(text, by=request.viewer, is_looked_over=bool(given and given.is_looked_over))
    return nothing()


@router.post("/articles/{text_id}/publication", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def publish(request: ApiRequest, text_id: Path[Id], given: ArticlePublication) -> HttpResponse:
    """Have readers see the approved draft, now or at a time, or what was withdrawn.

    409 `knowledge.not_approved`, `knowledge.not_withdrawn`.
    """
    text = seen_text(request, text_id, approves=True)
    if given.is_again:
        deciding.publish_again(text, by=request.viewer)
    elif "at" in given.sent():
        deciding.schedule(text, at=given.at, by=request.viewer)
    else:
        deciding.publish_text(text, by=request.viewer)
    return nothing()


@router.delete("/articles/{text_id}/publication", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def withdraw(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Take it away from readers; 409 `knowledge.not_published`."""
    deciding.withdraw(seen_text(request, text_id, approves=True), by=request.viewer)
    return nothing()
