"""Words that mean the same when somebody searches: listed by language, added, changed, taken out."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.search.models import Synonyms
from charterdesk.search.synonyms import LONGEST_ROW, define_synonyms, remove_synonyms
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {f"search.{code}": "words" for code in ("two_words", "not_a_word", "too_many_words", "too_many_groups")}
ANY = gettext_lazy("any language")


class SynonymsForm(forms.Form):
    """A group of words."""

    words = forms.CharField(
        label=gettext_lazy("Words that mean the same"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy(
            "Apart by commas or lines: gauge, water meter. Up to five words that belong together; other forms"
            " of them are found as well."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=[("", ANY), *LANGUAGES])

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        words = self.cleaned_data["words"].replace("\n", ",").replace("،", ",").split(",")
        return {"words": words, "language": self.cleaned_data["language"]}


def synonyms(request: StaffRequest) -> HttpResponse:
    """GET admin/synonyms: all groups. One statement."""
    names = {"": ANY, **dict(LANGUAGES)}
    groups = [
        (group, names.get(group.language, group.language)) for group in Synonyms.objects.order_by("language", "pk")
    ]
    return render(request, "workspace/admin/synonyms.html", {"groups": groups, "place": "admin"})


def one(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/synonyms/<id> or admin/synonyms/new: look at a group, change it, add one."""
    group = get_object_or_404(Synonyms, pk=pk) if pk else None
    given = {"words": _begun(request.GET.get("words", "")), "language": request.GET.get("language", "")}
    initial = {"words": ", ".join(group.words), "language": group.language} if group else given
    form = SynonymsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _keep(form, group, request):
        say(request, _("Saved. Searches know it from now on."))
        return redirect("workspace:synonyms")
    return form_page(request, "workspace/admin/synonyms_one.html", form, group=group)


def _begun(asked: str) -> str:
    """What somebody looked for as the beginning of a group: together where it may belong together."""
    return asked if len(asked.split()) <= LONGEST_ROW else asked.replace(" ", ", ")


def _keep(form: SynonymsForm, group: Synonyms | None, request: StaffRequest) -> bool:
    return carried_out(form, lambda: define_synonyms(group, by=request.viewer, **form.given()), fields=FIELD_OF)


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/synonyms/<id>/removal: let the words be only themselves."""
    remove_synonyms(get_object_or_404(Synonyms, pk=pk), by=request.viewer)
    say(request, _("The group is gone."))
    return redirect("workspace:synonyms")


urls = [
    administrator_path("admin/synonyms", synonyms, name="synonyms", settings=SET_TEXTS),
    administrator_path("admin/synonyms/new", one, name="new_synonyms", settings=SET_TEXTS),
    administrator_path("admin/synonyms/<int:pk>", one, name="synonyms_of", settings=SET_TEXTS),
    administrator_path("admin/synonyms/<int:pk>/removal", remove, name="remove_synonyms", settings=SET_TEXTS),
]
