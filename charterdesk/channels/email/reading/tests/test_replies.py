"""A reply's own words, without what it quotes: clients and languages as they are met.

`replies.txt` holds the cases: what the writer wrote, then the mail they wrote it in.
"""

from pathlib import Path

import pytest

from charterdesk.channels.email.reading.replies import read_reply

CASES = [
    case.split("\n%% of\n")
    for case in Path(__file__).with_name("replies.txt").read_text("utf-8").removesuffix("\n").split("\n%%%%\n")
]


@pytest.mark.parametrize(("own", "mail"), CASES, ids=[mail[:40] for _, mail in CASES])
def test_a_reply_is_what_its_writer_wrote(own, mail):
    assert read_reply(mail).text == own


def test_marks_of_writing_direction_do_not_hide_a_quote():
    text = "כן\n\n\u202bבתאריך יום ב׳, 3 במאי 2021 ב-10:20 מאת \u202aDavid\u202c <\u202ad@x.il\u202c>:\u202c\n\n> ישן"

    assert read_reply(text).text == "כן"


def test_a_forwarded_mail_is_kept_because_it_is_what_its_sender_says():
    text = "Please see below.\n\n---------- Forwarded message ---------\nFrom: A <a@x.example>\n\nThe pump is loud."

    assert read_reply(text).text == text


def test_outlooks_forward_is_kept_by_its_subject():
    text = "For you.\n\nFrom: A <a@x.example>\nSent: Monday\nTo: b\nSubject: Pump\n\nThe pump is loud."

    assert read_reply(text, subject="WG: Pump").text == text
    assert read_reply(text, subject="AW: Pump").text == "For you."


def test_reading_says_whether_anything_was_folded():
    assert not read_reply("Hello").folded
    assert read_reply("Hello\n\nOn 3 May 2021, Bob wrote:\n> old").folded
