"""What plain text parts hide: format=flowed, text/enriched, uuencoded files."""

import re
from dataclasses import dataclass

from charterdesk.channels.email.reading.mime import decode_uu

_QUOTED = re.compile(r"(>+)")


def unflow(text: str, *, delete_space: bool) -> str:
    """Undo RFC 3676 format=flowed: lines ending in a blank go on in the next one of the same quote depth."""
    out: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        match = _QUOTED.match(line)
        depth = len(match[1]) if match else 0
        content = line[depth:]
        content = content[1:] if content.startswith(" ") else content
        is_signature = content == "-- "
        flowed = content.endswith(" ") and not is_signature
        if open_depth == depth and not is_signature:
            out[-1] += content
        else:
            out.append((">" * depth + " " if depth else "") + content)
        if flowed and delete_space:
            out[-1] = out[-1][:-1]
        open_depth = depth if flowed else None
    return "\n".join(out)


_ENRICHED_TAG = re.compile(r"<<|<(/?)([A-Za-z-]{1,60})>")


def enriched_to_text(text: str) -> str:
    """text/enriched (RFC 1896) as plain text: tags dropped, single line breaks become blanks, excerpts quoted."""
    depth_of_parameter = 0
    out: list[str] = []
    place = 0
    for match in _ENRICHED_TAG.finditer(text):
        if not depth_of_parameter:
            out.append(text[place : match.start()])
        place = match.end()
        if match.group() == "<<":
            out.append("<")
        elif match[2].lower() == "param":
            depth_of_parameter += -1 if match[1] else 1
            depth_of_parameter = max(depth_of_parameter, 0)
    if not depth_of_parameter:
        out.append(text[place:])
    return re.sub(r"\n(\n*)", lambda breaks: breaks[1] or " ", "".join(out)).strip()


@dataclass(frozen=True, slots=True)
class UuFile:
    """A file that stood uuencoded in a text."""

    name: str
    data: bytes


_UU_BLOCK = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[ -`]{1,63}[^\n]{0,3}\n){1,2000000}?)end[ ]*$", re.MULTILINE
)


def take_uu_files(text: str) -> tuple[str, list[UuFile]]:
    """`text` without uuencoded files, and those files. A block that does not decode stays text."""
    if "begin " not in text:
        return text, []
    files: list[UuFile] = []

    def take(match: re.Match[str]) -> str:
        data = decode_uu(match.group().encode("latin-1", "replace"))
        if data is None:
            return match.group()
        files.append(UuFile(match[1].strip(), data))
        return ""

    left = _UU_BLOCK.sub(take, text)
    return left.strip("\n") if files else text, files


_SIGNED, _SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
_SIGNATURE_END = "-----END PGP SIGNATURE-----"


def without_armour(text: str) -> str:
    """`text` without what OpenPGP puts around it to sign it (RFC 9580, section 7)."""
    start = text.find(_SIGNED)
    begin = text.find("\n\n", start)
    signature = text.find(_SIGNATURE, begin)
    if start < 0 or begin < 0 or signature < 0:
        return text
    end = text.find(_SIGNATURE_END, signature)
    after = text[end + len(_SIGNATURE_END) :] if end >= 0 else ""
    return text[:start] + re.sub(r"(?m)^- ", "", text[begin + 2 : signature].rstrip("\n")) + after
