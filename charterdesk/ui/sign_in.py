"""How people sign in: django-allauth, with our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: contacts come from their first request, agents are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: a login is created with its contact or agent."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """Staff go to the workspace, customers to their requests."""
        login = request.user
        return "/desk/" if hasattr(login, "agent") else "/requests/"
