"""The forms of single sign-on: what a provider of either kind needs, and what each kind adds."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.access.models import IdentityProvider
from charterdesk.access.roles import OWN, role_names
from charterdesk.base.refused import Refused
from charterdesk.people.models import Agent, Team
from charterdesk.ui.provider_set_up import FIELD_OF, proved

LINES = forms.Textarea(attrs={"rows": 4, "dir": "ltr"})


class ProviderForm(forms.Form):
    """What a provider of either kind needs: whom it may vouch for, and what its groups mean here."""

    kind = ""
    plain: tuple[str, ...] = ("name", "slug", "domains", "groups_claim", "default_role", "is_active")

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("What the button at the door says.")
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("Part of the address it answers to.")
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
        """What was written, apart by commas or spaces."""
        return str(self.cleaned_data["domains"]).replace(",", " ").split()

    def clean_roles(self) -> dict[str, str]:
        """Group and role, a line each."""
        return _pairs(self.cleaned_data["roles"], {name: code for code, name in self.known_roles.items()}, _("role"))

    def clean_teams(self) -> dict[str, int]:
        """Group and team, a line each."""
        return _pairs(self.cleaned_data["teams"], dict(Team.objects.values_list("name", "pk")), _("team"))

    def clean(self) -> dict[str, Any]:
        """Ask the provider itself, but only when all else is well."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                cleaned.update(proved(self.kind, cleaned, metadata=cleaned.get("metadata", "")))
            except Refused as refused:
                self.add_error(FIELD_OF.get(refused.code), refused.message)
        return cleaned

    def provider_fields(self) -> dict[str, Any]:
        """What `save_provider` takes."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in self.plain},
            "role_of_group": data["roles"],
            "team_of_group": data["teams"],
        }


class OpenIdForm(ProviderForm):
    """A provider of OpenID Connect."""

    kind = IdentityProvider.OIDC
    plain = (*ProviderForm.plain, "issuer", "client_id")

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


class SamlForm(ProviderForm):
    """A provider of SAML. Its metadata fill in the rest, and win over what stands there."""

    kind = IdentityProvider.SAML
    plain = (*ProviderForm.plain, "issuer", "sign_in_url", "certificates")

    metadata = forms.CharField(
        label=gettext_lazy("Metadata of the provider"),
        required=False,
        max_length=500_000,
        widget=LINES,
        help_text=gettext_lazy("Their address, or the XML itself. They fill in the three fields below."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Entity id"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy("What the provider calls itself."),
    )
    sign_in_url = forms.URLField(
        label=gettext_lazy("Sign-in address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where people are sent to sign in (HTTP redirect)."),
    )
    certificates = forms.CharField(
        label=gettext_lazy("Certificates"),
        required=False,
        max_length=50_000,
        widget=LINES,
        help_text=gettext_lazy("By one of them its answers are signed. Add the next one before the provider changes."),
    )


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
