"""What was announced to a customer: to read, to confirm, and how they want it; by link without signing in."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.notices.actions.choosing import (
    choice_of,
    choose_notices,
    confirm_read,
    note_read,
    subscribe_again,
    unsubscribe,
)
from charterdesk.notices.actions.sending import words_for
from charterdesk.notices.links import recipient_of
from charterdesk.notices.models import NoticeChoice, Recipient
from charterdesk.notices.queries import versions_of
from charterdesk.people.models import Contact
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.profile import own_path

SHOWN = 50


class ChoiceForm(forms.Form):
    """How somebody wants announcements."""

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want announcements?"), choices=NoticeChoice.WAYS, widget=forms.RadioSelect
    )
    consents_to_sms = forms.BooleanField(
        label=gettext_lazy("I agree to get announcements by SMS. I can take it back here, or answer STOP."),
        required=False,
    )
    is_wanted = forms.BooleanField(
        label=gettext_lazy("Tell me of news, planned work and outages"),
        required=False,
        help_text=gettext_lazy("What concerns your contract with us comes in any case, and says so."),
    )


def announcements(request: PortalRequest, contact: Contact) -> HttpResponse:
    """GET notices/: what was announced to them, the newest first. Three statements."""
    rows = Recipient.objects.visible_to(request.viewer).select_related("announcement").order_by("-pk")[:SHOWN]
    shown = [(row, row.announcement.text_in(row.language)["subject"]) for row in rows]
    return render(request, "portal/announcements.html", {"rows": shown, "place": "announcements"})


def announcement(request: PortalRequest, contact: Contact, pk: int) -> HttpResponse:
    """GET notices/<id>: one of them, in their language. Four statements."""
    rows = Recipient.objects.visible_to(request.viewer)
    found = get_object_or_404(rows.select_related("announcement__team", "contact"), pk=pk)
    return _shown(request, found)


def _shown(request: PortalRequest, found: Recipient, token: str = "") -> HttpResponse:
    note_read(found)
    said = words_for(found.announcement, found)
    direction = "rtl" if translation.get_language_info(found.language)["bidi"] else "ltr"
    context = {
        "recipient": found,
        "announcement": found.announcement,
        "subject": said["subject"],
        "text": said["text"],
        "direction": direction,
        "token": token,
        "versions": versions_of(found.announcement),
        "place": "announcements",
    }
    return render(request, "portal/announcement.html", context)


@require_POST
def confirm(request: PortalRequest, contact: Contact, pk: int) -> HttpResponse:
    """POST notices/<id>/read: they confirm that they read it."""
    confirm_read(get_object_or_404(_confirmable(), pk__in=Recipient.objects.visible_to(request.viewer).filter(pk=pk)))
    messages.success(request, _("Thank you. We noted that you read it."))
    return redirect("portal:announcement", pk=pk)


def _confirmable() -> Any:
    return Recipient.objects.select_related("announcement", "contact").filter(announcement__asks_receipt=True)


def _by_token(token: str) -> Recipient:
    rows = Recipient.objects.select_related("announcement__team", "contact").exclude(contact__erased_at__isnull=False)
    found = rows.filter(pk=recipient_of(token) or 0).first()
    if found is None:
        raise Http404
    return found


def by_link(request: PortalRequest, token: str) -> HttpResponse:
    """GET notices/by-link/<token>: as `announcement`, for who has the link. Two statements."""
    return _shown(request, _by_token(token), token)


@require_POST
def confirm_by_link(request: PortalRequest, token: str) -> HttpResponse:
    """POST notices/by-link/<token>/read: as `confirm`, for who has the link."""
    confirm_read(get_object_or_404(_confirmable(), pk=_by_token(token).pk))
    messages.success(request, _("Thank you. We noted that you read it."))
    return redirect("portal:announcement_by_link", token=token)


@csrf_exempt
def off(request: PortalRequest, token: str) -> HttpResponse:
    """GET notices/by-link/<token>/off: whether they want announcements; POST: they do not, or `again` they do.

    Mail programs post here themselves (RFC 8058), so no form of ours is needed.
    """
    found = _by_token(token)
    if request.method == "POST":
        act: Callable[..., None] = subscribe_again if "again" in request.POST else unsubscribe
        act(_living(found.contact), how=NoticeChoice.LINK)
    is_off = choice_of(_living(found.contact)).unsubscribed_at is not None
    context = {"is_off": is_off, "token": token, "recipient": found, "place": "announcements"}
    return render(request, "portal/unsubscribe.html", context)


def _living(contact: Contact) -> Contact:
    """Who they are now, if they were merged into another contact."""
    while contact.merged_into is not None:
        contact = contact.merged_into
    return contact


def choices(request: PortalRequest, contact: Contact) -> HttpResponse:
    """GET and POST notices/choices: how they want announcements. Three statements to look."""
    known = choice_of(contact)
    initial = {
        "way": known.way,
        "consents_to_sms": known.sms_consent_at is not None,
        "is_wanted": known.unsubscribed_at is None,
    }
    form = ChoiceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(form, contact):
        messages.success(request, _("Saved."))
        return redirect("portal:announcement_choices")
    context = {"form": form, "contact": contact, "place": "announcements"}
    return render(request, "portal/announcement_choices.html", context, status=422 if form.errors else 200)


def _kept(form: ChoiceForm, contact: Contact) -> bool:
    data = form.cleaned_data
    try:
        choose_notices(
            contact,
            by=contact,
            way=data["way"],
            consents_to_sms=data["consents_to_sms"],
            is_unsubscribed=not data["is_wanted"],
            how=NoticeChoice.PAGE,
        )
    except Refused as refused:
        form.add_error("consents_to_sms" if refused.code == "notices.no_consent" else "way", refused.message)
        return False
    return True


urls = [
    own_path("notices/", announcements, "announcements"),
    own_path("notices/choices", choices, "announcement_choices"),
    own_path("notices/<int:pk>", announcement, "announcement"),
    own_path("notices/<int:pk>/read", confirm, "confirm_read"),
    portal_path("notices/by-link/<str:token>", by_link, "announcement_by_link"),
    portal_path("notices/by-link/<str:token>/read", confirm_by_link, "confirm_by_link"),
    portal_path("notices/by-link/<str:token>/off", off, "unsubscribe"),
]
