"""Where a provider by HTTP calls us: with texts that came, and with what became of ours. Signed; taken once."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.channels.models import SmsNumber, SmsOut
from charterdesk.channels.sms.actions import accept_sms, take_receipt
from charterdesk.channels.sms.http import is_signed

MOST_BYTES = 100_000
MOST_MEDIA = 10
DELIVERED = {"delivered": True, "read": True, "undelivered": False, "failed": False, "sent": None}
"""What the provider's words mean; others only say that it is under way."""


def _signed_by(request: HttpRequest, pk: int) -> SmsNumber | None:
    """The number whose provider signed this call; None for what it did not sign. Raises `Http404`."""
    number = get_object_or_404(SmsNumber, pk=pk, provider=SmsNumber.HTTP, is_active=True)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return None
    given = request.headers.get("X-Twilio-Signature", "")
    url = settings.PUBLIC_URL + request.get_full_path()
    return number if is_signed(number, given, url, request.POST.dict()) else None


@csrf_exempt  # signed by the provider; no browser is involved
@login_not_required
@require_POST
def sms_in(request: HttpRequest, pk: int) -> HttpResponse:
    """POST hooks/sms/<number>/in: a text that came. 403 unsigned, 422 for what is no text; kept before it answers."""
    number = _signed_by(request, pk)
    if number is None:
        return HttpResponse(status=403)
    sid, sender = request.POST.get("MessageSid", ""), request.POST.get("From", "")
    if not sid or not sender:
        return HttpResponse(status=422)
    media = [url for n in range(MOST_MEDIA) if (url := request.POST.get(f"MediaUrl{n}"))]
    accept_sms(number, provider_id=sid, sender=sender, text=request.POST.get("Body", ""), media=media)
    return HttpResponse("<Response/>", content_type="text/xml")


@csrf_exempt  # signed by the provider; no browser is involved
@login_not_required
@require_POST
def sms_status(request: HttpRequest, pk: int) -> HttpResponse:
    """POST hooks/sms/<number>/status?text=<id>: what became of a text of ours. 403 unsigned, else 204."""
    number = _signed_by(request, pk)
    if number is None:
        return HttpResponse(status=403)
    given = request.GET.get("text", "")
    out = SmsOut.objects.filter(pk=int(given), number=number).first() if given[:18].isdecimal() else None
    status = request.POST.get("MessageStatus", "")
    if out and status in DELIVERED:
        sid, error = request.POST.get("MessageSid", ""), request.POST.get("ErrorCode", "")
        take_receipt(out, provider_id=sid, delivered=DELIVERED[status], note=f"{status} {error}".strip())
    return HttpResponse(status=204)


urls = [
    path("hooks/sms/<int:pk>/in", sms_in, name="sms_in"),
    path("hooks/sms/<int:pk>/status", sms_status, name="sms_status"),
]
