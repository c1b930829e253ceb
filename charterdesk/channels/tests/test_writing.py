"""Mails written as bytes say to every reader what a mail made by the standard library says."""

from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from charterdesk.channels.email.writing import Header, written

SUBJECTS = [
    "We have your request: No water [#1042]",
    "Wasser läuft über, طلب جديد, 水が出ない",
    "long " * 60,
    "=?utf-8?q?not_an_encoded_word?=",
    "a tab\tin it",
]
NAMES = ["Leaks", 'Leaks, "the" team', "Störungsstelle", "x" * 90]
BODIES = [
    "Hello,\n\n-- \nLeaks\n",
    ".\n..\nFrom here on, 1 = 1; é, 水, ار\n" + "a very long line " * 40 + "\n\tand a tab at the end \t\n",
    "\n",
    "no end of line",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_written_reads_as_the_library_writes_it(subject: str, name: str, body: str) -> None:
    headers: list[Header] = [
        ("Subject", subject),
        ("From", Address(name, addr_spec="leaks@desk.example")),
        ("To", "mia@home.example, o'neil+tag@home.example"),
        ("Message-ID", "<t1042.m7.abcdefghijkl@desk.example>"),
        ("References", " ".join(f"<{'0' * 40}{number}@home.example>" for number in range(5))),
    ]
    ours, theirs = _read(written(headers, text=body, html=f"<p>{body}</p>")), EmailMessage(policy=SMTP)
    for header, value in headers:
        theirs[header] = value
    theirs.set_content(body, cte="quoted-printable")
    theirs.add_alternative(f"<p>{body}</p>", subtype="html", cte="quoted-printable")
    theirs = _read(theirs.as_bytes())
    assert [ours[header] for header, _value in headers] == [theirs[header] for header, _value in headers]
    assert [part.get_content() for part in ours.iter_parts()] == [part.get_content() for part in theirs.iter_parts()]
    assert ours.get_content_type() == theirs.get_content_type() == "multipart/alternative"


def test_no_line_is_longer_than_mail_allows() -> None:
    raw = written([("Subject", "long " * 60), ("To", "a@b.example, " * 40)], text="word " * 900, html="é" * 900)
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_nobody_gets_a_header_in_by_a_line_break() -> None:
    with pytest.raises(ValueError, match="Header values may not contain"):
        written([("Subject", "Hello\r\nBcc: all@home.example")], text="", html="")


def _read(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, _class=EmailMessage, policy=SMTP)
    assert isinstance(mail, EmailMessage)
    return mail
