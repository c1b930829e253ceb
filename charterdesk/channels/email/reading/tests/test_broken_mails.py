"""Whatever the bytes: reading never raises, never loses the mail, and always has an answer JSON can hold."""

import random
import re
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.tests.making import bounced, raw_mail, reported

SEEDS = [
    raw_mail("Hello\n\nOn Mon, 3 May 2021, Bob <b@x.example> wrote:\n> old\n"),
    raw_mail(
        "--B\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nHi \nthere\n--B\nContent-Type:"
        " text/html\n\n<p>Hi</p>\n"
        '--B\nContent-Type: image/png; name="=?utf-8?Q?=C3=A9?=.png"\nContent-Transfer-Encoding:'
        " base64\n\niVBORw0KGgo=\n--B--\n",
        headers={"Content-Type": 'multipart/mixed; boundary="B"'},
    ),
    reported("Final-Recipient: rfc822; j@x.example\nAction: failed\nStatus: 5.1.1\n"),
    bounced("<j@x.example>: host mx said: 550 5.1.1 User unknown (in reply to RCPT TO command)\n"),
    bounced("------ The following addresses had errors ------\n<j@x.example>\n\n;SMTP=j@x.example; on Friday\n"),
    raw_mail("Hi <\nmailto:x\n> wrote:\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nHi\n-----BEGIN PGP SIGNATURE-----\n"),
    raw_mail("0\x80\x06\t*\x86H", headers={"Content-Type": "application/pkcs7-mime; smime-type=signed-data"}),
    raw_mail(
        "=E9 =\n=", headers={"Content-Transfer-Encoding": "quoted-printable", "Content-Type": "text/plain; charset=x"}
    ),
]
SPLINTERS = [
    b'"', b"<", b">", b"(", b")", b"=?utf-8?B?", b"?=", b"\r\n", b"\n\n", b";", b":", b"--B", b"--", b"\x00", b"\x1b$B",
    b'boundary="x";', b"charset=utf-7;", b"Content-Type: multipart/mixed\n", b"\xff", b"begin 644 x\n", b"> " * 40,
]  # fmt: skip


def broken(seed: int) -> bytes:
    """One mail, broken in up to twenty places: cut, doubled, overwritten, sprinkled with what parsers trip over."""
    chance = random.Random(seed)
    raw = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 20)):
        place = chance.randrange(len(raw) + 1)
        match chance.randrange(5):
            case 0:
                raw[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del raw[place : place + chance.randint(1, 120)]
            case 2:
                raw[place:place] = chance.choice(SPLINTERS)
            case 3:
                raw[place:place] = raw[chance.randrange(len(raw) + 1) :][: chance.randint(1, 300)]
            case _:
                raw[place:place] = chance.randbytes(chance.randint(1, 20))
    return bytes(raw)


def check(raw: bytes) -> None:
    mail = read_mail(raw)
    assert mail.faults == []
    assert orjson.loads(orjson.dumps(mail.as_json())) == mail.as_json()


def test_a_thousand_broken_mails_are_read():
    for seed in range(1000):
        check(broken(seed))


@pytest.mark.soak
def test_fifty_thousand_broken_mails_are_read():
    for seed in range(50_000):
        check(broken(seed))


@given(st.binary(max_size=2000))
def test_any_bytes_are_read(raw):
    check(raw)


@given(
    st.lists(st.tuples(st.sampled_from(["From", "To", "Subject", "Date", "Content-Type", "References"]), st.binary()))
)
def test_any_header_values_are_read(fields):
    check(b"".join(name.encode() + b": " + value + b"\n" for name, value in fields) + b"\nHello")


@given(st.text(max_size=1500))
def test_any_text_is_read(text):
    check(b"From: a@x.example\nContent-Type: text/html; charset=utf-8\n\n" + text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "raw",
    [
        b"To: " + b"<" * 200_000 + b"\n\nx",
        b"To: " + b'"' * 200_001 + b"\n\nx",
        b"To: " + b":" * 200_000 + b"\n\nx",
        b"To: " + b"(" * 200_000 + b"\n\nx",
        b"Subject: " + b"=?utf-8?Q?" * 20_000 + b"\n\nx",
        b"Content-Type: a/b" + b"; x*0=" * 20_000 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 50_000,
        b"From: a@x.example\n\n" + b"On " * 100_000 + b"wrote:\n> x",
        b"From: a@x.example\n\n" + b"> " * 300_000,
        b"From: a@x.example\nContent-Type: text/html\n\n" + b"<blockquote>" * 50_000,
        b"From: MAILER-DAEMON@x.example\nSubject: Undelivered Mail\n\n" + b"user unknown " * 50_000,
        b"From: a@x.example\n\nbegin 644 x\n" + b"M" * 500_000,
    ],
    ids=lambda raw: re.sub(r"\W+", "-", repr(raw[:24])),
)
@pytest.mark.timeout(20)  # seconds: these end in milliseconds, or, read carelessly, not at all
def test_a_mail_made_to_keep_the_reader_busy_is_read(raw):
    check(raw)


SHARED = Path(__file__).parents[6] / "shared" / "data"
needs_samples = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample mails are not on this machine")


@needs_samples
@pytest.mark.parametrize("folder", ["mails-mikel", "bounces"])
def test_real_mails_lose_neither_sender_nor_subject_nor_file(folder):
    for path in sorted((SHARED / folder).rglob("*.eml")):
        raw = path.read_bytes()
        mail = read_mail(raw)
        assert mail.faults == [], path.name
        assert bool(mail.sender) == bool(re.search(rb"^From\s*:\s*\S", raw, re.M | re.I)), path.name
        assert (
            mail.subject is not None
            or not re.search(rb"^Subject\s*:[ \t]*\S", raw, re.M | re.I)
            or path.parent.name
            in {
                "plain_emails",
                "multipart_report_emails",
            }
        ), path.name
        assert orjson.dumps(mail.as_json()), path.name


@needs_samples
def test_real_bounces_give_the_reason_their_collectors_found():
    expected = orjson.loads((SHARED / "bounces" / "expected.json").read_bytes())
    verdicts = {"feedback": "feedback_report", "vacation": "auto_reply"}
    wrong: list[tuple[str, object]] = []
    for name, recipients in expected.items():
        mail = read_mail((SHARED / "bounces" / name).read_bytes())
        if mail.verdict != verdicts.get(recipients[0]["reason"], "bounce"):
            wrong.append((name, mail.verdict))
        elif mail.bounce and sorted((r.reason, r.hard) for r in mail.bounce.recipients) != sorted(
            (r["reason"], r["hard"]) for r in recipients
        ):
            wrong.append((name, [r.reason for r in mail.bounce.recipients]))

    assert wrong == []
