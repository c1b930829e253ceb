"""The chain: how many new requests a second are fully reacted to, and how long one takes from mail to acknowledgement.

    python bench/chain.py [--tickets 1000] [--json FILE]

Fully reacted to: promised (clocks and timer set), routed to an agent who is told, acknowledged with the promised
time in a mail that is built and queued. The main lane of the log is read here, the others by a mail room in a process
of its own, as in a running desk. First from tickets, then from mails accepted by the receiver; then the time one mail
takes when nothing else waits. The limit beside it, measured in the same run, is pgbench writing the same rows of every
table in one transaction per ticket.
"""

import argparse
import statistics
import time
from collections.abc import Callable

from desk import arguments, cpu_of, machine, on_a_desk, pgbench_limit, report, rows_written, started

on_a_desk(__file__)

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from charterdesk.channels.actions import accept_mail  # noqa: E402
from charterdesk.channels.models import Outgoing  # noqa: E402
from charterdesk.channels.testing import make_mail  # noqa: E402
from charterdesk.events.models import LoggedEvent  # noqa: E402
from charterdesk.events.reactions import INDEX, MAIL, MAIN  # noqa: E402
from charterdesk.events.reader import read_batch, read_batches  # noqa: E402
from charterdesk.events.rule_changes import load_default_rules  # noqa: E402
from charterdesk.events.vital_signs import living  # noqa: E402
from charterdesk.people.models import Team  # noqa: E402
from charterdesk.people.testing import make_agent, make_contact, make_team  # noqa: E402
from charterdesk.sla.models import Clock, Promise  # noqa: E402
from charterdesk.tickets.models import Message, Ticket  # noqa: E402
from charterdesk.tickets.testing import make_ticket  # noqa: E402

WARM = 20
TEXT = "There has been no water in our house since this morning. When will it come back?"


def make_desk(tickets: int) -> Team:
    """A team with twenty agents who can take everything, and the rules a desk starts with."""
    load_default_rules()
    team = make_team("Leaks", address="leaks@desk.example")
    for number in range(20):
        make_agent(f"Agent {number}", teams=(team,), capacity=max(100, tickets // 5))
    return team


def drain() -> int:
    """Read the log to its end; return how many events there were."""
    events = 0
    while count := read_batches():
        events += count
    return events


def acknowledged() -> int:
    """Acknowledgements queued so far."""
    return Outgoing.objects.filter(message__template="acknowledgement").count()


def react(wanted: int) -> tuple[float, float, float]:
    """Have the log read by two processes until `wanted` acknowledgements are queued.

    The seconds that took, and the processor used here and by the mail room, which is held until it has started.
    """
    with psycopg.connect(_url()) as holding:
        holding.execute("SELECT FROM events_reader WHERE name <> %s FOR UPDATE", [MAIN])
        mailroom = started("mailroom")
        while {MAIL, INDEX} - {part for one in living() for part in one.state}:
            time.sleep(0.05)
        started_at, used, used_there = time.perf_counter(), time.process_time(), cpu_of(mailroom)
    try:
        while (read := read_batch()) or acknowledged() < wanted:
            assert mailroom.poll() is None, "the mail room has died"
            if not read:
                time.sleep(0.005)
        return (
            time.perf_counter() - started_at,
            time.process_time() - used,
            cpu_of(mailroom) - used_there,
        )
    finally:
        mailroom.terminate()
        mailroom.wait(30)
        drain()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds `work` took, and the seconds of this process's CPU it used."""
    started, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - used


def bring_mails(first: int, count: int) -> float:
    """Accept mails of as many people, as the receiver does; return the seconds it took."""
    mails = [
        make_mail(TEXT, sender=f"Customer {n} <c{n}@home.example>", message_id=f"<{n}@home.example>")
        for n in range(first, first + count)
    ]
    started = time.perf_counter()
    for mail in mails:
        accept_mail(mail, source="smtp", recipients=["leaks@desk.example"])
    return time.perf_counter() - started


def check(tickets: int) -> None:
    """The work was done: every ticket has its promise, two clocks, its agent, and one acknowledgement on its way."""
    done = {
        "tickets": Ticket.objects.exclude(assignee=None).count(),
        "promises": Promise.objects.count(),
        "clocks": Clock.objects.count() // 2,
        "acknowledgements": Message.objects.filter(template="acknowledgement").count(),
        "mails out": Outgoing.objects.filter(message__template="acknowledgement").count(),
    }
    assert set(done.values()) == {tickets}, done


def statement_cpu() -> float:
    """Milliseconds of this process's CPU for reading one ticket by its key: what a single statement costs right now."""
    key, count = Ticket.objects.values_list("pk", flat=True)[0], 300
    _, used = timed(lambda: [Ticket.objects.get(pk=key) for _ in range(count)])
    return used / count * 1000


def one_by_one(first: int, count: int) -> list[float]:
    """Milliseconds from accepting a mail to its acknowledgement being queued, each on an idle desk."""
    taken = []
    for number in range(first, first + count):
        mail = make_mail(TEXT, sender=f"Customer <c{number}@home.example>", message_id=f"<{number}@home.example>")
        started = time.perf_counter()
        accept_mail(mail, source="smtp", recipients=["leaks@desk.example"])
        drain()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def options(parser: argparse.ArgumentParser) -> None:
    """Ours, beside those of every bench."""
    parser.add_argument("--tickets", type=int, default=1000)


def main() -> None:
    """Measure, and report."""
    given = arguments(__doc__, options)
    n, about = given.tickets, machine()
    team = make_desk(n)
    bring_mails(-WARM, WARM)
    drain()
    contacts = [make_contact(f"Customer {i}") for i in range(n)]
    with psycopg.connect(_url(), autocommit=True) as statistics_of:
        opening, _ = timed(lambda: [make_ticket(team=team, contact=c, text=TEXT) for c in contacts])
        before, events_before = rows_written(statistics_of), LoggedEvent.objects.count()
        reacting, reacting_cpu, reacting_there = react(n + WARM)
        written = {t: c - before.get(t, 0) for t, c in rows_written(statistics_of).items()}
    events = LoggedEvent.objects.count() - events_before
    per_ticket = {table: round(count / n) for table, count in written.items() if round(count / n)}
    limits = {clients: pgbench_limit(_url(), per_ticket, clients=clients) for clients in (1, 2)}
    statement = statement_cpu()
    accepting = bring_mails(0, n)
    chain, chain_cpu, chain_there = react(2 * n + WARM)
    check(2 * n + WARM)
    alone = one_by_one(10_000_000, WARM)
    figures = {
        "machine": about,
        "tickets": n,
        "opened_per_s": n / opening,
        "reacted_per_s": n / reacting,
        "worker_cpu_ms_per_ticket": reacting_cpu / n * 1000,
        "mailroom_cpu_ms_per_ticket": reacting_there / n * 1000,
        "statement_cpu_ms": statement,
        "events_published_per_ticket": events / n,
        "rows_per_ticket": per_ticket,
        "pgbench_per_s": limits,
        "share_of_pgbench": n / reacting / limits[1],
        "mails_accepted_per_s": n / accepting,
        "mails_to_acknowledgement_per_s": n / chain,
        "worker_cpu_ms_per_mail": chain_cpu / n * 1000,
        "mailroom_cpu_ms_per_mail": chain_there / n * 1000,
        "alone_ms_p50": statistics.median(alone),
        "alone_ms_p95": statistics.quantiles(alone, n=20)[-1],
    }
    lines = [
        ("tickets opened", f"{n / opening:,.0f}/s"),
        ("tickets fully reacted to", f"{n / reacting:,.0f}/s ({n / reacting / limits[1]:.0%} of pgbench, 1 client)"),
        ("  CPU of the worker, of the mail room", f"{reacting_cpu / n * 1000:.1f}, {reacting_there / n * 1000:.1f} ms"),
        ("  CPU of one read by the ORM", f"{statement:.2f} ms"),
        ("rows written per ticket", f"{sum(per_ticket.values())} in {len(per_ticket)} tables"),
        ("pgbench, same rows", f"{limits[1]:,.0f}/s with 1 client, {limits[2]:,.0f}/s with 2"),
        ("mails accepted", f"{n / accepting:,.0f}/s"),
        ("mail to acknowledgement queued", f"{n / chain:,.0f}/s"),
        ("  CPU of the worker, of the mail room", f"{chain_cpu / n * 1000:.1f}, {chain_there / n * 1000:.1f} ms"),
        ("one mail on an idle desk", f"p50 {figures['alone_ms_p50']:.1f} ms, p95 {figures['alone_ms_p95']:.1f} ms"),
    ]
    report(f"The chain, {n} tickets, load before {about['load_before']}", figures, lines, given.json)


def _url() -> str:
    chosen = settings.DATABASES["default"]
    connection.ensure_connection()
    return f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={chosen['HOST']}"


if __name__ == "__main__":
    main()
