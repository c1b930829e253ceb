"""`charterdesk demo`: a running desk of a water utility, with two years behind it; and how to write to it."""

import argparse
import json
import os
import shlex
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from functools import partial
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django

from charterdesk import settings_table
from charterdesk.ops.demo import postbox
from charterdesk.ops.parts.common import prepare
from charterdesk.ops.ports import settle, taken
from charterdesk.ops.problems import Problem
from charterdesk.ops.processes import child_of_ours
from charterdesk.ops.run import LISTENING, Desk
from charterdesk.people import cast

FOLDER = "charterdesk-demo"
STAMP = "demo-world.json"
RELAY = "CHARTERDESK_RELAY"
_SIGN_INS = (("agent", "maya"), ("lead", "nora"), ("manager", "soraya"), ("administrator", "imke"))
Stamp = dict[str, str | int]
_LETTER = (
    "Hello,\n\nsince this morning brown water comes out of our taps in Kestrel Lane 14. Is it safe to drink?\n\n"
    "Kind regards\nRobin Example\n"
)


def main(argv: Sequence[str]) -> int:
    """Run the demo, or one of its helpers. Code 2 where something is wrong that can be mended."""
    helpers = {"send-mail": send_mail, "mailbox": show_mailbox, "fill": fill, "postbox": postbox.main}
    if argv and argv[0] in helpers:
        _choose_folder(None)
        return helpers[argv[0]](argv[1:])
    return run(argv)


def run(argv: Sequence[str]) -> int:
    """Start the desk; the first time with a new data folder, fill it before."""
    parser = argparse.ArgumentParser(
        prog="charterdesk demo", description=__doc__, epilog="also: charterdesk demo send-mail | mailbox"
    )
    parser.add_argument("--tickets", type=int, default=10_000, help="how many, when the folder is new (10000)")
    parser.add_argument("--seed", type=int, default=1887, help="another one makes another world")
    parser.add_argument("--data", type=Path, help=f"the data folder ({FOLDER}, or the setting CHARTERDESK_DATA)")
    given = parser.parse_args(argv)
    if given.tickets < 1:
        raise Problem("A demo has at least one ticket.")
    _choose_folder(given.data)
    _choose_ports()
    os.environ.setdefault("CHARTERDESK_MAIL_DOMAIN", cast.DOMAIN)
    os.environ.setdefault("CHARTERDESK_CHECK_SENDERS", "0")
    os.environ.setdefault("CHARTERDESK_PRIVATE_NETWORKS", "127.0.0.1/32")  # where the provider of SMS is played
    texts = str(_stamp().get("texts") or _free_port())
    filling = ("demo", "fill", "--tickets", str(given.tickets), "--seed", str(given.seed), "--texts", texts)
    desk = Desk(fill=filling, welcome=partial(_welcome, os.environ.get(RELAY, "")))
    with _postbox(texts):
        again = desk.run()
    if again:
        os.execv(sys.executable, [sys.executable, "-m", "charterdesk", "demo", *argv])
    return 0


def fill(argv: Sequence[str]) -> int:
    """Load the demo world, unless it is there; what `charterdesk demo` runs before the parts start."""
    parser = argparse.ArgumentParser(prog="charterdesk demo fill", description=fill.__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1887)
    parser.add_argument("--texts", default="", help="the port of who plays the provider of SMS")
    given = parser.parse_args(argv)
    stamp = _stamp()
    if stamp.get("state") == "complete":
        print(f"the demo world of {stamp['tickets']:,} tickets is here")
        return 0
    prepare("demo fill", "Load the demo world.", [])
    django.setup()
    load = import_module("charterdesk.ops.demo.load")
    if not load.is_empty() and stamp:
        _go_on(stamp)
        return 0
    load.refuse_unless_empty()
    _write_stamp(state="loading", tickets=given.tickets, seed=given.seed, at_once=load.AT_ONCE)
    provider = f"http://127.0.0.1:{given.texts}" if given.texts else load.PROVIDER
    loaded = load.load(tickets=given.tickets, seed=given.seed, provider=provider)
    import_module("charterdesk.ops.demo.outage").make_outage(print)
    import_module("charterdesk.events.wake").stop_waking()
    _write_stamp(state="complete", tickets=given.tickets, seed=given.seed, texts=given.texts)
    print(
        f"loaded {loaded.tickets:,} tickets with {loaded.messages:,} messages of {loaded.contacts:,} customers "
        f"in {loaded.seconds:.1f} s"
    )
    return 0


def _go_on(stamp: Stamp) -> None:
    """A load was interrupted: of one transaction only the search index is missing, of a big world who knows what."""
    if int(stamp["tickets"]) > int(stamp["at_once"]):
        raise Problem(
            f"The demo world was not loaded to its end. Delete {settings_table.data_folder()} and start again."
        )
    print("the demo world is here, but not its search index")
    import_module("charterdesk.search.rebuild").rebuild_all(say=print)
    _write_stamp(**{**stamp, "state": "complete"})


def send_mail(argv: Sequence[str]) -> int:
    """Write to the demo desk, over SMTP, as anybody outside would."""
    parser = argparse.ArgumentParser(prog="charterdesk demo send-mail", description=send_mail.__doc__)
    parser.add_argument("--from", dest="sender", default="Robin Example <robin@example.net>")
    parser.add_argument("--to", default=cast.TEAMS[0].address, help="a team of the desk")
    parser.add_argument("--subject", default="Brown water")
    parser.add_argument("--text", default=_LETTER, help="what it says; - reads it from standard input")
    parser.add_argument("--in-reply-to", default="", help="the Message-ID it answers")
    given = parser.parse_args(argv)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = given.sender, given.to, given.subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain="example.net")
    if given.in_reply_to:
        letter["In-Reply-To"] = letter["References"] = given.in_reply_to
    letter.set_content(sys.stdin.read() if given.text == "-" else given.text)
    host, port = _receiver()
    try:
        with smtplib.SMTP(host, port, timeout=20) as server:
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise Problem(f"The mail receiver at {host}:{port} did not take it: {error}. Does the demo run?") from error
    print(f"{host}:{port} took it. What the desk answers is in: charterdesk demo mailbox --last")
    return 0


def show_mailbox(argv: Sequence[str]) -> int:
    """List what the demo desk has sent, the newest last; with a number, show that mail."""
    parser = argparse.ArgumentParser(prog="charterdesk demo mailbox", description=show_mailbox.__doc__)
    parser.add_argument("number", type=int, nargs="?", help="of the mail to show")
    parser.add_argument("--last", action="store_true", help="show the newest")
    given = parser.parse_args(argv)
    kept = postbox.letters(postbox.folder())
    number = len(kept) if given.last else given.number
    if number is None:
        for at, letter in enumerate(kept, 1):
            print(f"{at:4}  {letter['Date']}  {letter['To']}  {letter['Subject']}")
        print(f"{len(kept)} mails in {postbox.folder()}; a number, or --last, shows one")
        return 0
    if not 0 < number <= len(kept):
        raise Problem(f"There is no mail {number}: the box holds {len(kept)}.")
    letter = kept[number - 1]
    for name in ("From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To"):
        if letter[name]:
            print(f"{name}: {letter[name]}")
    print(f"\n{postbox.text_of(letter)}")
    return 0


def _choose_folder(given: Path | None) -> None:
    """The demo has a data folder of its own, unless one is named."""
    settings_table.load_environment()
    if given:
        os.environ["CHARTERDESK_DATA"] = str(given.absolute())
    elif not os.environ.get("CHARTERDESK_DATA"):
        os.environ["CHARTERDESK_DATA"] = str(Path(FOLDER).absolute())


def _choose_ports() -> None:
    """The usual ports, or free ones where they are taken and nobody asked for them."""
    for setting in LISTENING.values():
        host, port = settings_table.address(setting)
        if not os.environ.get(setting) and taken(host, port):
            os.environ[setting] = f"{host}:0"
            settle(setting)


@contextmanager
def _postbox(texts: str) -> Iterator[None]:
    """Servers for all mail and texts (at that port) of the desk, while the demo runs; a relay that is set takes the
    mail."""
    port = str(_free_port())
    is_ours = not os.environ.get(RELAY)
    if is_ours:
        os.environ[RELAY] = f"smtp://127.0.0.1:{port}"
    child = subprocess.Popen(
        [sys.executable, "-m", "charterdesk", "demo", "postbox", "--port", port, "--texts", texts],
        stdin=subprocess.DEVNULL,
        preexec_fn=child_of_ours(),
    )
    try:
        yield
    finally:
        child.terminate()
        child.wait()
        if is_ours:
            del os.environ[RELAY]  # a demo that starts anew makes another postbox


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _welcome(relay: str) -> list[str]:
    """What is said when the desk is ready: who can sign in, how to write to it, and where its mail goes: by the `relay`
    that was set, or nowhere."""
    _write_stamp(**{**_stamp(), "receiver": ":".join(map(str, settings_table.address("CHARTERDESK_SMTP")))})
    url = settings_table.public_url()
    lines = [f"sign in at {url}/, everybody with the password {cast.DEMO_PASSWORD}"]
    lines += [f"  {role:14} {key}@{cast.DOMAIN}" for role, key in _SIGN_INS]
    lines += [f"  {'customer':14} {cast.CONTACTS[0].email}"]
    folder = settings_table.data_folder()
    data = "" if folder == Path(FOLDER).absolute() else f"CHARTERDESK_DATA={shlex.quote(str(folder))} "
    lines.append(f"send it a mail:            {data}charterdesk demo send-mail")
    if relay:
        return [*lines, f"its mail leaves by:        {_server_of(relay)} ({RELAY})"]
    return [
        *lines,
        f"read what it answers:      {data}charterdesk demo mailbox --last",
        f"all it sends stays here:   {postbox.folder()} (a Maildir)",
    ]


def _server_of(relay: str) -> str:
    """A relay without who signs in there."""
    parts = urlsplit(relay)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _receiver() -> tuple[str, int]:
    """Where the running demo takes mail, by its stamp; else where the settings say."""
    host, _, port = str(_stamp().get("receiver", "")).rpartition(":")
    return (host, int(port)) if port.isdecimal() else settings_table.address("CHARTERDESK_SMTP")


def _stamp() -> Stamp:
    path = settings_table.data_folder() / STAMP
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _write_stamp(**said: str | int) -> None:
    path = settings_table.data_folder() / STAMP
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(said) + "\n")
