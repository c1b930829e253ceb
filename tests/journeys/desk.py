"""A whole desk for journeys: every part a process of its own, as `charterdesk run` starts them."""

import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection


@dataclass
class Desk:
    """A running desk on the test's own database. `log` is what its parts say."""

    process: "subprocess.Popen[bytes]"
    web: str
    smtp_port: int
    log: Path

    def receive(self, raw: bytes, *, sender: str, to: str) -> None:
        """Hand a mail to the desk's own SMTP server, as the outside does."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=30) as smtp:
            smtp.sendmail(sender, [to], raw)


@contextmanager
def running_desk(folder: Path, *, relay: str) -> Iterator[Desk]:
    """Run the desk on the database of this test; what it sends goes to `relay`."""
    web, live, smtp = (free_port() for _ in range(3))
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "CHARTERDESK_SECRET_KEY": settings.SECRET_KEY,
        "CHARTERDESK_DATA": str(folder / "data"),
        "CHARTERDESK_WEB": f"127.0.0.1:{web}",
        "CHARTERDESK_LIVE": f"127.0.0.1:{live}",
        "CHARTERDESK_SMTP": f"127.0.0.1:{smtp}",
        "CHARTERDESK_RELAY": relay,
        "CHARTERDESK_MAIL_DOMAIN": "desk.example",
        "CHARTERDESK_WEB_WORKERS": "1",
    }
    log = folder / "desk.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "charterdesk", "run"], env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    desk = Desk(process, f"http://127.0.0.1:{web}", smtp, log)
    try:
        wait_for(lambda: all(map(answers, (web, live, smtp))), "the desk to be ready", process=process, log=log)
        yield desk
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()
        process.wait()


def wait_for(
    condition: Callable[[], object],
    what: str,
    *,
    seconds: float = 90,
    process: "subprocess.Popen[bytes] | None" = None,
    log: Path | None = None,
) -> None:
    """Until `condition` holds; fails with `what` was waited for and what the desk last said."""
    until = time.monotonic() + seconds
    while not condition():
        said = log.read_text(errors="replace")[-4000:] if log and log.exists() else ""
        assert process is None or process.poll() is None, f"the desk ended while waiting for {what}:\n{said}"
        assert time.monotonic() < until, f"waited {seconds:.0f} s for {what}:\n{said}"
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether somebody listens at `port`."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def database_url() -> str:
    """The URL of the database this test works on."""
    parts = connection.settings_dict
    options = f"host={parts['HOST']}&port={parts['PORT']}" if parts["PORT"] else f"host={parts['HOST']}"
    return f"postgresql://{parts['USER']}:{parts['PASSWORD']}@/{parts['NAME']}?{options}"
