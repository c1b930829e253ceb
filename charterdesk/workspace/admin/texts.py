"""The texts the desk sends: written by language and team, looked at with a real ticket, tried on oneself."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.channels.trying import send_trial
from charterdesk.people.models import LANGUAGES, Agent, Team
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.own_texts import drop_text, write_text
from charterdesk.tickets.models import OwnText, Ticket
from charterdesk.tickets.own_texts import FACTS, TEXTS, chosen, original, own_texts
from charterdesk.tickets.rendering import Rendered
from charterdesk.tickets.templating import render_as
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.staff import StaffRequest, is_fragment, say


class TextForm(forms.Form):
    """A subject and a text, with facts as {{ customer }}."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
        help_text=gettext_lazy("A line whose facts are all empty is left out."),
    )


def texts(request: StaffRequest) -> HttpResponse:
    """GET admin/texts: each with its languages, and for which teams it was written anew. Two statements."""
    written = own_texts(list(TEXTS), [code for code, _name in LANGUAGES])
    teams = dict(Team.objects.values_list("pk", "name"))
    lines = [
        (name, text, [(code, word, _whose(written, teams, name, code)) for code, word in LANGUAGES])
        for name, text in TEXTS.items()
    ]
    return render(request, "workspace/admin/texts.html", {"lines": lines, "place": "admin"})


def _whose(written: dict[Any, OwnText], teams: dict[int, str], name: str, code: str) -> list[Any]:
    """For whom a text was written anew: the names of teams, or all."""
    return [
        teams.get(team_id, "") if team_id else _("all teams") for n, c, team_id in written if (n, c) == (name, code)
    ]


def text(request: StaffRequest, name: str, language: str) -> HttpResponse:
    """GET and POST admin/texts/<name>/<language>?team=: read it, write it anew, see it with a real ticket."""
    if name not in TEXTS or language not in dict(LANGUAGES):
        raise Http404
    team = _team(request)
    own = chosen(own_texts([name], [language]), name, language, [team.pk if team else None])
    form = TextForm(request.POST or None, initial=_initial(name, language, team, own))
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(request, form, language, team)
        if "try" in request.POST:
            return _try(request, form, language, team)
        if _keep(form, name, language, team, request):
            say(request, _("Saved. It is sent from now on."))
            return redirect(_address(name, language, team))
    context = {
        "name": name, "title": TEXTS[name].title, "when": TEXTS[name].when, "language": language,
        "languages": LANGUAGES, "teams": Team.objects.order_by("name"), "team": team, "own": own,
        "facts": FACTS.items(), "ticket": _ticket(request, team),
    }  # fmt: skip
    return form_page(request, "workspace/admin/text.html", form, **context)


def _team(request: StaffRequest) -> Team | None:
    chosen_team = request.GET.get("team") or request.POST.get("team") or ""
    return get_object_or_404(Team, pk=number_in(chosen_team)) if chosen_team else None


def _address(name: str, language: str, team: Team | None) -> str:
    query = f"?team={team.pk}" if team else ""
    return reverse("workspace:text", args=[name, language]) + query


def _initial(name: str, language: str, team: Team | None, own: OwnText | None) -> dict[str, str]:
    """The own text; for a team without one what all teams send; else ours."""
    if own is None and team:
        own = chosen(own_texts([name], [language]), name, language, [None])
    subject, written = (own.subject, own.text) if own else original(name, language)
    return {"subject": subject, "text": written}


def _ticket(request: StaffRequest, team: Team | None) -> Ticket | None:
    """The ticket to look at it with: the one named, else the newest the viewer may see."""
    found = Ticket.objects.visible_to(request.viewer).select_related("team", "contact").order_by("-pk")
    number = request.POST.get("ticket", "").strip().lstrip("#")
    if number:
        return found.filter(number=number_in(number)).first()
    return (found.filter(team=team) if team else found).first()


def _shown(request: StaffRequest, form: TextForm, language: str, team: Team | None) -> tuple[Ticket, Rendered] | None:
    ticket = _ticket(request, team)
    if ticket is None:
        return None
    return ticket, render_as(form.cleaned_data["subject"], form.cleaned_data["text"], ticket, language=language)


def _preview(request: StaffRequest, form: TextForm, language: str, team: Team | None) -> HttpResponse:
    shown = _shown(request, form, language, team)
    context = {"shown": shown[1] if shown else None, "ticket": shown[0] if shown else None, "place": "admin"}
    template = "text_preview.html" if is_fragment(request) else "text_preview_page.html"
    return render(request, f"workspace/admin/{template}", context)


def _try(request: StaffRequest, form: TextForm, language: str, team: Team | None) -> HttpResponse:
    """Send it to whoever asks; what is in the form need not be saved."""
    shown, me = _shown(request, form, language, team), get_object_or_404(Agent, pk=request.viewer.agent_id)
    if shown:
        ticket, rendered = shown
        send_trial(team=ticket.team, to=me.email, subject=rendered.subject, text=rendered.text, by=me)
    context = {
        "shown": shown[1] if shown else None, "ticket": shown[0] if shown else None, "sent_to": me.email,
        "place": "admin",
    }  # fmt: skip
    template = "text_preview.html" if is_fragment(request) else "text_preview_page.html"
    return render(request, f"workspace/admin/{template}", context)


def _keep(form: TextForm, name: str, language: str, team: Team | None, request: StaffRequest) -> bool:
    data = form.cleaned_data
    return carried_out(
        form,
        lambda: write_text(by=request.viewer, name=name, language=language, team=team, **data),
        fields={"tickets.unknown_fact": "text", "tickets.bad_condition": "text"},
    )


@require_POST
def back(request: StaffRequest, name: str, language: str) -> HttpResponse:
    """POST admin/texts/<name>/<language>/default: send ours again."""
    team = _team(request)
    own = get_object_or_404(OwnText, name=name, language=language, team=team)
    drop_text(own, by=request.viewer)
    say(request, _("Back to what it was."))
    return redirect(_address(name, language, team))


urls = [
    administrator_path("admin/texts", texts, name="texts", settings=SET_TEXTS),
    administrator_path("admin/texts/<slug:name>/<slug:language>", text, name="text", settings=SET_TEXTS),
    administrator_path(
        "admin/texts/<slug:name>/<slug:language>/default", back, name="default_text", settings=SET_TEXTS
    ),
]
