"""The machine-readable part of a bounce (RFC 3464), as strictly or loosely as it was written."""

import re
from dataclasses import dataclass

from charterdesk.channels.email.reading.bounce_texts import status_in

_FIELD = re.compile(r"^([A-Za-z][\w-]{1,60})[ \t]*:[ \t]*(.*)$")
_ADDRESS = re.compile(r"[^\s<>;,\"()]+@[^\s<>;,\"()]+")


_RELAYED = re.compile(r"[45]\.\d\.\d+ - [^']{0,80} (\d{3}-'.*')")


@dataclass(frozen=True, slots=True)
class DeliveryField:
    """What a report says of one recipient.

    `address` is the one the mail was sent to, `final` the one it was handed on to (often the same); `kind` is the type
    of the diagnostic code: smtp, x-unix...
    """

    address: str
    final: str
    action: str
    status: str
    diagnostic: str
    kind: str
    remote_mta: str


def read_delivery_status(text: str) -> list[DeliveryField]:
    """Every recipient of a message/delivery-status part's `text`; [] where there is none. Never raises."""
    groups: list[dict[str, str]] = []
    for name, value, apart in _fields(text):
        opens = name in {"final-recipient", "original-recipient"}
        if (opens and (not groups or name in groups[-1] or (apart and "final-recipient" in groups[-1]))) or (
            apart and groups and name in {"x-actual-recipient", "action"} and name in groups[-1]
        ):
            groups.append({})
        if groups:
            groups[-1].setdefault(name, value)
    return [field for group in groups if (field := _recipient(group)) is not None]


def _fields(text: str) -> list[tuple[str, str, bool]]:
    """Name, unfolded value, and whether an empty line stood before it."""
    found: list[tuple[str, str, bool]] = []
    apart = True
    for line in text.split("\n"):
        line = line.rstrip()
        if not line:
            apart = True
        elif line[0] in " \t" and found and not apart:
            name, value, before = found[-1]
            found[-1] = (name, f"{value} {line.strip()}", before)
        elif match := _FIELD.match(line):
            found.append((match[1].lower(), match[2].strip(), apart))
            apart = False
        elif found and not apart and found[-1][0] == "diagnostic-code":
            name, value, before = found[-1]
            found[-1] = (name, f"{value} {line}", before)
    return found


def _recipient(group: dict[str, str]) -> DeliveryField | None:
    final = _address(group.get("final-recipient", ""))
    original = _address(group.get("original-recipient", ""))
    if not (final or original):
        return None
    kind, diagnostic = _typed(group.get("diagnostic-code", ""))
    if inner := _RELAYED.match(diagnostic):  # a service puts words of its own around what the server said
        group["status"] = status_in(inner[1]) or diagnostic[:5]
        diagnostic = inner[1]
    status = re.search(r"[245]\.\d{1,3}\.\d{1,3}", group.get("status", ""))
    action = re.match(r"[a-z]+", group.get("action", "").lower())
    return DeliveryField(
        address=_best(final, original),
        final=final or original,
        action=_known_action(action.group() if action else ""),
        status=_preferred(status.group() if status else "", diagnostic),
        diagnostic=diagnostic,
        kind=kind,
        remote_mta=_typed(group.get("remote-mta", ""))[1],
    )


def _known_action(action: str) -> str:
    if action in {"failed", "delayed", "delivered", "relayed", "expanded"}:
        return action
    if action.startswith(("fail", "deliverable", "error", "expired")):
        return "failed"
    return "delayed" if action.startswith("delay") else ""


def _preferred(status: str, diagnostic: str) -> str:
    """The status field, unless it only says "something", and the words say what."""
    said = status_in(diagnostic)
    if not status or (status.endswith(".0.0") and said):
        return said or status
    if said and status[2:] in {"0.0", "3.0", "4.0"} and not said.endswith(".0.0") and said[0] == status[0]:
        return said if status.endswith(".0.0") else status
    return status


def _best(final: str, original: str) -> str:
    """The address our side knows: a mail that was handed on failed elsewhere, but it is ours that did not arrive."""
    return original if "@" in original and not original.startswith(("|", "/", '"|')) else final or original


_XTEXT = re.compile(r"\+(2B|3D)")  # RFC 3461: an address with what it may not hold as such


def _address(value: str) -> str:
    kind, _, rest = value.partition(";")
    text = rest if _ and "@" not in kind else value
    text = _XTEXT.sub(lambda code: chr(int(code[1], 16)), text.strip().strip("<>").strip())
    match = _ADDRESS.search(text)
    return match.group().strip("<>'\".,") if match else (text if text and " " not in text and len(text) < 200 else "")


def _typed(value: str) -> tuple[str, str]:
    kind, semicolon, rest = value.partition(";")
    if semicolon and re.fullmatch(r"\s*[A-Za-z][\w-]*\s*", kind):
        return kind.strip().lower(), rest.strip()
    return "", value.strip()
