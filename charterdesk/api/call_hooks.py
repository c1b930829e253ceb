"""Where telephone systems post their calls: the generic CTI form that many speak (`newCall`, `answer`, `hangup`)."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.calls.actions import Report, note_report, take_report
from charterdesk.calls.actions.reporting import ANSWERED, ENDED, RINGING, TRANSFERRED
from charterdesk.calls.models import Call, PhoneSystem
from charterdesk.calls.numbers import agent_at

MOST_BYTES = 20_000
STATE_OF = {"newCall": RINGING, "answer": ANSWERED, "transfer": TRANSFERRED, "hangup": ENDED}
CAUSE_OF = {
    "normalClearing": "",
    "cancel": Call.MISSED,
    "noAnswer": Call.MISSED,
    "busy": Call.BUSY,
    "congestion": Call.BUSY,
    "notFound": Call.MISSED,
    "forwarded": Call.MISSED,
    "rejected": Call.REFUSED,
    "voicemail": Call.VOICEMAIL,
}
"""What systems say of an end; "" is answered or missed, as it was before. What they say else is taken as that."""


@csrf_exempt  # whoever knows the secret address; no browser is involved
@require_POST
@login_not_required
def call_hook(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """POST hooks/calls/<system>/<secret>: what happened to a call, as a form or as JSON.

    404 for a wrong address, 413 for too much, 422 for what is no call of ours: `{"code", "detail"}`. Otherwise 200,
    also for what was known.
    """
    system = PhoneSystem.objects.filter(pk=pk, is_active=True).first()
    if system is None or not system.secret or not hmac.compare_digest(secret.encode(), system.secret.encode()):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        take_report(_report(_said(request)), source=f"system-{system.pk}", by=system)
    except (Refused, ValueError) as error:
        code = error.code if isinstance(error, Refused) else "calls.bad_report"
        note_report(system, error=str(error))
        return JsonResponse({"code": code, "detail": str(error)[:300]}, status=422)
    note_report(system)
    return JsonResponse({})


def _said(request: HttpRequest) -> Mapping[str, Any]:
    if request.content_type != "application/json":
        return request.POST
    said = json.loads(request.body)
    if not isinstance(said, dict):
        raise ValueError("a call is an object of names and values")
    return said


def _report(said: Mapping[str, Any]) -> Report:
    """What the form says. Raises `ValueError` for what is none."""
    state = STATE_OF.get(_text(said, "event"))
    call_id = _text(said, "callId")
    if state is None or not call_id:
        raise ValueError("event must be newCall, answer, transfer or hangup, and callId must be given")
    agent = agent_at(_text(said, "answeringNumber")) or agent_at(_text(said, "user"))
    return Report(
        call_id=call_id[:120],
        state=state,
        direction=Call.OUT if _text(said, "direction") == Call.OUT else Call.IN,
        from_=_text(said, "from"),
        to=_text(said, "to"),
        agent=agent,
        cause=CAUSE_OF.get(_text(said, "cause"), ""),
        recording=_text(said, "recording"),
    )


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return str(value).replace("\x00", "").strip()[:500] if isinstance(value, str | int) else ""


urlpatterns = [path("calls/<int:pk>/<str:secret>", call_hook, name="call_hook")]
