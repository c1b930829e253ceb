"""Ways in for programs: one's own tokens, and for administrators integrations and everybody's tokens."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import require
from charterdesk.people.models import Agent, ApiToken, Integration, Login, Team
from charterdesk.people.tokens.actions import add_integration, make_token, revoke_token
from charterdesk.people.tokens.scopes import SCOPES
from charterdesk.tickets.policies import may_administer
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say, staff_path

LIVES = [
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
    ("", gettext_lazy("until it is revoked")),
]
FIELD_OF = {"people.no_such_scope": "scopes", "people.no_such_role": "role"}
SHOWN = 500


class TokenForm(forms.Form):
    """What a token is called, what it is for, and how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Which program uses it, and where it runs.")
    )
    lives = forms.ChoiceField(label=gettext_lazy("Valid"), choices=LIVES, required=False, initial="90")
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[
            (ApiToken.TOKEN, gettext_lazy("a token, sent with each request")),
            (ApiToken.CLIENT, gettext_lazy("an OAuth client, which asks for a token each hour")),
        ],
        widget=forms.RadioSelect,
        initial=ApiToken.TOKEN,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it is for"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )

    @property
    def expires_at(self) -> datetime | None:
        """When it ends."""
        days = self.cleaned_data["lives"]
        return now() + timedelta(days=int(days)) if days else None


class IntegrationForm(forms.Form):
    """A program that works in its own name."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, help_text=gettext_lazy("Customers read it under its replies.")
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[one for one in Agent.ROLES if one[0] != Agent.ADMINISTRATOR]
    )
    teams = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Teams"),
        queryset=Team.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "It sees the tickets of these teams. With none it sees no ticket, unless its role is that of a manager, "
            "who sees all."
        ),
    )


def my_tokens(request: StaffRequest) -> HttpResponse:
    """GET tokens: the viewer's own. One statement."""
    return _list(request, _tokens().filter(login__agent=request.viewer.agent_id), everybody=False)


def tokens(request: StaffRequest) -> HttpResponse:
    """GET admin/tokens: integrations, and the tokens of everybody. Two statements."""
    return _list(request, _tokens(), everybody=True)


def _tokens() -> QuerySet[ApiToken]:
    rows = ApiToken.objects.exclude(kind=ApiToken.ACCESS).select_related("login__agent", "login__contact")
    return rows.order_by("revoked_at", "-pk")


def _list(request: StaffRequest, found: QuerySet[ApiToken], *, everybody: bool) -> HttpResponse:
    integrations = Integration.objects.select_related("agent").order_by("agent__name") if everybody else ()
    context = {
        "tokens": [(token, _owner(token)) for token in found[:SHOWN]],
        "integrations": integrations,
        "everybody": everybody,
        "place": "admin",
    }
    return render(request, "workspace/admin/tokens.html", context)


def _owner(token: ApiToken) -> str:
    """As whom it acts."""
    agent, contact = getattr(token.login, "agent", None), getattr(token.login, "contact", None)
    return str(agent or contact or token.login)


def new_token(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST tokens/new, or admin/integrations/<id>/tokens/new: make one, and show its secret this once."""
    integration = _integration(request, pk) if pk else None
    login = integration.agent.login if integration else Login.objects.get(agent=request.viewer.agent_id)
    form = TokenForm(request.POST or None)
    made: list[tuple[ApiToken, str]] = []
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("name", "scopes", "kind")}
        keep = lambda: made.append(make_token(login, by=request.viewer, expires_at=form.expires_at, **wanted))  # noqa: E731
        if carried_out(form, keep, fields=FIELD_OF):
            return _show(request, *made[0])
    return form_page(request, "workspace/admin/token.html", form, owner=_name(request, integration), back=_back(pk))


def _show(request: StaffRequest, token: ApiToken, secret: str) -> HttpResponse:
    """The secret: only now, and in no cache."""
    context: dict[str, Any] = {"token": token, "secret": secret, "place": "admin", "back": "workspace:my_tokens"}
    response = render(request, "workspace/admin/token_made.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _integration(request: StaffRequest, pk: int) -> Integration:
    require(may_administer(request.viewer))
    return get_object_or_404(Integration.objects.select_related("agent__login"), pk=pk)


def _name(request: StaffRequest, integration: Integration | None) -> str:
    return str(integration) if integration else request.viewer.name


def _back(pk: int | None) -> str:
    return "workspace:tokens" if pk else "workspace:my_tokens"


def new_integration(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/integrations/new: have a program work in its own name; then make its first token."""
    form = IntegrationForm(request.POST or None)
    made: list[Integration] = []
    if request.method == "POST" and form.is_valid():
        keep = lambda: made.append(add_integration(by=request.viewer, **form.cleaned_data))  # noqa: E731
        if carried_out(form, keep, fields=FIELD_OF):
            say(request, _("Added. Now make its first token."))
            return redirect("workspace:new_integration_token", made[0].pk)
    return form_page(request, "workspace/admin/integration.html", form)


@require_POST
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    """POST tokens/<id>/revocation: let nobody in by it any more; one's own, and for administrators anybody's."""
    token = get_object_or_404(ApiToken.objects.select_related("login__agent"), pk=pk)
    is_mine = getattr(token.login, "agent", None) is not None and token.login.agent.pk == request.viewer.agent_id
    if not is_mine and not may_administer(request.viewer):
        raise Http404
    revoke_token(token, by=request.viewer)
    say(request, _("Revoked. No program comes in by it any more."))
    return redirect("workspace:my_tokens" if is_mine else "workspace:tokens")


urls = [
    staff_path("tokens", my_tokens, name="my_tokens"),
    staff_path("tokens/new", new_token, name="new_token"),
    staff_path("tokens/<int:pk>/revocation", revoke, name="revoke_token"),
    administrator_path("admin/tokens", tokens, name="tokens"),
    administrator_path("admin/integrations/new", new_integration, name="new_integration"),
    administrator_path("admin/integrations/<int:pk>/tokens/new", new_token, name="new_integration_token"),
]
