"""How long what is kept, with a look at what would go; and what the law holds back."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.models import Contact, Organisation
from charterdesk.records.actions import MOST_DAYS, lift_hold, place_hold, remove_rule, save_rule, wanted_rule
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.previews import Preview, held_things, preview_of
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "records.no_such_action": "action",
    "records.too_soon": "days",
    "records.no_reason": "reason",
    "records.held_already": "name",
}


class RuleForm(forms.Form):
    """What goes, how old, and how."""

    subject = forms.ChoiceField(label=gettext_lazy("What"), choices=RetentionRule.SUBJECTS)
    action = forms.ChoiceField(label=gettext_lazy("What happens to it"), choices=RetentionRule.ACTIONS)
    days = forms.IntegerField(
        label=gettext_lazy("When it is older than (days)"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy(
            "Tickets count from the day they were closed, mails from the day they came or went, calls from their day."
        ),
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Of which types"),
        choices=Ticket.TYPES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For tickets and their files. Where no box is ticked, all are meant."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("In use: carry it out every night"), required=False)


class HoldForm(forms.Form):
    """Whose things must not go, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("What is held"), choices=LegalHold.KINDS)
    name = forms.CharField(
        label=gettext_lazy("Which"),
        max_length=320,
        help_text=gettext_lazy("A customer's e-mail address, an organisation's name, or a ticket's number."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)

    def subject(self) -> Contact | Organisation | Ticket | None:
        """What was named, if there is such a thing. One query."""
        kind, name = self.cleaned_data["kind"], self.cleaned_data["name"].strip()
        if kind == LegalHold.CONTACT:
            return Contact.objects.with_email(name).first()
        if kind == LegalHold.ORGANISATION:
            return Organisation.objects.filter(name__iexact=name).first()
        number = name.lstrip("#")
        return Ticket.objects.filter(number=int(number)).first() if number.isdecimal() else None


def retention(request: StaffRequest) -> HttpResponse:
    """GET admin/retention: the rules, and what is held. Five statements at most."""
    context = {
        "rules": RetentionRule.objects.all(),
        "holds": held_things(),
        "form": HoldForm(),
        "place": "admin",
    }
    return render(request, "workspace/admin/retention.html", context)


def rule(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/retention/<id> or /new. With `look` nothing is saved, and what would go is shown."""
    instance = get_object_or_404(RetentionRule, pk=pk) if pk else None
    form = RuleForm(request.POST or None, initial=_initial(instance))
    context: dict[str, Any] = {"rule": instance, "preview": preview_of(instance) if instance else None}
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            context["preview"] = _look(form)
        elif carried_out(form, lambda: save_rule(instance, by=request.viewer, **form.cleaned_data), fields=FIELD_OF):
            say(request, _("Saved. It is carried out every night while it is in use."))
            return redirect("workspace:retention")
    return form_page(request, "workspace/admin/retention_rule.html", form, **context)


def _look(form: RuleForm) -> Preview | None:
    """What the rule in the form would do; None, and said so, for one that can't be."""
    try:
        return preview_of(wanted_rule(**form.cleaned_data))
    except Refused as refused:
        form.add_error(FIELD_OF.get(refused.code), refused.message)
        return None


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/retention/<id>/removal: these are kept for ever again."""
    remove_rule(get_object_or_404(RetentionRule, pk=pk), by=request.viewer)
    say(request, _("Removed. What it was about is kept from now on."))
    return redirect("workspace:retention")


@require_POST
def hold(request: StaffRequest) -> HttpResponse:
    """POST admin/holds: hold something back from deletion."""
    form = HoldForm(request.POST)
    if form.is_valid():
        subject = form.subject()
        if subject is None:
            form.add_error("name", _("There is none of that name. Write it as it stands on the ticket."))
        elif carried_out(
            form, lambda: place_hold(subject, reason=form.cleaned_data["reason"], by=request.viewer), fields=FIELD_OF
        ):
            say(request, _("Held. Nothing of it is deleted or erased until you lift the hold."))
            return redirect("workspace:retention")
    rules = RetentionRule.objects.all()
    return form_page(request, "workspace/admin/retention.html", form, rules=rules, holds=held_things())


@require_POST
def lift(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/holds/<id>/lift: it goes when its time comes."""
    lift_hold(get_object_or_404(LegalHold, pk=pk), by=request.viewer)
    say(request, _("Lifted. What is old enough goes tonight."))
    return redirect("workspace:retention")


def _initial(rule: RetentionRule | None) -> dict[str, Any]:
    if rule is None:
        return {"days": 365, "action": RetentionRule.ANONYMISE}
    return {name: getattr(rule, name) for name in ("subject", "action", "days", "types", "is_active")}


urls = [
    administrator_path("admin/retention", retention, name="retention"),
    administrator_path("admin/retention/new", rule, name="new_retention_rule"),
    administrator_path("admin/retention/<int:pk>", rule, name="retention_rule"),
    administrator_path("admin/retention/<int:pk>/removal", remove, name="remove_retention_rule"),
    administrator_path("admin/holds", hold, name="place_hold"),
    administrator_path("admin/holds/<int:pk>/lift", lift, name="lift_hold"),
]
