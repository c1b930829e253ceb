"""Saved views: lists that people, teams and the desk keep, read, made, changed and removed."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.base.refused import Refused, require
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions.views import remove_view, save_view
from charterdesk.tickets.models import SavedView
from charterdesk.tickets.policies import may_change_view, may_share_view
from charterdesk.tickets.view_lists import GROUPS, SORTS
from charterdesk.tickets.views import asking, checked

router = Router(tags=["How work is set up"])
COLUMNS = ("id", "name", "sharing", "team_id", "filter", "columns", "grouping", "sorting")
FILTER: dict[str, Any] = {"all": [{"field": "status", "op": "is", "value": ["new"]}]}
Sharing = Annotated[str, one_of(code for code, _name in SavedView.SHARINGS)]
Column = Annotated[str, StringConstraints(pattern=r"^(field\.)?[a-z][a-z0-9_]{0,39}$")]
Columns = Annotated[list[Column], Field(max_length=50, examples=[["number", "subject", "status"]])]
Grouping = Annotated[str, one_of(["", *GROUPS])]
Sorting = Annotated[str, one_of([*SORTS, *(f"-{code}" for code in SORTS)])]


class ViewOut(BaseModel):
    """A saved view; list its tickets with `GET /tickets?view_id=<id>`, or send its `filter` there."""

    id: int
    name: str
    sharing: str = Field(description="`mine`, `team` or `desk`")
    team_id: int | None
    filter: dict[str, Any] = Field(examples=[FILTER])
    columns: list[str]
    grouping: str
    sorting: str


class Views(BaseModel):
    """The views the asker may use."""

    items: list[ViewOut]


class NewView(Given):
    """A view to keep. `filter` is what `GET /tickets?filter=` takes; `{}` is every ticket."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["New today"])
    sharing: Sharing = Field(SavedView.MINE, examples=["mine"])
    team_id: Id = Field(ABSENT, description="Whose it is, where `sharing` is `team`.")
    filter: dict[str, Any] = Field({}, examples=[FILTER])
    columns: Columns = []
    grouping: Grouping = Field("", examples=["priority"])
    sorting: Sorting = Field("-updated", examples=["-updated"])


class ViewChanges(Given):
    """What becomes different; what is left out stays."""

    name: Annotated[str, line(80, least=1)] = Field(ABSENT, examples=["New today"])
    sharing: Sharing = Field(ABSENT, examples=["mine"])
    team_id: Id = ABSENT
    filter: dict[str, Any] = Field(ABSENT, examples=[FILTER])
    columns: Columns = ABSENT
    grouping: Grouping = Field(ABSENT, examples=["priority"])
    sorting: Sorting = Field(ABSENT, examples=["-updated"])


@router.get("/views", auth=Scope("views:read", staff=True), response=Views)
def list_views(request: ApiRequest) -> HttpResponse:
    """Saved views: one's own, those of one's teams, and those of the desk. One statement."""
    return answer({"items": list(SavedView.objects.visible_to(request.viewer).order_by("name", "pk").values(*COLUMNS))})


@router.get("/views/{view_id}", auth=Scope("views:read", staff=True), response=ViewOut)
def read_view(request: ApiRequest, view_id: Path[Id]) -> HttpResponse:
    """One view, with the ETag of its state. One statement."""
    return state_answer(request, _row(get_object_or_404(SavedView.objects.visible_to(request.viewer), pk=view_id)))


@router.post("/views", auth=Scope("views:write", staff=True), response={201: ViewOut})
@once
def make_view(request: ApiRequest, given: NewView) -> HttpResponse:
    """Keep a view: one's own, or for a team or the desk where one may share it."""
    fields = _fields(given, request.viewer)
    _may_share(request.viewer, fields["sharing"], fields["team_id"])
    made = save_view(None, by=request.viewer, owner_id=request.viewer.agent_id, **fields)
    return answer(_row(made), status=201, headers={"Location": f"/api/v1/views/{made.pk}"})


@router.patch("/views/{view_id}", auth=Scope("views:write", staff=True), response=ViewOut)
@once
@transaction.atomic
def change_view(request: ApiRequest, view_id: Path[Id], given: ViewChanges) -> HttpResponse:
    """Change a view; with `If-Match`, only in the state that was read (else 412)."""
    found = _changeable(request, view_id)
    check_state(request, _row(found))
    fields = _fields(given, request.viewer)
    _may_share(request.viewer, fields.get("sharing", found.sharing), fields.get("team_id", found.team_id))
    return state_answer(request, _row(save_view(found, by=request.viewer, **fields)))


@router.delete("/views/{view_id}", auth=Scope("views:write", staff=True), response={204: None})
@once
@transaction.atomic
def remove_one_view(request: ApiRequest, view_id: Path[Id]) -> HttpResponse:
    """Take a view away from everybody who has it; its tickets stay as they are."""
    remove_view(_changeable(request, view_id), by=request.viewer)
    return nothing()


def _row(view: SavedView) -> dict[str, Any]:
    return {name: getattr(view, name) for name in COLUMNS}


def _changeable(request: ApiRequest, pk: int) -> SavedView:
    """The view, its row held, if the asker has it and may change it. One statement."""
    found = get_object_or_404(SavedView.objects.visible_to(request.viewer).select_for_update(), pk=pk)
    require(may_change_view(request.viewer, found))
    return found


def _may_share(viewer: Viewer, sharing: str, team_id: int | None) -> None:
    """Whether the asker may give a view to whom it is for; one's own is for nobody else."""
    if sharing != SavedView.MINE and not (sharing == SavedView.TEAM and team_id is None):
        require(may_share_view(viewer, team_id=team_id if sharing == SavedView.TEAM else None))


def _fields(given: NewView | ViewChanges, viewer: Viewer) -> dict[str, Any]:
    """What the action takes. Raises `Refused("tickets.bad_filter")`."""
    fields = given.model_dump() if isinstance(given, NewView) else given.sent()
    if "filter" in fields:
        _check(fields["filter"], viewer)
    return fields


def _check(filter: Mapping[str, Any], viewer: Viewer) -> None:
    try:
        checked(filter, asking(viewer, [filter]).fields)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Refused("tickets.bad_filter", _("“filter” is a list of conditions under “all” or “any”.")) from error
