"""Tells every request who is looking, in which language and time zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from charterdesk.people.models import Login
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_login

LANGUAGE_COOKIE = "django_language"


class ViewerMiddleware:
    """Sets `request.viewer`, and their time zone; staff work in the language of their screens.

    A page for customers speaks the browser's language until they choose another: theirs is guessed from their mails.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer `request` as its viewer sees it."""
        viewer = self._viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        if viewer is NOBODY:
            return self.get_response(request)
        if viewer.is_staff and LANGUAGE_COOKIE not in request.COOKIES:
            translation.activate(viewer.language)
        with timezone.override(ZoneInfo(viewer.time_zone)):
            return self.get_response(request)

    @staticmethod
    def _viewer(request: HttpRequest) -> Viewer:
        user = request.user
        return viewer_of_login(user) if isinstance(user, Login) and user.is_active else NOBODY
