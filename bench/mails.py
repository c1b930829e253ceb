"""Mails a second from SMTP to committed ticket, through the real receiver, worker and mail room.

    python bench/mails.py [--mails 1000] [--senders 8] [--json FILE]

`--senders` connections over the loopback hand in mails of as many people, text and HTML, one after the other. Accepted:
the receiver has said 250 to all. Ticket: every one is a committed ticket. Reacted to: every ticket is promised, routed
and its acknowledgement queued. The limits beside them, measured in the same run: the same talk with an SMTP server that
keeps nothing, the same bytes only read, and pgbench writing the rows that accepting and reading one mail write.
"""

import argparse
import asyncio
import socket
import subprocess
import time
from collections.abc import Sequence
from typing import Any

from desk import arguments, cpu_of, machine, on_a_desk, pgbench_limit, report, rows_written, started

on_a_desk(__file__)

import psycopg  # noqa: E402
from aiosmtpd.smtp import SMTP, Envelope, Session  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from charterdesk.channels.email.reading import read_mail  # noqa: E402
from charterdesk.channels.email.receiver import Talk  # noqa: E402
from charterdesk.channels.models import Outgoing, RawMail  # noqa: E402
from charterdesk.channels.testing import make_mail  # noqa: E402
from charterdesk.events.rule_changes import load_default_rules  # noqa: E402
from charterdesk.people.testing import make_agent, make_team  # noqa: E402
from charterdesk.tickets.models import Ticket  # noqa: E402

ADDRESS = "leaks@desk.example"
WARM = 40
TEXT = "There has been no water in our house since this morning. When will it come back? We tried all the taps.\n" * 12
PATIENCE = 180.0  # seconds after which a run is given up


def mail_of(number: int) -> bytes:
    """One person's mail of a few kilobytes, with text and HTML."""
    sender, message_id = f"Customer {number} <c{number}@home.example>", f"<{number}@home.example>"
    plain = make_mail(TEXT, sender=sender, message_id=message_id, to=ADDRESS)
    head, _, body = plain.partition(b"\n\n")
    kept = b"\n".join(line for line in head.split(b"\n") if not line.lower().startswith((b"content-", b"mime-")))
    html = f"<html><body><div>{TEXT.replace(chr(10), '<br>')}</div></body></html>".encode()
    parts = b"--B\nContent-Type: text/plain\n\n" + body + b"\n--B\nContent-Type: text/html\n\n" + html + b"\n--B--\n"
    return kept + b"\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n\n" + parts


async def talk(port: int, mails: Sequence[bytes]) -> None:
    """Hand in `mails` one after the other over one connection. Raises when one is not taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    async def say(line: bytes, expected: bytes) -> None:
        if line:
            writer.write(line)
        while (answer := await reader.readline())[3:4] == b"-":
            continue
        assert answer.startswith(expected), answer

    await say(b"", b"220")
    await say(b"EHLO bench.example\r\n", b"250")
    for mail in mails:
        await say(b"MAIL FROM:<bench@home.example>\r\n", b"250")
        await say(f"RCPT TO:<{ADDRESS}>\r\n".encode(), b"250")
        await say(b"DATA\r\n", b"354")
        await say(mail.replace(b"\n", b"\r\n") + b"\r\n.\r\n", b"250")
    await say(b"QUIT\r\n", b"221")
    writer.close()


async def hand_in(port: int, mails: Sequence[bytes], senders: int) -> float:
    """Hand in all `mails` over `senders` connections; return the seconds until the last was taken."""
    began = time.perf_counter()
    await asyncio.gather(*(talk(port, mails[first::senders]) for first in range(senders)))
    return time.perf_counter() - began


class Nowhere:
    """Takes every mail and keeps none."""

    def __init__(self) -> None:
        self.talks: set[asyncio.BaseProtocol] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Taken."""
        return "250 2.0.0 Gone"


async def sink_limit(mails: Sequence[bytes], senders: int) -> float:
    """Mails a second that the same SMTP server takes when it keeps nothing; talker and server share one core."""
    nowhere = Nowhere()
    server = await asyncio.get_running_loop().create_server(lambda: Talk(nowhere), "127.0.0.1", 0)
    async with server:
        return len(mails) / await hand_in(server.sockets[0].getsockname()[1], mails, senders)


def wait_for(done: Any, wanted: int, *parts: subprocess.Popen[bytes]) -> float:
    """The clock when `done()` had reached `wanted`. Raises when a part dies or patience ends."""
    give_up = time.perf_counter() + PATIENCE
    while done() < wanted:
        assert time.perf_counter() < give_up, f"{done()} of {wanted} after {PATIENCE} s"
        assert all(part.poll() is None for part in parts), "a part of the desk has died"
        time.sleep(0.02)
    return time.perf_counter()


def listening(port: int) -> int:
    """1 when somebody listens there, else 0."""
    with socket.socket() as probe:
        return int(probe.connect_ex(("127.0.0.1", port)) == 0)


def make_desk(mails: int) -> None:
    """A team with twenty agents who can take everything, and the rules a desk starts with."""
    load_default_rules()
    team = make_team("Leaks", address=ADDRESS)
    for number in range(20):
        make_agent(f"Agent {number}", teams=(team,), capacity=max(100, mails))


def tickets() -> int:
    """Tickets committed so far."""
    return Ticket.objects.count()


def acknowledged() -> int:
    """Acknowledgements queued so far."""
    return Outgoing.objects.filter(message__template="acknowledgement").count()


def reading_limit(mails: Sequence[bytes]) -> float:
    """Mails a second of processor that are read, and nothing more."""
    began = time.process_time()
    for mail in mails:
        read_mail(mail).as_json()
    return len(mails) / (time.process_time() - began)


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--senders", type=int, default=8)


def measure(count: int, senders: int) -> dict[str, Any]:
    """Bring the mails in, once to a desk whose worker rests and once to one at work."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    receiver = started("mail", CHARTERDESK_SMTP=f"127.0.0.1:{port}")
    worker, mailroom = started("worker", "--beside-mailroom"), started("mailroom")
    parts = (receiver, worker, mailroom)
    try:
        wait_for(lambda: listening(port), 1, *parts)
        asyncio.run(hand_in(port, [mail_of(-number) for number in range(1, WARM + 1)], senders))
        wait_for(acknowledged, WARM, *parts)
        mails = [mail_of(number) for number in range(count)]
        cpu = [cpu_of(part) for part in parts]
        with psycopg.connect(_url(), autocommit=True) as statistics:
            before = rows_written(statistics)
            began = time.perf_counter()
            accepted = asyncio.run(hand_in(port, mails, senders))
            committed = wait_for(tickets, count + WARM, *parts) - began
            cpu_read = [cpu_of(part) - before for part, before in zip(parts, cpu, strict=True)]
            reacted = wait_for(acknowledged, count + WARM, *parts) - began
            written = {t: n - before.get(t, 0) for t, n in rows_written(statistics).items()}
        used = [cpu_of(part) - first for part, first in zip(parts, cpu, strict=True)]
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            part.wait(30)
    assert RawMail.objects.filter(state=RawMail.READ).count() == count + WARM
    rows = {table: round(number / count) for table, number in written.items() if round(number / count)}
    return {
        "accepted_per_s": count / accepted,
        "to_ticket_per_s": count / committed,
        "fully_reacted_to_per_s": count / reacted,
        "receiver_cpu_ms_per_mail": used[0] / count * 1000,
        "worker_cpu_ms_per_mail_until_tickets": cpu_read[1] / count * 1000,
        "mailroom_cpu_ms_per_mail_until_tickets": cpu_read[2] / count * 1000,
        "worker_cpu_ms_per_mail": used[1] / count * 1000,
        "mailroom_cpu_ms_per_mail": used[2] / count * 1000,
        "rows_per_mail": rows,
        "limit_smtp_sink_per_s": asyncio.run(sink_limit(mails, senders)),
        "limit_reading_per_core_s": reading_limit(mails),
        "limit_pgbench_all_rows_per_s": pgbench_limit(_url(), rows, clients=2),
    }


def main() -> None:
    """Measure, and report."""
    given = arguments(__doc__, options)
    about = machine()
    make_desk(given.mails)
    found = measure(given.mails, given.senders)
    lines = [
        ("accepted by the receiver", f"{found['accepted_per_s']:,.0f}/s"),
        ("  limit: SMTP that keeps nothing", f"{found['limit_smtp_sink_per_s']:,.0f}/s"),
        ("from SMTP to committed ticket", f"{found['to_ticket_per_s']:,.0f}/s"),
        ("  limit: reading alone, one core", f"{found['limit_reading_per_core_s']:,.0f}/s"),
        ("  CPU of the receiver", f"{found['receiver_cpu_ms_per_mail']:.1f} ms per mail"),
        ("  CPU of the mail room until then", f"{found['mailroom_cpu_ms_per_mail_until_tickets']:.1f} ms per mail"),
        ("  CPU of the worker until then", f"{found['worker_cpu_ms_per_mail_until_tickets']:.1f} ms per mail"),
        ("until fully reacted to", f"{found['fully_reacted_to_per_s']:,.0f}/s"),
        ("  CPU of the mail room", f"{found['mailroom_cpu_ms_per_mail']:.1f} ms per mail"),
        ("  CPU of the worker", f"{found['worker_cpu_ms_per_mail']:.1f} ms per mail"),
        ("  limit: pgbench, all rows of that", f"{found['limit_pgbench_all_rows_per_s']:,.0f}/s with 2 clients"),
    ]
    title = f"{given.mails} mails by {given.senders} senders, load before {about['load_before']}"
    report(title, {"machine": about, "mails": given.mails, "senders": given.senders, **found}, lines, given.json)


def _url() -> str:
    chosen = settings.DATABASES["default"]
    connection.ensure_connection()
    return f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={chosen['HOST']}"


if __name__ == "__main__":
    main()
