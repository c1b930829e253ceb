"""SCIM by HTTP: who may, what is left out of a request, and what comes back."""

import json
from typing import Any

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
from charterdesk.api.scim.resources import KNOWN, PROVIDER
from charterdesk.api.scim.storage import DeskStorage
from charterdesk.base.refused import Refused
from charterdesk.people.permissions import SET_PEOPLE, SET_TEAMS
from charterdesk.people.tokens.asking import who_asks
from charterdesk.people.viewer import NOBODY, Viewer
from charterdesk.tickets.policies import may_administer

SERVICE = ScimService(PROVIDER)
TAKEN = {"people.already_agent", "people.team_name_taken", "people.team_address_taken", "access.address_taken"}
PARTS = {"name.givenname", "name.familyname", "name.middlename", "name.honorificprefix", "name.honorificsuffix"}


def scim(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Everything under /scim/v2/: Users, Groups and what describes them. One transaction for each request."""
    try:
        asked = ScimRequest(
            method=request.method or "GET",
            base_url=f"{settings.PUBLIC_URL}/scim/v2",
            path=f"/{rest}",
            query={name: str(value) for name, value in request.GET.items()},
            headers=dict(request.headers),
            body=_understood(request.body, rest),
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


def _understood(body: bytes, rest: str) -> bytes:
    """`body` without what this desk keeps nothing of: directories send titles, addresses and departments as well.

    Raises `InvalidValueException` for text that no database keeps.
    """
    known = KNOWN["group" if rest.lower().startswith("groups") else "user"]
    try:
        said = json.loads(body) if body else None
    except ValueError:
        return body
    if not _can_be_kept(said):
        raise InvalidValueException(detail=_("No text may hold a NUL or half a surrogate pair."))
    if not isinstance(said, dict) or ("Operations" in said and not isinstance(said["Operations"], list)):
        return body
    if "Operations" in said:
        said["Operations"] = [cleaned for one in said["Operations"] if (cleaned := _operation(one, known)) is not None]
    elif "filter" not in said and not rest.lower().endswith(".search"):
        said = _kept(said, known)
    return json.dumps(said).encode()


def _can_be_kept(said: Any) -> bool:
    text = json.dumps(said, ensure_ascii=False)
    return "\\u0000" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _kept(said: dict[str, Any], known: set[str]) -> dict[str, Any]:
    kept = {name: value for name, value in said.items() if name.lower() in known}
    if isinstance(kept.get("schemas"), list):
        kept["schemas"] = [each for each in kept["schemas"] if ":extension:" not in str(each)]
    if isinstance(kept.get("name"), dict):
        kept["name"] = _whole(kept["name"])
    if isinstance(kept.get("roles"), list):
        kept["roles"] = _named(kept["roles"])
    return kept


def _named(roles: Any) -> Any:
    """Roles by their names only: which is the primary one, and of which type, is nothing we keep."""
    if not isinstance(roles, list):
        return roles
    return [{"value": each.get("value")} if isinstance(each, dict) else each for each in roles]


def _whole(name: dict[str, Any]) -> dict[str, Any]:
    """A name as it is written, else of its parts."""
    parts = {each.lower(): value for each, value in name.items() if isinstance(value, str)}
    formatted = parts.get("formatted") or " ".join(filter(None, map(parts.get, ("givenname", "familyname"))))
    return {"formatted": formatted} if formatted else {}


def _operation(one: Any, known: set[str]) -> Any:
    """An operation of a PATCH, or None for one about something else."""
    if not isinstance(one, dict):
        return one
    named = str(one.get("path") or "")
    if named and ":extension:" in named:
        return None
    first = named.rpartition(":2.0:User:")[2].replace("[", ".").partition(".")[0].lower()
    if named and ((first not in known and ":" not in first) or named.lower() in PARTS):
        return None
    if first == "roles":
        return _role_operation(one, named)
    if not named and isinstance(one.get("value"), dict):
        return {**one, "value": _kept(one["value"], known)}
    return one


def _role_operation(one: dict[str, Any], path: str) -> dict[str, Any]:
    """An operation on roles; one on the value of the primary role, as Entra ID sends it, is one on all."""
    if "[" in path and path.lower().endswith(".value"):
        return {**one, "op": "replace", "path": "roles", "value": [{"value": one.get("value")}]}
    return {**one, "value": _named(one["value"])} if "value" in one else one
