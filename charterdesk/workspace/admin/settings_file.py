"""The set-up as one file: to download, and to read in again after a look at what it would change."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as answer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.records.set_up import BadSettings, Plan, apply_settings, plan_settings, try_settings, write_settings
from charterdesk.records.toml import write_value
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, say

LARGEST = 2 * 1024**2
SHOWN = 160
NOTHING: tuple[Any, ...] = ("", None, [], {})


def settings_file(request: StaffRequest) -> HttpResponse:
    """GET admin/settings-file: download and upload. POST: what the file would change; with `sure`, change it."""
    if request.method != "POST":
        return _page(request)
    try:
        text = _uploaded(request)
        plan = plan_settings(text)
        if "sure" in request.POST:
            apply_settings(plan, by=request.viewer)
            said = ngettext("%(n)s thing was changed.", "%(n)s things were changed.", len(plan.changes))
            say(request, said % {"n": len(plan.changes)})
            return redirect("workspace:settings_file")
        try_settings(plan, by=request.viewer)
    except BadSettings as bad:
        return _page(request, status=422, error=str(bad))
    return _page(request, plan=plan, text=text, changes=_in_words(plan))


def download(request: StaffRequest) -> HttpResponse:
    """GET admin/settings-file.toml: the set-up as it is now."""
    response = HttpResponse(write_settings(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="charterdesk.toml"'
    return response


def _uploaded(request: StaffRequest) -> str:
    """The text of the file, or what a preview showed. Raises `BadSettings`."""
    file = request.FILES.get("file")
    if file is None:
        text = str(request.POST.get("text", ""))
        if not text.strip():
            raise BadSettings(_("Choose a file first."))
        return text.replace("\r\n", "\n")
    if (file.size or 0) > LARGEST:
        raise BadSettings(_("This file is too large for a settings file."))
    try:
        return bytes(file.read()).decode()
    except UnicodeDecodeError as error:
        raise BadSettings(_("This is no text file in UTF-8.")) from error


def _page(request: StaffRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return answer(request, "workspace/admin/settings_file.html", {"place": "admin", **context}, status=status)


def _in_words(plan: Plan) -> list[dict[str, Any]]:
    """Changes as the page shows them, long values cut."""
    return [
        {
            "section": change.section,
            "key": change.key,
            "is_new": change.is_new,
            "fields": [(name, _short(before), _short(after)) for name, (before, after) in change.fields.items()],
        }
        for change in plan.changes
    ]


def _short(value: Any) -> str:
    if value in NOTHING:
        return ""
    text = value if isinstance(value, str) else write_value(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


urls = [
    administrator_path("admin/settings-file", settings_file, name="settings_file"),
    administrator_path("admin/settings-file.toml", download, name="settings_download"),
]
