"""A storm over a running desk: mails come in, an agent answers, and parts of it are killed at random moments."""

import os
import random
import re
import signal
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener, urlopen

import psycopg

from charterdesk.channels.testing import make_mail
from charterdesk.ops.testing import RunningDesk, running_url, until
from charterdesk.people.testing import PASSWORD

VICTIMS = ("web", "web worker", "worker", "mailroom", "mail", "database")
SUBJECT, ANSWER = "Request {}", "Answer {}"
RESTS = 0.7  # how often the next kill waits until the last one is mended; else it falls into the mending
SILENCE = re.compile(r"^charterdesk_worker_silent_seconds (\d+)$", re.MULTILINE)
CUT_OFF = (OSError, HTTPException)  # what is seen of a web killed before an answer, or in the middle of one
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def customer(number: int) -> str:
    """The address of customer `number`."""
    return f"customer{number}@home.example"


@dataclass
class Storm:
    """What is done to `desk`, each in a thread of its own; `errors` counts what callers saw, by kind."""

    desk: RunningDesk
    count: int
    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    delivered: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)
    calm: threading.Event = field(default_factory=threading.Event)

    def rage(self, *, least_kills: int, seconds: float) -> None:
        """Until every mail got its 250 and every answer was taken, and `least_kills` fell. Fails after `seconds`."""
        threads = [
            *(threading.Thread(target=self._mail, args=(share, 3), daemon=True) for share in range(3)),
            *(threading.Thread(target=Answering(self, share, 2).run, daemon=True) for share in range(2)),
        ]
        for thread in threads:
            thread.start()
        deadline, choose = time.monotonic() + seconds, random.Random(self.seed)
        while any(thread.is_alive() for thread in threads) or self.kills.total() < least_kills:
            assert time.monotonic() < deadline, f"not done in time: {self}"
            if choose.random() < RESTS:
                until(self._is_whole, 60)
            time.sleep(choose.uniform(0.1, 3))
            self._kill(choose.choice(VICTIMS))
        self.calm.set()

    def _is_whole(self) -> bool:
        """Whether pages are served and a worker has just said that it lives, by the desk's own measures."""
        try:
            with urlopen(f"{self.desk.told('public_url')}/metrics", timeout=5) as answer:
                found = SILENCE.search(answer.read().decode())
        except CUT_OFF:
            return False
        return found is not None and int(found[1]) < 5

    def _kill(self, victim: str) -> None:
        """SIGKILL, if there is something to kill at this moment."""
        found = self.desk.processes(victim.split()[0])
        chosen = found[1:2] if victim == "web worker" else found[:1]
        for pid in chosen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.kills[victim] += 1

    def _mail(self, share: int, shares: int) -> None:
        """Deliver every mail of a share; like a mail server, again until there is a 250."""
        for number in range(share, self.count, shares):
            raw = make_mail(
                f"This is request {number}.",
                sender=f"Customer {number} <{customer(number)}>",
                subject=SUBJECT.format(number),
                message_id=f"<{number}.{self.seed}@home.example>",
            )
            while number not in self.delivered:
                try:
                    with smtplib.SMTP(*self.desk.smtp, timeout=30) as client:
                        client.sendmail(customer(number), ["leaks@desk.example"], raw)
                    self.delivered.add(number)
                except (OSError, smtplib.SMTPException) as error:
                    self.errors[f"mail: {type(error).__name__}"] += 1
                    time.sleep(0.1)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """Rows from the desk's database; waits while it is down."""
        while True:
            with suppress(psycopg.OperationalError), psycopg.connect(running_url(self.desk.data)) as connection:
                return connection.execute(statement.encode()).fetchall()
            time.sleep(0.1)


class Answering:
    """An agent in a browser without script: answers every request of a share once, however often the desk dies."""

    def __init__(self, storm: Storm, share: int, shares: int) -> None:
        self.storm = storm
        self.numbers = set(range(share, storm.count, shares))
        self.jar = CookieJar()
        self.open = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.jar)).open

    def run(self) -> None:
        """Look for tickets not answered yet, answer them, look again."""
        self._insist(self._sign_in)
        while self.numbers:
            for number, ticket in self._unanswered():
                self._insist(lambda number=number, ticket=ticket: self._answer(number, ticket))  # type: ignore[misc]
            time.sleep(0.2)

    def _unanswered(self) -> list[tuple[int, int]]:
        """Our requests that are tickets by now: their number with us, and the ticket's."""
        rows = self.storm.ask("select subject, number from tickets_ticket order by number")
        found = [(int(str(subject).split()[1]), int(str(ticket))) for subject, ticket in rows]
        return [(number, ticket) for number, ticket in found if number in self.numbers]

    def _answer(self, number: int, ticket: int) -> None:
        """Send the form; where the answer to that got lost, look first whether the desk took it."""
        if not self._is_written(number):
            form = {"kind": "reply", "text": ANSWER.format(number)}
            self._post(f"/desk/tickets/{ticket}/messages", form, from_page=f"/desk/tickets/{ticket}/")
        if self._is_written(number):
            self.numbers.discard(number)
            self.storm.answered.add(number)

    def _is_written(self, number: int) -> bool:
        text = ANSWER.format(number)
        return bool(
            self.storm.ask(f"select 1 from tickets_message where direction = 'out' and body_text ~ '^{text}\\M'")
        )

    def _sign_in(self) -> None:
        self._post("/account/login/", {"login": "ada@desk.example", "password": PASSWORD}, from_page="/account/login/")
        if not any(cookie.name == "sessionid" for cookie in self.jar):
            raise OSError("not signed in")

    def _post(self, path: str, form: dict[str, str], *, from_page: str) -> None:
        base = self.storm.desk.told("public_url")
        page = self.open(base + from_page, timeout=30).read().decode()
        token = TOKEN.search(page)
        if not token:
            raise OSError(f"no form at {from_page}")
        self.open(base + path, urlencode({**form, "csrfmiddlewaretoken": token[1]}).encode(), timeout=30).read()

    def _insist(self, work: Callable[[], None]) -> None:
        """Do `work` until it does not fail, as a patient person does."""
        while True:
            try:
                return work()
            except CUT_OFF as error:
                self.storm.errors[f"page: {getattr(error, 'code', type(error).__name__)}"] += 1
                time.sleep(0.2)
