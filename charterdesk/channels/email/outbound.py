"""Handing a mail over to the outside: once, whatever breaks.

What remains at the SMTP boundary: when the connection is lost after the last byte of DATA and before the answer,
nobody can tell whether the other side took the mail. It is then *in doubt*: held for the operator, never sent again
by itself. Everything before that point is tried again.
"""

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from charterdesk.channels.models import MailAccount

TIMEOUT = 60.0
"""Seconds to wait for any one answer of the other side."""


@dataclass(frozen=True)
class Relay:
    """A server that takes our mail. `security` is `plain`, `starttls` or `tls`; `token` is for XOAUTH2."""

    host: str
    port: int
    security: str = MailAccount.PLAIN
    user: str = ""
    password: str = ""
    token: str = ""


@dataclass
class Outcome:
    """What came of it: who was `accepted`, who refused for good (`refused`) or for now (`deferred`), with the words.

    `in_doubt` carries the reason when nobody can tell.
    """

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    deferred: dict[str, str] = field(default_factory=dict)
    in_doubt: str = ""


class BeforeData(Protocol):
    """Called when all that can still be repeated is done; commits that the mail is in flight."""

    def __call__(self) -> None: ...


def hand_over(relay: Relay, *, sender: str, recipients: list[str], raw: bytes, before_data: BeforeData) -> Outcome:
    """Give `raw` to `relay` for `recipients`. Whatever goes wrong comes back as an outcome, never as an exception.

    `before_data` is called once, right before the bytes go out, if anybody will have them.
    """
    outcome = Outcome()
    try:
        smtp = open_connection(relay)
    except (OSError, smtplib.SMTPException) as error:
        outcome.deferred = dict.fromkeys(recipients, _words(error))
        return outcome
    try:
        _envelope(smtp, sender, recipients, outcome)
        if outcome.accepted:
            _data(smtp, raw, outcome, before_data)
    except (OSError, smtplib.SMTPException) as error:
        _not_yet(outcome, recipients, _words(error))
    finally:
        smtp.close()
    return outcome


def open_connection(relay: Relay, *, timeout: float = TIMEOUT) -> smtplib.SMTP:
    """A greeted, encrypted and authenticated connection; `timeout` is the seconds any one answer may take.

    Raises `OSError` and `smtplib.SMTPException`.
    """
    context = ssl.create_default_context()
    if relay.security == MailAccount.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(relay.host, relay.port, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(relay.host, relay.port, timeout=timeout)
    try:
        smtp.ehlo()
        if relay.security == MailAccount.STARTTLS:
            smtp.starttls(context=context)
            smtp.ehlo()
        if relay.token:
            _xoauth2(smtp, relay)
        elif relay.user:
            smtp.login(relay.user, relay.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _xoauth2(smtp: smtplib.SMTP, relay: Relay) -> None:
    """Sign in with an access token (Google's and Microsoft's XOAUTH2)."""
    credentials = f"user={relay.user}\x01auth=Bearer {relay.token}\x01\x01"
    code, words = smtp.docmd("AUTH", f"XOAUTH2 {b64encode(credentials.encode()).decode()}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _envelope(smtp: smtplib.SMTP, sender: str, recipients: list[str], outcome: Outcome) -> None:
    """Say from whom and to whom; sort the recipients by what the other side says."""
    code, words = smtp.mail(sender)
    if code != 250:
        _sort(outcome, recipients, code, words)
        return
    for recipient in recipients:
        code, words = smtp.rcpt(recipient)
        if code in (250, 251):
            outcome.accepted.append(recipient)
        else:
            _sort(outcome, [recipient], code, words)


def _data(smtp: smtplib.SMTP, raw: bytes, outcome: Outcome, before_data: BeforeData) -> None:
    """Send the mail itself. Only a connection lost while waiting for the last answer leaves a doubt."""
    wanted, outcome.accepted = outcome.accepted, []
    code, words = smtp.docmd("DATA")
    if code != 354:
        _sort(outcome, wanted, code, words)
        return
    before_data()
    try:
        smtp.send(_quoted(raw))
    except OSError as error:  # the last line has not left, so nobody can have taken the mail
        outcome.deferred |= dict.fromkeys(wanted, _words(error))
        return
    try:
        code, words = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        outcome.in_doubt = _words(error)
        return
    if code == 250:
        outcome.accepted = wanted
    else:
        _sort(outcome, wanted, code, words)


def _quoted(raw: bytes) -> bytes:
    """`raw` as DATA carries it: lines end in CRLF, leading dots doubled, a dot alone at the end."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _sort(outcome: Outcome, recipients: list[str], code: int, words: bytes | str) -> None:
    """5xx is for good, anything else for now."""
    text = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:400]
    target: dict[str, str] = outcome.refused if 500 <= code <= 599 else outcome.deferred
    target.update(dict.fromkeys(recipients, text))


def _not_yet(outcome: Outcome, recipients: list[str], words: str) -> None:
    """The connection broke before the mail went out: everybody not refused for good is tried again."""
    outcome.accepted = []
    left: Mapping[str, str] = {r: words for r in recipients if r not in outcome.refused and r not in outcome.deferred}
    outcome.deferred |= left


def _words(error: Exception) -> str:
    """What an error says, on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:400]
