"""Addresses and Message-IDs of ours that carry what a mail belongs to, signed so that nobody can make them up."""

import hashlib
import hmac
import re
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

TICKET, SIDE_THREAD, NOTICE, OUTGOING, RECIPIENT, FOLLOWER, CONTRACT, POST, COMMENT = (
    "t", "s", "n", "b", "r", "f", "c", "p", "k",
)  # fmt: skip
_KIND = "(?P<kind>[tsnbrfcpk])"
_TAG = re.compile(_KIND + r"(?P<number>\d{1,18})\.(?P<signature>[a-z2-7]{12})$")
_MESSAGE_ID = re.compile(r"\b" + _KIND + r"(?P<number>\d{1,18})\.m(?P<serial>\d{1,18})\.(?P<signature>[a-z2-7]{12})@")


@dataclass(frozen=True)
class Tag:
    """What an address stands for: a ticket (by number), or (by id) a side thread, a notice, an outgoing mail, one of
    many to whom something was announced, or who hears of a topic of the community, or of comments below an article."""

    kind: str
    number: int


def sign(text: str) -> str:
    """Twelve letters and digits, the same in upper and lower case, that only this desk can make for `text`."""
    digest = hmac.new(f"mail:{settings.SECRET_KEY}".encode(), text.encode(), hashlib.sha256).digest()
    return b32encode(digest)[:12].decode().lower()


def tagged(address: str, kind: str, number: int) -> str:
    """`leaks@desk.example` as the address that belongs to one ticket, side thread, notice or mail."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{kind}{number}.{sign(f'{kind}{number}')}@{domain}"


def untagged(address: str) -> str:
    """An address without what stands behind its plus sign, in lower case."""
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def read_tag(address: str) -> Tag | None:
    """What a tagged address of ours stands for; None for any other, and for one somebody made up."""
    local = address.strip().lower().rpartition("@")[0]
    found = _TAG.match(local.partition("+")[2])
    if found is None or not _is_ours(f"{found['kind']}{found['number']}", found["signature"]):
        return None
    return Tag(found["kind"], int(found["number"]))


def make_message_id(kind: str, number: int, serial: int) -> str:
    """A Message-ID (without angle brackets) for mail `serial` of a ticket (by number) or whatever `kind` names."""
    return f"{kind}{number}.m{serial}.{sign(f'{kind}{number}.m{serial}')}@{settings.MAIL_DOMAIN}"


def read_message_ids(text: str) -> list[tuple[Tag, int]]:
    """Every Message-ID of ours in `text`, with its serial number, in order; made-up ones are left out."""
    return [
        (Tag(found["kind"], int(found["number"])), int(found["serial"]))
        for found in _MESSAGE_ID.finditer(text.lower())
        if _is_ours(f"{found['kind']}{found['number']}.m{found['serial']}", found["signature"])
    ]


def number_named(kind: str, recipients: Iterable[str], message_ids: Iterable[str]) -> int | None:
    """The number behind `kind` in an address a mail goes to, or in a Message-ID it answers; else None."""
    tags = [tag for tag in map(read_tag, recipients) if tag]
    tags += [tag for tag, _serial in read_message_ids(" ".join(f"{each} " for each in message_ids))]
    return next((tag.number for tag in tags if tag.kind == kind), None)


def desk_id() -> str:
    """The name by which this desk knows its own mails again."""
    return sign("desk")


def _is_ours(text: str, signature: str) -> bool:
    return hmac.compare_digest(sign(text), signature)
