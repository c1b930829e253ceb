"""Proof of the ledger: tellers move money at random, at the same time, and are killed with SIGKILL on the way."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Sum

from charterdesk.billing.models import Booking, Contract, Invoice, NumberRun, Reason, Refund, Use, Verdict
from charterdesk.billing.testing import ledger_problems
from charterdesk.events.tests.pumps import database_url

TELLERS = 3
PATIENCE_S = 60


@dataclass
class Outcome:
    """How much was done, how often somebody was killed, and what was wrong at the end."""

    deeds: int = 0
    kills: int = 0
    problems: list[str] = field(default_factory=list)


def storm(folder: Path, *, deeds: int, pause_s: tuple[float, float]) -> Outcome:
    """Let tellers loose until `deeds` were acknowledged, killing one now and then; judge what they left."""
    environment = {**os.environ, "DATABASE_URL": database_url()}
    command = [sys.executable, "-m", "charterdesk.billing.tests.storm_part", str(folder)]
    tellers = [subprocess.Popen(command, env=environment, start_new_session=True) for _teller in range(TELLERS)]
    outcome, chance = Outcome(), random.Random(deeds)
    until = time.monotonic() + PATIENCE_S + deeds
    try:
        while acknowledged(folder) < deeds and time.monotonic() < until:
            time.sleep(chance.uniform(*pause_s))
            outcome.kills += kill_one(folder, chance)
    finally:
        for teller in tellers:
            with suppress(ProcessLookupError):
                os.killpg(teller.pid, signal.SIGKILL)
            teller.wait()
    outcome.deeds = acknowledged(folder)
    outcome.problems = [*ledger_problems(), *number_problems(), *refund_problems(), *use_problems()]
    return outcome


def acknowledged(folder: Path) -> int:
    """How many deeds were committed for sure; what was refused, or found nothing to do, is none."""
    return sum(path.read_bytes().count(b"done\n") for path in folder.glob("*.done"))


def kill_one(folder: Path, chance: random.Random) -> int:
    """Kill a worker in whatever it does; how many were."""
    workers = sorted(folder.glob("worker-*"))
    if not workers:
        return 0
    text = chance.choice(workers).read_text()
    with suppress(ProcessLookupError):
        if text:
            os.kill(int(text), signal.SIGKILL)
            return 1
    return 0


def number_problems() -> list[str]:
    """Gaps and doubles in the numbers of invoices and credit notes."""
    found = []
    for run in NumberRun.objects.all():
        kind = run.run.partition(":")[0]
        numbers = Invoice.objects.filter(kind=kind, state=Invoice.ISSUED).values_list("number", flat=True)
        given = sorted(int(str(number)[-5:]) for number in numbers)
        if given != list(range(1, run.last + 1)):
            found.append(f"{run.run}: {len(given)} numbers up to {run.last} are not 1 to {run.last}")
    return found


def refund_problems() -> list[str]:
    """Refunds that were booked more often than once, or otherwise than they say."""
    found = []
    for refund in Refund.objects.all():
        due = Booking.objects.filter(cause_key=refund.key).count()
        paid = Booking.objects.filter(cause_key=f"{refund.key}:paid").count()
        wanted = {Refund.APPROVED: (1, 0), Refund.PAID: (1, 1)}.get(refund.state, (0, 0))
        if (due, paid) != wanted:
            found.append(f"{refund.key} is {refund.state} and was booked {due} and {paid} times")
    return found


def use_problems() -> list[str]:
    """Contracts of which more was used than they include, and requests that use none or several where one is said."""
    found = []
    running = Use.objects.filter(given_back_at=None)
    for contract in Contract.objects.exclude(incidents=None):
        used = running.filter(contract=contract).aggregate(used=Sum("incidents"))["used"] or 0
        if used > (contract.incidents or 0):
            found.append(f"{contract.key} includes {contract.incidents} requests and {used} were used")
    said = [verdict.key for verdict in Verdict.objects.filter(replaced_at=None, kind=Reason.CONTRACT).order_by("pk")]
    causes = sorted(running.values_list("cause_key", flat=True), key=lambda key: int(key.partition(":")[2]))
    return found + ([f"said of {said}, used by {causes}"] if said != causes else [])
