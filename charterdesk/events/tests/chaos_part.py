"""The processes of `chaos.py`: forked from here, one for each line "writer|reader|sleeper <seconds>" that is read."""

import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # after the set-up

from charterdesk.events.log import Event, publish, this_entry  # noqa: E402
from charterdesk.events.reactions import react  # noqa: E402
from charterdesk.events.reader import read_batch  # noqa: E402
from charterdesk.events.tests.chaos import SUBJECTS  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class ChaosWritten(Event):
    """The `written`th event of a subject."""

    subject_id: int
    written: int


def write(folder: Path, pause_s: float, subjects: range) -> None:
    """Publish on random subjects, holding the row's lock until the commit, and acknowledge each commit in a file."""
    with (folder / f"{os.getpid()}.acknowledged").open("a") as file:
        while True:
            with transaction.atomic():
                numbers = publish_some(random.choice(subjects), random.randint(1, 3))
                time.sleep(random.uniform(0, pause_s))
            file.write("".join(f"{number} {time.time()}\n" for number in numbers))
            file.flush()
            time.sleep(random.uniform(0, 0.02))


def publish_some(subject: int, count: int) -> list[int]:
    """Publish `count` events on a subject, numbered under its lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT written FROM chaos_subject WHERE id = %s FOR UPDATE", [subject])
        (written,) = cursor.fetchone()
        cursor.execute("UPDATE chaos_subject SET written = written + %s WHERE id = %s", [count, subject])
    events = [ChaosWritten(subject_id=subject, written=written + n + 1) for n in range(count)]
    return [publish(event, on=f"chaos:{subject}", by="system") for event in events]


@react(ChaosWritten)
def note(event: ChaosWritten) -> None:
    """Note what was heard, in the transaction that moves the reader on."""
    entry = this_entry()
    assert entry is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO chaos_heard (event_id, subject, written) VALUES (%s, %s, %s)",
            [entry.id, entry.subject, event.written],
        )


def read() -> None:
    """Read the log for ever."""
    while True:
        if not read_batch():
            time.sleep(0.01)


def play(part: str, folder: Path, seconds: float) -> None:
    """Be one of the processes, until killed."""
    if part == "reader":
        read()
    elif part == "writer":
        write(folder, seconds, range(SUBJECTS))
    else:  # one transaction, open for exactly so long, on a subject of its own
        with transaction.atomic():
            publish_some(SUBJECTS, 3)
            time.sleep(seconds)


def main() -> None:
    """Fork a process for each line that asks for one, and say its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        part, seconds = line.split()
        number = os.fork()
        if number == 0:
            random.seed()
            play(part, Path(sys.argv[1]), float(seconds))
            os._exit(0)
        print(number, flush=True)


if __name__ == "__main__":
    main()
