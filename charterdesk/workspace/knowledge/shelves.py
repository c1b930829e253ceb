"""The categories: their names in every language, their order, and which stands in which."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.comments.queries.reading import is_shut
from charterdesk.knowledge.actions.categories import drop_category, order_categories, save_category
from charterdesk.knowledge.models import Category
from charterdesk.knowledge.policies import may_approve
from charterdesk.people.models import LANGUAGES, Brand
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.knowledge.lists import rooms
from charterdesk.workspace.knowledge.paths import knowledge_path
from charterdesk.workspace.staff import StaffRequest, say


class CategoryForm(forms.Form):
    """Names and intros by language, where it stands, and for which brand."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("Stands in"), queryset=Category.objects.none(), required=False, empty_label=gettext_lazy("—")
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read what stands here"),
        choices=Category.AUDIENCES,
        required=False,
        help_text=gettext_lazy("An article can be for fewer people, never for more. So can a category within."),
    )
    brand = forms.ModelChoiceField(
        label=gettext_lazy("Only for the brand"),
        queryset=Brand.objects.none(),
        required=False,
        empty_label=gettext_lazy("all brands"),
    )

    def __init__(self, *args: Any, category: Category | None, **kwargs: Any) -> None:
        names, intros = (category.names, category.intros) if category else ({}, {})
        initial = {f"name_{code}": names.get(code, "") for code, _name in LANGUAGES}
        initial |= {f"intro_{code}": intros.get(code, "") for code, _name in LANGUAGES}
        if category:
            initial |= {"parent": category.parent_id, "brand": category.brand_id, "audience": category.audience}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for code, word in LANGUAGES:
            attrs = {"dir": "auto", "lang": code}
            self.fields[f"name_{code}"] = forms.CharField(
                label=word, required=False, max_length=120, widget=forms.TextInput(attrs=attrs)
            )
            self.fields[f"intro_{code}"] = forms.CharField(
                label=word, required=False, max_length=300, widget=forms.TextInput(attrs=attrs)
            )
        tops = Category.objects.filter(parent=None).exclude(pk=category.pk if category else 0)
        self.fields["parent"].queryset = tops  # type: ignore[attr-defined]
        self.fields["brand"].queryset = Brand.objects.order_by("pk")  # type: ignore[attr-defined]

    def by_language(self, what: str) -> dict[str, str]:
        """What was written as `name` or `intro`."""
        return {code: self.cleaned_data[f"{what}_{code}"] for code, _name in LANGUAGES}

    @property
    def name_fields(self) -> list[Any]:
        """The fields of the name, one for each language."""
        return [self[f"name_{code}"] for code, _name in LANGUAGES]

    @property
    def intro_fields(self) -> list[Any]:
        """The fields of the sentence on what is there."""
        return [self[f"intro_{code}"] for code, _name in LANGUAGES]


def categories(request: StaffRequest) -> HttpResponse:
    """GET knowledge/categories: all of them, in order. One statement."""
    found = list(Category.objects.order_by("position", "pk"))
    tops = [(each, [one for one in found if one.parent_id == each.pk]) for each in found if each.parent_id is None]
    return render(request, "workspace/knowledge/categories.html", {"tops": tops, **rooms(request, "categories")})


def category(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """GET knowledge/categories/<id> and knowledge/categories/new: its form; POST keeps it."""
    found = get_object_or_404(Category, pk=pk) if pk else None
    form = CategoryForm(request.POST or None, category=found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def put() -> None:
            save_category(
                found,
                by=request.viewer,
                names=form.by_language("name"),
                intros=form.by_language("intro"),
                parent=given["parent"],
                brand=given["brand"],
                audience=given["audience"] or Category.AUDIENCES[0][0],
            )

        if carried_out(form, put, fields={"knowledge.no_name": "name_en", "knowledge.too_deep": "parent"}):
            say(request, _("Saved."))
            return redirect("workspace:categories")
    context = {
        "form": form,
        "category": found,
        "is_shut": found is not None and is_shut(found),
        **rooms(request, "categories"),
    }
    return render(request, "workspace/knowledge/category.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/categories/<id>/place: `by` places further down among those beside it."""
    found = get_object_or_404(Category, pk=pk)
    beside = list(Category.objects.filter(parent=found.parent).order_by("position", "pk").values_list("pk", flat=True))
    at = beside.index(pk)
    to = at + (1 if number_in(request.POST.get("by", "")) else -1)
    beside.insert(max(0, to), beside.pop(at))
    order_categories(beside, by=request.viewer)
    return redirect("workspace:categories")


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/categories/<id>/removal: take an empty one away."""
    drop_category(get_object_or_404(Category, pk=pk), by=request.viewer)
    say(request, _("The category is gone."))
    return redirect("workspace:categories")


urls = [
    knowledge_path("categories", categories, "categories", may_approve),
    knowledge_path("categories/new", category, "new_category", may_approve),
    knowledge_path("categories/<int:pk>", category, "category", may_approve),
    knowledge_path("categories/<int:pk>/place", move, "move_category", may_approve),
    knowledge_path("categories/<int:pk>/removal", drop, "drop_category", may_approve),
]
