"""Lists of people as CSV: sent in, looked through line by line, taken in while one can see how far it is."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Id, Size, line, one_of
from charterdesk.base.refused import require
from charterdesk.people.actions.importing import lines_of, send_list, stop_import
from charterdesk.people.actions.list_reading import CHANGE, MAKE, REFUSE, SAME, Line
from charterdesk.people.jobs import begin_import
from charterdesk.people.models import ImportRun
from charterdesk.people.permissions import SET_PEOPLE
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Lists of people"])
COLUMNS = (
    "id", "kind", "filename", "state", "invites", "total", "position", "made", "changed", "same", "refused",
    "problems", "agent_id", "created_at", "ended_at",
)  # fmt: skip
LIST = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class ImportOut(BaseModel):
    """A list, and how far it is."""

    id: int
    kind: str = Field(description="agents, contacts or organisations", examples=["contacts"])
    filename: str
    state: str = Field(description="waiting (looked through), running, done or stopped", examples=["waiting"])
    invites: bool
    total: int = Field(description="Lines.")
    position: int = Field(description="So many are taken in.")
    made: int
    changed: int
    same: int
    refused: int
    problems: list[int] = Field(description="The numbers of lines that were left out, the first 500.")
    agent_id: int | None
    created_at: datetime
    ended_at: datetime | None


class ImportPage(BaseModel):
    """Some lists, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[ImportOut]
    next: str | None


class ImportsAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class NewImport(Asked):
    """What the list holds. `invites` mails new people of the desk."""

    kind: Annotated[str, one_of(code for code, _name in ImportRun.KINDS)] = Field(examples=["contacts"])
    filename: Annotated[str, line(200)] = Field("list.csv", examples=["customers.csv"])
    invites: bool = False


class ImportLine(BaseModel):
    """What would come of a line as things are now."""

    line: int = Field(description="Its number in the list; the first is that of the names of columns.")
    name: str = Field(description="By what it is known again: an address or a name.")
    verdict: str = Field(description="make, change, same (nothing to do) or refuse", examples=["make"])
    why: str = Field(description="Why it would be left out.")
    fields: dict[str, str] = Field(description="What would be set.")


class ImportLines(BaseModel):
    """Some lines; `next` is the cursor of the next page, null at the end."""

    items: list[ImportLine]
    next: str | None


class LinesAsked(Asked):
    """Which lines."""

    verdict: Annotated[str, one_of((MAKE, CHANGE, SAME, REFUSE))] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


@router.get("/imports", auth=Scope("people:read", staff=True), response=ImportPage)
def list_imports(request: ApiRequest, asked: Query[ImportsAsked]) -> HttpResponse:
    """Lists that were sent in. One statement."""
    require(may_administer(request.viewer, SET_PEOPLE))
    found = ImportRun.objects.order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*COLUMNS)[: asked.limit + 1]), asked.limit)


@router.post("/imports", auth=Scope("people:write", staff=True), response={201: ImportOut}, openapi_extra=LIST)
@once
def send_import(request: ApiRequest, asked: Query[NewImport]) -> HttpResponse:
    """Send a list, as CSV in the body, with the names of its columns in the first line. Nothing comes of it yet.

    409 `people.no_list`, `people.no_column`, `people.list_too_long`.
    """
    require(may_administer(request.viewer, SET_PEOPLE))
    run = send_list(raw=request.body, agent=agent_of(request), **asked.model_dump())
    return answer(_row(run), status=201, headers={"Location": f"/api/v1/imports/{run.pk}"})


@router.get("/imports/{import_id}", auth=Scope("people:read", staff=True), response=ImportOut)
def read_import(request: ApiRequest, import_id: Path[Id]) -> HttpResponse:
    """How far a list is. One statement."""
    return answer(_row(_run(request, import_id)))


@router.get("/imports/{import_id}/lines", auth=Scope("people:read", staff=True), response=ImportLines)
def preview_import(request: ApiRequest, import_id: Path[Id], asked: Query[LinesAsked]) -> HttpResponse:
    """What would come of each line; none once the list was taken in. A few statements, however long it is."""
    after = read_cursor(asked.cursor, int)[0] or 0 if asked.cursor else 0
    lines = [each for each in lines_of(_run(request, import_id)) if each.number > after]
    wanted = [each for each in lines if asked.verdict in (None, each.verdict)]
    return page_of([_line(each) for each in wanted[: asked.limit + 1]], asked.limit, place=("line",))


def _line(each: Line) -> dict[str, Any]:
    fields = {name: _plain(value) for name, value in each.fields.items() if value is not None}
    return {"line": each.number, "name": each.name, "verdict": each.verdict, "why": each.why, "fields": fields}


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@router.post("/imports/{import_id}/start", auth=Scope("people:write", staff=True), response={202: ImportOut})
@once
def start_one_import(request: ApiRequest, import_id: Path[Id]) -> HttpResponse:
    """Have the list taken in, in the background. 409 `people.import_started`."""
    run = _run(request, import_id)
    begin_import(run, by=request.viewer)
    return answer(_row(run), status=202)


@router.delete("/imports/{import_id}", auth=Scope("people:write", staff=True), response=ImportOut)
@once
def stop_one_import(request: ApiRequest, import_id: Path[Id]) -> HttpResponse:
    """Give the list up; what was taken in stays."""
    run = _run(request, import_id)
    stop_import(run, by=request.viewer)
    return answer(_row(run))


def _run(request: ApiRequest, pk: int) -> ImportRun:
    require(may_administer(request.viewer, SET_PEOPLE))
    return get_object_or_404(ImportRun.objects.select_related("agent"), pk=pk)


def _row(run: ImportRun) -> dict[str, Any]:
    return {name: getattr(run, name) for name in COLUMNS}
