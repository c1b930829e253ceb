"""Asking twice, done once: an answer is kept a day under the key the program chose, in the transaction of the deed.

A crash between the two can't be: either both are there, or neither, and the program's next try does it.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from charterdesk.api.asking import ApiRequest
from charterdesk.api.problems import Problem
from charterdesk.people.models import KeptAnswer

WELL_FORMED = re.compile(r"[!-~]{1,255}")
KEPT_HEADERS = ("Location", "ETag")
Operation = TypeVar("Operation", bound=Callable[..., HttpResponseBase])


def once(operation: Operation) -> Operation:
    """Do `operation` once for each `Idempotency-Key` of a login: asked again, the same answer is given."""

    @wraps(operation)
    def asked(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        key = request.META.get("HTTP_IDEMPOTENCY_KEY")
        if key is None:  # an empty one is a slip of the program's, which believes itself safe
            return operation(request, *args, **kwargs)
        if not WELL_FORMED.fullmatch(key):
            raise Problem(400, "api.bad_key", _("An Idempotency-Key has at most 255 printable characters."))
        with transaction.atomic():
            return _known(request, key) or _keep(request, key, cast(HttpResponse, operation(request, *args, **kwargs)))

    asked.takes_key = True  # type: ignore[attr-defined]  # for the description
    return cast(Operation, asked)


def _known(request: ApiRequest, key: str) -> HttpResponse | None:
    """The answer given before, if there is one. Two statements. Raises `Problem` (409, 422)."""
    login_id = request.asker.login_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, %s))", [key, login_id])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        detail = _("A request with this Idempotency-Key is being carried out. Ask again in a moment.")
        raise Problem(409, "api.key_in_use", detail, headers={"Retry-After": "1"})
    kept = KeptAnswer.objects.filter(login_id=login_id, name=key).first()
    if kept is None:
        return None
    if kept.request != _request_digest(request):
        raise Problem(422, "api.key_reused", _("This Idempotency-Key was used for another request. Choose a new one."))
    answer = HttpResponse(kept.body.encode(), status=kept.status, content_type="application/json")
    for name, value in {**kept.headers, "Idempotency-Replayed": "true"}.items():
        answer[name] = value
    return answer


def _keep(request: ApiRequest, key: str, answer: HttpResponse) -> HttpResponse:
    """Keep what was answered, in the transaction in which it was done. One statement."""
    KeptAnswer.objects.create(
        login_id=request.asker.login_id,
        name=key,
        request=_request_digest(request),
        status=answer.status_code,
        headers={name: answer[name] for name in KEPT_HEADERS if name in answer},
        body=answer.content.decode(),
    )
    return answer


def _request_digest(request: ApiRequest) -> str:
    """What was asked for: method, address and body."""
    asked = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    asked.update(request.body)
    return asked.hexdigest()
