"""OAuth 2 client credentials (RFC 6749, 4.4): a client's secret for an access token that lasts an hour."""

import base64
import binascii
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.tokens.actions import ACCESS_LIVES, exchange_client
from charterdesk.people.tokens.asking import client_of


@login_not_required
@csrf_exempt
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """POST /oauth/token: `grant_type=client_credentials`, the client's id and secret, and the scopes wanted."""
    if request.POST.get("grant_type") != "client_credentials":
        return _error("unsupported_grant_type")
    client = client_of(*_credentials(request))
    if client is None:
        return _error("invalid_client", status=401)
    try:
        made, secret = exchange_client(client, scopes=request.POST.get("scope", "").split())
    except Refused:
        return _error("invalid_scope")
    seconds = min(ACCESS_LIVES, made.expires_at - made.created_at if made.expires_at else ACCESS_LIVES).total_seconds()
    return _answer(
        {
            "access_token": secret,
            "token_type": "Bearer",
            "expires_in": round(seconds),
            "scope": " ".join(made.scopes),
        }
    )


def _credentials(request: HttpRequest) -> tuple[str, str]:
    """The client's id and secret, from the header (RFC 6749, 2.3.1) or the form."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            client_id, _colon, secret = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return client_id, secret
    return request.POST.get("client_id", ""), request.POST.get("client_secret", "")


def _error(code: str, *, status: int = 400) -> HttpResponse:
    answer = _answer({"error": code}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="charterdesk"'
    return answer


def _answer(data: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


urlpatterns = [path("token", token, name="oauth_token")]
