"""What an agent should know: the bell with what is unread, the list; and what they prefer, also in which language."""

import json
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.staticfiles import finders
from django.db import transaction
from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.channels.models import PushSubscription
from charterdesk.channels.push.browsers import add_browser, drop_browser
from charterdesk.channels.push.sealing import public_key
from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.policies import may_write
from charterdesk.people.actions import change_agent, read_all_notices, set_preferences
from charterdesk.people.models import LANGUAGES, Agent, Notice, Preferences
from charterdesk.people.ways import KINDS, WAYS, Kind, heard_by, kind_of, may_stand_in
from charterdesk.tickets.models import Ticket
from charterdesk.ui.middleware import LANGUAGE_COOKIE
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.staff import StaffRequest, say, staff_path

PAGE, COUNTED = 60, 99
SAID = {
    "ticket.assigned": gettext_lazy("Yours now"),
    "ticket.mentioned": gettext_lazy("You are asked"),
    "task.assigned": gettext_lazy("To do"),
    "message.undelivered": gettext_lazy("Not delivered"),
    "message.received": gettext_lazy("Answer"),
    "target.nearing": gettext_lazy("Due soon"),
    "target.breached": gettext_lazy("Late"),
    "complaint.taken": gettext_lazy("Complaint"),
    "complaint.escalated": gettext_lazy("Complaint, next level"),
    "ticket.graded_low": gettext_lazy("Bad grade"),
    "ticket.opened": gettext_lazy("New in your team"),
    "contract.ending": gettext_lazy("Runs out soon"),
    "verdict.contested": gettext_lazy("A price is contested"),
    "remedy.waiting": gettext_lazy("A remedy waits for approval"),
    "remedy.escalated": gettext_lazy("A promise was broken: please look after it"),
    "article.submitted": gettext_lazy("An article waits for a yes"),
    "article.sent_back": gettext_lazy("An article came back to you"),
    "article.review_due": gettext_lazy("Is this article still right?"),
    "correction.opened": gettext_lazy("An article is wrong"),
    "article.commented": gettext_lazy("A comment on an article"),
    "community.waiting": gettext_lazy("To look at"),
    "community.proposed": gettext_lazy("A forum is proposed"),
    "surge.noticed": gettext_lazy("Many write of the same"),
    "call.rang": gettext_lazy("A call"),
    "call.missed": gettext_lazy("A missed call"),
    "ticket.changed": gettext_lazy("News"),
    "ticket.told": gettext_lazy("A rule says"),
    "ticket.escalated": gettext_lazy("Please look after it"),
    "rule.parked": gettext_lazy("A rule fails"),
    "ticket.woken": gettext_lazy("Back again"),
    "erasure.asked": gettext_lazy("To decide"),
}
STATE_OF = {
    "ticket.graded_low": "late",
    "target.nearing": "soon",
    "target.breached": "late",
    "message.undelivered": "late",
}
FIELD_OF = {
    "people.half_quiet": "quiet_until",
    "people.stand_in_self": "stand_in",
    "people.stand_in_teams": "stand_in",
    "people.no_such_time_zone": "time_zone",
}
OF_AGENT = ("language", "time_zone")


def _on_page(request: StaffRequest) -> Any:
    """The viewer's notices that are shown here; those from before there was a choice, too."""
    shown = Q(ways=None) | Q(ways__contains=["page"])
    return Notice.objects.filter(shown, agent_id=request.viewer.agent_id or 0)


def bell(request: StaffRequest) -> HttpResponse:
    """GET notices/bell: how many are unread, for the rail. One statement, that counts to `COUNTED`."""
    unread = _on_page(request).filter(read_at=None)[: COUNTED + 1].count()
    return render(request, "workspace/notices/bell.html", {"unread": unread, "counted": COUNTED})


def notices(request: StaffRequest) -> HttpResponse:
    """GET notices/: the latest, unread ones marked; POST: all are read. Three statements."""
    if request.method == "POST":
        read_all_notices(request.viewer.agent_id or 0, at=now())
        return redirect("workspace:notices")
    latest = list(_on_page(request).order_by("-id")[:PAGE])
    ids = {notice.about.partition(":")[2] for notice in latest if notice.about.startswith("ticket:")}
    tickets = {ticket.key: ticket for ticket in Ticket.objects.visible_to(request.viewer).filter(pk__in=ids)}
    articles = _articles(request, latest)
    rows = [
        {
            "notice": notice,
            "word": SAID.get(notice.code, SAID["ticket.changed"]),
            "state": STATE_OF.get(notice.code, ""),
            "ticket": tickets.get(notice.about),
            "text": articles.get(notice.about),
            "kind": kind_of(notice.code),
        }
        for notice in latest
    ]
    context = {"rows": rows, "any_unread": any(not row["notice"].read_at for row in rows), "place": "notices"}
    return render(request, "workspace/notices/list.html", context)


def _articles(request: StaffRequest, notices: Sequence[Notice]) -> dict[str, ArticleText]:
    """The articles that `notices` are about, by their keys; of an article, the text in its first language."""
    about = {notice.about.partition(":")[::2] for notice in notices}
    pks = {kind: [int(pk) for code, pk in about if code == kind] for kind in ("article", "articletext")}
    if not any(pks.values()) or not may_write(request.viewer):
        return {}
    first = Q(article__in=pks["article"], language=F("article__language"))
    texts = ArticleText.objects.visible_to(request.viewer).filter(first | Q(pk__in=pks["articletext"]))
    found = list(texts.defer("body", "text").select_related("article"))
    firsts = {text.article.key: text for text in found if text.language == text.article.language}
    return firsts | {text.key: text for text in found}


class PreferencesForm(forms.Form):
    """What somebody hears and how, when not, who stands in, and where their day begins."""

    quiet_from = forms.TimeField(
        label=gettext_lazy("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("Quiet until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("Nothing is mailed or pushed meanwhile; what is still unread then comes after."),
    )
    stand_in = forms.ModelChoiceField(
        label=gettext_lazy("While I am away"),
        queryset=Agent.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody stands in for me"),
        help_text=gettext_lazy("Gets what I would be told and given; has to work for all my teams."),
    )
    landing = forms.ChoiceField(label=gettext_lazy("My day begins at"), choices=Preferences.LANDINGS)
    language = forms.ChoiceField(label=gettext_lazy("Language of the screens"), choices=LANGUAGES)
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "dir": "ltr"}),
        help_text=gettext_lazy("The clock by which times are shown to you, such as Europe/Berlin."),
    )

    def __init__(self, *args: Any, agent: Agent, heard: list[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heard = heard
        self.fields["stand_in"].queryset = may_stand_in(agent).order_by("name")  # type: ignore[attr-defined]
        for kind in heard:
            self.fields[f"ways_{kind.code}"] = forms.MultipleChoiceField(
                label=kind.name, choices=WAYS, required=False, widget=forms.CheckboxSelectMultiple
            )

    @property
    def kinds(self) -> list[tuple[Any, list[dict[str, Any]]]]:
        """Each kind of notice with its ways: name, value and whether it is chosen."""
        rows = []
        for kind in self.heard:
            name = f"ways_{kind.code}"
            chosen = self[name].value() or []
            cells = [{"name": name, "value": way, "word": word, "on": way in chosen} for way, word in WAYS]
            rows.append((kind.name, cells))
        return rows

    @property
    def rest(self) -> list[forms.BoundField]:
        """All but the ways."""
        return [self[name] for name in self.fields if not name.startswith("ways_")]


def preferences(request: StaffRequest) -> HttpResponse:
    """GET and POST me/preferences: what is heard and how, and in which language. Five statements."""
    agent = get_object_or_404(Agent.objects.select_related("preferences"), pk=request.viewer.agent_id)
    chosen = Preferences.objects.filter(agent=agent).first()
    heard = heard_by(request.viewer)
    initial = _initial(chosen) | {name: getattr(agent, name) for name in OF_AGENT}
    form = PreferencesForm(request.POST or None, agent=agent, heard=heard, initial=initial)

    def keep() -> None:
        data = form.cleaned_data
        ways = {kind.code: data[f"ways_{kind.code}"] for kind in heard}
        plain = {name: data[name] for name in ("quiet_from", "quiet_until", "stand_in", "landing")}
        with transaction.atomic():
            set_preferences(agent, by=request.viewer, ways=_different(ways, chosen), **plain)
            change_agent(agent, by=request.viewer, **{name: data[name] for name in OF_AGENT})

    if request.method == "POST" and form.is_valid() and carried_out(form, keep, fields=FIELD_OF):
        with translation.override(form.cleaned_data["language"]):
            say(request, _("Saved."))
        response = redirect("workspace:preferences")
        if LANGUAGE_COOKIE in request.COOKIES:  # chosen on customers' pages, it would go before
            response.delete_cookie(LANGUAGE_COOKIE, samesite="Lax")
        return response
    context = {
        "form": form,
        "ways": [word for _way, word in WAYS],
        "browsers": PushSubscription.objects.filter(agent=agent).order_by("pk"),
        "push_key": public_key(),
        "zones": sorted(available_timezones()),
        "place": "me",
    }
    return render(request, "workspace/notices/preferences.html", context, status=422 if form.errors else 200)


def _initial(chosen: Preferences | None) -> dict[str, Any]:
    ways = chosen.ways if chosen else {}
    initial: dict[str, Any] = {f"ways_{kind.code}": ways.get(kind.code, list(kind.usual)) for kind in KINDS}
    if chosen:
        plain = ("quiet_from", "quiet_until", "stand_in", "landing")
        initial |= {name: getattr(chosen, name) for name in plain}
    return initial


def _different(ways: dict[str, list[str]], chosen: Preferences | None) -> dict[str, list[str]]:
    """What was chosen: who leaves the usual stays with it, also where it depends on whether they work."""
    before = chosen.ways if chosen else {}
    return {
        code: chosen_ways for code, chosen_ways in ways.items() if code in before or set(chosen_ways) != _usual(code)
    }


def _usual(code: str) -> set[str]:
    return next(set(kind.usual) for kind in KINDS if kind.code == code)


@require_POST
def push(request: StaffRequest) -> HttpResponse:
    """POST me/push: notify this browser, with `subscription` as the browser gives it; with `remove`, one no more."""
    removed, agent = request.POST.get("remove", ""), get_object_or_404(Agent, pk=request.viewer.agent_id)
    if removed.isdecimal():
        drop_browser(agent, int(removed))
        return redirect("workspace:preferences")
    try:
        given = json.loads(request.POST.get("subscription", ""))
        endpoint, keys = given["endpoint"], given["keys"]
        word = browser_word(request.headers.get("User-Agent", ""))
        add_browser(agent, endpoint=endpoint, key=keys["p256dh"], secret=keys["auth"], browser=word)
    except (ValueError, KeyError, TypeError, Refused):
        return HttpResponse(status=422)
    return HttpResponse(status=204)


def browser_word(agent: str) -> str:
    """What a browser is called, by its User-Agent: enough to know one's own again."""
    names = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS"}
    name = next((word for mark, word in names.items() if mark in agent), _("a browser"))
    system = next((word for mark, word in systems.items() if mark in agent), "Linux" if "Linux" in agent else "")
    if not system:
        return name
    return pgettext("browser on system", "%(browser)s on %(system)s") % {"browser": name, "system": system}


def worker(request: StaffRequest) -> FileResponse:
    """GET push-worker.js: what a browser runs to show notices; at one address for ever, as browsers keep it by that."""
    found = finders.find("workspace/pushworker.js")
    if not found:
        raise Http404
    response = FileResponse(open(str(found), "rb"), content_type="text/javascript")  # noqa: SIM115 - the response closes it
    response["Cache-Control"] = "no-cache"
    return response


urls = [
    staff_path("notices/", notices, name="notices"),
    staff_path("notices/bell", bell, name="bell"),
    staff_path("me/preferences", preferences, name="preferences"),
    staff_path("me/push", push, name="push"),
    staff_path("push-worker.js", worker, name="push_worker"),
]
