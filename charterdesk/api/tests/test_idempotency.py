"""Asking twice with one key does it once: replayed, refused for another body, in use, and after a kill between."""

import json
import os
import signal
import subprocess
import sys
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from charterdesk.api.limits import Limits
from charterdesk.api.problems import Problem
from charterdesk.api.tests.conftest import Program
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Agent, Contact, KeptAnswer, Team
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

GIVEN = {
    "subject": "No water",
    "text": "None",
    "contact": {"email": "mia@home.example", "name": "Zephyrine Quillfeather"},
}


def test_the_same_request_with_the_same_key_gets_the_same_answer(program: Program, team: Team) -> None:
    first = program.post("/tickets", GIVEN, Idempotency_Key="k1")
    again = program.post("/tickets", GIVEN, Idempotency_Key="k1")

    assert (again.status_code, again.content) == (first.status_code, first.content) and first.status_code == 201
    assert (again.headers["Idempotency-Replayed"], again.headers["ETag"]) == ("true", first.headers["ETag"])
    assert Ticket.objects.count() == 1


def test_a_key_is_not_for_two_requests_but_each_program_has_its_own(program: Program, hers: Program) -> None:
    program.post("/tickets", GIVEN, Idempotency_Key="k1")
    other = program.post("/tickets", {**GIVEN, "subject": "Other"}, Idempotency_Key="k1")

    assert (other.status_code, other.json()["code"]) == (422, "api.key_reused")
    assert hers.post("/tickets", {"subject": "x"}, Idempotency_Key="k1").status_code == 201
    assert Ticket.objects.count() == 2


def test_an_empty_key_is_no_key_and_is_told(program: Program, team: Team) -> None:
    refused = program.post("/tickets", GIVEN, Idempotency_Key=" ")

    assert (refused.status_code, refused.json()["code"]) == (400, "api.bad_key")
    assert not Ticket.objects.exists()


def test_what_failed_is_not_kept_and_can_be_tried_again(program: Program, team: Team) -> None:
    wrong = program.post("/tickets", {"subject": "x", "contact": {"id": 10**9}}, Idempotency_Key="k1")
    right = program.post("/tickets", GIVEN, Idempotency_Key="k1")

    assert (wrong.status_code, right.status_code) == (409, 201)


@pytest.mark.django_db(transaction=True)
def test_a_key_that_is_being_used_is_refused_for_the_moment(program: Program, team: Team) -> None:
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", ["k1", program.token.login_id])
            held.set()
            done.wait(20)
        connection.close()

    other = Thread(target=hold)
    other.start()
    held.wait(20)
    refused = program.post("/tickets", GIVEN, Idempotency_Key="k1")
    done.set()
    other.join()

    assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (409, "api.key_in_use", "1")
    assert program.post("/tickets", GIVEN, Idempotency_Key="k1").status_code == 201
    assert Ticket.objects.count() == 1


KILLED = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"].update(HOST=sys.argv[1], PORT=sys.argv[2], USER=sys.argv[3], NAME=sys.argv[4])
django.setup()
from django.test import Client
from charterdesk.api import idempotency
keep = idempotency._keep
def die(*args):
    if sys.argv[6] == "after":
        keep(*args)
    os.kill(os.getpid(), signal.SIGKILL)
idempotency._keep = die
Client(headers={"Authorization": "Bearer " + sys.argv[5], "Idempotency-Key": "k1"}).post(
    "/api/v1/tickets", sys.argv[7], content_type="application/json")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_between_deed_and_answer_the_next_try_does_it_once(program: Program, team: Team, moment: str) -> None:
    place = connection.settings_dict
    where = [str(place[name]) for name in ("HOST", "PORT", "USER", "NAME")]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "charterdesk.settings"}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *where, program.secret, moment, json.dumps(GIVEN)],
        env=environment, check=False,
    )  # fmt: skip

    assert killed.returncode == -signal.SIGKILL
    assert Ticket.objects.count() == 0 == KeptAnswer.objects.count()
    assert program.post("/tickets", GIVEN, Idempotency_Key="k1").status_code == 201
    assert program.post("/tickets", GIVEN, Idempotency_Key="k1").status_code == 201
    assert Ticket.objects.count() == 1


def test_what_was_answered_about_somebody_erased_is_forgotten(program: Program, agent: Agent) -> None:
    answer: Any = program.post("/contacts", {"email": "zq@home.example"}, Idempotency_Key="k1")
    assert KeptAnswer.objects.count() == 1
    erase_contact(Contact.objects.get(pk=answer.json()["id"]), by=agent)

    assert KeptAnswer.objects.count() == 0


def test_too_many_in_a_minute_are_held_back_until_the_next(settings: Any) -> None:
    settings.API_RATE = 2
    at = [100.0]
    limits = Limits(clock=lambda: at[0])
    assert [limits.take(1)["RateLimit-Remaining"] for _ in range(2)] == ["1", "0"]
    with pytest.raises(Problem) as refused:
        limits.take(1)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "60")
    assert limits.take(2)["RateLimit-Remaining"] == "1"
    at[0] += 60
    assert limits.take(1)["RateLimit-Remaining"] == "1"


def test_every_answer_tells_the_limit(program: Program, settings: Any, team: Team) -> None:
    settings.API_RATE = 1
    make_ticket(team=team)
    first, second = program.get("/tickets"), program.get("/tickets")

    assert (first.status_code, first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == (
        200,
        "1",
        "0",
    )
    assert (second.status_code, second.json()["code"]) == (429, "api.too_many")
    assert int(second.headers["Retry-After"]) > 0
