"""Files that came with a mail: what they are called, and their exact bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from tnefparse import TNEF

from charterdesk.channels.email.reading.headers import one_line, raw_text, unstructured
from charterdesk.channels.email.reading.mime import Part

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,6}$")


@dataclass(frozen=True)
class Attachment:
    """One file. Its bytes are decoded when first asked for: most readers only want to know that it is there."""

    filename: str | None
    content_type: str
    inline: bool
    content_id: str | None
    read: Callable[[], bytes]
    packed_in: str | None = None  # the container's name for a file out of winmail.dat

    @cached_property
    def _measured(self) -> tuple[int, str]:
        data = self.read()
        return len(data), sha256(data).hexdigest()

    @property
    def size(self) -> int:
        """Bytes, decoded."""
        return self._measured[0]

    @property
    def sha256(self) -> str:
        """Hex digest of the decoded bytes."""
        return self._measured[1]

    def as_json(self) -> dict[str, object]:
        """The form `mail explain` prints."""
        return {
            "filename": self.filename,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
            "inline": self.inline,
        }


def filename_of(part: Part) -> str | None:
    """The file name a part carries, without folders and control characters; None where it has none."""
    _, found = part.disposition
    name = found.get("filename") or found.get("name") or part.type_parameters.get("name")
    name = name or part.type_parameters.get("filename") or _from_location(part)
    return tidy_filename(name) if name else None


def _from_location(part: Part) -> str | None:
    if part.content_type in {"text/html", "text/plain"}:
        return None
    raw = part.get("content-location")
    if raw and _EXTENSION.search(location := (unstructured(raw) or "").strip("<> ").split("?")[0]):
        return location
    return None


def tidy_filename(name: str) -> str | None:
    """`name` as a mere file name: one line, no path. None where nothing is left."""
    tidy = one_line(name).strip("\"' ")
    if re.match(r"[A-Za-z]:[\\/]|\.{1,2}/|\\\\|/|(?:[a-z]+://)", tidy) or "\\" in tidy:
        tidy = re.split(r"[\\/]", tidy)[-1]
    tidy = tidy.replace("/", "_") if "/" in tidy else tidy
    return tidy[-255:] if tidy.strip(". ") else None


def content_id_of(part: Part) -> str | None:
    """The content id that HTML names in `cid:`; None where there is none."""
    raw = part.get("content-id")
    return (one_line(raw_text(raw)).strip("<> ") or None) if raw else None


def from_part(part: Part, html: str) -> Attachment:
    """The file that `part` is; `html` is the mail's HTML, which may show it within the text."""
    kind, _ = part.disposition
    content_id = content_id_of(part)
    shown = bool(content_id and content_id in html and f"cid:{content_id}".lower() in html.lower())
    return Attachment(
        filename=filename_of(part),
        content_type=part.content_type,
        inline=shown or kind == "inline",
        content_id=content_id,
        read=part.content,
    )


def from_bytes(name: str | None, data: bytes, *, content_type: str, packed_in: str | None = None) -> Attachment:
    """A file found inside something else."""
    tidy = tidy_filename(name) if name else None
    return Attachment(tidy, content_type, False, None, lambda: data, packed_in)


def is_tnef(part: Part) -> bool:
    """Whether the part is Outlook's winmail.dat."""
    if part.content_type in {"application/ms-tnef", "application/vnd.ms-tnef"}:
        return True
    return (filename_of(part) or "").lower() in {"winmail.dat", "win.dat"}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What a winmail.dat holds."""

    text: str | None
    html: str | None
    files: list[Attachment]


def unpack_tnef(part: Part) -> Unpacked | None:
    """Open winmail.dat; None where it is no TNEF or broken beyond reading."""
    try:
        tnef = TNEF(part.content())
        files = [
            from_bytes(
                file.long_filename() or file.name,
                bytes(file.data),
                content_type="application/octet-stream",
                packed_in="winmail.dat",
            )
            for file in tnef.attachments
            if file.data
        ]
        return Unpacked(_as_text(tnef.body), _as_text(tnef.htmlbody), files)
    except Exception:  # a third party's parser on hostile bytes: whatever it raises, the file itself is still there
        return None


def _as_text(found: object) -> str | None:
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, bytes):
        found = found.decode("utf-8", "replace")
    return found.replace("\x00", "") or None if isinstance(found, str) else None
