"""Tags as a whole: listed, described, renamed, made one with another, done away with."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import check_state, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line
from charterdesk.base.refused import Refused, require
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.tags import describe_tag, tag_word, turn_tag
from charterdesk.tickets.jobs import change_tag_over
from charterdesk.tickets.models import Tag
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How work is set up"])
COLUMNS = ("id", "name", "description", "becoming")


class TagOut(BaseModel):
    """A word by which tickets are told apart."""

    id: int
    name: str = Field(examples=["leak"])
    description: str
    becoming: str | None = Field(description="While its tickets are changed over: what they get; empty for nothing.")


class TagPage(BaseModel):
    """Some tags; `next` is the cursor of the next page, null at the end."""

    items: list[TagOut]
    next: str | None


class TagsAsked(Asked):
    """Which tags."""

    name: Annotated[str, line(50, least=1)] = Field(ABSENT, description="What is in its name.", examples=["leak"])
    cursor: Cursor = ""
    limit: Size = 50


class TagSetting(Given):
    """What becomes different. The name of another tag makes them one; tickets follow in the background."""

    name: Annotated[str, line(50, least=1)] = Field(ABSENT, examples=["leaks"])
    description: Annotated[str, line(300)] = Field(ABSENT, examples=["Water where none should be"])


@router.get("/tags", auth=Scope("tickets:read", staff=True), response=TagPage)
def list_tags(request: ApiRequest, asked: Query[TagsAsked]) -> HttpResponse:
    """Tags by name. One statement."""
    require(may_administer(request.viewer, SET_TEXTS))
    found = Tag.objects.order_by("name")
    if asked.name:
        found = found.filter(name__contains=asked.name.lower())
    if asked.cursor:
        found = found.filter(name__gt=read_cursor(asked.cursor, str)[0])
    return page_of(list(found.values(*COLUMNS)[: asked.limit + 1]), asked.limit, place=("name",))


@router.patch("/tags/{tag_id}", auth=Scope("tickets:write", staff=True), response=TagOut)
@once
@transaction.atomic
def change_tag(request: ApiRequest, tag_id: Path[Id], given: TagSetting) -> HttpResponse:
    """Say what a tag is for, rename it, or make it one with another; `If-Match`: only as it was read (else 412)."""
    tag = _tag(request, tag_id)
    check_state(request, _row(tag))
    fields = given.sent()
    if "description" in fields:
        describe_tag(tag, by=request.viewer, description=fields["description"])
    if "name" in fields:
        if not tag_word(fields["name"]):
            raise Refused("tickets.no_name", _("Write something first."))
        _turn(request, tag, fields["name"])
    return state_answer(request, _row(tag))


@router.delete("/tags/{tag_id}", auth=Scope("tickets:write", staff=True), response={204: None})
@once
@transaction.atomic
def remove_tag(request: ApiRequest, tag_id: Path[Id]) -> HttpResponse:
    """Take a tag off every ticket, one by one in the background; then it is gone."""
    _turn(request, _tag(request, tag_id), "")
    return nothing()


def _tag(request: ApiRequest, pk: int) -> Tag:
    require(may_administer(request.viewer, SET_TEXTS))
    return get_object_or_404(Tag.objects.select_for_update(), pk=pk)


def _turn(request: ApiRequest, tag: Tag, into: str) -> None:
    turn_tag(tag, into=into, by=request.viewer)
    change_tag_over.defer_with(tag_id=tag.pk, by=request.viewer.key, lock=tag.key)


def _row(tag: Tag) -> dict[str, Any]:
    return {name: getattr(tag, name) for name in COLUMNS}
