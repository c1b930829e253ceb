"""Coming in for the first time: the link of an invitation, where a password is chosen."""

from typing import Any

from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from charterdesk.base.refused import Refused
from charterdesk.people.actions.invitations import accept_invitation, invitation_of
from charterdesk.people.models import Login


class WelcomeForm(forms.Form):
    """The name colleagues and customers read, and a password."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, login: Login, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._login = login
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """A password that is not too easy. Raises `ValidationError`."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self._login)
        return password


@login_not_required
@sensitive_post_parameters("password")
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST welcome/<token>: choose a password, and be in; a second factor is asked for where there is one."""
    try:
        invitation = invitation_of(token)
    except Refused as refused:
        return render(request, "workspace/welcome_over.html", {"refused": refused}, status=410)
    agent = invitation.agent
    with translation.override(agent.language):
        form = WelcomeForm(agent.login, request.POST or None, initial={"name": agent.name})
        if request.method == "POST" and form.is_valid():
            agent = accept_invitation(token, **form.cleaned_data)
            answer: HttpResponse = perform_login(request, agent.login, redirect_url="/desk/")
            return answer
        status = 422 if form.errors else 200
        return render(request, "workspace/welcome.html", {"form": form, "agent": agent}, status=status)


urls = [path("welcome/<str:token>", welcome, name="welcome")]
