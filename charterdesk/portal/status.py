"""The status page: how the service stands, what is planned and what was; following it by mail, feed or calendar."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.kept import Given, Kept
from charterdesk.base.refused import Refused
from charterdesk.notices.actions.following import confirm_follower, follow_status, unfollow_status
from charterdesk.notices.links import follower_of
from charterdesk.notices.models import Component, Incident, IncidentUpdate, StatusFollower
from charterdesk.notices.queries import with_updates
from charterdesk.people.models import Contact
from charterdesk.portal.charter_paper import language_of
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.spam import is_too_many

PAST, NEWEST, FIVE_MINUTES = 20, 30, 300


def status_page(request: PortalRequest) -> HttpResponse:
    """GET status/: each part, what is on, planned and past, and how to follow it. Nine statements at most."""
    return _page(request)


def _page(request: PortalRequest, problem: str = "") -> HttpResponse:
    moment = now()
    rows = Incident.objects.prefetch_related("components")
    current = with_updates(list(rows.current(moment)))
    looks = {part.pk: one for one, _said in reversed(current) for part in one.components.all()}
    parts = [(part, looks.get(part.pk)) for part in Component.objects.filter(is_active=True)]
    context = {
        "current": current,
        "planned": with_updates(list(rows.planned(moment))),
        "past": with_updates(list(rows.past(moment)[:PAST])),
        "parts": parts,
        "problem": problem,
        "address": request.POST.get("address", "")[:320] if problem else "",
        "place": "status",
    }
    return render(request, "portal/status_page.html", context, status=422 if problem else 200)


@require_POST
def follow(request: PortalRequest) -> HttpResponse:
    """POST status/follow: hear of everything, or of one `incident`, by mail.

    Who is signed in hears at their own address at once; any other address is asked to confirm.
    """
    incident = _incident(request.POST.get("incident", ""))
    contact = Contact.objects.filter(pk=request.viewer.contact_id or 0).select_related("login").first()
    own = contact.login.email if contact and contact.login else ""
    given = request.POST.get("address", "").strip()[:320] or own
    is_own = bool(own) and given.lower() == own.lower()
    if not is_own and is_too_many(request):
        return _page(request, _("That were many mails from your connection. Please try again in an hour."))
    language = get_language() or "en"
    try:
        follow_status(given, language=language, incident=incident, is_confirmed=is_own)
    except Refused as refused:
        return _page(request, refused.message)
    return render(request, "portal/status_followed.html", {"address": given, "is_own": is_own, "place": "status"})


def _incident(text: str) -> Incident | None:
    """The incident that is asked for, which is not over; None for all. Raises `Http404`."""
    if not text:
        return None
    if not (text.isdecimal() and len(text) < 19):
        raise Http404
    return get_object_or_404(Incident, pk=int(text), ended_at=None)


def _follower(token: str) -> StatusFollower:
    found = StatusFollower.objects.select_related("incident").filter(pk=follower_of(token) or 0).first()
    if found is None:
        raise Http404
    return found


def following(request: PortalRequest, token: str) -> HttpResponse:
    """GET status/following/<token>: what an address follows; POST confirms it. A look alone changes nothing."""
    found = _follower(token)
    if request.method == "POST":
        confirm_follower(found)
        return redirect("portal:following", token=token)
    return render(request, "portal/following.html", {"follower": found, "token": token, "place": "status"})


@csrf_exempt
def unfollow(request: PortalRequest, token: str) -> HttpResponse:
    """POST status/following/<token>/off: hear of it no more. Mail programs post here themselves (RFC 8058)."""
    if request.method != "POST":
        return redirect("portal:following", token=token)
    found = StatusFollower.objects.filter(pk=follower_of(token) or 0).first()
    if found:
        unfollow_status(found)
    return render(request, "portal/following.html", {"follower": None, "token": token, "place": "status"})


def feed(request: PortalRequest) -> HttpResponse:
    """GET status/feed.atom?lang=: what was said of outages and planned work, as Atom. One statement."""
    language = language_of(request)
    with translation.override(language):
        page = request.build_absolute_uri(reverse("portal:status_page"))
        atom = Atom1Feed(
            title=_("How our service stands"),
            link=page,
            description="",
            language=language,
            feed_url=request.build_absolute_uri(),
        )
        for update in IncidentUpdate.objects.select_related("incident")[:NEWEST]:
            atom.add_item(
                title=f"{update.incident}: {update.get_stage_display() or update.incident.get_kind_display()}",
                link=f"{page}#incident-{update.incident_id}",
                description=str(update),
                pubdate=update.at,
                updateddate=update.at,
                unique_id=f"{page}#update-{update.pk}",
            )
        response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def diary(request: PortalRequest) -> HttpResponse:
    """GET status/works.ics?lang=: planned work and what was of it, as iCalendar (RFC 5545). One statement."""
    with translation.override(language_of(request)):
        works = Incident.objects.filter(kind=Incident.WORKS).order_by("-starts_at")[:NEWEST]
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//charterdesk//status//EN"]
        for one in works:
            lines += _entry(request, one)
    text = "\r\n".join([*lines, "END:VCALENDAR", ""])
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def _entry(request: HttpRequest, one: Incident) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:incident-{one.pk}@{request.get_host()}",
        f"DTSTAMP:{_utc(one.created_at)}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ended_at or one.ends_at or one.starts_at)}",
        *_folded(f"SUMMARY:{_escaped(str(one))}"),
        f"URL:{request.build_absolute_uri(reverse('portal:status_page'))}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> list[str]:
    """`line` in pieces of at most 75 bytes, of which all but the first begin with a space."""
    pieces: list[str] = []
    piece = ""
    for sign in line:
        if len(f"{piece}{sign}".encode()) > 73:
            pieces, piece = [*pieces, piece], " "
        piece += sign
    return [*pieces, piece]


_CURRENT = Kept(lambda: Incident.objects.current(Given("moment"))[:3])


def banner(request: HttpRequest) -> str:
    """What is on now, for the head of a page where people come to ask; "" when all is well. One statement."""
    current = _CURRENT.rows(moment=now())
    if not current:
        return ""
    context: dict[str, Any] = {"incidents": current}
    return render_to_string("portal/status_banner.html", context, request)


urls = [
    portal_path("status/", status_page, "status_page"),
    portal_path("status/follow", follow, "follow_status"),
    portal_path("status/feed.atom", feed, "status_feed"),
    portal_path("status/works.ics", diary, "status_diary"),
    portal_path("status/following/<str:token>", following, "following"),
    portal_path("status/following/<str:token>/off", unfollow, "unfollow"),
]
