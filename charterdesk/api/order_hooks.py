"""Where shops call with their orders: believed when signed, taken once, answered at once."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.orders import secret_of, take_order
from charterdesk.billing.models import OrderSource
from charterdesk.billing.shops import SIGNATURES, is_signed, read_order

MOST_BYTES = 2_000_000
FORM = "application/x-www-form-urlencoded"


@csrf_exempt
@require_POST
@login_not_required
def order_hook(request: HttpRequest, slug: str) -> HttpResponse:
    """POST hooks/orders/<slug>: an order as the shop sends it, signed in the shop's own header.

    401 for a wrong signature, 422 for what is no order; otherwise 200, also for what changes nothing, so that the shop
    does not try again. WooCommerce asks first, unsigned and as a form, whether anybody is here: 200, nothing done.
    """
    source = get_object_or_404(OrderSource, slug=slug, is_active=True, kind__in=SIGNATURES)
    if request.content_type == FORM:
        return HttpResponse(status=200)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    body = request.body
    if not is_signed(body, request.headers.get(SIGNATURES[source.kind], ""), secret_of(source)):
        return JsonResponse({"code": "billing.bad_signature"}, status=401)
    try:
        given = read_order(source.kind, json.loads(body))
        if given:
            take_order(source, given, by=source)
    except (Refused, ValueError) as error:
        code = error.code if isinstance(error, Refused) else "billing.bad_order"
        return JsonResponse({"code": code, "detail": str(error)[:300]}, status=422)
    return HttpResponse(status=200)


urlpatterns = [path("orders/<slug:slug>", order_hook, name="order_hook")]
