"""The desk's own fields of customers and organisations: made, changed, taken out of use."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.people.actions import add_person_field, change_person_field, retire_person_field
from charterdesk.people.models import LANGUAGES, PersonField
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"people.no_name": "name", "people.no_choices": "choices"}


class PersonFieldForm(forms.Form):
    """How a field is called in each language, of whom it is, and what it takes."""

    of = forms.ChoiceField(label=gettext_lazy("Of"), choices=PersonField.OF)
    kind = forms.ChoiceField(label=gettext_lazy("What it takes"), choices=PersonField.KINDS)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    choices = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy("One a line; for a choice only."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place"), min_value=0, max_value=1000, initial=100, help_text=gettext_lazy("Low ones first.")
    )

    def __init__(self, *args: Any, instance: PersonField | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if instance:  # values are kept by these
            del self.fields["of"], self.fields["kind"]
        for code, name in LANGUAGES:
            label = _("Name in %(language)s") % {"language": name}
            self.fields[f"name_{code}"] = forms.CharField(label=label, required=False, max_length=80)

    @property
    def main(self) -> list[forms.BoundField]:
        """All but the names by language."""
        return [self[name] for name in self.fields if not name.startswith("name_")]

    @property
    def by_language(self) -> list[forms.BoundField]:
        """The names by language."""
        return [self[name] for name in self.fields if name.startswith("name_")]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        names = {code: data[f"name_{code}"].strip() for code, _name in LANGUAGES}
        choices = [line.strip()[:80] for line in data["choices"].splitlines() if line.strip()]
        return {
            "name": data["name"].strip(),
            "names": {code: name for code, name in names.items() if name},
            "choices": list(dict.fromkeys(choices)),
            "position": data["position"],
        }


def person_fields(request: StaffRequest) -> HttpResponse:
    """GET admin/person-fields: all of them, those out of use last. One statement."""
    found = PersonField.objects.order_by("-of", "retired_at", "position", "pk")
    context = {"fields": sorted(found, key=lambda each: each.retired_at is not None), "place": "admin"}
    return render(request, "workspace/admin/person_fields.html", context)


def person_field(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/person-fields/new and admin/person-fields/<id>."""
    instance = get_object_or_404(PersonField, pk=pk) if pk else None
    form = PersonFieldForm(request.POST or None, instance=instance, initial=_initial(instance))

    def keep() -> None:
        if instance:
            change_person_field(instance, by=request.viewer, **form.values())
        else:
            data = form.cleaned_data
            add_person_field(by=request.viewer, of=data["of"], kind=data["kind"], **form.values())

    if request.method == "POST" and form.is_valid() and carried_out(form, keep, fields=FIELD_OF):
        say(request, _("Saved."))
        return redirect("workspace:person_fields")
    return form_page(request, "workspace/admin/person_field.html", form, instance=instance)


def _initial(instance: PersonField | None) -> dict[str, Any]:
    if instance is None:
        return {}
    names = {f"name_{code}": name for code, name in instance.names.items()}
    return {
        "name": instance.name,
        "choices": "\n".join(instance.choices),
        "position": instance.position,
        **names,
    }


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/person-fields/<id>/retirement: it is shown no more; what it says is kept."""
    retire_person_field(get_object_or_404(PersonField, pk=pk), by=request.viewer)
    say(request, _("Out of use. What it says is kept."))
    return redirect("workspace:person_fields")


urls = [
    administrator_path("admin/person-fields", person_fields, name="person_fields"),
    administrator_path("admin/person-fields/new", person_field, name="new_person_field"),
    administrator_path("admin/person-fields/<int:pk>", person_field, name="person_field"),
    administrator_path("admin/person-fields/<int:pk>/retirement", retire, name="retire_person_field"),
]
