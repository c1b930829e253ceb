"""What one charter says differently from another, thing by thing and word by word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from charterdesk.charter.content import Charter

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
LISTS = {
    "objectives": _("What we promise"),
    "remedies": _("What happens when we fail"),
    "rights": _("Rights"),
    "measures": _("What we do to keep our word"),
    "contacts": _("Whom to turn to"),
}
TEXTS = {"title": _("Title"), "intro": _("Introduction"), "legal": _("Legal standing")}
FIELDS = {
    "title": _("Name"), "promise": _("Promise"), "measure": _("What is measured"), "start": _("From when"),
    "stop": _("Until"), "within_s": _("Within"), "calendar_id": _("Opening hours"),
    "always": _("Every hour of every day counts"), "pauses": _("Time stands while the request is"),
    "counted": _("What is counted"), "limit": _("How often"), "at_least": _("At least"), "target": _("Share promised"),
    "window": _("Days measured"), "types": _("Type"), "priorities": _("Priority"), "team_ids": _("Team"),
    "channels": _("Channel"), "languages": _("Language"), "tags": _("Tags"), "kind": _("What follows"),
    "objectives": _("When one of these is broken"), "basis": _("How often"), "amount": _("Amount"),
    "currency": _("Currency"), "cap": _("At most for one broken promise"), "cap_year": _("At most in a year"),
    "approve_above": _("Above this a manager approves it"), "two_above": _("Above this two managers approve it"),
    "days": _("Days at most"), "text": _("Text"), "performer": _("Who does it"), "rhythm": _("How often"),
    "proof": _("What proves it"), "name": _("Name"), "role": _("What they do"), "level": _("Level"),
    "email": _("E-mail"), "phone": _("Phone"), "post": _("Post"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A thing that differs: in which list, its name, what became of it, and each field as it was and is."""

    where: Any
    name: str
    kind: str
    fields: list[tuple[Any, str, str]]


def compare(former: Charter, latter: Charter) -> list[Difference]:
    """What `latter` says that `former` does not, and the other way round, in the order of the page."""
    found = [
        Difference(where=label, name="", kind=CHANGED, fields=changes)
        for name, label in TEXTS.items()
        if (changes := list(_words(label, getattr(former, name), getattr(latter, name))))
    ]
    for name, label in LISTS.items():
        found += _things(label, getattr(former, name), getattr(latter, name), latter)
    return found


def _things(where: Any, former: list[Any], latter: list[Any], charter: Charter) -> Iterator[Difference]:
    before = {each.code: each for each in former}
    after = {each.code: each for each in latter}
    for code in [*before, *(code for code in after if code not in before)]:
        one, other = before.get(code), after.get(code)
        shown = other or one
        name = charter.said(getattr(shown, "title", {})) or getattr(shown, "name", code)
        if one and other:
            changes = list(_fields(one, other))
            if changes:
                yield Difference(where=where, name=name, kind=CHANGED, fields=changes)
        else:
            yield Difference(where=where, name=name, kind=ADDED if other else REMOVED, fields=[])


def _fields(one: Any, other: Any) -> Iterator[tuple[Any, str, str]]:
    for each in fields(one):
        was, is_now = getattr(one, each.name), getattr(other, each.name)
        label = FIELDS.get(each.name, each.name)
        if isinstance(was, Mapping):
            yield from _words(label, was, is_now)
        elif was != is_now:
            write = _hours if each.name == "within_s" else _plain
            yield label, write(was), write(is_now)


def _words(label: Any, was: Mapping[str, str], is_now: Mapping[str, str]) -> Iterator[tuple[Any, str, str]]:
    for language in sorted({*was, *is_now}):
        if was.get(language) != is_now.get(language):
            yield f"{label} ({language})", was.get(language, ""), is_now.get(language, "")


def _hours(seconds: int | None) -> str:
    """Open time as the form asks for it: "4:00", with seconds where it has some: "0:00:30"."""
    if not seconds:
        return ""
    rest = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}{rest}"


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
