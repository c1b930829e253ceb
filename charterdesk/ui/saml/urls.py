"""The addresses of SAML, below /account/saml/<short name>/; allauth's button knows them by these names."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from charterdesk.access.models import IdentityProvider
from charterdesk.ui.saml_extra import is_installed, part


def _carried_out(view: str, request: HttpRequest, slug: str) -> HttpResponse:
    """What the view of that name answers for a provider in use. Raises `Http404`. One statement of its own."""
    found = IdentityProvider.objects.filter(slug=slug, kind=IdentityProvider.SAML, is_active=True).first()
    if found is None or not is_installed():
        raise Http404
    answer: HttpResponse = getattr(part("views"), view)(request, found)
    return answer


@login_not_required
@require_GET
def login(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """GET .../login/: off to the provider."""
    return _carried_out("login", request, organization_slug)


@csrf_exempt
@login_not_required
@require_POST
def acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """POST .../acs/: what the provider says, carried by the browser; a signature stands for the token of a form."""
    return _carried_out("acs", request, organization_slug)


@login_not_required
@require_GET
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """GET .../finish/: in, with the session of who set out."""
    return _carried_out("finish", request, organization_slug)


@login_not_required
@require_GET
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """GET .../metadata/: what the provider has to know of this desk."""
    return _carried_out("metadata", request, organization_slug)


urlpatterns = [
    path("<slug:organization_slug>/login/", login, name="saml_login"),
    path("<slug:organization_slug>/acs/", acs, name="saml_acs"),
    path("<slug:organization_slug>/finish/", finish, name="saml_finish"),
    path("<slug:organization_slug>/metadata/", metadata, name="saml_metadata"),
]
