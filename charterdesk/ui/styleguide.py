"""The living style guide at `/ui/`, only while developing: every component with real words in it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.ui.promise import Promise

STATUSES = (("new", "new"), ("open", "open"), ("pending", "waiting for the customer"), ("solved", "solved"))


class SampleForm(forms.Form):
    """A field of each kind."""

    subject = forms.CharField(help_text=_("In a few words."))
    priority = forms.ChoiceField(choices=[("1", _("urgent")), ("2", _("high"))])
    text = forms.CharField(widget=forms.Textarea)
    urgent = forms.BooleanField(required=False)


def promises() -> list[Promise]:
    """One promise in each state."""
    at, hour = now(), timedelta(hours=1)
    pause = (at - 6 * hour, at - 4 * hour)
    return [
        Promise(started_at=at - hour, due_at=at + 3 * hour),
        Promise(started_at=at - 5 * hour, due_at=at + hour, kind="resolution"),
        Promise(started_at=at - 5 * hour, due_at=at - 2 * hour),
        Promise(started_at=at - 5 * hour, due_at=at + hour, pauses=[(at - 3 * hour, None)]),
        Promise(started_at=at - 9 * hour, due_at=at + hour, met_at=at - hour, pauses=[pause]),
        Promise(started_at=at - 9 * hour, due_at=at - 3 * hour, met_at=at - hour),
        Promise(started_at=at, due_at=None),
    ]


def sample() -> dict[str, Any]:
    """What the page shows."""
    tickets = [{"status": status, "get_status_display": word} for status, word in STATUSES]
    return {"promises": promises(), "tickets": tickets, "form": SampleForm({"subject": ""}), "at": now()}


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """GET /ui/: all components."""
    return render(request, "ui/styleguide.html", sample())
