"""Webhooks: which systems hear of which events, their keys, and what they were sent."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.events.models import Webhook, WebhookCall
from charterdesk.events.webhooks.actions import (
    change_key,
    change_webhook,
    create_webhook,
    keys_of,
    remove_webhook,
    replay,
    send_test,
)
from charterdesk.people.models import Team
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Webhooks"])
COLUMNS = (
    "id", "name", "url", "codes", "team_ids", "is_active", "created_at", "failing_since", "failures", "off_because",
)  # fmt: skip
CALL_COLUMNS = (
    "id", "event_id", "code", "subject", "state", "attempts", "next_try_at", "tries", "created_at", "done_at",
)  # fmt: skip
Codes = list[Annotated[str, line(100)]]


class WebhookOut(BaseModel):
    """An address that hears of chosen events, signed as Standard Webhooks says."""

    id: int
    name: str
    url: str
    codes: list[str] = Field(description="Of the events it hears; none is all.", examples=[["ticket.solved"]])
    team_ids: list[int] = Field(description="Whose tickets it hears of; none is everything.")
    is_active: bool
    created_at: datetime
    failing_since: datetime | None
    failures: int = Field(description="Tries since it last answered.")
    off_because: str = Field(description="Why the desk itself switched it off: `gone`, `failing` or empty.")


class Webhooks(BaseModel):
    """All webhooks."""

    items: list[WebhookOut]


class NewWebhook(Given):
    """An address to call, by POST, from now on."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Billing"])
    url: Annotated[str, line(2000, least=1)] = Field(examples=["https://example.org/hooks"])
    codes: Codes = Field([], max_length=200, examples=[["ticket.solved"]])
    team_ids: list[Id] = Field([], max_length=200, examples=[[]])
    is_active: bool = True


class WebhookChanges(Given):
    """What becomes different; what is left out stays. Switching it on sends at once what waits."""

    name: Annotated[str, line(120, least=1)] = Field(ABSENT, examples=["Billing"])
    url: Annotated[str, line(2000, least=1)] = Field(ABSENT, examples=["https://example.org/hooks"])
    codes: Codes = Field(ABSENT, max_length=200)
    team_ids: list[Id] = Field(ABSENT, max_length=200)
    is_active: bool = ABSENT


class WebhookKeys(BaseModel):
    """What messages are signed with: the newest key first, and the one before it."""

    keys: list[str] = Field(examples=[["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]])


class NewKey(Given):
    """A key to sign with; left out, the desk makes one."""

    key: Annotated[str, line(200, least=1)] = Field(ABSENT, examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class TryOut(BaseModel):
    """One try: what the address answered, and how long that took."""

    at: datetime
    status: int | None = Field(description="null where it did not answer")
    ms: int
    said: str


class WebhookCallOut(BaseModel):
    """An event that a webhook has to hear, and how that went."""

    id: int
    event_id: int
    code: str = Field(examples=["ticket.solved"])
    subject: str = Field(examples=["ticket:1042"])
    state: str = Field(description="`waiting`, `delivered` or `failed` (given up)")
    attempts: int
    next_try_at: datetime
    tries: list[TryOut] = Field(description="The latest last.")
    created_at: datetime
    done_at: datetime | None


class WebhookCallPage(BaseModel):
    """Some calls; `next` is the cursor of the next page, null at the end."""

    items: list[WebhookCallOut]
    next: str | None


class WebhookCallsAsked(Asked):
    """Which calls."""

    state: Annotated[str, one_of(code for code, _name in WebhookCall.STATES)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class Again(Given):
    """Which call to send again; left out, all that were given up."""

    call_id: Id = ABSENT


class SentAgain(BaseModel):
    """How many are sent again."""

    count: int


def _webhook(request: ApiRequest, pk: int) -> Webhook:
    """The webhook, for whoever may set them up. One statement."""
    require(may_administer(request.viewer))
    return get_object_or_404(Webhook, pk=pk)


def _row(pk: int) -> dict[str, Any]:
    rows = Webhook.objects.filter(pk=pk).values(*COLUMNS)
    if not rows:
        raise Http404
    return dict(rows[0])


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` as the actions take them: each code and team once, and only teams that there are."""
    for name in {"codes", "team_ids"} & set(fields):
        fields[name] = sorted(set(fields[name]))
    teams = fields.get("team_ids", ())
    if teams and Team.objects.filter(pk__in=teams).count() < len(teams):
        raise no_such("team")
    return fields


@router.get("/webhooks", auth=Scope("webhooks:read", staff=True), response=Webhooks)
def list_webhooks(request: ApiRequest) -> HttpResponse:
    """All webhooks by name. One statement."""
    require(may_administer(request.viewer))
    return answer({"items": list(Webhook.objects.values(*COLUMNS))})


@router.post("/webhooks", auth=Scope("webhooks:write", staff=True), response={201: WebhookOut})
@once
def make_webhook(request: ApiRequest, given: NewWebhook) -> HttpResponse:
    """Have an address called for chosen events. What it is signed with is read apart, at `keys`."""
    require(may_administer(request.viewer))
    made = create_webhook(by=request.viewer, **_checked(given.model_dump()))
    return answer(_row(made.pk), status=201, headers={"Location": f"/api/v1/webhooks/{made.pk}"})


@router.get("/webhooks/{webhook_id}", auth=Scope("webhooks:read", staff=True), response=WebhookOut)
def read_webhook(request: ApiRequest, webhook_id: Path[Id]) -> HttpResponse:
    """One webhook, with the ETag of its state. One statement."""
    require(may_administer(request.viewer))
    return state_answer(request, _row(webhook_id))


@router.patch("/webhooks/{webhook_id}", auth=Scope("webhooks:write", staff=True), response=WebhookOut)
@once
@transaction.atomic
def change_one_webhook(request: ApiRequest, webhook_id: Path[Id], given: WebhookChanges) -> HttpResponse:
    """Change a webhook; with `If-Match`, only in the state that was read (else 412)."""
    found = _webhook(request, webhook_id)
    check_state(request, _row(webhook_id))
    change_webhook(found, by=request.viewer, **_checked(given.sent()))
    return state_answer(request, _row(webhook_id))


@router.delete("/webhooks/{webhook_id}", auth=Scope("webhooks:write", staff=True), response={204: None})
@once
def remove_one_webhook(request: ApiRequest, webhook_id: Path[Id]) -> HttpResponse:
    """Forget a webhook, with what it heard and still had to hear."""
    remove_webhook(_webhook(request, webhook_id), by=request.viewer)
    return nothing()


@router.get("/webhooks/{webhook_id}/keys", auth=Scope("webhooks:write", staff=True), response=WebhookKeys)
def read_webhook_keys(request: ApiRequest, webhook_id: Path[Id]) -> HttpResponse:
    """What messages are signed with. One statement."""
    return answer({"keys": keys_of(_webhook(request, webhook_id))}, headers={"Cache-Control": "no-store"})


@router.post("/webhooks/{webhook_id}/keys", auth=Scope("webhooks:write", staff=True), response={204: None})
@once
def change_webhook_key(request: ApiRequest, webhook_id: Path[Id], given: NewKey) -> HttpResponse:
    """Sign with a new key, and with the last one too, until it is changed again. Read it at the same address."""
    change_key(_webhook(request, webhook_id), by=request.viewer, key=given.key or "")
    return nothing()


@router.post("/webhooks/{webhook_id}/test", auth=Scope("webhooks:write", staff=True), response={202: WebhookCallOut})
@once
def send_webhook_test(request: ApiRequest, webhook_id: Path[Id]) -> HttpResponse:
    """Send a test; its call says how that went."""
    call = send_test(_webhook(request, webhook_id), by=request.viewer)
    return answer(WebhookCall.objects.values(*CALL_COLUMNS).get(pk=call.pk), status=202)


@router.post("/webhooks/{webhook_id}/replay", auth=Scope("webhooks:write", staff=True), response=SentAgain)
@once
def replay_webhook(request: ApiRequest, webhook_id: Path[Id], given: Again) -> HttpResponse:
    """Send a call, or all that were given up, again. The receiver knows them by their ids."""
    found = _webhook(request, webhook_id)
    call = found.calls.filter(pk=given.call_id).first() if given.call_id else None
    if given.call_id and call is None:
        raise no_such("call")
    return answer({"count": replay(found, by=request.viewer, call=call)})


@router.get("/webhooks/{webhook_id}/calls", auth=Scope("webhooks:read", staff=True), response=WebhookCallPage)
def list_webhook_calls(request: ApiRequest, webhook_id: Path[Id], asked: Query[WebhookCallsAsked]) -> HttpResponse:
    """What a webhook was sent, the latest first. Two statements."""
    found: QuerySet[WebhookCall] = _webhook(request, webhook_id).calls.order_by("-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of(list(found.values(*CALL_COLUMNS)[: asked.limit + 1]), asked.limit)
