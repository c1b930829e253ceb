"""Mails read in a second of one core, kind by kind, beside what the standard library needs to parse the same.

    python bench/mail_reading.py [--seconds 3] [--json]

The limit measured in the same run is `email.message_from_bytes` with `policy.default`, its body chosen and decoded and
its attachments decoded: the least any reader built on the standard library does, without quotes, bounces or safe HTML.
"""

import argparse
import json
import os
import platform
import random
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage

from charterdesk.channels.email.reading import read_mail

WORDS = "water meter reading street since morning please invoice pressure pump valve answer number house thank".split()


def words(chance: random.Random, count: int) -> str:
    """`count` words in lines of about seventy characters."""
    lines: list[str] = [""]
    for _ in range(count):
        lines[-1] += chance.choice(WORDS) + " "
        if len(lines[-1]) > 70:
            lines.append("")
    return "\n".join(lines)


def head(kind: str) -> str:
    """The header a provider's mail has, with its trace and signature fields."""
    trace = "".join(
        f"Received: from mx{n}.provider.example (mx{n}.provider.example [192.0.2.{n}])\r\n"
        f"\tby mx{n + 1}.provider.example with ESMTPS id 4F2{n}; Mon, 3 May 2021 10:20:0{n} +0200\r\n"
        for n in range(4)
    )
    return (
        f"{trace}DKIM-Signature: v=1; a=rsa-sha256; d=provider.example; s=s1; h=from:to:subject;\r\n\tb={'a' * 340}\r\n"
        "From: =?utf-8?Q?J=C3=B6rg_M=C3=BCller?= <joerg@provider.example>\r\nTo: Water desk"
        " <desk@utility.example>\r\n"
        "Subject: Re: =?utf-8?B?WsOkaGxlcnN0YW5k?= [WU-1042]\r\nDate: Mon, 3 May 2021 10:20:00 +0200\r\n"
        "Message-ID: <abc@provider.example>\r\nIn-Reply-To: <1@utility.example>\r\n"
        f"References: <0@utility.example> <1@utility.example>\r\nMIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
    )


def samples() -> dict[str, bytes]:
    """One mail of each ordinary kind, always the same."""
    chance = random.Random(7)
    quoted = "".join(f"> {line}\n" for line in words(chance, 300).split("\n"))
    reply = f"{words(chance, 80)}\n\nOn Mon, 3 May 2021 at 09:00, Water desk <desk@utility.example> wrote:\n\n{quoted}"
    html = (
        f'<div dir="ltr">{words(chance, 80)}</div><div class="gmail_quote"><div class="gmail_attr">On Mon, 3 May 2021'
        f' Water desk wrote:</div><blockquote class="gmail_quote">{words(chance, 300)}</blockquote></div>'
    )
    outlook = "<html><head><style>p{}</style></head><body>" + "".join(
        f'<p class="MsoNormal" style="margin:0cm">{words(chance, 12)}<o:p></o:p></p>' for _ in range(40)
    )
    both = (
        f"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{reply}\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"\r\n{html}\r\n--B--\r\n"
    )
    picture = b64encode(chance.randbytes(200_000)).decode()
    photo = (
        f"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{words(chance, 60)}\r\n--B\r\nContent-Type: image/jpeg;"
        f' name="meter.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--B--\r\n'
    )
    bounce = (
        "--B\r\nContent-Type: text/plain\r\n\r\n<jane@x.example>: host mx.x.example[192.0.2.1] said: 550 5.1.1"
        " User unknown"
        " (in reply to RCPT TO command)\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA:"
        " dns; x\r\n\r\n"
        "Final-Recipient: rfc822; jane@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp;"
        " 550 5.1.1 User"
        " unknown\r\n--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: desk@utility.example\r\n\r\nHello\r\n--B--\r\n"
    )
    bodies = {
        "plain reply": ("text/plain; charset=utf-8", reply),
        "text and HTML": ("multipart/alternative; boundary=B", both),
        "HTML alone": ("text/html; charset=utf-8", outlook + "</body></html>"),
        "photo of 200 kB": ("multipart/mixed; boundary=B", photo),
        "bounce": ("multipart/report; report-type=delivery-status; boundary=B", bounce),
    }
    return {name: (head(kind) + "\r\n" + body).encode() for name, (kind, body) in bodies.items()}


def ours(raw: bytes) -> None:
    """All that `mail explain` prints, with sizes and checksums."""
    read_mail(raw).as_json()


def standard_library(raw: bytes) -> None:
    """Parse, choose a body and decode everything."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    if body is not None:
        body.get_content()
    for part in message.iter_attachments():
        part.get_content()
    str(message["from"]), str(message["subject"]), str(message["date"])


def rate(work: Callable[[bytes], None], raws: Sequence[bytes], seconds: float) -> float:
    """Mails a second of processor time, over at least `seconds` of it: what else the machine does counts little."""
    for raw in raws:
        work(raw)
    done = 0
    began = time.process_time()
    while (spent := time.process_time() - began) < seconds:
        for raw in raws:
            work(raw)
        done += len(raws)
    return done / spent


def main() -> None:
    """Measure each kind and the mix, print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=3.0, help="time for each figure")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    kinds: dict[str, list[bytes]] = {name: [raw] for name, raw in samples().items()}
    kinds["the mix"] = [raw for raws in list(kinds.values()) for raw in raws]
    rows = [
        {
            "kind": name,
            "bytes": sum(map(len, raws)) // len(raws),
            "read_per_s": round(rate(ours, raws, options.seconds), 1),
            "standard_library_per_s": round(rate(standard_library, raws, options.seconds), 1),
        }
        for name, raws in kinds.items()
    ]
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    if options.json:
        print(json.dumps({"machine": machine, "rows": rows}, indent=2))
        return
    print(f"{'kind':<18}{'bytes':>9}{'read/s':>10}{'stdlib/s':>10}{'ratio':>8}")
    for row in rows:
        ratio = float(str(row["read_per_s"])) / float(str(row["standard_library_per_s"]))
        print(
            f"{row['kind']:<18}{row['bytes']:>9}{row['read_per_s']:>10}{row['standard_library_per_s']:>10}{ratio:>8.2f}"
        )
    print(f"Python {machine['python']}, {machine['cores']} cores, load {machine['load']:.1f}")


if __name__ == "__main__":
    main()
