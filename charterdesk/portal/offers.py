"""Before somebody sends a request: what may answer it, of every kind; and what of that they took instead."""

import secrets
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from charterdesk.knowledge.actions.counting import Asking, marks_of, take
from charterdesk.people.models import Brand
from charterdesk.people.viewer import NOBODY
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.new import LONGEST
from charterdesk.portal.search import asker_of
from charterdesk.portal.spam import is_machine, pass_name
from charterdesk.portal.visitors import know_again, visitor_of
from charterdesk.search.narrowing import Narrowing
from charterdesk.search.queries import Manner
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import FAMILIES, Found, look

OFFERED, SHORTEST = 5, 4
_SALT = "portal.offers"
ANSWERING = tuple(kind for family in FAMILIES if family.answers for kind in family.kinds)
"""Every kind of document that may answer somebody: of families that hold answers."""


def offers(request: PortalRequest) -> HttpResponse:
    """GET help/offers?subject=&text=&form_pass=&brand=: what may answer what is being written. Some eight statements.

    `brand` is set in a frame on another site, where nobody is signed in.
    """
    given = f"{request.GET.get('subject', '')} {request.GET.get('text', '')}".replace("\x00", "").strip()[:LONGEST]
    form = request.GET.get("form_pass", "")[:200]
    findings = None
    if len(given) >= SHORTEST:
        findings = look(given, _asker(request), within=Narrowing(kinds=ANSWERING), manner=Manner(limit=OFFERED))
    marks = marks_of(given)
    found = [(each, _way(each, marks, form)) for each in findings.everything] if findings else []
    return render(request, "portal/help/offers.html", {"found": found})


def _asker(request: PortalRequest) -> Asker:
    asker, brand = asker_of(request), request.GET.get("brand", "")
    if not brand.isdecimal() or len(brand) > 18:
        return asker
    framed = get_object_or_404(Brand.objects.exclude(origins=[]), pk=int(brand), published_at__isnull=False)
    return Asker(viewer=NOBODY, brand=framed, language=asker.language)


def _way(found: Found, marks: list[int], form: str) -> str:
    """The address that leads there and counts: signed, so that it leads nowhere else."""
    told = signing.dumps([found.hit.source, found.place.url, marks], salt=_SALT, compress=True)
    return f"{reverse('portal:take_offer')}?{urlencode({'to': told, 'asking': form})}"


def take_offer(request: PortalRequest) -> HttpResponse:
    """GET help/offers/taken?to=&asking=&visitor=: on to what was offered, counted as read in place of a request.

    Two statements.

    A visitor gets a random number for a week, in a cookie of ours that nothing else knows: so that who comes back with
    the same question does not count as helped. Who is signed in gets none. In a frame on another site, where nobody is
    signed in, the frame keeps the number and sends it as `visitor`.
    """
    try:
        source, url, marks = signing.loads(request.GET.get("to", ""), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature as error:
        raise Http404 from error
    response = redirect(f"{url}{'&' if '?' in url else '?'}asking=1")
    form = pass_name(request.GET.get("asking", ""))
    if form and not request.viewer.is_staff and not is_machine(request):
        contact_id = None if "visitor" in request.GET else request.viewer.contact_id
        visitor = "" if contact_id else visitor_of(request) or secrets.token_urlsafe(12)
        take(source, Asking(form=form, contact_id=contact_id, visitor=visitor, marks=marks))
        if visitor:
            know_again(request, response, visitor)
    return response


urls = [
    portal_path("help/offers", offers, "offers"),
    portal_path("help/offers/taken", take_offer, "take_offer"),
]
