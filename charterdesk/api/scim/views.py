"""SCIM by HTTP: who may, what is left out of a request, and what comes back."""

import json

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from scim2_models import (
    ForbiddenException,
    InvalidValueException,
    SCIMException,
    UnauthorizedException,
    UniquenessException,
)
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation
from scim2_server.service import ScimService

from charterdesk.api.bearer import bearer_of
from charterdesk.api.scim.resources import PROVIDER
from charterdesk.api.scim.storage import DeskStorage
from charterdesk.api.scim.understanding import understood
from charterdesk.base.refused import Refused
from charterdesk.people.permissions import SET_PEOPLE, SET_TEAMS
from charterdesk.people.tokens.asking import who_asks
from charterdesk.people.viewer import NOBODY, Viewer
from charterdesk.tickets.policies import may_administer

SERVICE = ScimService(PROVIDER)
TAKEN = {"people.already_agent", "people.team_name_taken", "people.team_address_taken", "access.address_taken"}


def scim(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Everything under /scim/v2/: Users, Groups and what describes them. One transaction for each request."""
    try:
        asked = ScimRequest(
            method=request.method or "GET",
            base_url=f"{settings.PUBLIC_URL}/scim/v2",
            path=f"/{rest}",
            query={name: str(value) for name, value in request.GET.items()},
            headers=dict(request.headers),
            body=understood(request.body, rest),
        )
        answer = _answer(request, asked)
    except Refused as refused:
        kind: type[SCIMException] = UniquenessException if refused.code in TAKEN else InvalidValueException
        answer = SERVICE.error_response(kind(detail=refused.message))
    except SCIMException as error:
        answer = SERVICE.error_response(error)
    answer.headers.setdefault("Cache-Control", "no-store")
    body = b"" if answer.body is None or request.method == "HEAD" else json.dumps(answer.body).encode()
    return HttpResponse(body, status=answer.status.value, headers=answer.headers)


def _answer(request: HttpRequest, asked: ScimRequest) -> ScimResponse:
    if SERVICE.match(asked).operation is Operation.service_provider_config:
        return ScimHandler(SERVICE, DeskStorage(NOBODY)).handle(asked)
    viewer = _let_in(request)
    with transaction.atomic():
        return ScimHandler(SERVICE, DeskStorage(viewer)).handle(asked)


def _let_in(request: HttpRequest) -> Viewer:
    """Who provisions: a token for it, of somebody who may set up people and teams. Raises `SCIMException`s."""
    asker = who_asks(bearer_of(request)) if bearer_of(request) else None
    if asker is None:
        raise UnauthorizedException(detail=_("Send a token with the scope “scim”."))
    if asker.token_id is None or not asker.may("scim"):
        raise ForbiddenException(detail=_("This token is not for “scim”."))
    if not all(may_administer(asker.viewer, each) for each in (SET_PEOPLE, SET_TEAMS)):
        raise ForbiddenException(detail=_("Only who may set up people and teams may provision them."))
    return asker.viewer
