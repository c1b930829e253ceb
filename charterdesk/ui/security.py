"""One's own security: password, second factors, passkeys, and the devices one is signed in on. Staff and customers."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.access.actions import end_sessions
from charterdesk.access.models import OpenSession
from charterdesk.access.queries import lacks_second_factor, sessions_of
from charterdesk.people.models import Login
from charterdesk.ui.devices import device_name
from charterdesk.ui.ways_in import TRACKED

SHOWN = 50


def security(request: HttpRequest) -> HttpResponse:
    """GET account/security: what protects one's way in, and where one is signed in. Three statements."""
    login = _login(request)
    found = list(Authenticator.objects.filter(user=login).order_by("pk"))
    context = {
        "app": next((each for each in found if each.type == Authenticator.Type.TOTP), None),
        "codes": next((each for each in found if each.type == Authenticator.Type.RECOVERY_CODES), None),
        "passkeys": [each for each in found if each.type == Authenticator.Type.WEBAUTHN],
        "lacks": request.viewer.is_staff and lacks_second_factor(login),  # type: ignore[attr-defined]
        "sessions": [shown(each, request) for each in sessions_of(login)[:SHOWN]],
        "has_password": login.has_usable_password(),
    }
    return render(request, "ui/security.html", context)


def shown(session: OpenSession, request: HttpRequest) -> dict[str, Any]:
    """A session as the list of devices has it."""
    tracked = request.session.get(TRACKED) or [0]
    return {"session": session, "device": device_name(session.device), "is_this": session.pk == tracked[0]}


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """POST account/security/sessions: `session` is the id of one of one's own; without it, all but this one."""
    login = _login(request)
    wanted = request.POST.get("session", "")
    tracked = request.session.get(TRACKED)
    but = str(tracked[1] if tracked else request.session.session_key or "")
    count = end_sessions(login, by=login, only=int(wanted) if wanted.isdecimal() else None, but=but)
    if count:
        messages.success(request, _("Signed out there."))
    return redirect("mfa_index")


def _login(request: HttpRequest) -> Login:
    assert isinstance(request.user, Login)  # the door lets nobody else in
    return request.user
