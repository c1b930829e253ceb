"""Everything we keep of one person in a zip: for programs (JSON), to be read (HTML), and their files."""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Any

import orjson
from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.base.clock import now
from charterdesk.base.files import CHUNK, open_stored
from charterdesk.people.models import Contact
from charterdesk.people.personal import Chapter, Field, PersonalFile, Thing, chapters

IN_MEMORY = 8 * 1024**2
LONGEST_NAME = 100


class PersonZip:
    """The zip on its way: what is told is put in once for programs and once for people."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)
        self.paths: dict[tuple[str, str], str] = {}

    def write(self, contact: Contact, *, with_notes: bool) -> None:
        """Write all of it, in the language of `contact`. Memory: their texts; files go through in pieces."""
        with translation.override(contact.language):
            told = [
                (each, [self._with_files(thing) for thing in each.tell(contact, with_notes)]) for each in chapters()
            ]
            told = [(each, things) for each, things in told if things]
            page = render_to_string("records/person.html", self._page(contact, told))
        data = {each.name: [_plain(thing) for thing in things] for each, things in told}
        written = orjson.dumps({"made_at": now(), **data}, option=orjson.OPT_INDENT_2)
        self.zip.writestr("person.json", written)
        self.zip.writestr("person.html", page)
        self.zip.close()

    def _page(self, contact: Contact, told: list[tuple[Chapter, list[Thing]]]) -> dict[str, Any]:
        return {
            "contact": contact,
            "language": contact.language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "made_at": now(),
            "chapters": [(each.title(), [_readable(thing) for thing in things]) for each, things in told],
        }

    def _with_files(self, thing: Thing) -> Thing:
        """`thing` with the path in this zip in place of each file; one that is gone is left out."""
        return [Field(field.name, field.label, self._placed(field.value)) for field in thing]

    def _placed(self, value: Any) -> Any:
        if isinstance(value, PersonalFile):
            return self._put(value)
        if isinstance(value, list):
            placed = [self._with_files(one) if _is_thing(one) else self._placed(one) for one in value]
            return [one for one in placed if one is not None]
        return value

    def _put(self, file: PersonalFile) -> str | None:
        """Put a file in, once for each name it goes by; None where its bytes are gone."""
        known = self.paths.get((file.sha256, file.name))
        if known:
            return known
        path = f"files/{len(self.paths) + 1:04}-{_safe(file.name)}"
        try:
            stored = open_stored(file.sha256)
        except FileNotFoundError:
            return None
        with stored, self.zip.open(path, "w", force_zip64=True) as target:
            while piece := stored.read(CHUNK):
                target.write(piece)
        self.paths[file.sha256, file.name] = path
        return path


def write_person(contact: Contact, *, with_notes: bool) -> IO[bytes]:
    """The zip of `contact`, open at its beginning; the caller closes it. Large ones lie in a temporary file."""
    target: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
    PersonZip(target).write(contact, with_notes=with_notes)
    target.seek(0)
    return target


def pieces(opened: IO[bytes]) -> Iterator[bytes]:
    """The content of an open file piece by piece, for an answer that is streamed; closes it at the end."""
    with opened:
        while piece := opened.read(CHUNK):
            yield piece


def _is_thing(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Field)


def _plain(thing: Sequence[Field]) -> dict[str, Any]:
    """For programs."""
    return {field.name: _plain_value(field.value) for field in thing}


def _plain_value(value: Any) -> Any:
    if _is_thing(value):
        return _plain(value)
    if isinstance(value, list):
        return [_plain_value(one) for one in value]
    return value if isinstance(value, datetime | int | float | bool | None) else str(value)


def _readable(thing: Sequence[Field]) -> list[dict[str, Any]]:
    """For people: what is empty is left out, and each value says how it is to be set."""
    return [{"label": field.label, **_shown(field)} for field in thing if field.value not in ("", None, [])]


def _shown(field: Field) -> dict[str, Any]:
    value = field.value
    if isinstance(value, list) and value and _is_thing(value[0]):
        return {"things": [_readable(one) for one in value]}
    if isinstance(value, list):
        return {"files": value} if field.name == "files" else {"text": ", ".join(map(str, value))}
    return {"time": value} if isinstance(value, datetime) else {"text": str(value)}


def _safe(name: str) -> str:
    """A file's name as any system takes it, its ending kept."""
    cleaned = re.sub(r"[^\w.\- ]+", "_", name.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:20]}" if dot else cleaned[:LONGEST_NAME] or "file"
