"""The fields that tickets have beside what every ticket has: made, changed, put in order, taken out of use."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.models import LANGUAGES
from charterdesk.tickets.actions.definitions import (
    define_field,
    move_defined,
    read_choices,
    retire_field,
    write_choices,
)
from charterdesk.tickets.models import Ticket, TicketField
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, code_of, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "tickets.bad_code": "code",
    "tickets.code_taken": "code",
    "tickets.no_label": "label_en",
    "tickets.no_choices": "choices",
    "tickets.no_parent": "depends_on",
}
MADE_ONCE = ("code", "kind")


class FieldForm(forms.Form):
    """How a field is called, what it takes, who sees it, and when it may not be empty."""

    kind = forms.ChoiceField(label=gettext_lazy("What it takes"), choices=TicketField.KINDS)
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        required=False,
        help_text=gettext_lazy(
            "Programs and views call it by this. It stays: small letters, digits and _. Left empty, it is made of the"
            " name."
        ),
    )
    choices = forms.CharField(
        label=gettext_lazy("What can be chosen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=gettext_lazy(
            "One a line, as code = Label | de: Name. What goes only with a choice of another field begins with that"
            " choice: smart > s1 = Model S 1."
        ),
    )
    depends_on = forms.ModelChoiceField(
        label=gettext_lazy("Depends on"),
        queryset=TicketField.objects.none(),
        required=False,
        empty_label=gettext_lazy("nothing"),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Types of tickets that have it"),
        choices=Ticket.TYPES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where no box is ticked, all have it."),
    )
    required = forms.ChoiceField(label=gettext_lazy("Needed"), choices=TicketField.REQUIRED, required=False)
    is_public = forms.BooleanField(label=gettext_lazy("Customers see it"), required=False)
    is_editable = forms.BooleanField(label=gettext_lazy("Customers may change it"), required=False)

    def __init__(self, *args: Any, instance: TicketField | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = TicketField.objects.in_use().filter(kind=TicketField.CHOICE)
        self.fields["depends_on"].queryset = parents.exclude(pk=instance.pk) if instance else parents  # type: ignore[attr-defined]
        for code, name in LANGUAGES:
            self.fields[f"label_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": name},
                required=code == "en",
                max_length=120,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
            self.fields[f"help_{code}"] = forms.CharField(
                label=_("Help in %(language)s") % {"language": name},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
        if instance:
            for made_once in MADE_ONCE:
                del self.fields[made_once]

    def clean_choices(self) -> list[dict[str, Any]]:
        """Choices as the field keeps them."""
        try:
            return read_choices(self.cleaned_data["choices"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    @property
    def main(self) -> list[forms.BoundField]:
        """What comes first."""
        return [self[name] for name in ("label_en", "help_en", *MADE_ONCE) if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What it takes, who has and sees it."""
        return [self[name] for name in ("types", "required", "is_public", "is_editable")]

    @property
    def translations(self) -> list[forms.BoundField]:
        """Names and help in the other languages."""
        return [self[f"{what}_{code}"] for code, _name in LANGUAGES if code != "en" for what in ("label", "help")]

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        if "code" in data:
            data["code"] = data["code"] or code_of(data["label_en"])
        for attribute, prefix in (("labels", "label_"), ("helps", "help_")):
            texts = {code: data.pop(f"{prefix}{code}").strip() for code, _name in LANGUAGES}
            data[attribute] = {code: text for code, text in texts.items() if text}
        return data


def fields(request: StaffRequest) -> HttpResponse:
    """GET admin/fields: those in use, in their order, and those that are not. One statement."""
    found = list(TicketField.objects.order_by("position", "pk"))
    types = dict(Ticket.TYPES)
    in_use = [one for one in found if one.retired_at is None]
    context = {
        "lines": [{"field": one, "types": [types.get(type, type) for type in one.types]} for one in in_use],
        "retired": [one for one in found if one.retired_at],
        "place": "admin",
    }
    return render(request, "workspace/admin/ticket_fields.html", context)


def field(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/fields/<id> or admin/fields/new: look at one, change it, add one."""
    instance = get_object_or_404(TicketField.objects.select_related("depends_on"), pk=pk) if pk else None
    form = FieldForm(request.POST or None, instance=instance, initial=_initial(instance))
    if request.method == "POST" and form.is_valid():
        given = form.given()
        if carried_out(form, lambda: define_field(instance, by=request.viewer, **given), fields=FIELD_OF):
            say(request, _("Saved."))
            return redirect("workspace:ticket_fields")
    return form_page(request, "workspace/admin/ticket_field.html", form, field=instance)


def _initial(instance: TicketField | None) -> dict[str, Any]:
    if instance is None:
        return {"kind": TicketField.TEXT}
    plain = ("depends_on", "types", "required", "is_public", "is_editable")
    return {
        **{name: getattr(instance, name) for name in plain},
        **{f"label_{code}": text for code, text in instance.labels.items()},
        **{f"help_{code}": text for code, text in instance.helps.items()},
        "choices": write_choices(instance.choices),
    }


@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/fields/<id>/place: `step` is -1 (up) or 1 (down)."""
    step = -1 if request.POST.get("step") == "-1" else 1
    move_defined(get_object_or_404(TicketField, pk=pk), by=request.viewer, step=step)
    return redirect("workspace:ticket_fields")


@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/fields/<id>/retirement: out of use; what stands in it stays."""
    retire_field(get_object_or_404(TicketField, pk=pk), by=request.viewer)
    say(request, _("Taken out of use. What stands in it is kept."))
    return redirect("workspace:ticket_fields")


urls = [
    administrator_path("admin/fields", fields, name="ticket_fields"),
    administrator_path("admin/fields/new", field, name="new_ticket_field"),
    administrator_path("admin/fields/<int:pk>", field, name="ticket_field"),
    administrator_path("admin/fields/<int:pk>/place", move, name="move_ticket_field"),
    administrator_path("admin/fields/<int:pk>/retirement", retire, name="retire_ticket_field"),
]
