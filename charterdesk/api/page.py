"""The description as a file, and the page on which it can be tried out."""

import orjson
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from charterdesk.api.description import DeskAPI


def pages_of(api: DeskAPI) -> list[URLPattern]:
    """The addresses of both. The description is made once, when it is first asked for."""
    made: list[bytes] = []

    @login_not_required
    @require_GET
    def description(request: HttpRequest) -> HttpResponse:
        """GET openapi.json: the description (OpenAPI 3.1)."""
        if not made:
            made.append(orjson.dumps(api.described()))
        return HttpResponse(made[0], content_type="application/json", headers={"Cache-Control": "public, max-age=300"})

    @login_not_required
    @require_GET
    @csp_update({"img-src": ["'self'", "data:"]})  # the drawn signs of its style sheet
    @ensure_csrf_cookie
    def reference(request: HttpRequest) -> HttpResponse:
        """GET reference: every operation with a form to try it."""
        return render(request, "api/reference.html")

    return [path("openapi.json", description, name="description"), path("reference", reference, name="reference")]
