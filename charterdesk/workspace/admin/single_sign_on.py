"""Single sign-on by form: who may vouch for people, for which addresses, and what their groups mean here."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.access.models import IdentityProvider
from charterdesk.access.roles import role_names
from charterdesk.access.single_sign_on import remove_provider, save_provider
from charterdesk.people.models import Team
from charterdesk.ui.provider_set_up import FIELD_OF, without_saml
from charterdesk.ui.saml_extra import is_installed
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.admin.provider_forms import OpenIdForm, ProviderForm, SamlForm
from charterdesk.workspace.staff import StaffRequest, say

FORMS: dict[str, type[OpenIdForm] | type[SamlForm]] = {form.kind: form for form in (OpenIdForm, SamlForm)}


def providers(request: StaffRequest) -> HttpResponse:
    """GET admin/single-sign-on: all of them. One statement."""
    context = {"providers": IdentityProvider.objects.all(), "place": "admin", "has_saml": is_installed()}
    return render(request, "workspace/admin/providers.html", context)


def provider(request: StaffRequest, pk: int | None = None, kind: str = IdentityProvider.OIDC) -> HttpResponse:
    """GET and POST admin/single-sign-on/<id>, .../new or .../new-saml: look at one, change it, add one."""
    instance = get_object_or_404(IdentityProvider, pk=pk) if pk else None
    kept = instance or IdentityProvider(kind=kind)
    form = FORMS[kept.kind](request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and _keep(form, kept, request):
        say(request, _("Saved. It is at the door from now on."))
        return redirect("workspace:providers")
    told = {"provider": instance, "is_saml": kept.kind == IdentityProvider.SAML, **_addresses(kept)}
    if told["is_saml"] and not is_installed():
        told["missing"] = without_saml()
    return form_page(request, "workspace/admin/provider.html", form, **told)


def _addresses(provider: IdentityProvider) -> dict[str, str]:
    """What is to be entered there; an ellipsis stands for a short name that is not chosen yet."""
    slug = provider.slug or "…"
    if provider.kind == IdentityProvider.OIDC:
        return {"back": f"{settings.PUBLIC_URL}/account/oidc/{slug}/login/callback/"}
    start = f"{settings.PUBLIC_URL}/account/saml/{slug}"
    return {"back": f"{start}/acs/", "entity": f"{start}/metadata/"}


def _keep(form: ProviderForm, provider: IdentityProvider, request: StaffRequest) -> bool:
    fields, secret = form.provider_fields(), form.cleaned_data.get("secret", "")
    return carried_out(
        form, lambda: save_provider(provider, by=request.viewer, secret=secret, **fields), fields=FIELD_OF
    )


def _initial(instance: IdentityProvider | None) -> dict[str, Any]:
    if instance is None:
        return {}
    names, roles = dict(Team.objects.values_list("pk", "name")), role_names()
    return {
        **{name: getattr(instance, name) for name in FORMS[instance.kind].plain},
        "domains": ", ".join(instance.domains),
        "roles": "\n".join(
            f"{group} = {roles[role]}" for group, role in instance.role_of_group.items() if role in roles
        ),
        "teams": "\n".join(f"{group} = {names.get(pk, pk)}" for group, pk in instance.team_of_group.items()),
    }


def new_saml(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/single-sign-on/new-saml: add a provider of SAML."""
    return provider(request, kind=IdentityProvider.SAML)


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/single-sign-on/<id>/removal: nobody comes in by it any more."""
    remove_provider(get_object_or_404(IdentityProvider, pk=pk), by=request.viewer)
    say(request, _("Removed. Those who came by it sign in by mailed code or password."))
    return redirect("workspace:providers")


urls = [
    administrator_path("admin/single-sign-on", providers, name="providers"),
    administrator_path("admin/single-sign-on/new", provider, name="new_provider"),
    administrator_path("admin/single-sign-on/new-saml", new_saml, name="new_saml_provider"),
    administrator_path("admin/single-sign-on/<int:pk>", provider, name="provider"),
    administrator_path("admin/single-sign-on/<int:pk>/removal", remove, name="remove_provider"),
]
