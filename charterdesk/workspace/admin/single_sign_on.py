"""Single sign-on by form: who may vouch for people, for which addresses, and what their groups mean here."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.access.models import IdentityProvider
from charterdesk.access.roles import OWN, role_names
from charterdesk.access.single_sign_on import remove_provider, save_provider
from charterdesk.people.models import Agent, Team
from charterdesk.ui.single_sign_on import what_is_wrong_with
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"access.domain_needed": "domains", "access.short_name_taken": "slug"}
LINES = forms.Textarea(attrs={"rows": 4, "dir": "ltr"})


class ProviderForm(forms.Form):
    """A provider of OpenID Connect."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("What the button at the door says.")
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("Part of the address it answers to.")
    )
    issuer = forms.URLField(
        label=gettext_lazy("Issuer"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Its address, such as https://login.example.org/realms/staff."),
    )
    client_id = forms.CharField(label=gettext_lazy("Client id"), max_length=300)
    secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Left empty, it stays what it was."),
    )
    domains = forms.CharField(
        label=gettext_lazy("Mail domains it may vouch for"),
        max_length=2000,
        help_text=gettext_lazy("Apart by commas. Nobody with another address comes in by it."),
    )
    groups_claim = forms.CharField(label=gettext_lazy("Claim with groups"), max_length=100, initial="groups")
    default_role = forms.ChoiceField(
        label=gettext_lazy("Who is in none of the groups below comes in as"),
        required=False,
    )
    roles = forms.CharField(
        label=gettext_lazy("Roles by group"),
        required=False,
        widget=LINES,
        help_text=gettext_lazy(
            "One a line: group = agent, lead, manager, administrator or a role of your own. What allows most counts."
        ),
    )
    teams = forms.CharField(
        label=gettext_lazy("Teams by group"),
        required=False,
        widget=LINES,
        help_text=gettext_lazy("One a line: group = name of a team."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_roles = role_names()
        own = [(code, name) for code, name in self.known_roles.items() if code.startswith(OWN)]
        choices = [("", _("customer")), *Agent.ROLES, *own]
        self.fields["default_role"].choices = choices  # type: ignore[attr-defined]

    def clean_domains(self) -> list[str]:
        """Domains, lower case, once each."""
        said = self.cleaned_data["domains"].lower().replace(",", " ").split()
        return sorted({each.removeprefix("@") for each in said})

    def clean_issuer(self) -> str:
        """An address that answers as a provider does; it is asked only when all else is well."""
        return str(self.cleaned_data["issuer"]).rstrip("/")

    def clean_roles(self) -> dict[str, str]:
        """Group and role, a line each."""
        return _pairs(self.cleaned_data["roles"], {name: code for code, name in self.known_roles.items()}, _("role"))

    def clean_teams(self) -> dict[str, int]:
        """Group and team, a line each."""
        return _pairs(self.cleaned_data["teams"], dict(Team.objects.values_list("name", "pk")), _("team"))

    def clean(self) -> dict[str, Any]:
        """Ask the issuer, so that a wrong address shows now and not to the first who wants to come in."""
        cleaned = super().clean() or {}
        if not self.errors and cleaned["is_active"] and (wrong := what_is_wrong_with(cleaned["issuer"])):
            self.add_error("issuer", wrong)
        return cleaned

    def provider_fields(self) -> dict[str, Any]:
        """What `save_provider` takes."""
        data = self.cleaned_data
        plain = ("name", "slug", "issuer", "client_id", "domains", "groups_claim", "default_role", "is_active")
        return {
            **{name: data[name] for name in plain},
            "role_of_group": data["roles"],
            "team_of_group": data["teams"],
        }


def _pairs(text: str, known: dict[str, Any], what: str) -> dict[str, Any]:
    """`group = name` by line, with what the names stand for. Raises `ValidationError`."""
    found: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        group, sign, name = (part.strip() for part in line.rpartition("="))
        if not sign or not group or name not in known:
            said = {"line": line, "what": what}
            raise forms.ValidationError(_("Write a group, = and a %(what)s there is: %(line)s") % said)
        found[group] = known[name]
    return found


def providers(request: StaffRequest) -> HttpResponse:
    """GET admin/single-sign-on: all of them. One statement."""
    context = {"providers": IdentityProvider.objects.all(), "place": "admin"}
    return render(request, "workspace/admin/providers.html", context)


def provider(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/single-sign-on/<id> or .../new: look at one, change it, add one."""
    instance = get_object_or_404(IdentityProvider, pk=pk) if pk else None
    form = ProviderForm(request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and _keep(form, instance or IdentityProvider(), request):
        say(request, _("Saved. It is at the door from now on."))
        return redirect("workspace:providers")
    slug = instance.slug if instance else "…"
    back = f"{settings.PUBLIC_URL}/account/oidc/{slug}/login/callback/"
    return form_page(request, "workspace/admin/provider.html", form, provider=instance, back=back)


def _keep(form: ProviderForm, provider: IdentityProvider, request: StaffRequest) -> bool:
    fields, secret = form.provider_fields(), form.cleaned_data["secret"]
    return carried_out(
        form, lambda: save_provider(provider, by=request.viewer, secret=secret, **fields), fields=FIELD_OF
    )


def _initial(instance: IdentityProvider | None) -> dict[str, Any]:
    if instance is None:
        return {}
    names, roles = dict(Team.objects.values_list("pk", "name")), role_names()
    plain = ("name", "slug", "issuer", "client_id", "groups_claim", "default_role", "is_active")
    return {
        **{name: getattr(instance, name) for name in plain},
        "domains": ", ".join(instance.domains),
        "roles": "\n".join(
            f"{group} = {roles[role]}" for group, role in instance.role_of_group.items() if role in roles
        ),
        "teams": "\n".join(f"{group} = {names.get(pk, pk)}" for group, pk in instance.team_of_group.items()),
    }


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/single-sign-on/<id>/removal: nobody comes in by it any more."""
    remove_provider(get_object_or_404(IdentityProvider, pk=pk), by=request.viewer)
    say(request, _("Removed. Those who came by it sign in by mailed code or password."))
    return redirect("workspace:providers")


urls = [
    administrator_path("admin/single-sign-on", providers, name="providers"),
    administrator_path("admin/single-sign-on/new", provider, name="new_provider"),
    administrator_path("admin/single-sign-on/<int:pk>", provider, name="provider"),
    administrator_path("admin/single-sign-on/<int:pk>/removal", remove, name="remove_provider"),
]
