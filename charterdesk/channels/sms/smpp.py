"""A session with an SMPP 3.4 server: bound both ways, it hands texts over one by one and takes what comes.

What remains at the boundary: when the connection is lost after a submit and before its answer, nobody can tell whether
the server took the text. It is then in doubt, held for the operator, never sent again by itself.
"""

import logging
import re
import select
import ssl
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.base.later import later
from charterdesk.base.outside import connect, may_reach
from charterdesk.channels.models import SmsNumber, SmsOut
from charterdesk.channels.sms.outcome import Outcome
from charterdesk.channels.sms.text import decode, encode

smpp_client = later("smpplib.client")
smpp_commands = later("smpplib.smpp")
smpp_errors = later("smpplib.exceptions")

TIMEOUT = 20.0
"""Seconds to wait for any one answer."""
QUIET = 30.0
"""Seconds of silence after which we ask whether the server is there; twice as many without an answer, and it is not."""
THROTTLED = {0x58, 0x14}  # too fast; its queue is full
FOR_NOW = {0x08, 0x64}  # a system error; an application that is not ready
THROTTLE_WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries of a part the server is too busy for."""
UDHI, RECEIPT = 0x40, 0x04
ID = re.compile(rb"\bid:\s*([^\s]+)")
STAT = re.compile(rb"\bstat:\s*([A-Z]+)")
STATES = {"DELIVRD": True, "UNDELIV": False, "EXPIRED": False, "DELETED": False, "REJECTD": False}
NUMBERED = {2: True, 3: False, 4: False, 5: False, 8: False}
log = logging.getLogger(__name__)


class Lost(OSError):
    """The connection is gone, or the server does not answer."""


@dataclass(frozen=True)
class Came:
    """A text that came: from whom, its bytes read, and which part of which long one it is."""

    sender: str
    text: str
    bundle: str = ""
    place: int = 1
    parts: int = 1


@dataclass(frozen=True)
class Receipt:
    """What the server tells of a part of ours; `delivered` None when it is still under way."""

    provider_id: str
    delivered: bool | None
    note: str


class Session:
    """One bound connection. Not for several threads. Everything raises `Lost` when the connection is gone."""

    def __init__(self, number: SmsNumber) -> None:
        self.number = number
        self.client: Any = None
        self.waiting: deque[Any] = deque()
        self.heard_at = self.asked_at = time.monotonic()
        self._long = 0

    def open(self) -> None:
        """Connect and bind as a transceiver. Raises `OSError` with the reason."""
        self.client = smpp_client.Client(
            self.number.host, self.number.port, timeout=TIMEOUT, allow_unknown_opt_params=True
        )
        host, port = self.number.host, self.number.port
        self.client._socket = connect(
            host, port, tls=self.number.uses_tls, until=time.monotonic() + TIMEOUT, may_reach=may_reach
        )
        self.client._socket.settimeout(TIMEOUT)
        self.client.state = 1  # open, not bound
        try:
            self.client.bind_transceiver(system_id=self.number.user, password=self.number.secret)
        except smpp_errors.PDUError as error:
            raise OSError(_("The server refused to let us in: {words}").format(words=error.args[0])) from error
        except smpp_errors.ConnectionError as error:
            raise Lost(_("The server ended the connection.")) from error

    def close(self) -> None:
        """Take leave, as far as that is still possible."""
        client, self.client = self.client, None
        if client is None or client._socket is None:
            return
        try:
            client.send_pdu(smpp_commands.make_pdu("unbind", client=client))
        except (smpp_errors.PDUError, smpp_errors.ConnectionError, OSError):
            log.debug("%s could not take leave", self.number.key)
        client._socket.close()
        client._socket = None

    def submit(self, out: SmsOut) -> Outcome:
        """Hand `out` over, part by part. A connection lost comes back as an outcome as well."""
        encoded = encode(out.text)
        ids: list[str] = []
        self._long = (self._long + 1) % 256
        for place, content in enumerate(encoded.parts, 1):
            header = bytes([5, 0, 3, self._long, len(encoded.parts), place]) if len(encoded.parts) > 1 else b""
            status, said = self._submit_part(out, header + content, is_gsm=encoded.is_gsm, is_long=bool(header))
            if status is None:
                return Outcome(in_doubt=said)
            if status:
                if ids:
                    return Outcome(in_doubt=f"part {place} of {len(encoded.parts)}: {said}")
                return Outcome(deferred=said) if status in THROTTLED | FOR_NOW else Outcome(refused=said)
            ids.append(said)
        return Outcome(provider_ids=ids)

    def _submit_part(self, out: SmsOut, content: bytes, *, is_gsm: bool, is_long: bool) -> tuple[int | None, str]:
        """The server's status and its id of the part, or its words; status None when nobody can tell."""
        for wait in (*THROTTLE_WAITS, None):
            try:
                answer = self._submit_once(out, content, is_gsm=is_gsm, is_long=is_long)
            except OSError as error:
                return None, f"{type(error).__name__}: {error}"
            if answer.status not in THROTTLED or wait is None:
                break
            time.sleep(wait)
        if answer.status:
            return answer.status, f"the server answered 0x{answer.status:02X}"
        return 0, _as_text(answer.message_id)

    def _submit_once(self, out: SmsOut, content: bytes, *, is_gsm: bool, is_long: bool) -> Any:
        source, to = self.number.number, out.to
        pdu = smpp_commands.make_pdu(
            "submit_sm",
            client=self.client,
            source_addr_ton=_ton(source),
            source_addr_npi=1 if source[:1] == "+" else 0,
            source_addr=source.removeprefix("+"),
            dest_addr_ton=_ton(to),
            dest_addr_npi=1,
            destination_addr=to.removeprefix("+"),
            short_message=content,
            data_coding=0 if is_gsm else 8,
            esm_class=UDHI if is_long else 0,
            registered_delivery=1,
        )
        self._send(pdu)
        until = time.monotonic() + TIMEOUT
        while (left := until - time.monotonic()) > 0:
            got = self._read(left)
            if got is None:
                continue
            if got.command in ("submit_sm_resp", "generic_nack") and got.sequence == pdu.sequence:
                return got
            self._answer_or_keep(got)
        raise Lost("the server did not answer in time")

    def take(self, seconds: float) -> Came | Receipt | None:
        """What came next, waiting so long for it; call `taken` once it is kept. Asks whether the server lives."""
        if not self.waiting:
            got = self._read(seconds)
            if got is not None:
                self._answer_or_keep(got)
        self._look_after()
        return _read_delivered(self.waiting[0]) if self.waiting else None

    def taken(self) -> None:
        """Tell the server that we have what `take` gave."""
        pdu = self.waiting.popleft()
        answer = smpp_commands.make_pdu("deliver_sm_resp", client=self.client, status=0)
        answer.sequence = pdu.sequence
        self._send(answer)

    def _look_after(self) -> None:
        at = time.monotonic()
        if at - self.heard_at > 2 * QUIET:
            raise Lost("the server has fallen silent")
        if at - max(self.heard_at, self.asked_at) > QUIET:
            self.asked_at = at
            self._send(smpp_commands.make_pdu("enquire_link", client=self.client))

    def _answer_or_keep(self, pdu: Any) -> None:
        if pdu.command == "deliver_sm":
            self.waiting.append(pdu)
        elif pdu.command in ("enquire_link", "unbind"):
            answer = smpp_commands.make_pdu(f"{pdu.command}_resp", client=self.client)
            answer.sequence = pdu.sequence
            self._send(answer)
            if pdu.command == "unbind":
                raise Lost("the server took leave")

    def _send(self, pdu: Any) -> None:
        try:
            self.client.send_pdu(pdu)
        except (smpp_errors.ConnectionError, smpp_errors.PDUError, AttributeError) as error:
            raise Lost(str(error) or "the connection broke") from error

    def _read(self, seconds: float) -> Any | None:
        """The next PDU within so many seconds, or None."""
        held: Any = self.client._socket
        pending = held.pending() if isinstance(held, ssl.SSLSocket) else 0
        if not pending and not select.select([held], [], [], max(seconds, 0))[0]:
            return None
        try:
            pdu = self.client.read_pdu()
        except (TimeoutError, smpp_errors.ConnectionError) as error:
            raise Lost(str(error) or "the server ended the connection") from error
        except (smpp_errors.PDUError, smpp_errors.UnknownCommandError, ValueError) as error:
            raise Lost(f"the server sent what can't be read: {error}") from error
        self.heard_at = time.monotonic()
        return pdu


def _ton(number: str) -> int:
    """Type of number: international, a name of letters, or unknown (short codes)."""
    return 1 if number[:1] == "+" else 5 if not number.isdecimal() else 0


def _as_text(value: Any) -> str:
    raw = value if isinstance(value, bytes) else str(value or "").encode()
    return raw.rstrip(b"\x00").decode("latin-1")


def _read_delivered(pdu: Any) -> Came | Receipt:
    """A deliver_sm: a receipt of ours, or somebody's text."""
    content = pdu.short_message or getattr(pdu, "message_payload", None) or b""
    if pdu.esm_class & 0x3C == RECEIPT:
        return _receipt(pdu, content)
    sender = _as_text(pdu.source_addr)
    if pdu.source_addr_ton == 1 and not sender.startswith("+"):
        sender = f"+{sender}"
    header = b""
    if pdu.esm_class & UDHI and content:
        header, content = content[1 : content[0] + 1], content[content[0] + 1 :]
    return Came(sender, decode(content, pdu.data_coding), *_place_of(sender, header))


def _place_of(sender: str, header: bytes) -> tuple[str, int, int]:
    """What the parts of a long text share, which part this is, and of how many: from the user data header."""
    while len(header) >= 2:
        kind, length, value = header[0], header[1], header[2 : 2 + header[1]]
        if kind == 0 and length == 3:
            return f"{sender}:{value[0]}:{value[1]}", value[2], value[1]
        if kind == 8 and length == 4:
            return f"{sender}:{value[0] * 256 + value[1]}:{value[2]}", value[3], value[2]
        header = header[2 + length :]
    return "", 1, 1


def _receipt(pdu: Any, content: bytes) -> Receipt:
    """From its own fields, else from the text that servers put there."""
    told, word = ID.search(content), STAT.search(content)
    known = _as_text(getattr(pdu, "receipted_message_id", None))
    provider_id = known or (told[1].decode("latin-1") if told else "")
    state = word[1].decode() if word else ""
    numbered = getattr(pdu, "message_state", None)
    delivered = STATES.get(state) if state else NUMBERED.get(numbered or 0)
    return Receipt(provider_id, delivered, content.decode("latin-1", "replace")[:300])
