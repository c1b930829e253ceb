"""Who decides complaints, in which order, with whom to turn to; and bodies outside that come after us."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.complaints.levels import define_level, retire_level
from charterdesk.complaints.models import TYPE, Level
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.permissions import SET_PROMISES
from charterdesk.sla.models import PolicyVersion
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"complaints.no_name": "name_en", "complaints.no_team": "team", "complaints.bad_address": "email"}
INSIDE, OUTSIDE = "inside", "outside"


class LevelForm(forms.Form):
    """One level: its name, who decides, and how to reach them."""

    where = forms.ChoiceField(
        label=gettext_lazy("Who decides there"),
        choices=[
            (INSIDE, gettext_lazy("a team of ours")),
            (OUTSIDE, gettext_lazy("a body outside, such as an ombudsman or a board of arbitration")),
        ],
        widget=forms.RadioSelect,
        initial=INSIDE,
    )
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.order_by("name"),
        required=False,
        help_text=gettext_lazy("Complaints become tickets of this team; one of its managers decides."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Order"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=gettext_lazy("1 decides first. Who is not content goes to the next; bodies outside come last."),
    )
    contact_name = forms.CharField(label=gettext_lazy("Who to turn to"), max_length=200, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=60, required=False)
    post = forms.CharField(
        label=gettext_lazy("Postal address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": name},
                required=code == "en",
                max_length=120,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    @property
    def main(self) -> list[forms.BoundField]:
        """What it is called, who decides, and when."""
        return [self[name] for name in ("where", "team", "position")]

    @property
    def reach(self) -> list[forms.BoundField]:
        """How customers reach it."""
        return [self[name] for name in ("contact_name", "email", "phone", "post", "website")]

    @property
    def translations(self) -> list[forms.BoundField]:
        """Its name in the other languages."""
        return [self[f"name_{code}"] for code, _name in LANGUAGES if code != "en"]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        names = {code: data[f"name_{code}"] for code, _name in LANGUAGES}
        kept = ("team", "position", "contact_name", "email", "phone", "post", "website")
        return {"names": names, "is_outside": data["where"] == OUTSIDE, **{name: data[name] for name in kept}}


def complaint_levels(request: StaffRequest) -> HttpResponse:
    """GET admin/complaints: the levels in their order, and what is promised to who complains. Two statements."""
    promised = PolicyVersion.objects.filter(active_until=None, types__contains=[TYPE]).order_by("position").first()
    context = {
        "levels": Level.objects.filter(is_active=True).select_related("team"),
        "promised": promised,
        "place": "admin",
    }
    return render(request, "workspace/admin/complaint_levels.html", context)


def complaint_level(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/complaints/<id> or admin/complaints/new: look at a level, change it, add one."""
    level = get_object_or_404(Level.objects.select_related("team"), pk=pk) if pk else None
    form = LevelForm(request.POST or None, initial=_initial(level))
    if request.method == "POST" and form.is_valid() and _keep(form, level, request):
        say(request, _("Saved."))
        return redirect("workspace:complaint_levels")
    return form_page(request, "workspace/admin/complaint_level.html", form, level=level)


def _keep(form: LevelForm, level: Level | None, request: StaffRequest) -> bool:
    return carried_out(form, lambda: define_level(level, by=request.viewer, **form.given()), fields=FIELD_OF)


def _initial(level: Level | None) -> dict[str, Any]:
    if level is None:
        return {"where": INSIDE, "position": Level.objects.filter(is_active=True, is_outside=False).count() + 1}
    known = ("position", "contact_name", "email", "phone", "post", "website")
    return {
        **{name: getattr(level, name) for name in known},
        **{f"name_{code}": name for code, name in level.names.items()},
        "team": level.team_id,
        "where": OUTSIDE if level.is_outside else INSIDE,
    }


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/complaints/<id>/retirement: it decides no more."""
    retire_level(get_object_or_404(Level, pk=pk), by=request.viewer)
    say(request, _("Taken off. Complaints that are there stay until they are taken higher."))
    return redirect("workspace:complaint_levels")


urls = [
    administrator_path("admin/complaints", complaint_levels, name="complaint_levels", settings=SET_PROMISES),
    administrator_path("admin/complaints/new", complaint_level, name="new_complaint_level", settings=SET_PROMISES),
    administrator_path("admin/complaints/<int:pk>", complaint_level, name="complaint_level", settings=SET_PROMISES),
    administrator_path(
        "admin/complaints/<int:pk>/retirement", retire, name="retire_complaint_level", settings=SET_PROMISES
    ),
]
