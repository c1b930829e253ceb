"""Reminders of late invoices: on which days after they were due, and in which words."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.billing.actions.reminding import remove_reminder_step, save_reminder_step
from charterdesk.billing.models import ReminderStep
from charterdesk.billing.queries.seller import seller
from charterdesk.people.models import LANGUAGES
from charterdesk.people.permissions import SET_MONEY
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"billing.step_taken": "days", "billing.half_words": "subject_en"}


class StepForm(forms.Form):
    """A reminder: when, and in which words."""

    days = forms.IntegerField(label=gettext_lazy("Days after it was due"), min_value=1, max_value=365)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in LANGUAGES:
            attrs = {"dir": "auto", "lang": code}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject"), required=False, max_length=200, widget=forms.TextInput(attrs=attrs)
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text"), required=False, max_length=5000, widget=forms.Textarea(attrs=attrs | {"rows": 5})
            )

    @property
    def by_language(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Subject and text of each language."""
        return [(name, self[f"subject_{code}"], self[f"text_{code}"]) for code, name in LANGUAGES]

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What `save_reminder_step` takes."""
        data = self.cleaned_data
        return {code: {"subject": data[f"subject_{code}"], "text": data[f"text_{code}"]} for code, _name in LANGUAGES}


def steps(request: StaffRequest) -> HttpResponse:
    """GET admin/reminders: the steps in order, or what holds without any. Two statements."""
    rows = [(each, [name for code, name in LANGUAGES if each.words_in(code)]) for each in ReminderStep.objects.all()]
    context = {"rows": rows, "settled": seller(), "place": "admin"}
    return render(request, "workspace/admin/reminders.html", context)


def step(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/reminders/<id> or admin/reminders/new: one of them."""
    found = get_object_or_404(ReminderStep, pk=pk) if pk else None
    words = {
        f"{part}_{code}": text for code, said in (found.words if found else {}).items() for part, text in said.items()
    }
    form = StepForm(request.POST or None, initial={"days": found.days if found else 7} | words)

    def save() -> None:
        save_reminder_step(found, by=request.viewer, days=form.cleaned_data["days"], words=form.words)

    if request.method == "POST" and form.is_valid() and carried_out(form, save, fields=FIELD_OF):
        say(request, _("Saved. Reminders that are planned already keep their day."))
        return redirect("workspace:reminder_steps")
    return form_page(request, "workspace/admin/reminder.html", form, step=found)


@require_POST
def removal(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/reminders/<id>/removal: send it no more."""
    remove_reminder_step(get_object_or_404(ReminderStep, pk=pk), by=request.viewer)
    say(request, _("Removed."))
    return redirect("workspace:reminder_steps")


urls = [
    administrator_path("admin/reminders", steps, name="reminder_steps", settings=SET_MONEY),
    administrator_path("admin/reminders/new", step, name="new_reminder_step", settings=SET_MONEY),
    administrator_path("admin/reminders/<int:pk>", step, name="reminder_step", settings=SET_MONEY),
    administrator_path("admin/reminders/<int:pk>/removal", removal, name="reminder_step_removal", settings=SET_MONEY),
]
