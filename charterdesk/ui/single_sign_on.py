"""Single sign-on at the door: allauth talks to the provider, `access.single_sign_on` says who comes in."""

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from charterdesk.access.models import IdentityProvider
from charterdesk.access.secrets import unseal
from charterdesk.access.single_sign_on import admit, vouched_from
from charterdesk.base.refused import Refused
from charterdesk.ui.outside_http import GuardedSession
from charterdesk.ui.saml_extra import is_installed

OPENID, SAML = "openid_connect", "saml"
KIND = {OPENID: IdentityProvider.OIDC, SAML: IdentityProvider.SAML}
WELL_KNOWN = "/.well-known/openid-configuration"


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Providers are set up by form, and kept in our own table: their secrets are encrypted there."""

    def list_apps(self, request: Any, provider: str | None = None, client_id: str | None = None) -> list[SocialApp]:
        """The providers in use, as allauth knows them. One statement."""
        found = IdentityProvider.objects.filter(is_active=True)
        if provider:
            found = found.filter(kind=KIND[provider]) if provider in KIND else found.filter(slug=provider)
        apps = [_saml_app(each) if each.kind == IdentityProvider.SAML else _app(each) for each in found]
        usable = [app for app in apps if app.provider != SAML or is_installed()]
        return [app for app in usable if client_id in (None, "", app.client_id)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Somebody comes with a provider's word: let them in as who they are here, or say why not."""
        sociallogin.state["process"] = "login"  # nobody connects a second account to theirs
        slug = sociallogin.account.provider
        provider = IdentityProvider.objects.filter(slug=slug, is_active=True).first()
        if provider is None:
            raise sent_back(request, _("This way to sign in is not in use any more."))
        claims = _claims(sociallogin.account.extra_data)
        # What else the provider told of them is nothing we need to keep.
        sociallogin.account.extra_data = {}
        try:
            known = sociallogin.user if sociallogin.is_existing else None
            login = admit(provider, vouched_from(claims, provider.groups_claim), login=known)
        except Refused as refused:
            raise sent_back(request, refused.message) from refused
        if sociallogin.is_existing:
            sociallogin.account.save()
        else:
            sociallogin.user = login
            sociallogin.save(request, connect=True)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,
    ) -> None:
        """The provider did not vouch, or could not be asked: back to the door, with another way in."""
        raise sent_back(request, _("%(provider)s did not let you in. Try again.") % {"provider": provider})

    def get_requests_session(self) -> requests.Session:
        """What asks the provider: an address that an administrator gave."""
        return GuardedSession()


@login_not_required
def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """GET oidc/<provider_id>/login/: off to the provider; where it can't be asked, back to the door, which says so."""
    try:
        answer: HttpResponseBase = oidc.login(request, provider_id)
    except (requests.RequestException, LookupError):
        name = IdentityProvider.objects.filter(slug=provider_id).values_list("name", flat=True).first()
        text = _("%(provider)s does not answer. Try again in a few minutes, or sign in with your password.")
        messages.error(request, text % {"provider": name})
        return redirect("account_login")
    return answer


def _app(provider: IdentityProvider) -> SocialApp:
    secret = bytes(provider.sealed_secret)
    return SocialApp(
        provider=OPENID,
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.client_id,
        secret=unseal(secret.decode()) if secret else "",
        settings={"server_url": provider.issuer, "oauth_pkce_enabled": True},
    )


def _saml_app(provider: IdentityProvider) -> SocialApp:
    """Known by its short name; who somebody is there says their name id, and nothing else (`attribute_mapping`)."""
    return SocialApp(
        provider=SAML,
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.slug,
        settings={"attribute_mapping": {}},
    )


def _claims(told: dict[str, Any]) -> dict[str, Any]:
    """Those of the token and of the person's page there; the latter is asked later, and wins."""
    if "userinfo" not in told and "id_token" not in told:
        return told
    return {**(told.get("id_token") or {}), **(told.get("userinfo") or {})}


def sent_back(request: HttpRequest, why: str) -> ImmediateHttpResponse:
    """Back to the door, which says `why` (to raise)."""
    messages.error(request, why)
    return ImmediateHttpResponse(redirect("account_login"))


def what_is_wrong_with(issuer: str) -> str:
    """Why `issuer` can't be used for single sign-on, or "". Asks it; seconds at most."""
    try:
        answer = GuardedSession().get(issuer.rstrip("/") + WELL_KNOWN)
        answer.raise_for_status()
        said = answer.json()
    except (requests.RequestException, ValueError) as error:
        return _("It did not answer as a provider of OpenID Connect does: %(why)s") % {"why": str(error)[:200]}
    wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if missing := [name for name in wanted if not said.get(name)]:
        return _("Its description lacks %(names)s.") % {"names": ", ".join(missing)}
    if str(said["issuer"]).rstrip("/") != issuer.rstrip("/"):
        return _("It calls itself %(issuer)s: enter that.") % {"issuer": said["issuer"]}
    return ""


def metadata_at(address: str) -> str:
    """What lies at `address`: 500,000 characters at most. Raises `ValueError` where nothing can be had. Seconds."""
    try:
        answer = GuardedSession().get(address)
        answer.raise_for_status()
    except requests.RequestException as error:
        raise ValueError(str(error)) from error
    return answer.text[:500_000]
