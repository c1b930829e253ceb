"""Every write of SMS: taking texts over, queueing them, noting what became of them; and the numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import FIRST_WAIT, LONGEST_WAIT, MAX_ATTEMPTS, MAX_AUTOMATIC_PER_HOUR, count_automatic
from charterdesk.channels.events import (
    SmsArrived,
    SmsHeld,
    SmsNumberRemoved,
    SmsNumberSaved,
    SmsSettled,
    SmsStarted,
    SmsStopped,
)
from charterdesk.channels.models import SmsIn, SmsNumber, SmsOut, SmsPart, SmsStop
from charterdesk.channels.sms.phone import own_number
from charterdesk.channels.sms.text import count_parts
from charterdesk.events.log import publish
from charterdesk.tickets.actions import mark_delivered, mark_in_doubt, mark_sent, mark_undelivered
from charterdesk.tickets.models import Message

DONE = (SmsOut.SENT, SmsOut.DELIVERED)


@transaction.atomic
def accept_sms(
    number: SmsNumber,
    *,
    provider_id: str,
    sender: str,
    text: str,
    media: Sequence[str] = (),
    bundle: str = "",
    place: int = 1,
    parts: int = 1,
) -> SmsIn:
    """Take a text over; once this has committed it is ours. It is read afterwards.

    The one with this `provider_id` is taken once. Of a long text in `parts`, those with the same `bundle` belong
    together: the last to come makes it whole.
    """
    sms, created = SmsIn.objects.get_or_create(
        provider_id=f"{number.pk}:{provider_id}"[:160],
        defaults={
            "number": number,
            "sender": sender[:20],
            "text": text.replace("\x00", ""),
            "media": list(media),
            "bundle": bundle,
            "place": place,
            "parts": parts,
        },
    )
    if created:
        is_whole = parts == 1 or waiting_parts(bundle).count() >= parts
        publish(SmsArrived(sms_id=sms.pk, is_whole=is_whole), on=sms, by=SYSTEM)
    return sms


def waiting_parts(bundle: str) -> QuerySet[SmsIn]:
    """The parts of a long text that came, none of which was read."""
    return SmsIn.objects.filter(bundle=bundle, state=SmsIn.WAITING).order_by("place")


@transaction.atomic
def stop_texts(number: SmsNumber, phone: str) -> bool:
    """Send `phone` no more than it is owed; False when that was so."""
    stop, created = SmsStop.objects.get_or_create(number=number, phone=phone)
    if created:
        publish(SmsStopped(stop_id=stop.pk, number_id=number.pk), on=number, by=SYSTEM)
    return created


@transaction.atomic
def start_texts(number: SmsNumber, phone: str) -> None:
    """Send `phone` texts again."""
    if SmsStop.objects.filter(number=number, phone=phone).delete()[0]:
        publish(SmsStarted(number_id=number.pk), on=number, by=SYSTEM)


@transaction.atomic
def queue_sms(
    *,
    once: str,
    number: SmsNumber | None,
    to: str,
    text: str,
    message: Message | None = None,
    is_automatic: bool = True,
) -> SmsOut | None:
    """Queue a text and return it; None when it (by `once`) was queued before, or is held.

    One too many, by machine to one phone in an hour or by its number in a day, is held for the operator.
    """
    fields = {"number": number, "to": to, "text": text, "message": message, "is_automatic": is_automatic}
    out, created = SmsOut.objects.get_or_create(once=once, defaults={**fields, "parts": count_parts(text)})
    if not created:
        return None
    if note := _one_too_many(out):
        _hold(out, SmsOut.HELD, note)
        return None
    return out


def _one_too_many(out: SmsOut) -> str:
    """Why `out` is held; "" when it may go. Counts it."""
    if out.is_automatic and count_automatic(Counter([out.to]))[out.to] > MAX_AUTOMATIC_PER_HOUR:
        return "more automatic texts in an hour than any person needs"
    if out.number and _count_today(out.number_id or 0, out.parts) > out.number.daily_cap:
        return f"more than the {out.number.daily_cap} parts a day that its number may send"
    return ""


def _count_today(number_id: int, parts: int) -> int:
    """Add `parts` to those of today, and return how many that makes. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO channels_smsday AS kept (number_id, day, parts)
               VALUES (%s, (now() AT TIME ZONE 'UTC')::date, %s)
               ON CONFLICT (number_id, day) DO UPDATE SET parts = kept.parts + excluded.parts RETURNING parts""",
            [number_id, parts],
        )
        return int(cursor.fetchone()[0])


@transaction.atomic
def claim_sms(out: SmsOut) -> bool:
    """Note that `out` is being handed over, if it still waits: from here on a crash leaves a doubt."""
    claimed = SmsOut.objects.filter(pk=out.pk, state=SmsOut.QUEUED).update(
        state=SmsOut.IN_FLIGHT, in_flight_at=now(), attempts=out.attempts + 1
    )
    if claimed:
        out.refresh_from_db()
    return bool(claimed)


@transaction.atomic
def note_sms_sent(out: SmsOut, *, provider_ids: Sequence[str]) -> None:
    """The provider took it, all parts of it, and calls them by `provider_ids`."""
    SmsPart.objects.bulk_create([SmsPart(out=out, provider_id=one[:160]) for one in provider_ids])
    SmsOut.objects.filter(pk=out.pk).update(state=SmsOut.SENT, done_at=now(), note="")
    if out.message:
        mark_sent(out.message, by=SYSTEM)


@transaction.atomic
def note_sms_refused(out: SmsOut, *, note: str) -> None:
    """Refused for good; the agent is told, and the operator sees it."""
    _hold(out, SmsOut.FAILED, note)
    if out.message:
        mark_undelivered(out.message, by=SYSTEM, note=note)


@transaction.atomic
def note_sms_in_doubt(out: SmsOut, *, note: str) -> None:
    """Nobody can tell whether the provider took it; it is not sent again unless an operator says so."""
    _hold(out, SmsOut.IN_DOUBT, note)
    if out.message:
        mark_in_doubt(out.message, by=SYSTEM, note=note)


def _hold(out: SmsOut, state: str, note: str) -> None:
    SmsOut.objects.filter(pk=out.pk).update(state=state, done_at=now(), note=note[:500])
    publish(SmsHeld(out_id=out.pk, state=state), on=out, by=SYSTEM)


@transaction.atomic
def note_sms_deferred(out: SmsOut, *, note: str, wait: timedelta | None = None) -> timedelta | None:
    """Not now: return how long to wait, at least `wait`; None when we gave up (it is refused)."""
    if out.attempts >= MAX_ATTEMPTS:
        note_sms_refused(out, note=note)
        return None
    doubled = min(FIRST_WAIT * int(2 ** max(out.attempts - 1, 0)), LONGEST_WAIT)
    after = max(doubled, wait or timedelta(0))
    SmsOut.objects.filter(pk=out.pk).update(
        state=SmsOut.QUEUED, note=note[:500], in_flight_at=None, not_before=now() + after
    )
    return after


@transaction.atomic
def take_receipt(out: SmsOut, *, provider_id: str, delivered: bool | None, note: str = "") -> None:
    """The provider tells of a part of `out`: `delivered`, not delivered (False), or only that it has it (None).

    A text is delivered when all its parts are. Told twice, or late, it changes nothing. It ends a doubt.
    """
    out.refresh_from_db(from_queryset=SmsOut.objects.select_for_update(of=("self",)).select_related("message__ticket"))
    part, _created = SmsPart.objects.get_or_create(out=out, provider_id=provider_id[:160])
    if out.state in (SmsOut.IN_DOUBT, SmsOut.IN_FLIGHT) and delivered is not False and out.parts == 1:
        note_sms_sent(out, provider_ids=[])
        out.state = SmsOut.SENT
    if delivered is None or part.state != SmsOut.SENT or out.state == SmsOut.HELD:
        return
    part.state = SmsOut.DELIVERED if delivered else SmsOut.FAILED
    part.save(update_fields=["state"])
    if not delivered:
        if out.state != SmsOut.FAILED:
            note_sms_refused(out, note=note or "not delivered")
    elif out.sent_parts.filter(state=SmsOut.DELIVERED).count() >= out.parts and out.state == SmsOut.SENT:
        SmsOut.objects.filter(pk=out.pk).update(state=SmsOut.DELIVERED)
        if out.message:
            mark_delivered(out.message, by=SYSTEM)


@transaction.atomic
def settle_sms(out: SmsOut, *, by: Actor, arrived: bool) -> SmsOut:
    """An operator settles a text that was in doubt, refused or held: it `arrived`, or it is to be sent (again).

    Raises `Refused("channels.not_held")` for any other.
    """
    out.refresh_from_db(from_queryset=SmsOut.objects.select_for_update(of=("self",)).select_related("message__ticket"))
    if out.state not in SmsOut.STUCK:
        raise Refused("channels.not_held", _("This text is on its way, or has arrived."))
    if arrived:
        note_sms_sent(out, provider_ids=[])
    else:
        out.sent_parts.all().delete()
        out.state, out.attempts, out.done_at, out.note, out.not_before = SmsOut.QUEUED, 0, None, "", now()
        out.save(update_fields=["state", "attempts", "done_at", "note", "not_before"])
        if out.message_id:
            Message.objects.filter(pk=out.message_id).update(delivery=Message.QUEUED, delivery_note="")
    publish(SmsSettled(out_id=out.pk, arrived=arrived), on=out, by=by)
    return out


@transaction.atomic
def save_number(number: SmsNumber, *, by: Actor, fields: Mapping[str, Any], secret: str = "") -> None:
    """Add or change a number; `secret` replaces the one that is kept, and is kept sealed.

    Nothing happens where nothing differs. Raises `Refused`: `channels.bad_number`, `channels.number_taken`,
    `channels.no_provider`.
    """
    given = dict(fields)
    if "number" in given:
        given["number"] = own_number(given["number"])
    changed = sorted(name for name, value in given.items() if number.pk is None or getattr(number, name) != value)
    for name in changed:
        setattr(number, name, given[name])
    _refuse_unusable(number)
    if secret:
        number.seal(secret)
    if changed or secret:
        number.save()
        event = SmsNumberSaved(number_id=number.pk, fields=[*changed, *(["secret"] if secret else [])])
        publish(event, on=number, by=by)


def _refuse_unusable(number: SmsNumber) -> None:
    if not number.number:
        text = _("Write the number with its country, such as +49 30 123456, or a short code.")
        raise Refused("channels.bad_number", text)
    others = SmsNumber.objects.exclude(pk=number.pk)
    if others.filter(number=number.number).exists() or others.filter(name=number.name).exists():
        raise Refused("channels.number_taken", _("There is one of this name or number already. Change that one."))
    if number.provider == SmsNumber.HTTP and not (number.url.startswith("http") and number.user):
        raise Refused("channels.no_provider", _("Name the provider's address and the user name it gave you."))
    if number.provider == SmsNumber.SMPP and not (number.host and number.user):
        raise Refused("channels.no_provider", _("Name the SMPP server and the user name it gave you."))


@transaction.atomic
def remove_number(number: SmsNumber, *, by: Actor) -> None:
    """Send from and receive at `number` no more; what it brought stays."""
    publish(SmsNumberRemoved(number_id=number.pk), on=number, by=by)
    number.delete()
