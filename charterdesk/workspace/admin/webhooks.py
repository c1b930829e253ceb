"""Webhooks: which systems hear of which events, their keys, and how each call went."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from charterdesk.events.delivery import read_entry
from charterdesk.events.log import known_codes
from charterdesk.events.models import Webhook, WebhookCall
from charterdesk.events.webhooks.actions import (
    change_key,
    change_webhook,
    create_webhook,
    keys_of,
    remove_webhook,
    replay,
    send_test,
)
from charterdesk.events.webhooks.messages import body
from charterdesk.people.models import Team
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {"events.webhook_url": "url", "events.webhook_code": "codes"}
PAGE = 50
USUAL = {"ticket", "message", "contact", "target"}
Boxes = tuple[str, list[forms.boundfield.BoundWidget]]
ALL, SOME = "all", "some"
HEARS = (
    (ALL, gettext_lazy("of every event, those of later versions as well")),
    (SOME, gettext_lazy("of the events I choose")),
)
OFF = {
    "gone": gettext_lazy("It said that it is gone, so it was switched off."),
    "failing": gettext_lazy("It did not answer for five days, so it was switched off."),
}


class WebhookForm(forms.Form):
    """Where to call, and for what: all of them only where that was said."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://example.org/hooks"}),
        help_text=gettext_lazy("It is called by POST and has 15 seconds to answer with a status from 200 to 299."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Switched on"), required=False)
    team_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Teams"),
        coerce=int,
        required=False,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of which teams' tickets it hears; with none ticked, of everything."),
    )
    hears = forms.ChoiceField(label=gettext_lazy("It hears"), choices=HEARS, widget=forms.RadioSelect)
    codes = forms.MultipleChoiceField(label=gettext_lazy("Events"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team_ids"].choices = list(Team.objects.order_by("name").values_list("pk", "name"))  # type: ignore[attr-defined]
        self.fields["codes"].choices = [(code, code) for code in known_codes()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Events are chosen, or it hears of all."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("hears") == SOME and not data.get("codes"):
            self.add_error("hears", _("Tick the events it is to hear of."))
        return data

    def kept(self) -> dict[str, Any]:
        """What is kept of it: no codes are all events."""
        fields = {name: value for name, value in self.cleaned_data.items() if name != "hears"}
        return fields | {"codes": []} if self.cleaned_data["hears"] == ALL else fields

    def usual_events(self) -> list[Boxes]:
        """The boxes of what most webhooks are for, by what it is about."""
        return [group for group in self._events() if group[0] in USUAL]

    def other_events(self) -> list[Boxes]:
        """The boxes of the other events."""
        return [group for group in self._events() if group[0] not in USUAL]

    def _events(self) -> Iterator[Boxes]:
        boxes = groupby(self["codes"], key=lambda box: str(box.data["value"]).partition(".")[0])
        return ((kind, list(some)) for kind, some in boxes)


def webhooks(request: StaffRequest) -> HttpResponse:
    """GET admin/webhooks: all of them, and how they fare. One statement."""
    waiting = Count("calls", filter=Q(calls__state=WebhookCall.WAITING))
    found = Webhook.objects.annotate(waiting=waiting).defer("sealed")
    return render(request, "workspace/admin/webhooks.html", {"webhooks": found, "off": OFF, "place": "admin"})


def webhook(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/webhooks/<id> or admin/webhooks/new: look at one, change it, add one."""
    instance = get_object_or_404(Webhook, pk=pk) if pk else None
    form = WebhookForm(request.POST or None, initial=_initial(instance))
    if request.method == "POST" and form.is_valid() and (kept := _keep(form, instance, request)):
        say(request, _("Saved."))
        return redirect("workspace:webhook_calls", kept.pk)
    return form_page(request, "workspace/admin/webhook.html", form, webhook=instance)


def _keep(form: WebhookForm, instance: Webhook | None, request: StaffRequest) -> Webhook | None:
    made: list[Webhook] = [instance] if instance else []

    def keep() -> None:
        if instance:
            change_webhook(instance, by=request.viewer, **form.kept())
        else:
            made.append(create_webhook(by=request.viewer, **form.kept()))

    return made[0] if carried_out(form, keep, fields=FIELD_OF) else None


def _initial(instance: Webhook | None) -> dict[str, Any]:
    if instance is None:
        return {"is_active": True, "hears": SOME}
    kept = {name: getattr(instance, name) for name in WebhookForm.base_fields if name != "hears"}
    return kept | {"hears": SOME if instance.codes else ALL}


@never_cache
def calls(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/webhooks/<id>/calls?state=&page=: its key, and what it was sent, the latest first. Four statements."""
    instance = get_object_or_404(Webhook, pk=pk)
    state = request.GET.get("state", "")
    found = instance.calls.order_by("-id")
    if state in dict(WebhookCall.STATES):
        found = found.filter(state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "webhook": instance,
        "keys": keys_of(instance),
        "page": page,
        "state": state,
        "states": WebhookCall.STATES,
        "off": OFF.get(instance.off_because),
        "place": "admin",
    }
    return render(request, "workspace/admin/webhook_calls.html", context)


def sent(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/webhooks/calls/<id>: what one call says, and how each try went. Two statements."""
    call = get_object_or_404(WebhookCall.objects.select_related("webhook"), pk=pk)
    entry = read_entry(call.event_id)
    said = msgspec.json.format(body(entry), indent=2).decode() if entry else ""
    return render(request, "workspace/admin/webhook_call.html", {"call": call, "said": said, "place": "admin"})


@require_POST
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/webhooks/<id>/<what>: `what` is "key", "test", "replay" (all given up, or the `call`) or "removal"."""
    instance = get_object_or_404(Webhook, pk=pk)
    what = request.POST.get("what", "")
    if what == "removal":
        remove_webhook(instance, by=request.viewer)
        say(request, _("Removed."))
        return redirect("workspace:webhooks")
    if what == "key":
        change_key(instance, by=request.viewer)
        say(request, _("Messages are signed with the new key and, until you change it again, with the last one."))
    elif what == "test":
        send_test(instance, by=request.viewer)
        say(request, _("A test is on its way: it appears below with the answer."))
    elif what == "replay":
        number = request.POST.get("call", "")
        call = get_object_or_404(instance.calls, pk=int(number)) if number.isdecimal() else None
        count = replay(instance, by=request.viewer, call=call)
        say(request, _("Sent again: {count}.").format(count=count) if count else _("There is nothing to send again."))
    return redirect("workspace:webhook_calls", instance.pk)


urls = [
    administrator_path("admin/webhooks", webhooks, name="webhooks"),
    administrator_path("admin/webhooks/new", webhook, name="new_webhook"),
    administrator_path("admin/webhooks/<int:pk>", webhook, name="webhook"),
    administrator_path("admin/webhooks/<int:pk>/calls", calls, name="webhook_calls"),
    administrator_path("admin/webhooks/<int:pk>/act", act, name="webhook_act"),
    administrator_path("admin/webhooks/calls/<int:pk>", sent, name="webhook_call"),
]
