"""Single sign-on by SAML 2.0: the desk asks (redirect binding), the provider answers by the browser (POST binding).

The answer comes from another site, so it comes without the session of who set out. It is judged whole where it comes
in; what it says is put aside under a cookie for a minute, and taken up by the next request, which has the session:
only who set out here comes in, once, and only with the answer to their own question.
"""

import logging
from dataclasses import dataclass
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from charterdesk.access.models import IdentityProvider
from charterdesk.access.throttling import is_first
from charterdesk.base.clock import now
from charterdesk.ui.saml.claims import claims_from
from charterdesk.ui.saml.config import acs_url, asked_as, entity_id, settings_for
from charterdesk.ui.single_sign_on import sent_back

log = logging.getLogger(__name__)
COOKIE = "saml"
SECONDS = 60
MOST = 1_000_000
"""Characters of an answer; those with hundreds of groups have some tens of thousands."""
DRIFT_MINUTES = 10
"""Longer than clocks may differ (five minutes in python3-saml)."""
CONFIRMED = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"


class Unfit(Exception):
    """An answer that lets nobody in; the text is for the log."""


@dataclass(frozen=True)
class Said:
    """What allauth asks of an answer."""

    uid: str
    claims: dict[str, Any]

    def get_nameid(self) -> str:
        """Who they are there."""
        return self.uid

    def get_nameid_format(self) -> str:
        """Nothing: the address is among the claims."""
        return ""

    def get_attributes(self) -> dict[str, Any]:
        """What is said of them."""
        return self.claims


def login(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """Off to `provider`, with a question whose number the session keeps."""
    question = OneLogin_Saml2_Authn_Request(settings_for(provider, request))
    known = get_adapter().get_provider(request, provider.slug)
    known.stash_redirect_state(request, "login", next_url=get_next_redirect_url(request), state_id=question.get_id())
    return redirect(OneLogin_Saml2_Utils.redirect(provider.sign_in_url, {"SAMLRequest": question.get_request()}))


def acs(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """Judge what `provider` says; put it aside for `finish`."""
    try:
        said = judged(request, provider)
    except Unfit as error:
        log.warning("SAML %s: %s", provider.key, error)
        raise _back(request, provider) from error
    store = SessionStore()
    store["said"] = {**said, "provider": provider.pk}
    store.set_expiry(SECONDS)
    store.save()
    page = reverse("saml_finish", args=[provider.slug])
    answer = redirect(page)
    answer.set_cookie(
        COOKIE,
        store.session_key or "",
        max_age=SECONDS,
        path=page,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


def judged(request: HttpRequest, provider: IdentityProvider) -> dict[str, Any]:
    """What an answer says: `asked`, the number of the question; `uid` and `claims`. Raises `Unfit`.

    An assertion serves once, however often it comes.
    """
    told = request.POST.get("SAMLResponse", "")
    if len(told) > MOST:
        raise Unfit("too long")
    try:
        response = OneLogin_Saml2_Response(settings_for(provider, request), told)
        response.is_valid(asked_as(request), raise_exceptions=True)
        _check_confirmed(response, provider, request)
        uid, claims = claims_from(response, provider.groups_claim)
        last, number = response.get_assertion_not_on_or_after(), response.get_assertion_id()
    except Unfit:
        raise
    except Exception as error:  # lxml, xmlsec, binascii and python3-saml raise each their own, and plain ones
        raise Unfit(str(error) or type(error).__name__) from error
    minutes = max(0, int(last - now().timestamp()) // 60) + DRIFT_MINUTES
    if not is_first("saml", f"{provider.pk} {number}", minutes=minutes):
        raise Unfit("the assertion has been used")
    return {"asked": response.get_in_response_to(), "uid": uid, "claims": claims}


def _check_confirmed(response: Any, provider: IdentityProvider, request: HttpRequest) -> None:
    """What python3-saml lets pass where it is not there at all: whom it is for, what it answers, how long it holds."""
    asked = response.get_in_response_to()
    if not asked:
        raise Unfit("nobody here asked")
    if entity_id(provider) not in response.get_audiences():
        raise Unfit("it is for somebody else")
    wanted = {"InResponseTo": asked, "Recipient": acs_url(provider, request)}
    confirmed = [
        data
        for data in response._query_assertion(CONFIRMED)  # its one way to what is covered by the signature
        if data.get("NotOnOrAfter") and all(data.get(name) == value for name, value in wanted.items())
    ]
    if not confirmed:
        raise Unfit("it confirms nobody for this question")


def finish(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """Let in whom the answer that was put aside names, if the question was asked in this session."""
    store = SessionStore(request.COOKIES.get(COOKIE))
    said = store.get("said")
    store.delete()
    if not said or said["provider"] != provider.pk:
        raise _back(request, provider)
    known = get_adapter().get_provider(request, provider.slug)
    someone = known.sociallogin_from_response(request, Said(said["uid"], said["claims"]))
    try:
        someone.state = known.unstash_redirect_state(request, said["asked"])
    except PermissionDenied as error:
        log.warning("SAML %s: the question was not asked in this session", provider.key)
        raise _back(request, provider) from error
    answer: HttpResponse = complete_social_login(request, someone)
    answer.delete_cookie(COOKIE, path=request.path)
    return answer


def _back(request: HttpRequest, provider: IdentityProvider) -> ImmediateHttpResponse:
    return sent_back(request, _("%(provider)s did not let you in. Try again.") % {"provider": provider})


def metadata(request: HttpRequest, provider: IdentityProvider) -> HttpResponse:
    """What an administrator there enters, or has fetched."""
    return HttpResponse(settings_for(provider).get_sp_metadata(), content_type="application/samlmetadata+xml")
