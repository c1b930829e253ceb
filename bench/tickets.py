"""Tickets created and answered through the domain's actions, beside pgbench writing the same rows.

    python bench/tickets.py [--tickets 2000] [--clients 8] [--json FILE]

Two processes share the clients, as the two workers of the web server do: each client is a thread with a connection of
the pool. Created: ticket, first message and its two events, in one transaction. Answered: an agent's reply, which is a
message and the timer that sends it. The limit beside each, measured in the same run with as many clients, is pgbench
writing the same rows of every table in one prepared transaction. By web request: the portal's form, posted over HTTP to
granian with 2 workers of 4 threads, each request a new visitor's form, over as many kept connections as there are
clients. The sender shares the two cores with server and database, as pgbench does.
"""

import argparse
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from http.client import HTTPConnection
from multiprocessing import get_context
from urllib.parse import urlencode

from desk import arguments, machine, on_a_desk, pgbench_limit, report, rows_written

on_a_desk(__file__)

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from charterdesk.people.models import Agent, Contact, Team  # noqa: E402
from charterdesk.people.testing import make_agent, make_contact, make_team  # noqa: E402
from charterdesk.tickets.actions import send_message  # noqa: E402
from charterdesk.tickets.models import Ticket  # noqa: E402
from charterdesk.tickets.testing import make_ticket  # noqa: E402

TEXT = "There has been no water in our house since this morning. When will it come back?"
PROCESSES = 2
PORT = 18765


def create(count: int) -> None:
    """Open `count` tickets, one after the other."""
    team, contact = Team.objects.get(), Contact.objects.earliest("pk")
    for _ in range(count):
        make_ticket(team=team, contact=contact, text=TEXT)


def answer(count: int) -> None:
    """Answer `count` tickets, one after the other."""
    agent = Agent.objects.get()
    for ticket in Ticket.objects.select_related("team", "contact").order_by("?")[:count]:
        send_message(ticket, by=agent, agent=agent, html="<p>We are on our way.</p>")


def in_threads(work: Callable[[int], None], clients: int, count: int) -> None:
    """`work` on `count` items by so many threads of this process."""
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, [count // clients] * clients))


def rate(work: Callable[[int], None], clients: int, count: int) -> float:
    """Items a second by `clients` threads in two processes; starting the processes is not counted."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # a forked pool has no threads to serve it
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        for warm in [pool.submit(in_threads, work, clients // PROCESSES, clients) for _ in range(PROCESSES)]:
            warm.result()
        started = time.perf_counter()
        parts = [pool.submit(in_threads, work, clients // PROCESSES, count // PROCESSES) for _ in range(PROCESSES)]
        for part in parts:
            part.result()
        return count / (time.perf_counter() - started)


def posted(form: tuple[dict[str, str], str]) -> bytes:
    """A filled-in form as it goes over the wire, made before the clock starts."""
    body = urlencode(form[0]).encode()
    head = (
        f"POST /requests/new HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: {form[1]}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def send_all(requests: Sequence[bytes]) -> set[bytes]:
    """Send requests one after the other over one kept connection, as a proxy does; the statuses that came back.

    Bare sockets: whatever the sender computes, it takes from the server, which shares the machine.
    """
    statuses = set()
    with socket.create_connection(("127.0.0.1", PORT), timeout=60) as line:
        for request in requests:
            line.sendall(request)
            answer = line.recv(65536)
            while b"\r\n\r\n" not in answer:
                answer += line.recv(65536)
            statuses.add(answer.split(b" ", 2)[1])
            assert re.search(rb"(?i)content-length: 0\r", answer), "a redirect has no body"
    return statuses


def visitor(team_id: int) -> tuple[dict[str, str], str]:
    """A filled-in form and its cookie, as a new visitor gets them."""
    http = HTTPConnection("127.0.0.1", PORT, timeout=60)
    http.request("GET", "/requests/new")
    answered = http.getresponse()
    page, cookie = answered.read().decode(), answered.headers["Set-Cookie"].split(";")[0]
    http.close()
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("form_pass", "csrfmiddlewaretoken")}
    hidden = {name: match.group(1) for name, match in found.items() if match}
    about = {"team": str(team_id), "subject": "No water", "text": TEXT, "name": "Mia", "email": "mia@home.example"}
    return hidden | about, cookie


def by_web(team_id: int, clients: int, count: int) -> float:
    """Requests made a second through the portal's form."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for_page()
            forms = [visitor(team_id) for _ in range(count + 4 * clients)]
            requests = [posted(form) for form in forms]
            time.sleep(2.5)  # what comes back faster is taken for a machine
            send_all([requests.pop() for _ in range(4 * clients)])
            count = len(requests)
            started = time.perf_counter()
            with ThreadPoolExecutor(clients) as pool:
                statuses = set().union(*pool.map(send_all, [requests[client::clients] for client in range(clients)]))
            taken = time.perf_counter() - started
        finally:
            server.terminate()
    assert statuses == {b"302"}, statuses
    return count / taken


SERVER = f"""
from granian import Granian
Granian("bench.served:application", address="127.0.0.1", port={PORT}, interface="wsgi", workers=2, blocking_threads=4,
        log_enabled=False).serve()
"""


def wait_for_page() -> None:
    """Until the server answers."""
    for _ in range(300):
        try:
            http = HTTPConnection("127.0.0.1", PORT, timeout=5)
            http.request("GET", "/")
            http.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")


def per_item(rows: dict[str, int], before: dict[str, int], count: int) -> dict[str, int]:
    """Rows of each table written for one item."""
    written = {table: round((total - before.get(table, 0)) / count) for table, total in rows.items()}
    return {table: number for table, number in written.items() if number}


def tell_statistics() -> None:
    """Have this connection's counts of rows written known at once, not in some seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--tickets", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=8)


def main() -> None:
    """Measure, and report."""
    given, about = arguments(__doc__, options), machine()
    team = make_team("Leaks", address="leaks@desk.example")
    make_agent(teams=(team,))
    make_contact("Mia")
    with psycopg.connect(database_url(), autocommit=True) as counting:
        start = rows_written(counting)
        create(200)
        tell_statistics()
        creating = per_item(rows_written(counting), start, 200)
        start = rows_written(counting)
        answer(200)
        tell_statistics()
        answering = per_item(rows_written(counting), start, 200)
    created = rate(create, given.clients, given.tickets)
    create_limit = pgbench_limit(database_url(), creating, clients=given.clients)
    answered = rate(answer, given.clients, given.tickets)
    answer_limit = pgbench_limit(database_url(), answering, clients=given.clients)
    web = by_web(team.pk, given.clients, given.tickets // 2)
    figures = {
        "machine": about,
        "created_per_s": created,
        "create_limit_per_s": create_limit,
        "create_rows": creating,
        "answered_per_s": answered,
        "answer_limit_per_s": answer_limit,
        "answer_rows": answering,
        "created_by_web_per_s": web,
    }
    lines = [
        ("created by action", f"{created:,.0f}/s, pgbench {create_limit:,.0f}/s: 1/{create_limit / created:.1f}"),
        ("answered by action", f"{answered:,.0f}/s, pgbench {answer_limit:,.0f}/s: 1/{answer_limit / answered:.1f}"),
        ("created by web request", f"{web:,.0f}/s: 1/{create_limit / web:.1f} of pgbench"),
    ]
    report(f"Tickets, {given.clients} clients", figures, lines, given.json)


def database_url() -> str:
    """Of the desk this bench runs on."""
    parts = settings.DATABASES["default"]
    return f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT']}"


main()
