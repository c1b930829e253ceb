"""The first page of a new desk: whoever started it becomes its administrator, with a company, a team and its hours."""

import hmac
from typing import Any
from zoneinfo import available_timezones

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from charterdesk.base.first_start import first_start_token
from charterdesk.calendars.actions import create_calendar
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.people.actions import add_agent, add_member, add_team, change_agent
from charterdesk.people.actions.branding import add_brand, publish_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import LANGUAGES, Agent, Brand, Team
from charterdesk.workspace.admin.forms import carried_out

FIELD_OF = {
    "people.no_such_time_zone": "time_zone",
    "calendars.zone": "time_zone",
    "people.team_name_taken": "team",
    "people.team_address_taken": "address",
    "people.bad_team_address": "address",
}


class FirstForm(forms.Form):
    """Who you are, and what the desk is called."""

    company = forms.CharField(label=gettext_lazy("Name of your company"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "dir": "ltr"}),
    )
    team = forms.CharField(label=gettext_lazy("Name of the first team"), max_length=120)
    address = forms.EmailField(
        label=gettext_lazy("Address customers write to"),
        max_length=254,
        help_text=gettext_lazy("Mail to it becomes the team's tickets, and answers come from it."),
    )
    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Your e-mail address"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """A password that is not too easy. Raises `ValidationError`."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])

    def clean_time_zone(self) -> str:
        """A zone that exists. Raises `ValidationError`."""
        if self.cleaned_data["time_zone"] not in available_timezones():
            raise forms.ValidationError(_("Choose a time zone such as Europe/Berlin."))
        return str(self.cleaned_data["time_zone"])


@login_not_required
@sensitive_post_parameters("password")
def first(request: HttpRequest, token: str) -> HttpResponse:
    """GET and POST first/<token>: make the first administrator; a 404 for another token, or once there is one."""
    if not hmac.compare_digest(token.encode(), first_start_token(settings.SECRET_KEY).encode()) or _is_run():
        raise Http404
    initial = {"language": translation.get_language(), "team": _("Customer service"), "time_zone": "UTC"}
    form = FirstForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and carried_out(form, lambda: _begin(form), fields=FIELD_OF):
        agent = Agent.objects.select_related("login").get(login__email=form.cleaned_data["email"].lower())
        answer: HttpResponse = perform_login(request, agent.login, redirect_url=reverse("workspace:start"))
        return answer
    context = {"form": form, "zones": sorted(available_timezones())}
    return render(request, "workspace/first.html", context, status=422 if form.errors else 200)


def _is_run() -> bool:
    return Agent.objects.filter(role=Agent.ADMINISTRATOR).exists()


def _begin(form: FirstForm) -> None:
    """All that a desk needs to take its first mail. Of two at once, one finds the door shut."""
    data = form.cleaned_data
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('charterdesk.first-start'))")
    if _is_run():
        raise Http404
    with transaction.atomic():
        agent = add_agent(
            email=data["email"].lower(), name=data["name"], role=Agent.ADMINISTRATOR, password=data["password"],
            language=data["language"], by="system",
        )  # fmt: skip
        change_agent(agent, by=agent, time_zone=data["time_zone"], languages={data["language"]: 3})
        calendar = BusinessCalendar.objects.first() or create_calendar(
            by=agent, name=_("Office hours"), zone=data["time_zone"]
        )
        team = Team.objects.order_by("pk").first() or add_team(
            by=agent, name=data["team"], address=data["address"], calendar=calendar, language=data["language"]
        )
        add_member(team, agent, by=agent)
        if not Brand.objects.filter(host="").exists():
            publish_brand(add_brand(by=agent, look=Look(name=data["company"])), by=agent)


urls = [path("first/<str:token>", first, name="first")]
