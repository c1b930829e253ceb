"""The threads that hold the SMPP sessions: one for each number set up, none where there is none.

They live in the part of the desk that receives mail. A number that is changed gets a new session; one that is lost is
opened again, ever more slowly.
"""

import hashlib
import logging
import threading
import time
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import close_old_connections, transaction

from charterdesk.base.clock import now
from charterdesk.channels.models import SmsIn, SmsNumber, SmsOut, SmsPart
from charterdesk.channels.sms.actions import accept_sms, claim_sms, note_sms_in_doubt, take_receipt
from charterdesk.channels.sms.outcome import note_outcome
from charterdesk.channels.sms.smpp import TIMEOUT, Came, Receipt, Session

LOOK = 15.0
"""Seconds between looks at which numbers there are."""
IDLE = 0.5
"""Seconds to wait for what comes before looking for what is to go."""
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 120.0
STALE = timedelta(seconds=8 * TIMEOUT)
"""What has been in flight for longer is nobody's any more: its sender was killed."""
UNANSWERED = timedelta(minutes=10)
log = logging.getLogger(__name__)


def watch_numbers(stop: threading.Event) -> None:
    """Keep a session for each SMPP number in use, until `stop` is set. One query each `LOOK` seconds."""
    running: dict[int, tuple[bytes, threading.Event]] = {}
    while not stop.is_set():
        try:
            close_old_connections()
            found = SmsNumber.objects.filter(provider=SmsNumber.SMPP, is_active=True)
            wanted = {number.pk: (number, _print_of(number)) for number in found}
            close_old_connections()
        except DatabaseError:
            log.warning("can't see which numbers there are; looking again")
            stop.wait(LOOK)
            continue
        for pk, (known, ending) in list(running.items()):
            if pk not in wanted or wanted[pk][1] != known:
                ending.set()
                del running[pk]
        for pk, (number, mark) in wanted.items():
            if pk not in running:
                ending = threading.Event()
                running[pk] = (mark, ending)
                threading.Thread(target=keep_session, args=[number, ending], name=f"smpp-{pk}", daemon=True).start()
        stop.wait(LOOK)
    for _known, ending in running.values():
        ending.set()


def _print_of(number: SmsNumber) -> bytes:
    """What a session depends on, as a digest."""
    said = (number.number, number.host, number.port, number.uses_tls, number.user, bytes(number.sealed))
    return hashlib.sha256(repr(said).encode()).digest()


def keep_session(number: SmsNumber, ending: threading.Event) -> None:
    """Hold a session for `number` until `ending` is set; open it again when it is lost."""
    wait = SHORTEST_WAIT
    while not ending.is_set():
        session, began = Session(number), time.monotonic()
        try:
            session.open()
            _note(number, "")
            _hold(session, ending)
        except (OSError, DatabaseError) as error:
            log.warning("%s: %s", number.key, error)
            _note(number, str(error) or type(error).__name__)
        finally:
            session.close()
            close_old_connections()
        wait = SHORTEST_WAIT if time.monotonic() - began > LONGEST_WAIT else min(wait * 2, LONGEST_WAIT)
        ending.wait(wait)


def _note(number: SmsNumber, error: str) -> None:
    try:
        SmsNumber.objects.filter(pk=number.pk).update(checked_at=now(), error=error[:500])
    except DatabaseError:
        log.warning("%s: can't note that it says %s", number.key, error)


def _hold(session: Session, ending: threading.Event) -> None:
    """Take and hand over in turns. Raises `Lost` and `DatabaseError`."""
    bound_at = now()
    while not ending.is_set():
        close_old_connections()
        _give_up_stale(session.number)
        while (out := next_out(session.number)) and not ending.is_set():
            hand_over(session, out)
            while came := session.take(0):
                keep(session, came, bound_at=bound_at)
        if came := session.take(IDLE):
            keep(session, came, bound_at=bound_at)


def next_out(number: SmsNumber) -> SmsOut | None:
    """The next text to hand over, claimed: from here on a crash leaves a doubt. One statement where none waits."""
    with transaction.atomic():
        waiting = SmsOut.objects.filter(number=number, state=SmsOut.QUEUED, not_before__lte=now()).order_by("pk")
        locked = waiting.select_for_update(skip_locked=True, of=("self",))
        out = locked.select_related("message__ticket", "number").first()
        return out if out and claim_sms(out) else None


def hand_over(session: Session, out: SmsOut) -> None:
    """Submit `out`, and note what came of it."""
    with_message = SmsOut.objects.select_related("message__ticket", "number").get(pk=out.pk)
    outcome = session.submit(with_message)
    with transaction.atomic():
        note_outcome(with_message, outcome)


def _give_up_stale(number: SmsNumber) -> None:
    """What a killed sender left in the middle is in doubt. One statement where there is none."""
    left = SmsOut.objects.filter(number=number, state=SmsOut.IN_FLIGHT, in_flight_at__lt=now() - STALE)
    for out in left.select_related("message__ticket"):
        note_sms_in_doubt(out, note="the sender stopped while the server was taking the text")


def keep(session: Session, came: Came | Receipt, *, bound_at: object) -> None:
    """Keep what came, then tell the server that we have it."""
    if isinstance(came, Receipt):
        _keep_receipt(session.number, came)
        session.taken()
        return
    sms = _known(session.number, came, bound_at) or accept_sms(
        session.number,
        provider_id=f"{_digest(came)}:{time.time_ns()}",
        sender=came.sender,
        text=came.text,
        bundle=f"{session.number.pk}:{came.bundle}" if came.bundle else "",
        place=came.place,
        parts=came.parts,
    )
    session.taken()
    SmsIn.objects.filter(pk=sms.pk).update(answered_at=now())


def _digest(came: Came) -> str:
    said = f"{came.sender}\x00{came.text}\x00{came.bundle}\x00{came.place}"
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()


def _known(number: SmsNumber, came: Came, bound_at: object) -> SmsIn | None:
    """The same text, taken in an earlier session that was lost before the server heard of it: it comes again.

    SMPP names no text that comes, so what says the same in this session, or was answered, is another one.
    """
    again = SmsIn.objects.filter(provider_id__startswith=f"{number.pk}:{_digest(came)}:", answered_at=None)
    return again.filter(received_at__gte=now() - UNANSWERED, received_at__lt=bound_at).first()


def _keep_receipt(number: SmsNumber, receipt: Receipt) -> None:
    """Note it on the text it is of; servers write the id as decimal in one place and hexadecimal in the other."""
    parts = SmsPart.objects.filter(provider_id__in=_spellings(receipt.provider_id), out__number=number)
    part = parts.select_related("out").order_by("-pk").first()
    if part is None:
        log.warning("%s: a receipt of a text we do not know: %s", number.key, receipt.provider_id)
        return
    take_receipt(part.out, provider_id=part.provider_id, delivered=receipt.delivered, note=receipt.note)


def _spellings(provider_id: str) -> set[str]:
    found = {provider_id, provider_id.lstrip("0")}
    if provider_id.isdecimal():
        found |= {f"{int(provider_id):x}", f"{int(provider_id):X}", f"{int(provider_id):08X}"}
    elif all(each in "0123456789abcdefABCDEF" for each in provider_id) and provider_id:
        found.add(str(int(provider_id, 16)))
    return found - {""}
