"""Who asks, and whether they may: a token, or somebody signed in at the interactive page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from charterdesk.api.bearer import bearer_of
from charterdesk.api.limits import limits
from charterdesk.api.problems import Problem, unauthorised
from charterdesk.people.models import Agent, Contact
from charterdesk.people.tokens.asking import Asker, who_asks
from charterdesk.people.viewer import Viewer

SAFE = ("GET", "HEAD", "OPTIONS")


class ApiRequest(HttpRequest):
    """A request of a program (or of somebody at the interactive page) that may do what it asks for."""

    asker: Asker
    viewer: Viewer
    limit_headers: dict[str, str]
    open_files: Sequence[Any]


class Scope:
    """Lets in who was let in for a scope; ninja calls it before the operation."""

    def __init__(self, name: str, *, staff: bool = False) -> None:
        self.name, self.staff = name, staff

    def __call__(self, request: Any) -> Asker:
        """Find out who asks and note it on the request. Raises `Problem`: 401, 403 or 429. One statement."""
        asker = _by_token(request) if bearer_of(request) else _signed_in(request)
        request.limit_headers = limits.take(asker.login_id)
        if not asker.may(self.name):
            detail = _("This token is not for “%(scope)s”. Make one that is.") % {"scope": self.name}
            raise Problem(403, "api.scope", detail)
        if self.staff and not asker.viewer.is_staff:
            raise Problem(403, "api.staff_only", _("Only people of the desk may do this."))
        request.asker, request.viewer = asker, asker.viewer
        return asker


def _by_token(request: HttpRequest) -> Asker:
    asker = who_asks(bearer_of(request))
    if asker is None:
        raise unauthorised("api.token_invalid")
    return asker


def _signed_in(request: Any) -> Asker:
    """Somebody signed in with their browser: they may what they may, and a form of another site may nothing."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if "HTTP_AUTHORIZATION" in request.META or viewer is None or (not viewer.is_staff and viewer.contact_id is None):
        raise unauthorised()
    if request.method not in SAFE and check_csrf(request) is not None:
        raise Problem(403, "api.csrf", _("Send the header “X-CSRFToken” with the value of the csrftoken cookie."))
    return Asker(viewer=viewer, login_id=request.user.pk)


def agent_of(request: ApiRequest) -> Agent:
    """The agent who asks. Raises `Problem` where a customer does. One statement."""
    if request.viewer.agent_id is None:
        raise Problem(403, "api.staff_only", _("Only people of the desk may do this."))
    return Agent.objects.get(pk=request.viewer.agent_id)


def contact_of(request: ApiRequest) -> Contact:
    """The customer who asks. One statement."""
    return Contact.objects.get(pk=request.viewer.contact_id or 0)
