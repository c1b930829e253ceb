"""The forums and the terms of trust, by form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.comments.models import CommentTerms
from charterdesk.comments.policies import open_to
from charterdesk.community.actions.forums import TERMS, ForumAsked, drop_forum, order_forums, save_forum, set_terms
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Forum
from charterdesk.community.policies import may_run
from charterdesk.people.models import LANGUAGES, Brand, Organisation
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.community.paths import community_path, rooms
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.staff import StaffRequest, say

Texts = Mapping[str, str]
WHERE = {"community.no_name": "name_en", "community.no_organisation": "organisations"}


class ForumForm(forms.Form):
    """Names and intros by language, who reads, and whether customers write."""

    audience = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=Forum.AUDIENCES)
    organisations = forms.CharField(
        label=gettext_lazy("Organisations"),
        required=False,
        help_text=gettext_lazy("Their names, apart by commas; for “people of some organisations”."),
    )
    brand = forms.ModelChoiceField(
        label=gettext_lazy("Only on the pages of the brand"),
        queryset=Brand.objects.none(),
        required=False,
        empty_label=gettext_lazy("all brands"),
    )
    is_open = forms.BooleanField(label=gettext_lazy("Customers may write here"), required=False)

    def __init__(
        self, *args: Any, forum: Forum | None, names: Texts | None = None, intros: Texts | None = None, **kwargs: Any
    ) -> None:
        """The form of `forum`, or of a new one with `names` and `intros` to begin with."""
        names, intros = (forum.names, forum.intros) if forum else (names or {}, intros or {})
        initial: dict[str, Any] = {f"name_{code}": names.get(code, "") for code, _name in LANGUAGES}
        initial |= {f"intro_{code}": intros.get(code, "") for code, _name in LANGUAGES}
        initial |= {"brand": forum.brand_id if forum else None}
        initial |= {"is_open": forum.is_open if forum else True, "audience": forum.audience if forum else "public"}
        if forum and forum.organisation_ids:
            known = Organisation.objects.filter(pk__in=forum.organisation_ids).order_by("name")
            initial["organisations"] = ", ".join(each.name for each in known)
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.fields["brand"].queryset = Brand.objects.order_by("pk")  # type: ignore[attr-defined]
        for code, word in LANGUAGES:
            for what, most in (("name", 80), ("intro", 300)):
                widget = forms.TextInput(attrs={"dir": "auto", "lang": code})
                self.fields[f"{what}_{code}"] = forms.CharField(
                    label=word, required=False, max_length=most, widget=widget
                )

    def clean_organisations(self) -> list[int]:
        """Their primary keys. Raises `ValidationError` naming the first nobody knows."""
        names = [name.strip() for name in self.cleaned_data["organisations"].split(",") if name.strip()]
        found = {each.name.casefold(): each.pk for each in Organisation.objects.filter(name__in=names)}
        for name in names:
            if name.casefold() not in found:
                raise forms.ValidationError(_("No organisation is called “%(name)s”.") % {"name": name})
        return sorted(found.values())

    def fields_of(self, what: str) -> list[Any]:
        """The fields of names or intros, one for each language."""
        return [self[f"{what}_{code}"] for code, _name in LANGUAGES]

    @property
    def name_fields(self) -> list[Any]:
        """Those of the name."""
        return self.fields_of("name")

    @property
    def intro_fields(self) -> list[Any]:
        """Those of the sentence on what is talked about."""
        return self.fields_of("intro")

    @property
    def asked(self) -> ForumAsked:
        """What was filled in."""
        given = self.cleaned_data
        return ForumAsked(
            names={code: given[f"name_{code}"] for code, _name in LANGUAGES},
            intros={code: given[f"intro_{code}"] for code, _name in LANGUAGES},
            audience=given["audience"],
            organisation_ids=given["organisations"],
            is_open=given["is_open"],
            brand=given["brand"],
        )


class TermsForm(forms.Form):
    """How far people are trusted."""

    holds_new = forms.BooleanField(label=gettext_lazy("Look at the first posts of new people"), required=False)
    known_after = forms.IntegerField(
        label=gettext_lazy("New, until so many posts were shown"), min_value=1, max_value=1000
    )
    holds_links = forms.BooleanField(label=gettext_lazy("Look at posts with links"), required=False)
    regular_after = forms.IntegerField(
        label=gettext_lazy("Regular, and free to link, from so many points"), min_value=1, max_value=100_000
    )
    posts_per_hour = forms.IntegerField(
        label=gettext_lazy("Posts of one person in an hour, at most"), min_value=1, max_value=1000
    )
    reports_hide = forms.IntegerField(
        label=gettext_lazy("So many reports hide a post until somebody looks"), min_value=1, max_value=1000
    )
    takes_proposals = forms.BooleanField(label=gettext_lazy("Customers may propose forums"), required=False)


def forums(request: StaffRequest) -> HttpResponse:
    """GET community/forums: all of them in order, and the terms of trust. POST keeps the terms. Three statements."""
    terms = terms_in_force()
    form = TermsForm(request.POST or None, initial={name: getattr(terms, name) for name in TERMS})
    if request.method == "POST" and form.is_valid():
        set_terms(by=request.viewer, **form.cleaned_data)
        say(request, _("Saved."))
        return redirect("workspace:forums")
    context = {
        "forums": list(Forum.objects.select_related("brand").order_by("position", "pk")),
        "form": form,
        "commenters": CommentTerms.WHO,
        "commenting": open_to(),
        **rooms(request, "forums"),
    }
    return render(request, "workspace/community/forums.html", context, status=422 if form.errors else 200)


def forum(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """GET community/forums/<id> and community/forums/new: its form; POST keeps it."""
    found = get_object_or_404(Forum, pk=pk) if pk else None
    form = ForumForm(request.POST or None, forum=found)
    if request.method == "POST" and form.is_valid():

        def put() -> None:
            save_forum(found, by=request.viewer, asked=form.asked)

        if carried_out(form, put, fields=WHERE):
            say(request, _("Saved."))
            return redirect("workspace:forums")
    context = {"form": form, "forum": found, **rooms(request, "forums")}
    return render(request, "workspace/community/forum.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/forums/<id>/place: one place further down with `by` 1, else up."""
    ids = list(Forum.objects.order_by("position", "pk").values_list("pk", flat=True))
    at = ids.index(get_object_or_404(Forum, pk=pk).pk)
    to = at + (1 if number_in(request.POST.get("by", "")) else -1)
    ids.insert(max(0, to), ids.pop(at))
    order_forums(ids, by=request.viewer)
    return redirect("workspace:forums")


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/forums/<id>/removal: take an empty one away."""
    drop_forum(get_object_or_404(Forum, pk=pk), by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:forums")


urls = [
    community_path("forums", forums, "forums", may_run),
    community_path("forums/new", forum, "new_forum", may_run),
    community_path("forums/<int:pk>", forum, "forum", may_run),
    community_path("forums/<int:pk>/place", move, "move_forum", may_run),
    community_path("forums/<int:pk>/removal", drop, "drop_forum", may_run),
]
