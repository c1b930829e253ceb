"""What each request has to do with its way in: the device it comes from, its session, and a factor that is missing."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime

from charterdesk.access.actions import close_session, open_session, see_session
from charterdesk.access.models import OpenSession
from charterdesk.access.queries import lacks_second_factor
from charterdesk.access.throttling import Place
from charterdesk.base.clock import now
from charterdesk.people.models import Login

COOKIE = "charterdesk_device"
SALT = "charterdesk.device"
YEAR = 365 * 24 * 3600
MOST_KNOWN = 8
"""Logins a device is known for: a family's, or a test machine's."""
TRACKED, NEW_DEVICE = "charterdesk_session", "charterdesk_new_device"
SEEN_EVERY = timedelta(minutes=5)
OPEN_WITHOUT = ("/account/", "/language", "/static/", "/health")
"""What somebody who lacks a second factor may still open: the pages to set one up, and the way out."""
WAY = {"password": OpenSession.PASSWORD, "code": OpenSession.CODE, "socialaccount": OpenSession.SINGLE}


def place_of(request: HttpRequest, address: str) -> Place:
    """From where somebody tries to sign in with `address`; the device's secret where they did so before. No query."""
    return Place(ip=str(request.META.get("REMOTE_ADDR", "")), device=_known(request).get(_name_of(address), ""))


def _name_of(address: str) -> str:
    """A short name for an address in the cookie, which should not tell whose device it is."""
    return signing.Signer(salt=SALT).signature(address.strip().lower())[:16]


def _known(request: HttpRequest) -> dict[str, str]:
    """The secrets by login for which this device is known."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=YEAR)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


class WaysInMiddleware:
    """Keeps the session's place in the list, knows the device again, and asks for a second factor that is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request`, or send whoever lacks a second factor to set one up."""
        login = request.user
        if not isinstance(login, Login):
            return self._remember_device(request, self.get_response(request))
        _see(request)
        if self._must_set_up(request, login):
            return _sent_to_set_up(request)
        return self._remember_device(request, self.get_response(request))

    @staticmethod
    def _must_set_up(request: HttpRequest, login: Login) -> bool:
        if request.path.startswith(OPEN_WITHOUT) or not request.viewer.is_staff:  # type: ignore[attr-defined]
            return False
        # Whoever came by single sign-on gave their second factor there.
        if any(each.get("method") == "socialaccount" for each in get_authentication_records(request, login)):
            return False
        return lacks_second_factor(login)

    @staticmethod
    def _remember_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """After signing in, know this device again for this login."""
        if not isinstance(request.user, Login) or not request.session.get(NEW_DEVICE):
            return response
        del request.session[NEW_DEVICE]
        known = _known(request)
        known.setdefault(_name_of(request.user.email), secrets.token_urlsafe(12))
        kept = dict(list(known.items())[-MOST_KNOWN:])
        response.set_cookie(
            COOKIE,
            signing.dumps(kept, salt=SALT),
            max_age=YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


def _sent_to_set_up(request: HttpRequest) -> HttpResponse:
    """To the page of second factors; a part of a page has the whole page go there."""
    response = redirect("mfa_index")
    if "HX-Request" in request.headers:
        return HttpResponse(status=403, headers={"HX-Redirect": response["Location"]})
    if request.method != "GET" or request.path.startswith("/api/"):
        response.status_code = 403
    return response


def _see(request: HttpRequest) -> None:
    """Note every few minutes that the session is in use, and at once that it goes by a new key. Mostly no query."""
    tracked = request.session.get(TRACKED)
    if not tracked:
        return
    pk, key, seen = tracked
    at, seen_at = now(), parse_datetime(seen)
    if key == request.session.session_key and seen_at and at - seen_at < SEEN_EVERY:
        return
    see_session(pk, session_key=request.session.session_key or "", ip=_ip(request), at=at)
    request.session[TRACKED] = [pk, request.session.session_key, at.isoformat()]


def _ip(request: HttpRequest) -> str | None:
    return str(request.META.get("REMOTE_ADDR", "")) or None


def _signed_in(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Somebody signed in: keep the session among theirs, and know the device from now on."""
    ip = _ip(request)
    if not isinstance(user, Login) or ip is None:
        return
    session = open_session(
        user,
        session_key=request.session.session_key or "",
        ip=ip,
        device=str(request.META.get("HTTP_USER_AGENT", "")),
        way=_way(request, user),
    )
    request.session[TRACKED] = [session.pk, request.session.session_key, now().isoformat()]
    request.session[NEW_DEVICE] = True


def _way(request: HttpRequest, user: Login) -> str:
    """How they came in, by what was asked of them first."""
    records = get_authentication_records(request, user)
    if any(each.get("passwordless") for each in records):
        return OpenSession.PASSKEY
    return next((WAY[each["method"]] for each in records if each.get("method") in WAY), OpenSession.OTHER)


def _signed_out(sender: Any, request: HttpRequest, **_more: Any) -> None:
    """They left: the session is no more."""
    if request.session.session_key:
        close_session(request.session.session_key)


user_logged_in.connect(_signed_in, dispatch_uid="charterdesk_signed_in")
user_logged_out.connect(_signed_out, dispatch_uid="charterdesk_signed_out")
