"""What people of the desk choose for themselves, and what they were told."""

from datetime import datetime, time
from typing import Annotated, Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.clock import now
from charterdesk.people.actions import change_agent, read_all_notices, set_preferences
from charterdesk.people.models import Agent, Notice, Preferences
from charterdesk.people.viewer import Viewer
from charterdesk.people.ways import KINDS, PAGE, WAYS, heard_by

router = Router(tags=["The desk"])
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), Field(examples=["22:00"])]
KindCode = Annotated[str, one_of(kind.code for kind in KINDS)]
Ways = Annotated[list[Annotated[str, one_of(code for code, _name in WAYS)]], Field(max_length=len(WAYS))]
OF_AGENT = ("language", "time_zone")
NOTICE = ("id", "code", "about", "created_at", "read_at")


class PreferencesOut(BaseModel):
    """What you hear and how, when not, who stands in, where your day begins, and in which language."""

    ways: dict[str, list[str]] = Field(
        description="By kind of notice: page, push, mail.", examples=[{"assigned": ["page", "mail"]}]
    )
    quiet_from: str | None = Field(examples=["22:00"])
    quiet_until: str | None = Field(examples=["07:00"])
    stand_in_id: int | None = Field(description="Who hears and gets what you would while you are away.")
    landing: str = Field(examples=["inbox"])
    language: str = Field(description="Of your screens.", examples=["en"])
    time_zone: str = Field(examples=["Europe/Berlin"])


class PreferencesChanges(Given):
    """What becomes different; what is left out stays."""

    ways: dict[KindCode, Ways | None] = Field(
        ABSENT,
        max_length=len(KINDS),
        description="null: as is usual.",
        examples=[{"reply": ["page", "push"]}],
        json_schema_extra={"additionalProperties": False},  # the description names the kinds, and there are no others
    )
    quiet_from: Clock | None = ABSENT
    quiet_until: Clock | None = ABSENT
    stand_in_id: Id | None = Field(ABSENT, description="null: nobody.", examples=[None])
    landing: Annotated[str, one_of(code for code, _name in Preferences.LANDINGS)] = ABSENT
    language: LANGUAGE = ABSENT
    time_zone: Annotated[str, line(64)] = Field(ABSENT, examples=["Europe/Berlin"])


class NoticeOut(BaseModel):
    """Something you were told: of what, by its code, and about what, by its key."""

    id: int
    code: str = Field(examples=["ticket.assigned"])
    about: str = Field(examples=["ticket:5"])
    created_at: datetime
    read_at: datetime | None


class NoticePage(BaseModel):
    """Some notices, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[NoticeOut]
    next: str | None


class NoticesAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class NoticesRead(BaseModel):
    """How many were not read before."""

    count: int


@router.get("/me/preferences", auth=Scope("people:read", staff=True), response=PreferencesOut)
def read_my_preferences(request: ApiRequest) -> HttpResponse:
    """What you chose, and what is usual where you chose nothing. Two statements."""
    return state_answer(request, _row(request.viewer, _chosen(request.viewer), agent_of(request)))


@router.patch("/me/preferences", auth=Scope("people:write", staff=True), response=PreferencesOut)
@once
@transaction.atomic
def change_my_preferences(request: ApiRequest, given: PreferencesChanges) -> HttpResponse:
    """Choose anew. 409 `people.half_quiet`, `people.stand_in_self`, `people.stand_in_teams`,
    `people.no_such_time_zone`."""
    viewer, before, sent, agent = request.viewer, _chosen(request.viewer), given.sent(), agent_of(request)
    check_state(request, _row(viewer, before, agent))
    of_agent = {name: sent.pop(name) for name in OF_AGENT if name in sent}
    ways = {**before.ways, **sent.pop("ways", {})}
    fields = {name: getattr(before, name) for name in ("quiet_from", "quiet_until", "stand_in", "landing")}
    for name in ("quiet_from", "quiet_until"):
        if name in sent:
            fields[name] = time.fromisoformat(sent.pop(name)) if sent[name] else sent.pop(name)
    if "stand_in_id" in sent:
        fields["stand_in"] = _agent(sent.pop("stand_in_id"))
    kept = {code: each for code, each in ways.items() if each is not None}
    after = set_preferences(agent, by=viewer, ways=kept, **{**fields, **sent})
    with naming({"people.no_such_time_zone": "time_zone"}):
        change_agent(agent, by=viewer, **of_agent)
    return state_answer(request, _row(viewer, after, agent))


def _chosen(viewer: Viewer) -> Preferences:
    """Their choices; a row that is not kept where they chose nothing. One statement."""
    found = Preferences.objects.select_related("stand_in").filter(agent_id=viewer.agent_id or 0).first()
    return found or Preferences(agent_id=viewer.agent_id or 0)


def _agent(pk: int | None) -> Agent | None:
    """Who is to stand in. One statement. Raises `Refused("api.no_such_agent")`."""
    found = Agent.objects.filter(pk=pk, is_active=True).first() if pk else None
    if pk and found is None:
        raise no_such("agent")
    return found


def _row(viewer: Viewer, chosen: Preferences, agent: Agent) -> dict[str, Any]:
    return {
        "ways": {kind.code: chosen.ways.get(kind.code, list(kind.usual)) for kind in heard_by(viewer)},
        "quiet_from": _clock(chosen.quiet_from),
        "quiet_until": _clock(chosen.quiet_until),
        "stand_in_id": chosen.stand_in_id,
        "landing": chosen.landing,
        **{name: getattr(agent, name) for name in OF_AGENT},
    }


def _clock(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None


@router.get("/me/notices", auth=Scope("people:read", staff=True), response=NoticePage)
def list_my_notices(request: ApiRequest, asked: Query[NoticesAsked]) -> HttpResponse:
    """What you were told on the page, read or not. One statement."""
    shown = Q(ways=None) | Q(ways__contains=[PAGE])
    found = Notice.objects.filter(shown, agent_id=request.viewer.agent_id or 0).order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*NOTICE)[: asked.limit + 1]), asked.limit)


@router.post("/me/notices/read", auth=Scope("people:write", staff=True), response=NoticesRead)
@once
def read_my_notices(request: ApiRequest) -> HttpResponse:
    """Say that you have read them all."""
    return answer({"count": read_all_notices(request.viewer.agent_id or 0, at=now())})
