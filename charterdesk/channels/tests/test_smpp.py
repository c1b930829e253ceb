"""Text messages by SMPP, with a message centre that is not ours, over a socket: in, out, receipts, and kills."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from charterdesk.base.clock import now
from charterdesk.channels.models import SmsIn, SmsNumber, SmsOut
from charterdesk.channels.sms.actions import queue_sms
from charterdesk.channels.sms.checking import check_number
from charterdesk.channels.sms.smpp import Came, Session
from charterdesk.channels.sms.smpp_part import STALE, hand_over, keep, keep_session, next_out
from charterdesk.channels.testing_sms import OURS, THEIRS
from charterdesk.people.testing import make_team

PATIENCE = 20.0
ROOT = Path(__file__).parents[3]


class Smsc:
    """The message centre: `tell` it what to do, `hear` what happened there."""

    def __init__(self) -> None:
        command = ["node", str(Path(__file__).with_name("smsc.mjs"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        self.port = self.hear("port")["port"]

    def tell(self, **what: object) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self, kind: str) -> Any:
        """The next thing of that kind that happened."""
        assert self.process.stdout
        while line := self.process.stdout.readline():
            if kind in (said := json.loads(line)):
                return said
        raise AssertionError(f"the message centre ended before it said {kind}: is npm's smpp installed?")


@pytest.fixture
def smsc(settings) -> Iterator[Smsc]:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    smsc = Smsc()
    yield smsc
    smsc.process.kill()
    smsc.process.wait()


def make_smpp_number(smsc: Smsc, secret: str = "secret") -> SmsNumber:
    number = SmsNumber(
        name="Texts",
        number=OURS,
        team=make_team(),
        provider=SmsNumber.SMPP,
        host="127.0.0.1",
        port=smsc.port,
        user="desk",
    )
    number.seal(secret)
    number.save()
    return number


@pytest.fixture
def session(db, smsc: Smsc) -> Iterator[Session]:
    session = Session(make_smpp_number(smsc))
    session.open()
    yield session
    session.close()


def send(session: Session, text: str, once: str = "1") -> SmsOut:
    assert queue_sms(once=once, number=session.number, to=THEIRS, text=text, is_automatic=False)
    out = next_out(session.number)
    assert out is not None
    hand_over(session, out)
    out.refresh_from_db()
    return out


def take(session: Session) -> Came:
    came = session.take(5)
    assert isinstance(came, Came)
    return came


def test_a_long_text_goes_in_parts_and_is_delivered_when_all_parts_are(session, smsc):
    out = send(session, "[€]ab" * 35)
    parts = [smsc.hear("submitted") for _part in range(2)]
    assert "".join(str(part["submitted"]) for part in parts) == "[€]ab" * 35
    assert {(part["from"], part["to"], part["coding"]) for part in parts} == {(OURS[1:], THEIRS[1:], 0)}
    assert (out.state, out.parts) == (SmsOut.SENT, 2)

    for part, state in zip(parts, (SmsOut.SENT, SmsOut.DELIVERED), strict=True):
        smsc.tell(receipt=part["id"], stat="DELIVRD")
        keep(session, session.take(5), bound_at=now())
        assert smsc.hear("taken") == {"taken": 0}
        out.refresh_from_db()
        assert out.state == state


def test_other_alphabets_go_as_ucs2_a_busy_server_is_asked_again_and_a_refusal_is_kept(session, smsc):
    smsc.tell(throttle=1)
    assert send(session, "Привет").state == SmsOut.SENT
    assert smsc.hear("submitted")["submitted"] == "Привет"

    smsc.tell(submit="refuse")
    time.sleep(0.2)
    refused = send(session, "x", once="2")
    assert (refused.state, refused.note) == (SmsOut.FAILED, "the server answered 0x0B")


def test_what_comes_is_kept_before_the_server_is_told_and_once_where_it_was_not(session, smsc):
    bound_at = now()
    for text in ("Kein Wasser €", "Kein Wasser €"):
        smsc.tell(text=text, **{"from": THEIRS[1:]})
        keep(session, take(session), bound_at=bound_at)
    assert list(SmsIn.objects.values_list("sender", "text")) == [(THEIRS, "Kein Wasser €")] * 2

    smsc.tell(text="Killed", **{"from": THEIRS[1:]})
    came = take(session)
    keep(session, came, bound_at=now())
    SmsIn.objects.filter(text="Killed").update(answered_at=None)
    smsc.tell(text="Killed", **{"from": THEIRS[1:]})
    keep(session, take(session), bound_at=now())
    assert SmsIn.objects.filter(text="Killed").count() == 1


def test_the_parts_of_a_long_text_come_together_in_whatever_order(session, smsc):
    for place, text in ((2, "since this morning"), (1, "No water ")):
        smsc.tell(text=text, udh=[5, 0, 3, 9, 2, place], **{"from": THEIRS[1:]})
        keep(session, take(session), bound_at=now())

    assert [(sms.place, sms.text) for sms in SmsIn.objects.order_by("place")] == [
        (1, "No water "), (2, "since this morning"),
    ]  # fmt: skip
    assert len(set(SmsIn.objects.values_list("bundle", flat=True))) == 1


def test_a_connection_lost_before_the_answer_leaves_a_doubt(session, smsc):
    smsc.tell(submit="hang up")
    time.sleep(0.2)
    assert send(session, "x").state == SmsOut.IN_DOUBT
    assert next_out(session.number) is None


def test_a_check_says_whether_the_server_lets_us_in(db, smsc):
    number = make_smpp_number(smsc)
    assert [step.state for step in check_number(number)] == ["good", "look"]
    number.seal("wrong")
    (refused,) = check_number(number)
    assert refused.state == "bad"
    assert "Bind Failed" in refused.said


@pytest.mark.django_db(transaction=True)
def test_a_session_is_opened_again_and_one_killed_between_submit_and_answer_sends_nothing_twice(smsc, settings):
    number = make_smpp_number(smsc)
    smsc.tell(submit="hold")
    queue_sms(once="1", number=number, to=THEIRS, text="Once", is_automatic=False)
    given = connection.settings_dict
    url = make_conninfo(dbname=given["NAME"], user=given["USER"], host=given["HOST"], port=given["PORT"])
    environment = {**os.environ, "DATABASE_URL": url, "CHARTERDESK_PRIVATE_NETWORKS": "127.0.0.0/8"}
    environment["CHARTERDESK_SECRET_KEY"] = settings.SECRET_KEY
    command = [sys.executable, "-m", "charterdesk.channels.tests.texting"]
    sending = subprocess.Popen(command, env=environment)
    assert smsc.hear("submitted")["submitted"] == "Once"
    sending.send_signal(signal.SIGKILL)
    sending.wait()
    smsc.tell(submit="answer")
    out = SmsOut.objects.get()
    assert out.state == SmsOut.IN_FLIGHT

    SmsOut.objects.update(in_flight_at=now() - STALE - timedelta(seconds=1))
    ending = threading.Event()
    keeping = threading.Thread(target=keep_session, args=[number, ending])
    keeping.start()
    smsc.hear("bound")
    queue_sms(once="2", number=number, to=THEIRS, text="Another", is_automatic=False)
    assert smsc.hear("submitted")["submitted"] == "Another"
    smsc.tell(drop=True)
    smsc.hear("bound")
    queue_sms(once="3", number=number, to=THEIRS, text="After", is_automatic=False)
    assert smsc.hear("submitted")["submitted"] == "After"
    patience = time.monotonic() + PATIENCE
    while SmsOut.objects.filter(state=SmsOut.SENT).count() < 2 and time.monotonic() < patience:
        time.sleep(0.05)
    ending.set()
    keeping.join(PATIENCE)

    assert list(SmsOut.objects.order_by("pk").values_list("state", flat=True)) == [
        SmsOut.IN_DOUBT, SmsOut.SENT, SmsOut.SENT,
    ]  # fmt: skip
