"""Which parts of a mail are its text, which its HTML, and which are files."""

import re
from dataclasses import dataclass, field
from html import escape, unescape

from charterdesk.base.html import html_to_text
from charterdesk.channels.email.reading.attachments import (
    Attachment,
    filename_of,
    from_bytes,
    from_part,
    is_tnef,
    unpack_tnef,
)
from charterdesk.channels.email.reading.charsets import decode
from charterdesk.channels.email.reading.mime import Part
from charterdesk.channels.email.reading.plaintext import enriched_to_text, take_uu_files, unflow
from charterdesk.channels.email.reading.smime import signed_content

MAX_TEXT = 10_000_000  # characters of one text part that are read; the raw mail keeps the rest
# Other renderings of the same text, made for watches and interactive mail: never shown, never a file.
_OTHER_RENDERINGS = {"text/x-amp-html", "text/watch-html"}
_HTML_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """One stretch of the mail in the renderings it came in."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Bodies:
    """A mail's texts and files, sorted out."""

    sections: list[Section] = field(default_factory=list)
    file_parts: list[Part] = field(default_factory=list)
    extra_files: list[Attachment] = field(default_factory=list)

    def text(self) -> str | None:
        """The mail as plain text, made from HTML where that is all there is; None where it has neither."""
        pieces = [
            section.text if section.text is not None else html_to_text(section.html or "") for section in self.sections
        ]
        pieces = [piece.strip("\r\n") for piece in pieces if piece.strip()]
        return "\n\n".join(pieces) if pieces else ("" if self.sections else None)

    def html(self) -> str | None:
        """The mail as (unsafe) HTML; None where no part of it is HTML."""
        if not any(section.html is not None for section in self.sections):
            return None
        return "\n".join(
            section.html if section.html is not None else _text_as_html(section.text or "") for section in self.sections
        )

    @property
    def has_text(self) -> bool:
        """Whether plain text of the sender's own making stands in every stretch of the mail."""
        return all(section.text is not None and section.text.strip() for section in self.sections)

    def attachments(self) -> list[Attachment]:
        """Every file, in the order of the mail, those out of containers last."""
        html = self.html() or ""
        return [from_part(part, html) for part in self.file_parts] + self.extra_files


def _text_as_html(text: str) -> str:
    return '<div style="white-space: pre-wrap">' + escape(text, quote=False) + "</div>"


def sort_out(root: Part) -> Bodies:
    """Sort the parts of a mail. Never raises."""
    bodies = Bodies()
    _collect(root, bodies, bodies.sections)
    for part in list(bodies.file_parts):
        if is_tnef(part) and (unpacked := unpack_tnef(part)) is not None:
            bodies.extra_files.extend(unpacked.files)
            if not any((section.text or section.html or "").strip() for section in bodies.sections):
                bodies.sections = [Section(unpacked.text, unpacked.html)]
    for section in bodies.sections:
        if section.text and "begin " in section.text:
            section.text, files = take_uu_files(section.text)
            bodies.extra_files.extend(
                from_bytes(file.name, file.data, content_type="application/octet-stream") for file in files
            )
    return bodies


def _collect(part: Part, bodies: Bodies, sections: list[Section]) -> None:
    if part.children:
        if part.content_type == "multipart/alternative":
            _collect_alternatives(part, bodies, sections)
        elif part.content_type == "multipart/related":
            _collect_related(part, bodies, sections)
        else:
            for child in part.children:
                _collect(child, bodies, sections)
    elif part.main_type == "multipart":
        if part.body.strip() and part.parent is None:
            sections.append(Section(text=_text_of(part)))
        elif part.body.strip():
            bodies.file_parts.append(part)  # nested too deep to be opened: kept whole
    elif not _is_shown(part):
        _collect_file(part, bodies, sections)
    elif part.content_type not in _OTHER_RENDERINGS:
        sections.append(_section(part))


def _collect_file(part: Part, bodies: Bodies, sections: list[Section]) -> None:
    """A file; when it is a mail in its signature, that is read, too."""
    if (signed := signed_content(part)) is not None:
        _collect(signed, bodies, sections)
    bodies.file_parts.append(part)


def _section(part: Part) -> Section:
    text = _text_of(part)
    if part.content_type == "text/html":
        return Section(html=text) if "<" in text else Section(text=unescape(text))  # plain text under a wrong label
    if part.content_type in {"text/enriched", "text/richtext"}:
        return Section(text=enriched_to_text(text))
    return Section(text=text)


def _collect_alternatives(part: Part, bodies: Bodies, sections: list[Section]) -> None:
    """Of several renderings of one text keep the first plain one and the last HTML one."""
    renderings: list[Section] = []
    for child in part.children:
        within: list[Section] = []
        _collect(child, bodies, within)
        if within:
            renderings.append(_merged(within))
    texts = [section.text for section in renderings if section.text is not None]
    htmls = [section.html for section in renderings if section.html is not None]
    if texts or htmls:
        text = next((found for found in texts if found.strip()), texts[0] if texts else None)
        html = next((found for found in reversed(htmls) if found.strip()), None)
        sections.append(Section(text, html))


def _merged(within: list[Section]) -> Section:
    if len(within) == 1:
        return within[0]
    stretch = Bodies(sections=within)
    has_text = any(section.text is not None for section in within)
    return Section(stretch.text() if has_text else None, stretch.html())


def _collect_related(part: Part, bodies: Bodies, sections: list[Section]) -> None:
    """One document and what it shows: the document is the part that `start` names, else the first text."""
    start = part.type_parameters.get("start", "").strip("<> ")
    children = list(part.children)
    root = next(
        (child for child in children if start and start.encode() in (child.get("content-id") or b"")), None
    ) or next((child for child in children if child.main_type in {"text", "multipart"}), children[0])
    for child in children:
        if (
            child is root
            or child.main_type == "multipart"
            or (child.content_type == "text/html" and not filename_of(child) and root.main_type != "text")
        ):
            _collect(child, bodies, sections)
        else:
            bodies.file_parts.append(child)


_TEXT_TYPES = {"text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"}


def _is_shown(part: Part) -> bool:
    """Whether a leaf is text to read rather than a file to keep."""
    if part.content_type not in _TEXT_TYPES:
        return False
    kind, found = part.disposition
    if kind == "attachment":
        return part.parent is None and not filename_of(part)
    if found.get("filename"):
        return False
    return not (part.type_parameters.get("name") and part.parent is not None and _is_later_sibling(part))


def _is_later_sibling(part: Part) -> bool:
    return (
        part.parent is not None
        and part.parent.content_type != "multipart/alternative"
        and (part.parent.children.index(part) > 0 if len(part.parent.children) < 100 else True)
    )


def text_of(part: Part) -> str:
    """A text part's content as text, whatever its type says. Never raises."""
    return _text_of(part)


def _text_of(part: Part) -> str:
    data = part.content()[: MAX_TEXT * 2]
    label = part.type_parameters.get("charset", "")
    if part.content_type == "text/html" and not data.isascii() and (not label or label.lower() == "us-ascii"):
        match = _HTML_CHARSET.search(data[:4000])
        label = match[1].decode("ascii") if match else label
    text = decode(data, label)[:MAX_TEXT]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if part.type_parameters.get("format", "").lower() == "flowed":
        return unflow(text, delete_space=part.type_parameters.get("delsp", "").lower() == "yes")
    return text
