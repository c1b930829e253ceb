"""The description as a file, and the page on which it can be tried out."""

from functools import cache
from hashlib import blake2b

import orjson
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_GET

from charterdesk.api.description import DeskAPI


def pages_of(api: DeskAPI) -> list[URLPattern]:
    """The addresses of both. The description is made once, when it is first asked for."""

    @cache
    def made() -> tuple[bytes, str]:
        text = orjson.dumps(api.described())
        return text, f'"{blake2b(text, digest_size=12).hexdigest()}"'

    @login_not_required
    @require_GET
    @gzip_page  # two megabytes, of which a fifteenth is left
    @condition(etag_func=lambda _request: made()[1])
    def description(request: HttpRequest) -> HttpResponse:
        """GET openapi.json: the description (OpenAPI 3.1); 304 for who has it as it is."""
        return HttpResponse(
            made()[0], content_type="application/json", headers={"Cache-Control": "public, max-age=300"}
        )

    @login_not_required
    @require_GET
    @csp_update({"img-src": ["'self'", "data:"]})  # the drawn signs of its style sheet
    @ensure_csrf_cookie
    def reference(request: HttpRequest) -> HttpResponse:
        """GET reference: every operation with a form to try it."""
        return render(request, "api/reference.html")

    return [path("openapi.json", description, name="description"), path("reference", reference, name="reference")]
