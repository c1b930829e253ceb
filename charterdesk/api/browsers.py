"""The browsers (and other programs that understand web push) in which an agent is notified."""

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, Id, line
from charterdesk.api.problems import naming
from charterdesk.channels.models import PushSubscription
from charterdesk.channels.push.browsers import add_browser, drop_browser
from charterdesk.channels.push.sealing import public_key

router = Router(tags=["The desk"])
FIELD_OF = {"channels.bad_subscription": "endpoint"}


class BrowserOut(BaseModel):
    """Where you are notified."""

    id: int
    browser: str = Field(examples=["Firefox on Linux"])
    created_at: datetime


class Browsers(BaseModel):
    """All of yours, and the desk's public key, which a browser asks for before it subscribes."""

    items: list[BrowserOut]
    key: str = Field(description="VAPID, URL-safe base64 (RFC 8292).")


class NewBrowser(Given):
    """What `PushSubscription.toJSON()` gives in a browser."""

    endpoint: Annotated[str, line(1999, least=9)] = Field(examples=["https://push.example/x"])
    p256dh: Annotated[str, line(120, least=1)] = Field(description="URL-safe base64, as `auth` is.")
    auth: Annotated[str, line(40, least=1)]
    browser: Annotated[str, line(200)] = Field("", description="By what you know it again.")


@router.get("/me/browsers", auth=Scope("people:read", staff=True), response=Browsers)
def list_my_browsers(request: ApiRequest) -> HttpResponse:
    """Where you are notified. One statement."""
    found = PushSubscription.objects.filter(agent_id=request.viewer.agent_id or 0).order_by("pk")
    return answer({"items": list(found.values(*BrowserOut.model_fields)), "key": public_key()})


@router.post("/me/browsers", auth=Scope("people:write", staff=True), response={201: BrowserOut})
@once
def add_my_browser(request: ApiRequest, given: NewBrowser) -> HttpResponse:
    """Be notified there, too. 409 `channels.bad_subscription`, `channels.many_browsers`."""
    with naming(FIELD_OF):
        made = add_browser(
            agent_of(request), endpoint=given.endpoint, key=given.p256dh, secret=given.auth, browser=given.browser
        )
    return answer(_row(made), status=201)


@router.delete("/me/browsers/{browser_id}", auth=Scope("people:write", staff=True), response={204: None})
@once
def drop_my_browser(request: ApiRequest, browser_id: Path[Id]) -> HttpResponse:
    """Be notified there no more."""
    if not drop_browser(agent_of(request), browser_id):
        raise Http404
    return nothing()


def _row(kept: PushSubscription) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in BrowserOut.model_fields}
