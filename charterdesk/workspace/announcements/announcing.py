"""Announcements: the list, writing one with its audience counted, sending it and watching how far it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.notices.actions import announcements as acts
from charterdesk.notices.actions.sending import try_announcement
from charterdesk.notices.audience import checked, contacts_in
from charterdesk.notices.models import Announcement, Recipient
from charterdesk.notices.queries import progress_of, versions_of
from charterdesk.people.models import LANGUAGES
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.announcements.forms import AnnouncementForm, AudienceForm, WhenForm
from charterdesk.workspace.announcements.paths import announcing_path
from charterdesk.workspace.controls import me, number_in
from charterdesk.workspace.staff import StaffRequest, is_fragment, say

PAGE, SHOWN = 50, 50
FIELD_OF = {
    "notices.no_text": "text_en",
    "notices.bad_text": "text_en",
    "notices.no_policy": "policy",
    "notices.bad_audience": None,
}


def announcements(request: StaffRequest) -> HttpResponse:
    """GET announcements/?page=: all of them, the newest first. One statement."""
    page = min(number_in(request.GET.get("page", "")), 1000)
    rows = list(Announcement.objects.select_related("team")[page * PAGE : (page + 1) * PAGE + 1])
    context = {"rows": rows[:PAGE], "page": page, "next_page": page + 1 if len(rows) > PAGE else None, **rooms("list")}
    return render(request, "workspace/announcements/list.html", context)


def rooms(here: str) -> dict[str, Any]:
    """What the head of each room needs."""
    return {"place": "announcements", "here": here}


def announcement(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST announcements/<id> or announcements/new: write a draft; of what was sent, how far it is.
    `take` shows the form with what a template says.

    A dozen statements.
    """
    found = get_object_or_404(Announcement.objects.select_related("team"), pk=pk) if pk else None
    if found and not found.is_draft:
        return _progress(request, found)
    form = AnnouncementForm(request.POST or None, initial=AnnouncementForm.initial_for(found))
    if "take" in request.POST:
        form = form.with_template()
    elif request.method == "POST" and form.is_valid():
        kept: list[Announcement] = []
        if carried_out(
            form,
            lambda: kept.append(acts.save_announcement(found, by=request.viewer, **form.values)),
            fields=FIELD_OF,
        ):
            say(request, _("Saved."))
            return redirect("workspace:announcement", pk=kept[0].pk)
    known = Announcement.objects.exclude(policy="").order_by("policy").values_list("policy", flat=True).distinct()
    context = {
        "form": form,
        "announcement": found,
        "when": WhenForm(),
        "policies": list(known),
        "count": contacts_in(found.audience if found else {}).count() if not form.errors else None,
        **rooms("list"),
    }
    template = "workspace/announcements/editor.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _progress(request: StaffRequest, found: Announcement) -> HttpResponse:
    context = {
        "announcement": found,
        "progress": progress_of(found),
        "texts": [(code, name, found.texts[code]) for code, name in LANGUAGES if code in found.texts],
        **rooms("list"),
    }
    if is_fragment(request):
        return render(request, "workspace/announcements/progress.html", context)
    troubled = found.recipients.select_related("contact", "outgoing", "sms").prefetch_related("contact__identities")
    context["troubled"] = list(troubled.filter(state=Recipient.RETURNED).order_by("pk")[:SHOWN])
    if found.asks_receipt:
        context["unconfirmed"] = list(troubled.filter(confirmed_at=None).order_by("pk")[:SHOWN])
    context["versions"] = versions_of(found)
    return render(request, "workspace/announcements/sent.html", context)


@require_POST
def count(request: StaffRequest) -> HttpResponse:
    """POST announcements/count: how many customers what is ticked comes to, while it is ticked. Six statements."""
    form = AudienceForm(request.POST)
    if not form.is_valid():
        return render(request, "workspace/announcements/count.html", {"problem": next(iter(form.errors.values()))[0]})
    people = contacts_in(checked(form.audience))
    context = {"count": people.count(), "is_everybody": not form.audience}
    return render(request, "workspace/announcements/count.html", context)


def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """GET announcements/<id>/preview?language=: as customers of a language read it. Two statements."""
    found = get_object_or_404(Announcement.objects.select_related("team"), pk=pk)
    language = request.GET.get("language", "")
    language = language if language in dict(LANGUAGES) else found.language
    said = found.text_in(language)
    with translation.override(found.language_for(language)):
        example = pgettext("name of an invented customer", "Robin Example")
        direction = "rtl" if translation.get_language_bidi() else "ltr"
    text = said["text"].replace("{{ customer }}", example)
    context = {
        "announcement": found,
        "subject": said["subject"].replace("{{ customer }}", example),
        "text": text,
        "direction": direction,
        "language": language,
        "read_in": found.language_for(language),
        "languages": LANGUAGES,
        **rooms("list"),
    }
    return render(request, "workspace/announcements/preview.html", context)


@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """POST announcements/<id>/act: `act` is try, send, schedule, unschedule, pause, resume, stop or remove."""
    found = get_object_or_404(Announcement, pk=pk)
    by, what = request.viewer, request.POST.get("act", "")
    if what == "try":
        mail = try_announcement(found, by=me(request), language=request.POST.get("language") or found.language)
        say(request, _("It is on its way to you.") if mail else _("It is on its way to you already."))
    elif what == "schedule":
        form = WhenForm(request.POST)
        if not form.is_valid():
            raise Refused("notices.past", _("Choose a day and a time."))
        acts.schedule_announcement(found, by=by, at=form.cleaned_data["at"])
        say(request, _("Planned. It goes out by itself."))
    elif what == "remove":
        acts.remove_announcement(found, by=by)
        say(request, _("Removed."))
        return redirect("workspace:announcements")
    elif what in ACTS:
        ACTS[what](found, by=by)
    return redirect("workspace:announcement", pk=pk)


ACTS = {
    "send": acts.start_announcement,
    "unschedule": acts.unschedule_announcement,
    "pause": acts.pause_announcement,
    "resume": acts.resume_announcement,
    "stop": acts.stop_announcement,
}
urls = [
    announcing_path("announcements/", announcements, "announcements"),
    announcing_path("announcements/new", announcement, "new_announcement"),
    announcing_path("announcements/count", count, "count_audience"),
    announcing_path("announcements/<int:pk>", announcement, "announcement"),
    announcing_path("announcements/<int:pk>/preview", preview, "preview_announcement"),
    announcing_path("announcements/<int:pk>/act", act, "act_on_announcement"),
]
