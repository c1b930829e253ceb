"""How people sign in: django-allauth, with our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from django.db import transaction
from django.http import HttpRequest

from charterdesk.people.actions import open_login
from charterdesk.people.models import Contact


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: contacts come from their first request, agents are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: a login is created with its contact or agent."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """Staff go to the workspace, customers to their requests."""
        login = request.user
        return "/desk/" if hasattr(login, "agent") else "/requests/"


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for a sign-in code. Whoever once wrote to us has a login from here on: the code proves the address."""

    def clean_email(self) -> Any:
        """Open the login of a known contact before allauth looks for it."""
        address = self.cleaned_data["email"].strip().lower()
        with transaction.atomic():
            contact = Contact.objects.with_email(address).first()
            if contact:
                open_login(contact)
        return super().clean_email()
