"""What signing in demands, and one person's way in: devices they are signed in on, and factors they lost."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.access.actions import demand_second_factor, end_sessions, reset_second_factors, switch_registration
from charterdesk.access.queries import may_register, second_factor_roles, sessions_of
from charterdesk.people.models import Agent, Login, Role
from charterdesk.ui.security import shown
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import form_page
from charterdesk.workspace.staff import StaffRequest, say


class SignInForm(forms.Form):
    """Which roles need a second factor, and whether customers come in by themselves."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles that need a second factor"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Whoever has one of these roles and no passkey or authenticator app can do nothing else until it is there. "
            "Who comes by single sign-on gave theirs there."
        ),
    )
    may_register = forms.BooleanField(
        label=gettext_lazy("Customers may register themselves"),
        required=False,
        help_text=gettext_lazy("Otherwise they come in from their first request on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(f"role:{role.pk}", role.name) for role in Role.objects.order_by("name")]
        self.fields["roles"].choices = [*Agent.ROLES, *own]  # type: ignore[attr-defined]


def sign_in(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/sign-in: what signing in demands. Five statements to look."""
    given = request.POST if request.method == "POST" else None  # none chosen is a choice, too
    form = SignInForm(given, initial={"roles": second_factor_roles(), "may_register": may_register()})
    if given is not None and form.is_valid():
        demand_second_factor(form.cleaned_data["roles"], by=request.viewer)
        switch_registration(form.cleaned_data["may_register"], by=request.viewer)
        say(request, _("Saved. It holds from the next click of each on."))
        return redirect("workspace:sign_in_rules")
    return form_page(request, "workspace/admin/sign_in.html", form, without=_without_factor())


def _without_factor() -> list[Agent]:
    """Who of the desk has no second factor, a hundred at most. One statement."""
    has = Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
    found = Agent.objects.filter(is_active=True, integration=None).exclude(login__in=has.values("user"))
    return list(found.select_related("login").order_by("name")[:100])


def login(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/logins/<id>: how somebody gets in. Four statements."""
    person = get_object_or_404(Login.objects.select_related("agent", "contact"), pk=pk)
    context = {
        "person": person,
        "factors": list(Authenticator.objects.filter(user=person).order_by("pk")),
        "sessions": [shown(each, request) for each in sessions_of(person)[:100]],
        "place": "admin",
    }
    return render(request, "workspace/admin/login.html", context)


@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/logins/<id>/sessions: sign them out, of one `session` or of all."""
    person = get_object_or_404(Login, pk=pk)
    only = request.POST.get("session", "")
    count = end_sessions(person, by=request.viewer, only=int(only) if only.isdecimal() else None)
    say(request, _("Signed out there.") if count else _("They were signed in nowhere any more."))
    return redirect("workspace:login", pk=pk)


@require_POST
def reset(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/logins/<id>/factors: take away second factors that were lost."""
    reset_second_factors(get_object_or_404(Login, pk=pk), by=request.viewer)
    say(request, _("Taken away, and signed out everywhere. They sign in by password or mailed code and set up anew."))
    return redirect("workspace:login", pk=pk)


urls = [
    administrator_path("admin/sign-in", sign_in, name="sign_in_rules"),
    administrator_path("admin/logins/<int:pk>", login, name="login"),
    administrator_path("admin/logins/<int:pk>/sessions", end, name="end_sessions"),
    administrator_path("admin/logins/<int:pk>/factors", reset, name="reset_factors"),
]
