"""What went wrong, as programs read it: problem details (RFC 9457) that say what to do."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from charterdesk.base.refused import Refused

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Bad request",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Refused",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Wrong media type",
    422: "Invalid input",
    428: "Precondition needed",
    429: "Too many requests",
    500: "Our fault",
    503: "Busy",
}
log = logging.getLogger(__name__)


class Problem(Exception):
    """Answer the request with this problem. `code` is stable and dotted; `detail` says what to do."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors, self.headers = errors, headers or {}


def problem_of(problem: Problem) -> HttpResponse:
    """The answer to a request that went wrong so."""
    body: dict[str, Any] = {
        "type": f"urn:charterdesk:problem:{problem.code}",
        "title": TITLES.get(problem.status, "Problem"),
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    answer = HttpResponse(orjson.dumps(body, default=str), content_type=MEDIA_TYPE, status=problem.status)
    for name, value in problem.headers.items():
        answer[name] = value
    return answer


@contextmanager
def naming(fields: Mapping[str, str]) -> Iterator[None]:
    """Have what is refused inside name its field: `fields` has it by the refusal's code. Others are left alone."""
    try:
        yield
    except Refused as refused:
        if refused.code not in fields:
            raise
        raise refused_at(fields[refused.code], refused) from refused


def refused_at(field: str, refused: Refused) -> Problem:
    """What says that `refused` is about `field` (to raise)."""
    message = str(refused.message)
    error = {"field": field, "code": refused.code, "message": message}
    return Problem(409, refused.code, message, errors=[error])


def as_problem(error: Exception) -> Problem:
    """What is said of `error`; a 500 for one that nobody foresaw."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return Problem(409, error.code, str(error.message))
    if isinstance(error, ValidationError):
        detail = _("Correct the fields below and send it again; nothing was changed.")
        return Problem(422, "api.invalid", detail, errors=[_field_error(each) for each in error.errors])
    if isinstance(error, AuthenticationError):
        return unauthorised()
    if isinstance(error, OperationalError):
        detail = _("The desk is busy or starting. Try again in a moment.")
        return Problem(503, "api.busy", detail, headers={"Retry-After": "2"})
    for kind, status, code, detail in _FORESEEN:
        if isinstance(error, kind):
            return Problem(status, code, str(detail))
    return Problem(500, "api.failed", _("That is our fault, and it is in our logs. Nothing was changed."))


_FORESEEN: tuple[tuple[type[Exception], int, str, Any], ...] = (
    (PermissionDenied, 403, "api.forbidden", lazy("You may not do this. Ask an administrator of the desk.")),
    (Http404, 404, "api.not_found", lazy("There is nothing here, or you may not see it.")),
    (HttpError, 400, "api.malformed", lazy("This is not readable as JSON; nothing was changed.")),
    (RequestDataTooBig, 413, "api.too_large", lazy("A request has at most 16 MB. Send less at a time.")),
    (IntegrityError, 409, "api.conflict", lazy("Somebody else changed the same at this moment. Try it once more.")),
)


def unauthorised(code: str = "api.unauthorised") -> Problem:
    """Nobody known asked."""
    detail = _("Send a token that is valid: “Authorization: Bearer …”. Tokens are made in the desk's settings.")
    return Problem(401, code, detail, headers={"WWW-Authenticate": 'Bearer realm="charterdesk"'})


def _field_error(error: Mapping[str, Any]) -> dict[str, Any]:
    """Which field, and what is wrong with it."""
    place = [str(part) for part in error["loc"] if part not in ("body", "query", "path", "header")]
    shown = place[1:] if place and place[0] in ("body", "filters", "given", "page") else place
    return {"field": ".".join(shown), "code": error["type"], "message": error["msg"]}


def answer_problems(api: NinjaAPI) -> None:
    """Have `api` answer whatever goes wrong with a problem."""

    def handle(request: HttpRequest, error: Any) -> HttpResponse:
        problem = as_problem(error)
        if problem.status >= 500:
            log.error("%s %s failed", request.method, request.path, exc_info=error)
        return problem_of(problem)

    foreseen = (Problem, Refused, PermissionDenied, Http404, ValidationError, AuthenticationError, HttpError, Exception)
    for kind in foreseen:
        api.add_exception_handler(kind, handle)
