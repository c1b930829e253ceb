"""Templates of the desk's own: written by form in each language, looked at with a real ticket, tried, brought back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.keys import split_key
from charterdesk.base.refused import Refused
from charterdesk.channels.trying import send_trial
from charterdesk.events.models import RuleVersion
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.templates import remove_template, restore_template, save_template
from charterdesk.tickets.filling import check
from charterdesk.tickets.models import Template, TemplateVersion, Ticket
from charterdesk.tickets.own_templates import preview as previewed
from charterdesk.tickets.own_texts import CODES, FACTS
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.staff import StaffRequest, is_fragment, say

VERSIONS = 20
AT = {"tickets.template_taken": "code", "tickets.template_code": "code"}


class TemplateForm(forms.Form):
    """A template but for what it says, which is fields of their own for each language."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    code = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("What rules and files call it by; left out, it is made of the name. It stays."),
    )
    reason = forms.CharField(label=gettext_lazy("Why this change"), max_length=300, required=False)


def templates(request: StaffRequest) -> HttpResponse:
    """GET admin/templates: each with its languages and which rules send it. Three statements."""
    found = sorted(TemplateVersion.objects.newest(), key=lambda each: each.template.name.lower())
    rules = _sent_by([each.template for each in found])
    lines = [
        {
            "template": each.template,
            "languages": [word for code, word in LANGUAGES if code in each.texts],
            "rules": rules[each.template.pk],
        }
        for each in found
    ]
    return render(request, "workspace/templates/list.html", {"lines": lines, "place": "admin"})


def _sent_by(found: Sequence[Template]) -> dict[int, list[str]]:
    """The names of rules in force that send each. One statement."""
    in_force = RuleVersion.objects.filter(active_from__isnull=False, active_until=None).select_related("rule")
    sending: dict[str, list[str]] = {}
    for version in in_force if found else ():
        for step in version.body["then"]:
            sending.setdefault(str(step.get("args", {}).get("template")), []).append(str(version.rule))
    return {each.pk: sending.get(each.reference, []) for each in found}


def template(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/templates/<id> or admin/templates/new: look at one, change it, make one, see it with a real
    ticket in one language, mail that to oneself.
    """
    instance = _known(pk) if pk else None
    versions = list(instance.versions.order_by("-number")[:VERSIONS]) if instance else []
    form = TemplateForm(request.POST or None, initial=_initial(instance))
    if request.method == "POST" and "preview" in request.POST:
        return _preview(request, request.POST["preview"])
    if request.method == "POST" and "try" in request.POST:
        return _preview(request, request.POST["try"], is_sent=True)
    if request.method == "POST" and form.is_valid() and _keep(request, form, instance):
        say(request, _("Saved. It is sent like this from now on."))
        return redirect("workspace:templates")
    texts = _texts(request) if request.method == "POST" else (versions[0].texts if versions else {})
    languages = [(code, word, texts.get(code, {})) for code, word in LANGUAGES]
    context = {
        "instance": instance, "languages": languages, "versions": _told(versions), "facts": FACTS.items(),
        "codes": CODES.items(), "ticket": _ticket(request), "is_open": not any(said for _c, _w, said in languages),
    }  # fmt: skip
    return form_page(request, "workspace/templates/template.html", form, **context)


def _known(pk: int) -> Template:
    return get_object_or_404(Template, pk=pk, removed_at=None)


def _initial(instance: Template | None) -> dict[str, str]:
    return {"name": instance.name, "code": instance.code} if instance else {}


def _texts(request: StaffRequest) -> dict[str, dict[str, str]]:
    """What was written in each language: from the editor, or where no script runs from the plain field."""
    return {code: _said(request, code) for code, _word in LANGUAGES}


def _said(request: StaffRequest, code: str) -> dict[str, str]:
    plain = linebreaks(request.POST.get(f"text_{code}", ""), autoescape=True)
    return {
        "subject": request.POST.get(f"subject_{code}", ""),
        "html": request.POST.get(f"html_{code}") or plain,
    }


def _keep(request: StaffRequest, form: TemplateForm, instance: Template | None) -> bool:
    data = form.cleaned_data

    def keep() -> None:
        save_template(
            instance, by=request.viewer, name=data["name"], code=data["code"], texts=_texts(request),
            reason=data["reason"],
        )  # fmt: skip

    return carried_out(form, keep, fields=AT)


def _ticket(request: StaffRequest) -> Ticket | None:
    """The ticket to look at it with: the one named, else the newest the viewer may see. One statement."""
    found = Ticket.objects.visible_to(request.viewer).select_related("team", "contact").order_by("-pk")
    number = request.POST.get("ticket", "").strip().lstrip("#")
    return found.filter(number=number_in(number)).first() if number else found.first()


def _preview(request: StaffRequest, language: str, *, is_sent: bool = False) -> HttpResponse:
    """What is written in `language`, as the customer of a real ticket would get it; mailed to whoever asks, if so."""
    ticket, said = _ticket(request), _said(request, language if language in dict(LANGUAGES) else "en")
    context: dict[str, Any] = {"ticket": ticket, "shown": None, "place": "admin", "what": request.path}
    try:
        check(said["subject"], said["html"])
    except Refused as refused:
        context["problem"] = refused.message
        ticket = None
    if ticket:
        shown = context["shown"] = previewed(said, ticket, language=language)
        if is_sent:
            me = get_object_or_404(Agent, pk=request.viewer.agent_id)
            send_trial(team=ticket.team, to=me.email, subject=shown.subject, text=shown.text, by=me)
            context["sent_to"] = me.email
    page = "text_preview.html" if is_fragment(request) else "text_preview_page.html"
    return render(request, f"workspace/admin/{page}", context)


def _told(versions: Sequence[TemplateVersion]) -> list[dict[str, Any]]:
    """What it said when, who changed it and why. One statement, none for none."""
    ids = [split_key(each.actor)[1] for each in versions if each.actor.startswith("agent:")]
    names = dict(Agent.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [
        {"version": each, "who": names.get(split_key(each.actor)[1], "") if ":" in each.actor else _("The desk")}
        for each in versions
    ]


@require_POST
def go_back(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """POST admin/templates/<id>/versions/<number>: what it said then is what is sent from now on."""
    version = get_object_or_404(TemplateVersion.objects.select_related("template"), template=_known(pk), number=number)
    restore_template(version, by=request.viewer)
    say(request, _("Back to version {number}: it is sent from now on.").format(number=number))
    return redirect("workspace:template", pk)


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/templates/<id>/removal: have it no more; what was sent of it stays."""
    remove_template(_known(pk), by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:templates")


urls = [
    administrator_path("admin/templates", templates, name="templates", settings=SET_TEXTS),
    administrator_path("admin/templates/new", template, name="new_template", settings=SET_TEXTS),
    administrator_path("admin/templates/<int:pk>", template, name="template", settings=SET_TEXTS),
    administrator_path(
        "admin/templates/<int:pk>/versions/<int:number>", go_back, name="template_back", settings=SET_TEXTS
    ),
    administrator_path("admin/templates/<int:pk>/removal", remove, name="remove_template", settings=SET_TEXTS),
]
