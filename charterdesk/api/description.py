"""The description of the API (OpenAPI 3.1), completed by what holds for every operation."""

from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from charterdesk.api.asking import Scope
from charterdesk.api.problems import MEDIA_TYPE, TITLES
from charterdesk.api.summaries import described_by, summary_of
from charterdesk.people.tokens.scopes import SCOPES

VERSION = "1.0.0"
INTRODUCTION = """
Everything the desk's two webs do, for programs. Make a token in the desk's settings and send it along:

    curl -H "Authorization: Bearer $TOKEN" https://help.example.org/api/v1/tickets?status=open

A token acts as its person or integration, with no more rights than they have; its scopes narrow that. Customers see
their own requests, and of these what the portal shows.

- **Lists** are pages: hand `next` back as `cursor`. New rows shift nothing.
- **Errors** are problem details (RFC 9457): `code` is for programs, `detail` says what to do.
- **Idempotency-Key**: send one with a POST, PATCH or DELETE, and asking twice does it once. Answers are kept a day.
- **ETag and If-Match**: change only what you have read; else 412.
- **Limits**: the headers `RateLimit-Limit`, `-Remaining` and `-Reset` (seconds) say where you stand.
""".strip()
TAGS = (
    "Tickets", "Messages and files", "Contacts and organisations", "Lists of people", "Searching and counting",
    "Many at once", "Grades and complaints", "The help centre", "The community", "Announcements and status", "Calls",
    "Contracts and orders", "Money", "Free or charged", "The charter", "Reports", "Events", "Webhooks", "Oneself",
    "The desk", "How work is set up", "Rules", "How the desk is set up", "Ways in for programs", "Mail",
    "What got stuck", "Personal data",
)  # fmt: skip
"""What operations are about, in the order in which a reader meets it."""
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:charterdesk:problem:tickets.already_solved"]},
        "title": {"type": "string", "examples": ["Refused"]},
        "status": {"type": "integer", "examples": [409]},
        "code": {"type": "string", "examples": ["tickets.already_solved"], "description": "Stable, for programs."},
        "detail": {"type": "string", "examples": ["This ticket is already solved."], "description": "What to do."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
LIMITS = {
    name: {"schema": {"type": "integer"}, "description": text}
    for name, text in {
        "RateLimit-Limit": "Requests in a minute.",
        "RateLimit-Remaining": "Requests left in this one.",
        "RateLimit-Reset": "Seconds until the next one begins.",
    }.items()
}


class DeskAPI(NinjaAPI):
    """Ninja, with our description."""

    def __init__(self, **options: Any) -> None:
        super().__init__(title="charterdesk", version=VERSION, description=INTRODUCTION, **options)

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's own name: what clients call the operation."""
        name: str = operation.view_func.__name__
        return name

    def described(self) -> dict[str, Any]:
        """The whole description, as plain data."""
        found = dict(OpenAPISchema(self, "api/v1"))
        operations = {
            (f"/api/v1{route}", method.lower()): operation
            for bound in self._get_bound_routers()
            for route, view in bound.path_operations.items()
            for operation in view.operations
            for method in operation.methods
        }
        for route, methods in found["paths"].items():
            for method, details in methods.items():
                _complete(details, method, operations[(route, method)])
        found["components"]["schemas"]["Problem"] = PROBLEM
        found["components"]["securitySchemes"] = _security()
        found["tags"] = [{"name": name} for name in TAGS]
        found["servers"] = [{"url": settings.PUBLIC_URL}]
        return dict(_without_null_defaults(found))


def _complete(details: dict[str, Any], method: str, operation: Any) -> None:
    """Say of one operation what may go wrong, who may use it, and which headers it takes and gives."""
    details["summary"], details["description"] = summary_of(operation.view_func), described_by(operation.view_func)
    scopes = [one.name for one in operation.auth_callbacks if isinstance(one, Scope)]
    details["security"] = [{"token": scopes}, {"oauth": scopes}, {"session": []}] if scopes else []
    if scopes:
        staff = any(one.staff for one in operation.auth_callbacks)
        needed = f"Scope: `{scopes[0]}`." + (" For people of the desk." if staff else "")
        details["description"] = f"{details['description']}\n\n{needed}".strip()
    details["responses"] = {str(code): answer for code, answer in details["responses"].items()}
    for answer in details["responses"].values():
        answer["headers"] = {**answer.get("headers", {}), **(LIMITS if scopes else {})}
    for status in _troubles(method, scoped=bool(scopes)):
        details["responses"].setdefault(
            str(status),
            {
                "description": TITLES[status],
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
    if method == "get" and "{" in str(operation.path) and "200" in details["responses"]:
        details["responses"].setdefault("304", {"description": "As you have it (If-None-Match)."})
    parameters = details.setdefault("parameters", [])
    for parameter in parameters:
        if examples := parameter.pop("examples", None):
            parameter["example"] = examples[0]
    if getattr(operation.view_func, "takes_key", False):
        parameters.append(_header("Idempotency-Key", "Asking twice with the same key does it once.", 255))
    if method == "patch":
        parameters.append(_header("If-Match", "The ETag of the state that was read; another one gives 412.", 200))


def _troubles(method: str, *, scoped: bool) -> list[int]:
    """Which problems an operation may answer."""
    always = [400, 404, 405, 409, 422, 429, 500, 503]
    mine = [401, 403] if scoped else []
    writes = [412, 413] if method != "get" else []
    return sorted(always + mine + writes)


def _header(name: str, text: str, length: int) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": length, "minLength": 1, "pattern": r"^[!-~]+$"}
    return {"name": name, "in": "header", "required": False, "description": text, "schema": schema}


def _security() -> dict[str, Any]:
    return {
        "token": {"type": "http", "scheme": "bearer", "description": "A token made in the desk's settings."},
        "oauth": {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{settings.PUBLIC_URL}/oauth/token",
                    "scopes": {name: str(text) for name, text in SCOPES.items()},
                }
            },
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Signed in with a browser; requests that change something need `X-CSRFToken`.",
        },
    }


def _without_null_defaults(part: Any) -> Any:
    """`part` without defaults of null: what may be left out has no value then, and null is refused."""
    if isinstance(part, dict):
        kept = {name: _without_null_defaults(value) for name, value in part.items()}
        return {name: value for name, value in kept.items() if not (name == "default" and value is None)}
    return [_without_null_defaults(each) for each in part] if isinstance(part, list) else part
