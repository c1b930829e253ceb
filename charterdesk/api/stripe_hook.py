"""Where Stripe calls us: signed, as often as it likes, booked once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.billing.actions.cards import take_told
from charterdesk.billing.cards import CardTrouble, provider, read_event

MOST_BYTES = 2**20


@csrf_exempt  # signed by Stripe; no browser is involved
@login_not_required
@require_POST
def stripe_hook(request: HttpRequest) -> HttpResponse:
    """POST hooks/stripe: 403 for what Stripe did not sign, 404 where no cards are taken, else 204."""
    account = provider()
    if account is None or int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return HttpResponse(status=404)
    try:
        told = read_event(account, request.body, request.headers.get("Stripe-Signature", ""))
    except CardTrouble:
        return HttpResponse(status=403)
    if told:
        take_told(told)
    return HttpResponse(status=204)


urls = [path("hooks/stripe", stripe_hook, name="stripe_hook")]
