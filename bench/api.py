"""The API over HTTP: tickets created, answered, listed, and opened in bulk, beside what PostgreSQL alone does.

    python bench/api.py [--tickets 2000] [--clients 8] [--bulk 5000] [--json FILE]

granian serves with 2 workers of 4 threads; each client is a thread with a kept connection and an agent's token. New:
POST /tickets for a known customer. Answered: POST /tickets/<n>/messages. Listed: GET /tickets, 50 rows of all fields.
Bulk: POST /tickets/bulk with 1,000 tickets a call, one call after the other. Limits, measured in the same run: pgbench
writing the same rows of every table with as many clients, in one prepared transaction; and COPY of the same rows of a
bulk into tables with the same indexes. The sender shares the two cores with server and database, as pgbench does.
"""

import argparse
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from desk import _copy_table, arguments, machine, on_a_desk, pgbench_limit, report, rows_written

on_a_desk(__file__)

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from charterdesk.people.testing import make_agent, make_contact, make_team  # noqa: E402
from charterdesk.people.tokens.actions import make_token  # noqa: E402
from charterdesk.people.tokens.scopes import SCOPES  # noqa: E402

TEXT = "There has been no water in our house since this morning. When will it come back?"
SERVER = """
from granian import Granian
Granian("bench.served:application", address="127.0.0.1", port={port}, interface="wsgi", workers=2, blocking_threads=4,
        log_enabled=False).serve()
"""


class Api:
    """A served API, and requests as they go over the wire."""

    def __init__(self, secret: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.secret = secret
        self.server = subprocess.Popen([sys.executable, "-c", SERVER.format(port=self.port)])
        for _ in range(300):
            try:
                self.ask("GET", "/me")
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the web server does not answer")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to one request, as data."""
        http = HTTPConnection("127.0.0.1", self.port, timeout=120)
        http.request(method, f"/api/v1{path}", json.dumps(body), self._headers())
        answer = http.getresponse()
        data = json.loads(answer.read())
        assert answer.status < 300, data
        return data

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}

    def request(self, method: str, path: str, body: Any = None) -> bytes:
        """A request as bytes, made before the clock starts."""
        data = json.dumps(body).encode() if body is not None else b""
        head = "".join(f"{name}: {value}\r\n" for name, value in self._headers().items())
        start = f"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(data)}\r\n\r\n"
        return start.encode() + data

    def rate(self, requests: Sequence[bytes], clients: int) -> float:
        """Requests a second by so many clients, each over a connection it keeps."""
        parts = [requests[client::clients] for client in range(clients)]
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(self._send, [part[:5] for part in parts]))  # every process has seen every kind once
            started = time.perf_counter()
            statuses = set().union(*pool.map(self._send, [part[5:] for part in parts]))
        assert statuses <= {b"200", b"201"}, statuses
        return sum(len(part) - 5 for part in parts) / (time.perf_counter() - started)

    def _send(self, requests: Sequence[bytes]) -> set[bytes]:
        """Bare sockets: whatever the sender computes, it takes from the server, which shares the machine."""
        statuses = set()
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as line:
            for request in requests:
                line.sendall(request)
                answer = line.recv(1 << 18)
                while b"\r\n\r\n" not in answer:
                    answer += line.recv(1 << 18)
                head, _gap, body = answer.partition(b"\r\n\r\n")
                found = re.search(rb"(?i)content-length: (\d+)", head)
                assert found, head
                left = int(found[1]) - len(body)
                while left > 0:
                    left -= len(line.recv(1 << 18))
                statuses.add(answer.split(b" ", 2)[1])
        return statuses


def copied_per_s(url: str, count: int) -> float:
    """Tickets a second by COPY of the last `count` of them, their messages and events, into tables with the same
    indexes, in one transaction."""
    wanted = {"tickets_ticket": count, "tickets_message": count, "events_event": 2 * count}
    with psycopg.connect(url, autocommit=True) as database:
        data = {}
        for table, rows in wanted.items():
            _copy_table(database, table)
            source = f"COPY (SELECT * FROM {table} ORDER BY id DESC LIMIT {rows}) TO STDOUT (FORMAT binary)"
            with database.cursor().copy(source) as copy:
                data[table] = b"".join(copy)
        started = time.perf_counter()
        with database.transaction():
            for table, content in data.items():
                with database.cursor().copy(f"COPY limit_{table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(content)
        return count / (time.perf_counter() - started)


def per_item(after: dict[str, int], before: dict[str, int], count: int) -> dict[str, int]:
    """Rows of each table written for one item."""
    written = {table: round((total - before.get(table, 0)) / count) for table, total in after.items()}
    return {table: number for table, number in written.items() if number}


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--tickets", type=int, default=2000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--bulk", type=int, default=5000)


def main() -> None:
    """Measure, and report."""
    given, about = arguments(__doc__, options), machine()
    team, mia = make_team("Leaks", address="leaks@desk.example"), make_contact("Mia", email="mia@home.example")
    agent = make_agent(teams=(team,))
    secret = make_token(agent.login, by=agent, name="bench", scopes=SCOPES)[1]
    connection.close()
    parts = settings.DATABASES["default"]
    url = f"postgresql://{parts['USER']}@/{parts['NAME']}?host={parts['HOST']}&port={parts['PORT']}"
    new = {"subject": "No water", "text": TEXT, "contact": {"email": "mia@home.example"}, "team_id": team.pk}
    api = Api(secret)
    try:
        with psycopg.connect(url, autocommit=True) as counting:
            create = api.request("POST", "/tickets", new)
            api.rate([create] * 200, given.clients)
            time.sleep(2)  # until the server's connections have told their counts
            before = rows_written(counting)
            created = api.rate([create] * given.tickets, given.clients)
            time.sleep(2)
            rows = per_item(rows_written(counting), before, given.tickets)
        numbers = [row["number"] for row in api.ask("GET", "/tickets?fields=number&limit=200")["items"]]
        replies = [api.request("POST", f"/tickets/{n}/messages", {"text": "We are on our way."}) for n in numbers]
        answered = api.rate(replies * max(1, given.tickets // 2 // len(replies)), given.clients)
        listed = api.rate([api.request("GET", "/tickets")] * given.tickets, given.clients)
        many = {"tickets": [{**new, "contact": {"id": mia.pk}}] * 1000}
        api.ask("POST", "/tickets/bulk", many)
        started = time.perf_counter()
        for _ in range(given.bulk // 1000):
            api.ask("POST", "/tickets/bulk", many)
        bulk = given.bulk / (time.perf_counter() - started)
    finally:
        api.server.terminate()
        api.server.wait()
    copied = copied_per_s(url, given.bulk)
    limit = pgbench_limit(url, rows, clients=given.clients)
    figures = {
        "machine": about,
        "created_per_s": created,
        "create_limit_per_s": limit,
        "create_rows": rows,
        "answered_per_s": answered,
        "lists_of_50_per_s": listed,
        "bulk_tickets_per_s": bulk,
        "copy_tickets_per_s": copied,
    }
    lines = [
        ("created", f"{created:,.0f}/s, pgbench {limit:,.0f}/s: 1/{limit / created:.1f}"),
        ("answered", f"{answered:,.0f}/s"),
        ("lists of 50", f"{listed:,.0f}/s"),
        ("bulk", f"{bulk:,.0f} tickets/s, COPY {copied:,.0f}/s: 1/{copied / bulk:.1f}"),
    ]
    report(f"API, {given.clients} clients", figures, lines, given.json)


main()
