"""Macros: made, changed and removed by whoever may, and used on tickets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, check_state, etag_of, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, Number, Priority, Words, line, one_of
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import Refused, require
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.actions import remove_macro, save_macro
from charterdesk.tickets.actions.macros import apply_macro
from charterdesk.tickets.macros import ME, OPERATIONS, condition_for, problems_of
from charterdesk.tickets.models import Macro, Ticket
from charterdesk.tickets.policies import may_change_macro, may_use_macro, may_work_on

router = Router(tags=["How work is set up"])
MINE, TEAM, DESK = "mine", "team", "desk"
WAITING = (Ticket.PENDING, Ticket.ON_HOLD)
Sharing = Annotated[str, one_of((MINE, TEAM, DESK))]
Type = Annotated[str, one_of(code for code, _name in Ticket.TYPES)]
Channel = Annotated[str, one_of(code for code, _name in Ticket.CHANNELS)]
Tag = Annotated[str, line(60, least=1)]


class Args(Given):
    """What a step needs: of those below, what its operation takes."""

    agent: Annotated[str, StringConstraints(pattern=r"^(me|agent:[1-9][0-9]{0,17})$")] = Field(
        ABSENT, description="`me` is whoever uses the macro.", examples=["me"]
    )
    team: Annotated[str, StringConstraints(pattern=r"^team:[1-9][0-9]{0,17}$")] = Field(ABSENT, examples=["team:1"])
    priority: Priority = ABSENT
    type: Type = Field(ABSENT, examples=["question"])
    add: list[Tag] = Field(ABSENT, max_length=50, examples=[["leak"]])
    remove: list[Tag] = Field(ABSENT, max_length=50, examples=[[]])
    status: Annotated[str, one_of(WAITING)] = ABSENT
    hours: Annotated[int, Field(ge=0, le=8760), WHOLE] = Field(ABSENT, description="0: until somebody answers.")
    items: list[Annotated[str, line(300, least=1)]] = Field(ABSENT, max_length=100)
    solution: Annotated[str, line(5000, least=1)] = ABSENT
    text: Annotated[str, line(1000, least=1)] = Field(ABSENT, description="Of an SMS.", examples=["We are on our way."])


class Step(Given):
    """Something a macro does to the ticket it is used on."""

    operation: Annotated[str, one_of(OPERATIONS)] = Field(examples=["tickets.tag"])
    args: Args = Field(default_factory=lambda: Args.model_validate({}), examples=[{"add": ["leak"]}])


class MacroTexts(Given):
    """The text by language, as HTML with facts in braces, such as {customer}."""

    en: Words = Field(ABSENT, examples=["<p>Hello {customer}, we are on our way.</p>"])
    ar: Words = ABSENT
    de: Words = ABSENT
    es: Words = ABSENT
    fr: Words = ABSENT


class NewMacro(Given):
    """A text, steps, or both. The four lists say on which tickets it is offered; none says on all."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["On our way"])
    sharing: Sharing = Field(MINE, description="Who uses it: only oneself, a team (`team_id`), or the whole desk.")
    team_id: Id = ABSENT
    kind: Annotated[str, one_of(code for code, _name in Macro.KINDS)] = Field("reply", examples=["reply"])
    texts: MacroTexts = Field(ABSENT, examples=[{"en": "<p>Hello {customer}, we are on our way.</p>"}])
    template: Annotated[str, line(60)] = Field(
        ABSENT, description="A template whose text is taken in place of `texts`; empty for none.", examples=[""]
    )
    steps: list[Step] = Field([], max_length=50)
    types: list[Type] = Field([], max_length=20, examples=[[]])
    channels: list[Channel] = Field([], max_length=20, examples=[[]])
    languages: list[LANGUAGE] = Field([], max_length=20, examples=[[]])
    tags: list[Tag] = Field([], max_length=50, examples=[[]])
    is_active: bool = True


class MacroChanges(Given):
    """What becomes different; what is left out stays. Of the four lists, all are set when one is sent."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    sharing: Sharing = ABSENT
    team_id: Id = ABSENT
    kind: Annotated[str, one_of(code for code, _name in Macro.KINDS)] = Field(ABSENT, examples=["reply"])
    texts: MacroTexts = Field(ABSENT, examples=[{"en": "<p>Hello {customer}, we are on our way.</p>"}])
    template: Annotated[str, line(60)] = Field(
        ABSENT, description="A template whose text is taken in place of `texts`; empty for none.", examples=[""]
    )
    steps: list[Step] = Field(ABSENT, max_length=50)
    types: list[Type] = Field(ABSENT, max_length=20, examples=[[]])
    channels: list[Channel] = Field(ABSENT, max_length=20, examples=[[]])
    languages: list[LANGUAGE] = Field(ABSENT, max_length=20, examples=[[]])
    tags: list[Tag] = Field(ABSENT, max_length=50, examples=[[]])
    is_active: bool = ABSENT


class MacroOut(BaseModel):
    """A text and steps that agents have ready."""

    id: int
    name: str
    kind: str = Field(description="`reply` or `note`")
    agent_id: int | None = Field(description="Whose own it is.")
    team_id: int | None
    texts: dict[str, str]
    template: str = Field(description="The template whose text is taken in place of `texts`, as `own:code`; or empty.")
    condition: dict[str, Any] = Field(description="On which tickets it is offered; empty for all.")
    steps: list[dict[str, Any]]
    is_active: bool
    used: int
    saved_at: datetime


class Macros(BaseModel):
    """The macros the asker may use."""

    items: list[MacroOut]


class StepNotDone(BaseModel):
    """A step that came to nothing."""

    step: int = Field(description="Its place among the macro's steps, from 0.", examples=[0])
    operation: str = Field(examples=["tickets.assign"])
    skipped: str = Field(description="Why, as a code.", examples=["events.so_already"])
    reason: str = Field(description="Why, in the asker's language.", examples=["it was so already"])


class MacroDone(BaseModel):
    """What a macro wrote, if it has a text, and which of its steps came to nothing."""

    message_id: int | None
    not_done: list[StepNotDone]


COLUMNS = tuple(MacroOut.model_fields)
STATE = tuple(name for name in COLUMNS if name != "used")


@router.get("/macros", auth=Scope("macros:read", staff=True), response=Macros)
def list_macros(request: ApiRequest) -> HttpResponse:
    """The macros one may use, by name. One statement."""
    found = Macro.objects.visible_to(request.viewer).filter(is_active=True).order_by("name", "pk")
    return answer({"items": list(found.values(*COLUMNS))})


@router.get("/macros/{macro_id}", auth=Scope("macros:read", staff=True), response=MacroOut)
def read_macro(request: ApiRequest, macro_id: Path[Id]) -> HttpResponse:
    """One macro, in use or not, with the ETag of its state. One statement."""
    found = get_object_or_404(Macro.objects.visible_to(request.viewer), pk=macro_id)
    return answer(_row(found), headers={"ETag": _etag(found)})


@router.post("/macros", auth=Scope("macros:write", staff=True), response={201: MacroOut})
@once
@transaction.atomic
def make_macro(request: ApiRequest, given: NewMacro) -> HttpResponse:
    """Have a macro ready."""
    made = Macro()
    _keep(request, made, given.model_dump(exclude_unset=True) | {"name": given.name, "sharing": given.sharing})
    headers = {"Location": f"/api/v1/macros/{made.pk}", "ETag": _etag(made)}
    return answer(_row(made), status=201, headers=headers)


@router.patch("/macros/{macro_id}", auth=Scope("macros:write", staff=True), response=MacroOut)
@once
@transaction.atomic
def change_macro(request: ApiRequest, macro_id: Path[Id], given: MacroChanges) -> HttpResponse:
    """Change a macro; with `If-Match`, only in the state that was read (else 412)."""
    found = _own(request, macro_id)
    if "If-Match" in request.headers:
        check_state(request, {name: getattr(found, name) for name in STATE})
    _keep(request, found, given.model_dump(exclude_unset=True))
    return answer(_row(found), headers={"ETag": _etag(found)})


@router.delete("/macros/{macro_id}", auth=Scope("macros:write", staff=True), response={204: None})
@once
def delete_macro(request: ApiRequest, macro_id: Path[Id]) -> HttpResponse:
    """Have a macro no more; what was done with it stays."""
    remove_macro(_own(request, macro_id), by=request.viewer)
    return nothing()


@router.post("/tickets/{number}/macros/{macro_id}", auth=Scope("macros:write", staff=True), response=MacroDone)
@once
def use_macro(request: ApiRequest, number: Path[Number], macro_id: Path[Id]) -> HttpResponse:
    """Send or note what a macro says, and take its steps; all of it or nothing."""
    viewer, ticket = request.viewer, seen_ticket(request, number)
    macro = get_object_or_404(Macro.objects.visible_to(viewer).filter(is_active=True), pk=macro_id)
    require(may_work_on(viewer, ticket) and may_use_macro(viewer, ticket, macro))
    applied = apply_macro(ticket, macro=macro, agent=agent_of(request), by=viewer)
    not_done = [
        {
            "step": number, "operation": macro.steps[number]["operation"], "skipped": skip.code,
            "reason": str(skip.reason),
        }
        for number, skip in applied.skips.items()
    ]  # fmt: skip
    return answer({"message_id": applied.message.pk if applied.message else None, "not_done": not_done})


def _own(request: ApiRequest, pk: int) -> Macro:
    """A macro the asker may change, its row held."""
    found = get_object_or_404(Macro.objects.select_for_update().visible_to(request.viewer), pk=pk)
    require(may_change_macro(request.viewer, found))
    return found


def _keep(request: ApiRequest, macro: Macro, sent: dict[str, Any]) -> None:
    """Save what was sent, if the asker may have it where it then is."""
    fields: dict[str, Any] = {
        name: sent[name] for name in ("name", "kind", "texts", "template", "steps", "is_active") if name in sent
    }
    if "sharing" in sent:
        fields |= _owner(request, sent["sharing"], sent.get("team_id"))
    if any(name in sent for name in ("types", "channels", "languages", "tags")):
        lists = {name: sent.get(name, []) for name in ("types", "channels", "languages", "tags")}
        fields["condition"] = condition_for(**lists)
    check_steps(fields.get("steps", []))
    save_macro(macro, by=request.viewer, **fields)


def _owner(request: ApiRequest, sharing: str, team_id: int | None) -> dict[str, Any]:
    """Whose it becomes. Raises `Refused` for a team that is not there."""
    team = Team.objects.filter(pk=team_id or 0).first() if sharing == TEAM else None
    if sharing == TEAM and team is None:
        raise no_such("team")
    owner = {"agent": agent_of(request) if sharing == MINE else None, "team": team}
    require(may_change_macro(request.viewer, Macro(**owner)))
    return owner


def check_steps(steps: Sequence[Mapping[str, Any]]) -> None:
    """Raise `Refused` for a step that its operation can't take, and for somebody or a team that is not there."""
    if found := problems_of(steps):
        raise Refused("api.macro_step", "; ".join(found))
    for step in steps:
        args = step.get("args", {})
        agent, team = args.get("agent", ME), args.get("team")
        if agent != ME and not Agent.objects.filter(pk=_number(agent), is_active=True).exists():
            raise no_such("agent")
        if team and not Team.objects.filter(pk=_number(team)).exists():
            raise no_such("team")


def _number(key: str) -> int:
    return int(key.partition(":")[2])


def _row(macro: Macro) -> dict[str, Any]:
    return {name: getattr(macro, name) for name in COLUMNS}


def _etag(macro: Macro) -> str:
    """Of what can be changed: using a macro changes nothing of it."""
    return etag_of({name: getattr(macro, name) for name in STATE})
