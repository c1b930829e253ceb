"""The audit log: who changed what of the desk, when and on which; who came in; who looked at tickets of others."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charterdesk.events.audit import (
    ALL,
    CHANGES,
    OUTSIDE,
    SIGN_INS,
    Filter,
    all_audited,
    audited,
    filter_for,
)
from charterdesk.events.log import Entry, known_codes
from charterdesk.people.models import Agent
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.audit_names import names_of
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest

PAGE = 50
EMPTY: tuple[Any, ...] = ("", None, [], {})
NAMES = [
    (CHANGES, _("Changes of the desk")),
    (SIGN_INS, _("Signing in")),
    (OUTSIDE, _("Looks at tickets of other teams")),
    (ALL, _("Everything")),
]


class FilterForm(forms.Form):
    """What to look for; everything may stay empty."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NAMES, required=False)
    who = forms.ModelChoiceField(
        label=_("Who"), queryset=Agent.objects.order_by("name"), required=False, empty_label=_("anybody")
    )
    what = forms.CharField(
        label=_("What"),
        required=False,
        max_length=60,
        widget=forms.TextInput(
            attrs={"placeholder": "team.changed", "dir": "ltr", "autocomplete": "off", "list": "codes"}
        ),
    )
    which = forms.CharField(
        label=_("On which"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "team:3", "dir": "ltr", "autocomplete": "off"}),
        help_text=_("A key, or the number of a ticket such as #1042."),
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def as_filter(self) -> Filter:
        """What the log is asked for; what makes no sense is left out. One query where a ticket is named by number."""
        self.is_valid()
        data = self.cleaned_data
        who = data.get("who")
        return filter_for(
            data.get("kind") or CHANGES,
            what=data.get("what") or "",
            actors=(who.key, f"login:{who.login_id}") if who else (),
            subject=_key(data.get("which") or ""),
            since=_midnight(data.get("since")),
            until=_midnight(data.get("until"), later=timedelta(days=1)),
        )


def _key(text: str) -> str:
    """A key as it was written, or that of the ticket with this number."""
    text = text.strip()
    if not text.startswith("#") or not text[1:].isdecimal():
        return text
    found = Ticket.objects.filter(number=int(text[1:])).only("pk").first()
    return found.key if found else text


def _midnight(day: date | None, *, later: timedelta = timedelta()) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) + later if day else None


def audit(request: StaffRequest) -> HttpResponse:
    """GET admin/audit: the latest first; `before` is the number of an event. Eight statements at most."""
    form = FilterForm(request.GET)
    before = request.GET.get("before", "")
    found = audited(form.as_filter(), before=int(before) if before.isdecimal() else None, limit=PAGE + 1)
    context = {
        "form": form,
        "rows": told(found[:PAGE]),
        "codes": known_codes(),
        "before": found[PAGE - 1].id if len(found) > PAGE else None,
        "query": _query(request),
        "place": "admin",
    }
    return render(request, "workspace/admin/audit.html", context)


def _query(request: StaffRequest) -> str:
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()


def told(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Events as rows: who and on which by name where they are still known. Six statements at most."""
    entries = list(entries)
    names = names_of({key for entry in entries for key in (entry.actor, entry.subject, entry.data.get("about", ""))})
    return [
        {
            "at": entry.at,
            "actor": names.get(entry.actor, entry.actor),
            "code": entry.code,
            "subject": names.get(entry.data.get("about") or entry.subject, entry.data.get("about") or entry.subject),
            "key": entry.data.get("about") or entry.subject,
            "details": _details(entry),
        }
        for entry in entries
    ]


def _details(entry: Entry) -> str:
    """What else the event says: names of fields, codes and numbers; not once more on which it was."""
    own = entry.subject.partition(":")[2]
    said = {name: _plain(value) for name, value in entry.data.items() if name != "about" and value not in EMPTY}
    return "  ".join(f"{name}={value}" for name, value in said.items() if value != own or not name.endswith("_id"))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def export(request: StaffRequest) -> StreamingHttpResponse:
    """GET admin/audit.csv: what the same filters find, as CSV, the latest first."""
    wanted = FilterForm(request.GET).as_filter()
    response = StreamingHttpResponse(_lines(wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _lines(wanted: Filter) -> Iterator[str]:
    """CSV by keys, which stay true when somebody is erased; the event's data as JSON."""
    writer = csv.writer(_Echo())
    yield writer.writerow(["id", "at", "who", "what", "on", "data"])
    for entry in all_audited(wanted):
        row = [entry.id, entry.at.isoformat(), entry.actor, entry.code, entry.subject, json.dumps(entry.data)]
        yield writer.writerow(row)


urls = [
    administrator_path("admin/audit", audit, name="audit"),
    administrator_path("admin/audit.csv", export, name="audit_csv"),
]
