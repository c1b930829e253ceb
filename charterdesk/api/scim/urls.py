"""The addresses of SCIM. What answers is loaded when a directory first asks: most desks have none, and it is slow."""

from importlib import import_module

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def scim(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Everything under /scim/v2/, by `views.scim`."""
    answer: HttpResponse = import_module("charterdesk.api.scim.views").scim(request, rest)
    return answer


urlpatterns = [
    path("", scim, name="scim_root"),
    path("<path:rest>", scim, name="scim"),
]
