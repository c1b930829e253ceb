"""The charter's editor: draft it, compare it with what is published, have it approved, publish it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.charter.actions.documents import (
    approve_draft,
    begin_draft,
    change_draft,
    discard_draft,
    drop_part,
    move_part,
    publish_charter,
    put_part,
)
from charterdesk.charter.comparing import Difference, compare
from charterdesk.charter.content import Charter, clean
from charterdesk.charter.models import CharterVersion
from charterdesk.charter.policies import may_approve, may_see_drafts, may_write
from charterdesk.charter.queries.documents import in_force, published, unpublished
from charterdesk.charter.samples import SAMPLES, sample
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.people.viewer import Viewer
from charterdesk.ui.charter import charter_context
from charterdesk.workspace.admin.charter_parts import PARTS, TextsForm
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, View, say, staff_path

FIELD_OF = {
    f"charter.{name}": name
    for name in (
        "title", "target", "window", "within", "stop", "counted", "pauses", "objectives", "days", "currency", "amount",
        "cap", "cap_year", "approve_above", "two_above",
    )
}  # fmt: skip


def charter_path(route: str, view: View, name: str, may: Callable[[Viewer], bool] = may_write) -> URLPattern:
    """An address for whoever `may` work on the charter."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(may(request.viewer))
        return view(request, *args, **kwargs)

    return staff_path(f"admin/charter{route}", asked, name)


class PublishForm(forms.Form):
    """From when it binds."""

    effective_at = forms.DateTimeField(
        label=gettext_lazy("It binds requests that come in from"),
        required=False,
        help_text=gettext_lazy("Empty: in a minute."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def overview(request: StaffRequest) -> HttpResponse:
    """GET admin/charter: what is in force, what is drafted, and what to do next. Five statements."""
    return _overview(request, PublishForm())


def _overview(request: StaffRequest, form: PublishForm) -> HttpResponse:
    draft = unpublished()
    said = draft.charter if draft else None
    context = {
        "draft": draft,
        "said": said,
        "title": said.said(said.title) if said else "",
        "parts": _parts(said) if said else [],
        "binding": in_force(),
        "versions": list(published()),
        "samples": SAMPLES,
        "may_write": may_write(request.viewer),
        "may_approve": may_approve(request.viewer)
        and bool(draft)
        and request.viewer.key not in (draft.editors if draft else ()),
        "editors": _names(draft.editors) if draft else "",
        "approver": _names([draft.approved_by]) if draft and draft.approved_by else "",
        "languages": LANGUAGES,
        "place": "admin",
        "form": form,
    }
    return render(request, "workspace/admin/charter/overview.html", context, status=422 if form.errors else 200)


def _names(keys: list[str]) -> str:
    """Who they are, as far as they are agents. One query."""
    ids = [int(key.partition(":")[2]) for key in keys if key.startswith("agent:")]
    return ", ".join(Agent.objects.filter(pk__in=ids).order_by("name").values_list("name", flat=True))


def _parts(said: Charter) -> list[dict[str, Any]]:
    """The lists of a charter, each thing with its name and whether it lacks a translation."""
    return [
        {
            "code": code,
            "part": part,
            "things": [
                {
                    "code": each.code,
                    "name": said.said(getattr(each, "title", {})) or getattr(each, "name", each.code),
                    "missing": _missing(each, said.language),
                }
                for each in getattr(said, part.list)
            ],
        }
        for code, part in PARTS.items()
    ]


def _missing(thing: Any, own: str) -> list[str]:
    """Languages in which its name is not written."""
    title = getattr(thing, "title", None)
    return [code for code, _name in LANGUAGES if title and code != own and not title.get(code)]


@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """POST admin/charter/draft: begin the next version; `sample` names one by trade, else what is published goes on."""
    name = request.POST.get("sample", "")
    begin_draft(by=request.viewer, content=sample(name) if name in SAMPLES else None)
    return redirect("workspace:charter")


def _draft() -> CharterVersion:
    return get_object_or_404(CharterVersion.objects.exclude(state=CharterVersion.PUBLISHED))


def _language(request: StaffRequest, said: Charter) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(LANGUAGES) else said.language


def texts(request: StaffRequest) -> HttpResponse:
    """GET and POST admin/charter/texts?lang=: title, introduction and legal standing in one language."""
    draft = _draft()
    said = draft.charter
    language = _language(request, said)
    names = ("title", "intro", "legal")
    form = TextsForm(request.POST or None, initial={name: getattr(said, name).get(language, "") for name in names})
    if request.method == "POST" and form.is_valid():
        words: dict[str, Any] = {
            name: clean({**getattr(said, name), language: form.cleaned_data[name]}) for name in names
        }
        change_draft(draft, lambda charter: replace(charter, **words), by=request.viewer)
        say(request, _("Saved in the draft."))
        return redirect("workspace:charter")
    context = {"language": language, "languages": LANGUAGES, "name": _("Title and introduction")}
    return form_page(request, "workspace/admin/charter/part.html", form, **context)


def thing(request: StaffRequest, part: str, code: str = "") -> HttpResponse:
    """GET and POST admin/charter/<part>/<code> or .../new: one thing of the draft, in one language."""
    kind = PARTS.get(part)
    if kind is None:
        raise Http404
    draft = _draft()
    said = draft.charter
    known = next((each for each in getattr(said, kind.list) if each.code == code), None)
    if code and known is None:
        raise Http404
    language = _language(request, said)
    form = kind.form(request.POST or None, charter=said, language=language, thing=known)
    if request.method == "POST" and form.is_valid():
        made = form.made()

        def keep() -> None:
            change_draft(draft, lambda charter: put_part(charter, kind.list, made, code), by=request.viewer)

        if carried_out(form, keep, fields={key: name for key, name in FIELD_OF.items() if name in form.fields}):
            say(request, _("Saved in the draft."))
            return redirect("workspace:charter")
    name = said.said(getattr(known, "title", {})) or getattr(known, "name", "") if known else kind.new
    context = {
        "kind": kind, "part": part, "known": known, "name": name, "language": language,
        "languages": LANGUAGES if known else [], "own": said.language,
    }  # fmt: skip
    return form_page(request, "workspace/admin/charter/part.html", form, **context)


@require_POST
def drop(request: StaffRequest, part: str, code: str) -> HttpResponse:
    """POST admin/charter/<part>/<code>/removal: take it out of the draft."""
    if part not in PARTS:
        raise Http404
    change_draft(_draft(), lambda charter: drop_part(charter, part, code), by=request.viewer)
    say(request, _("Taken out of the draft."))
    return redirect("workspace:charter")


@require_POST
def move(request: StaffRequest, part: str, code: str) -> HttpResponse:
    """POST admin/charter/<part>/<code>/place: one place up or, with `down`, down."""
    if part not in PARTS:
        raise Http404
    by = 1 if "down" in request.POST else -1
    change_draft(_draft(), lambda charter: move_part(charter, part, code, by), by=request.viewer)
    return redirect("workspace:charter")


def comparison(request: StaffRequest) -> HttpResponse:
    """GET admin/charter/comparison: what the draft says differently. Two statements."""
    draft = _draft()
    newest = published().first()
    found: list[Difference] = compare(newest.charter if newest else Charter(), draft.charter)
    context = {"draft": draft, "newest": newest, "differences": found, "place": "admin"}
    return render(request, "workspace/admin/charter/comparison.html", context)


def preview(request: StaffRequest) -> HttpResponse:
    """GET admin/charter/preview?lang=: the draft as customers would read it, in each language. Four statements."""
    draft = _draft()
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(LANGUAGES) else get_language() or "en"
    with translation.override(language):
        context = {
            **charter_context(draft.charter, None), "draft": draft, "languages": LANGUAGES, "language": language,
            "place": "admin",
        }  # fmt: skip
        return render(request, "workspace/admin/charter/preview.html", context)


@require_POST
def approve(request: StaffRequest) -> HttpResponse:
    """POST admin/charter/approval: yes to what somebody else wrote."""
    approve_draft(_draft(), by=request.viewer)
    say(request, _("Approved. It can be published now."))
    return redirect("workspace:charter")


@require_POST
def publish(request: StaffRequest) -> HttpResponse:
    """POST admin/charter/publication: let it bind from `effective_at` on."""
    form = PublishForm(request.POST)
    draft = _draft()

    def carry_out() -> None:
        at: datetime | None = form.cleaned_data["effective_at"]
        publish_charter(draft, by=request.viewer, effective_at=at)

    if not form.is_valid() or not carried_out(form, carry_out, fields={"charter.too_soon": "effective_at"}):
        return _overview(request, form)
    say(request, _("Published."))
    return redirect("workspace:charter")


@require_POST
def discard(request: StaffRequest) -> HttpResponse:
    """POST admin/charter/removal: throw the draft away."""
    discard_draft(_draft(), by=request.viewer)
    say(request, _("The draft is gone. What is published stays."))
    return redirect("workspace:charter")


urls = [
    charter_path("", overview, "charter", may_see_drafts),
    charter_path("/draft", begin, "begin_charter"),
    charter_path("/texts", texts, "charter_texts"),
    charter_path("/comparison", comparison, "compare_charter", may_see_drafts),
    charter_path("/preview", preview, "preview_charter", may_see_drafts),
    charter_path("/approval", approve, "approve_charter", may_approve),
    charter_path("/publication", publish, "publish_charter"),
    charter_path("/removal", discard, "discard_charter"),
    charter_path("/<slug:part>/new", thing, "new_charter_part"),
    charter_path("/<slug:part>/<slug:code>", thing, "charter_part"),
    charter_path("/<slug:part>/<slug:code>/removal", drop, "drop_charter_part"),
    charter_path("/<slug:part>/<slug:code>/place", move, "move_charter_part"),
]
