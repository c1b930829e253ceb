"""The request form on other people's pages: in a frame, on the sites a brand names, without a cookie.

Nobody is signed in inside the frame, whatever cookies come along: what arrives counts as a stranger's, so there is
nothing that another site could do in a visitor's name, and no token against that is needed.
"""

from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from charterdesk.people.branding import Look, address_of_brand, teams_of
from charterdesk.people.models import LANGUAGES, Brand
from charterdesk.people.viewer import NOBODY
from charterdesk.portal.customers import PortalRequest, link_to, portal_path
from charterdesk.portal.forms import RequestForm
from charterdesk.portal.new import asked_of, kinds_for, received
from charterdesk.portal.spam import make_pass
from charterdesk.tickets.models import RequestForm as RequestKind
from charterdesk.ui.brand import Shown

HOUR = 3600


def script(request: PortalRequest, pk: int) -> HttpResponse:
    """GET embed/<id>.js: puts the frame where the script stands, and gives it the height it needs. One statement."""
    _embeddable(pk)
    found = finders.find("portal/embed.js")
    if found is None:
        raise Http404
    with open(found, encoding="utf-8") as built:
        response = HttpResponse(built.read(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={HOUR}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt
def framed(request: PortalRequest, pk: int) -> HttpResponseBase:
    """GET embed/<id>/request: the form for a frame, in the language `lang`. POST: take it on. Nine statements.

    What it may be about is asked first, as in the portal, unless the site has chosen: a `kind` (its code) or a `team`.
    """
    brand = _embeddable(pk)
    language = request.GET.get("lang", "")[:2].lower()
    with translation.override(language if language in dict(LANGUAGES) else translation.get_language()):
        response = _page(request, brand)
    return _for_frames_of(brand, response)


def _embeddable(pk: int) -> Brand:
    return get_object_or_404(Brand.objects.exclude(origins=[]), pk=pk, published_at__isnull=False)


def _page(request: PortalRequest, brand: Brand) -> HttpResponse:
    request.viewer = NOBODY
    request._brand = Shown(brand, Look.of(brand.published))  # type: ignore[attr-defined]
    teams, code = teams_of(brand), request.GET.get("kind", "")
    kind = get_object_or_404(kinds_for(request), code=code) if code else None
    if request.method != "POST":
        if kind is None and not request.GET.keys() & {"team", "other"} and (offered := list(kinds_for(request))):
            return _choice(request, offered)
        initial = {"team": request.GET.get("team", ""), "subject": request.GET.get("subject", "")[:200]}
        return _form(request, RequestForm(initial=initial, viewer=NOBODY, teams=teams, kind=kind))
    form = RequestForm(request.POST, request.FILES, viewer=NOBODY, teams=teams, kind=kind)
    ticket, status = received(request, form)
    if ticket is None:
        return _form(request, form, status)
    home = address_of_brand(brand) if brand.host else request.build_absolute_uri("/").rstrip("/")
    again = f"{reverse('portal:embedded', args=[brand.pk])}?{_with(request)}"
    context = {"ticket": ticket, "link": f"{home}{link_to(ticket)}", "again": again}
    return render(request, "portal/embedded_sent.html", context)


def _choice(request: PortalRequest, offered: list[RequestKind]) -> HttpResponse:
    kinds = [(_with(request, kind=one.code), one) for one in offered]
    return render(request, "portal/embedded_kinds.html", {"kinds": kinds, "other": _with(request, other="1")})


def _with(request: PortalRequest, **chosen: str) -> str:
    """The query string of this form with what was chosen of it; begun anew where nothing was."""
    given = request.GET.copy()
    for name in ("kind", "other"):
        given.pop(name, None)
    given.update(chosen)
    return given.urlencode()


def _form(request: PortalRequest, form: RequestForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "form_pass": make_pass(), "framed": True, "departments": asked_of(form)}
    return render(request, "portal/embedded.html", context, status=status)


def _for_frames_of(brand: Brand, response: HttpResponse) -> HttpResponse:
    """Let the sites of `brand` show it, and nobody else; nothing is kept of it anywhere."""
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": brand.origins}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


urls = [
    portal_path("embed/<int:pk>.js", script, "embed_script"),
    portal_path("embed/<int:pk>/request", framed, "embedded"),
]
