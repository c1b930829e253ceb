"""How soon a mail is found: from the receiver's 250 until staff's search shows it, on a desk as big as you like.

    python bench/found.py --data FOLDER [--mails 20] [--every 2] [--json FILE]

`charterdesk run` serves the data folder (of `charterdesk demo fill`); mails with a word nobody has written before come
in by SMTP, and a manager asks `/desk/search` for it until it is there. Beside it: what one such search takes.
"""

import argparse
import asyncio
import smtplib
import statistics
import time
import uuid
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

import httpx
from agents import sessions
from desk import Figures, arguments, machine, report

from charterdesk.ops.testing import RunningDesk
from charterdesk.people import cast

PATIENCE = 30.0  # seconds after which a mail counts as not found
MANAGER = "soraya@"  # of the demo world: sees every ticket
PAUSE = 0.05  # seconds between two looks


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--mails", type=int, default=20)
    parser.add_argument("--every", type=float, default=2, help="seconds between two mails")
    parser.add_argument("--to", default=f"help@{cast.DOMAIN}", help="an address of the desk")


def send(smtp: tuple[str, int], to: str, word: str) -> float:
    """Hand in a mail that says `word`; the moment of the 250."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{word} <{word}@home.example>", to, "A leak in our street"
    mail["Message-ID"] = make_msgid(domain="home.example")
    mail.set_content(f"There is water on the road since this morning. The house is called {word}.")
    with smtplib.SMTP(*smtp, timeout=PATIENCE) as server:
        server.send_message(mail)
        return time.perf_counter()


async def look_for(http: httpx.AsyncClient, word: str, since: float) -> tuple[float | None, float]:
    """Seconds until the search shows `word`, None when it never does; milliseconds of the last search."""
    while True:
        began = time.perf_counter()
        answer = await http.get("/desk/search", params={"q": word})
        ended = time.perf_counter()
        answer.raise_for_status()
        if f"{word}</mark>" in answer.text.lower():
            return ended - since, 1000 * (ended - began)
        if ended - since > PATIENCE:
            return None, 1000 * (ended - began)
        await asyncio.sleep(PAUSE)


async def work(desk: RunningDesk, chosen: argparse.Namespace) -> Figures:
    """Send, look, reckon."""
    waits: list[float | None] = []
    looks = []
    name, key = sessions(chosen.data, MANAGER)[0]
    async with httpx.AsyncClient(base_url=desk.told("public_url"), cookies={name: key}, timeout=PATIENCE) as http:
        for _number in range(chosen.mails):
            word = "q" + uuid.uuid4().hex[:12].translate(str.maketrans("0123456789", "ghijklmnop"))
            since = await asyncio.to_thread(send, desk.smtp, chosen.to, word)
            wait, look = await look_for(http, word, since)
            waits.append(wait)
            looks.append(look)
            await asyncio.sleep(chosen.every)
    found = sorted(wait for wait in waits if wait is not None)
    return {
        "mails": chosen.mails,
        "not_found": waits.count(None),
        "seconds_p50": round(statistics.median(found), 2),
        "seconds_at_most": round(found[-1], 2),
        "a_search_ms_p50": round(statistics.median(looks), 1),
    }


def main() -> None:
    """Serve, send, tell."""
    chosen = arguments(__doc__, options)
    before = machine()
    chosen.data = chosen.data.absolute()
    with RunningDesk(chosen.data) as desk:
        desk.wait_until_ready()
        figures = asyncio.run(work(desk, chosen))
    lines = [(name, str(value)) for name, value in figures.items()]
    report("from the 250 of a mail until staff find it", {"machine": before, **figures}, lines, chosen.json)


if __name__ == "__main__":
    main()
