"""What the desk makes of a mail as a whole: senders, subjects, dates, threads, texts, verdicts."""

from datetime import datetime, timedelta, timezone

import pytest

from charterdesk.channels.email.reading import read_mail
from charterdesk.channels.email.reading.addresses import Address, read_addresses, read_senders
from charterdesk.channels.email.reading.headers import date, encoded_words, message_ids, parameters
from charterdesk.channels.email.reading.tests.making import raw_mail

ADDRESSES: dict[bytes, list[tuple[str | None, str]]] = {
    b"Jane Doe <jane@x.example>": [("Jane Doe", "jane@x.example")],
    b'"Doe, Jane" <jane@x.example>, joe@x.example': [("Doe, Jane", "jane@x.example"), (None, "joe@x.example")],
    b"Doe, Jane <jane@x.example>": [("Doe, Jane", "jane@x.example")],
    b"jane@x.example (Jane Doe)": [("Jane Doe", "jane@x.example")],
    b"=?utf-8?Q?J=C3=B6rg?= <j@x.example>": [("Jörg", "j@x.example")],
    b'"=?utf-8?B?SsO2cmc=?=" <j@x.example>': [("Jörg", "j@x.example")],
    "Jörg <j@x.example>".encode(): [("Jörg", "j@x.example")],
    "Jörg <j@x.example>".encode("cp1252"): [("Jörg", "j@x.example")],
    b"undisclosed-recipients:;": [],
    b"Team: a@x.example, b@x.example;": [(None, "a@x.example"), (None, "b@x.example")],
    b"a@x.example; b@x.example": [(None, "a@x.example"), (None, "b@x.example")],
    b"<a@x.example>,,  , <b@x.example>": [(None, "a@x.example"), (None, "b@x.example")],
    b"'a@x.example' <a@x.example>": [("a@x.example", "a@x.example")],
    b'"Jane \\"JD\\" Doe" <jane@x.example>': [('Jane "JD" Doe', "jane@x.example")],
    b"<@relay.example:a@x.example>": [(None, "a@x.example")],
    b"mailto:a@x.example": [(None, "a@x.example")],
    b"a @ x . example": [(None, "a@x.example")],
    b"": [],
}


@pytest.mark.parametrize("raw", ADDRESSES, ids=str)
def test_an_address_field_names_its_mailboxes(raw):
    found = [(a.name, a.address) for a in read_addresses([raw])]

    assert found == [(None if name == address else name, address) for name, address in ADDRESSES[raw]]


def test_a_sender_without_an_address_is_known_by_name():
    assert read_senders([b"The Management"]) == [Address("The Management", None)]


WORDS = {
    "=?utf-8?Q?caf=C3=A9?=": "café",
    "=?utf-8?B?w6k=?= =?utf-8?B?w6g=?=": "éè",
    "=?utf-8?B?4pyT4p?= =?utf-8?B?yT?=": "✓✓",
    "a =?iso-8859-1?q?b=E9?= c": "a bé c",
    "=?UTF-8?Q?a b c?=": "a b c",
    "=?x-unknown?Q?a=C3=A9?=": "aé",
    "=?gb2312?B?xOO6ww==?=": "你好",
    "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=": "テスト",
    "=?utf-8*en?Q?hello?=": "hello",
    "=?broken": "=?broken",
}


@pytest.mark.parametrize("raw", WORDS, ids=str)
def test_encoded_words_are_undone(raw):
    assert encoded_words(raw) == WORDS[raw]


DATES = {
    b"Mon, 3 May 2021 10:20:00 +0200": "2021-05-03T10:20:00+02:00",
    b"3 May 2021 10:20 GMT": "2021-05-03T10:20:00+00:00",
    b"Mon, 3 May 2021 10:20:00 -0000": "2021-05-03T10:20:00+00:00",
    b"Mon, 3 May 2021 10:20:00 EST": "2021-05-03T10:20:00-05:00",
    b"Mon, 3 May 2021 10:20:00 +0200 (CEST)": "2021-05-03T10:20:00+02:00",
    b"Mon May  3 10:20:00 2021": "2021-05-03T10:20:00+00:00",
    b"2021-05-03T10:20:00+02:00": "2021-05-03T10:20:00+02:00",
    b"May 3, 2021 10:20:00 PM +0200": "2021-05-03T22:20:00+02:00",
    b"3 May 21 10:20:00 +0200": "2021-05-03T10:20:00+02:00",
    b"Thu, 13 Feb 1969 23:32:54 -0330": "1969-02-13T23:32:54-03:30",
}


@pytest.mark.parametrize("raw", DATES, ids=str)
def test_a_date_keeps_its_senders_offset(raw):
    found = date(raw)

    assert found is not None
    assert found.isoformat() == DATES[raw]


@pytest.mark.parametrize("raw", [b"", b"yesterday", b"Mon, 99 May 2021 10:20:00 +0200", b"\xff\xfe", b"99999999999"])
def test_what_is_no_date_is_none(raw):
    assert date(raw) is None


def test_message_ids_are_read_without_brackets_comments_and_folds():
    assert message_ids(b"<a@x> <b@x>,<c\t@x> (note) <a@x>") == ["a@x", "b@x", "c@x"]
    assert message_ids(b"bare@x.example") == ["bare@x.example"]
    assert message_ids(None) == []


PARAMETERS = {
    b'a/b; name="x y.pdf"': {"name": "x y.pdf"},
    b"a/b; name=x y.pdf": {"name": "x y.pdf"},
    b"a/b; name*=utf-8''na%C3%AFve.txt": {"name": "naïve.txt"},
    b'a/b; name*0="long "; name*1="name.txt"': {"name": "long name.txt"},
    b"a/b; name*0*=utf-8''%C3%A9; name*1=t%C3%A9": {"name": "ét%C3%A9"},
    b'a/b; name="=?utf-8?Q?=C3=A9t=C3=A9.txt?="': {"name": "été.txt"},
    b"a/b; charset=utf-8 format=flowed": {"charset": "utf-8", "format": "flowed"},
    b'a/b; name="unclosed.pdf': {"name": "unclosed.pdf"},
    b"a/b; =; ;; x": {},
}


@pytest.mark.parametrize("raw", PARAMETERS, ids=str)
def test_parameters_are_read_as_mailers_write_them(raw):
    assert parameters(raw)[1] == PARAMETERS[raw]


def test_the_whole_of_an_ordinary_mail():
    mail = read_mail(
        raw_mail(
            "Hello\n\n-- \nJane",
            Cc="Joe <joe@x.example>",
            In_Reply_To="<0@utility.example>",
            References="<00@utility.example> <0@utility.example>",
        )
    )

    assert mail.as_json() == {
        "from": {"name": "Jane Doe", "address": "jane@customer.example"},
        "reply_to": None,
        "to": [{"name": None, "address": "desk@utility.example"}],
        "cc": [{"name": "Joe", "address": "joe@x.example"}],
        "subject": "Meter reading",
        "message_id": "1@customer.example",
        "in_reply_to": "0@utility.example",
        "references": ["00@utility.example", "0@utility.example"],
        "date": "2021-05-03T10:20:00+02:00",
        "body_text": "Hello\n\n-- \nJane",
        "body_html": None,
        "reply_text": "Hello",
        "attachments": [],
        "auto_reply": False,
        "bounce": None,
        "verdict": "message",
    }
    assert mail.date == datetime(2021, 5, 3, 10, 20, tzinfo=timezone(timedelta(hours=2)))


def test_headers_can_be_asked_for():
    mail = read_mail(
        raw_mail("x", headers={"Return-Path": "<jane@x.example>", "Authentication-Results": "mx; spf=pass"})
    )

    assert mail.envelope_sender == "jane@x.example"
    assert mail.authentication_results == ["mx; spf=pass"]
    assert mail.header("Subject") == "Meter reading"
    assert mail.header("X-None") is None


@pytest.mark.parametrize("raw", [b"", b"\n\n", bytes(range(256)) * 20, b"\xff\xfe\x00" * 500])
def test_only_what_nobody_can_read_is_put_aside(raw):
    assert read_mail(raw).verdict == "quarantine"


def test_a_mail_without_sender_is_a_message_when_it_says_something():
    assert read_mail(b"Subject: Water\n\nNo water since noon.").verdict == "message"
    assert read_mail(b"\nNo water since noon.").verdict == "message"


def test_a_line_that_is_no_header_does_not_hide_those_below():
    mail = read_mail(b"From: a@x.example\nthis is no header\nSubject: Water\n\nHello")

    assert (mail.subject, mail.body_text) == ("Water", "Hello")
