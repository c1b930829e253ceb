"""Every write of channels: taking mail over, queueing it, noting what became of it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.inserting import insert_rows
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.channels.events import (
    MailAccountRemoved,
    MailAccountSaved,
    MailArrived,
    MailHeld,
    MailRead,
    MailReturned,
    MailSetAside,
    MailSettled,
    SenderBlocked,
    SenderUnblocked,
)
from charterdesk.channels.models import (
    ASIDE,
    EMPTY_MAIL,
    BlockedSender,
    MailAccount,
    MailReference,
    Outgoing,
    PicturesFrom,
    RawMail,
    SmsIn,
    SmsOut,
)
from charterdesk.events.log import publish
from charterdesk.people.models import Agent
from charterdesk.tickets.actions import mark_in_doubt, mark_sent, mark_undelivered
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Message

MAX_AUTOMATIC_PER_HOUR = 20
"""More automatic mails than this an address does not get in an hour: something answers by machine there."""
MAX_ATTEMPTS = 12
DROPPED = "dropped"
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(hours=6)


@transaction.atomic
def accept_mail(
    raw: bytes,
    *,
    source: str,
    sender: str = "",
    recipients: Sequence[str] = (),
    client_ip: str | None = None,
    client_name: str = "",
    source_id: str | None = None,
) -> RawMail | None:
    """Take a mail over, whole; once this has committed it is ours. It is read afterwards.

    None when the mail with this `source_id` (a mailbox's folder and UID) was fetched before. Two statements.
    """
    if source_id and RawMail.objects.filter(source_id=source_id).exists():
        return None
    mail = RawMail.objects.create(
        raw=raw,
        size=len(raw),
        source=source,
        source_id=source_id,
        sender=sender[:320],
        recipients=[recipient[:320] for recipient in recipients],
        client_ip=client_ip,
        client_name=client_name[:253],
    )
    publish(MailArrived(mail_id=mail.pk), on=mail, by=SYSTEM)
    return mail


def mark_read(mail: RawMail, message: Message) -> None:
    """`mail` became `message`. Must run inside the transaction that made it."""
    mail.state, mail.message, mail.reason = RawMail.READ, message, ""
    mail.save()
    publish(MailRead(mail_id=mail.pk, message_id=message.pk), on=mail, by=SYSTEM)


def set_aside(mail: RawMail, *, state: str, reason: str) -> None:
    """`mail` becomes no message: it lies where `state` says, for the `reason` (a code) given. In a transaction."""
    mail.state, mail.reason = state, reason
    mail.save()
    publish(MailSetAside(mail_id=mail.pk, state=state, reason=reason), on=mail, by=SYSTEM)


def note_returned(recipient_id: int) -> None:
    """What was announced to one of many came back. In a transaction."""
    publish(MailReturned(recipient_id=recipient_id), on=f"recipient:{recipient_id}", by=SYSTEM)


@transaction.atomic
def read_again(mail: RawMail, *, by: Actor) -> None:
    """Have a mail that was set aside read once more, as no junk.

    Raises `Refused`: `channels.mail_read`, `channels.mail_dropped`.
    """
    mail.refresh_from_db(from_queryset=RawMail.objects.select_for_update(of=("self",)))
    if mail.state in (RawMail.READ, RawMail.WAITING):
        raise Refused("channels.mail_read", _("This mail is a message already."))
    if mail.reason == DROPPED:
        raise Refused("channels.mail_dropped", _("This mail was let go: there is nothing left to read."))
    mail.state, mail.reason = RawMail.WAITING, "wanted"
    mail.save(update_fields=["state", "reason"])
    publish(MailArrived(mail_id=mail.pk), on=mail, by=by)


@transaction.atomic
def drop_mail(mail: RawMail, *, by: Actor) -> None:
    """Let a mail that was set aside go for good; that it came stays. Raises `Refused("channels.mail_read")`."""
    mail.refresh_from_db(from_queryset=RawMail.objects.select_for_update(of=("self",)))
    if mail.state not in ASIDE:
        raise Refused("channels.mail_read", _("This mail is a message already."))
    let_go([mail.kept_as])
    RawMail.objects.filter(pk=mail.pk).update(**EMPTY_MAIL, state=RawMail.IGNORED, reason=DROPPED)
    publish(MailSetAside(mail_id=mail.pk, state=RawMail.IGNORED, reason=DROPPED), on=mail, by=by)


def remember(message: Message, header: str, *, is_ours: bool = False) -> None:
    """What answers to the Message-ID `header` belongs to the ticket of `message`. One statement."""
    if header:
        remember_all([MailReference(message=message, header=header[:500], is_ours=is_ours)])


def remember_all(references: Sequence[MailReference]) -> None:
    """Keep `references` unless they are known. One statement."""
    insert_rows(references, ignore_conflicts=True)


def queue_mail(
    *,
    header: str,
    sender: str,
    recipients: Sequence[str],
    raw: bytes,
    team_id: int,
    message: Message | None = None,
    is_automatic: bool = False,
) -> Outgoing | None:
    """Queue a built mail; None when this one (by its Message-ID) is on its way or was sent. In a transaction.

    Automatic mail beyond `MAX_AUTOMATIC_PER_HOUR` to one address is held back, where operators see it.
    """
    outgoing = Outgoing(
        header=header,
        sender=sender,
        recipients=list(recipients),
        raw=raw,
        team_id=team_id,
        message=message,
        is_automatic=is_automatic,
    )
    return outgoing if queue_mails([outgoing]) else None


def queue_mails(mails: Sequence[Outgoing]) -> list[Outgoing]:
    """As `queue_mail` for mails not stored yet; return those that were queued or held. Four statements."""
    headers = sorted({mail.header for mail in mails})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_advisory_xact_lock(hashtextextended(header, 0))) FROM unnest(%s::text[]) AS header",
            [headers],
        )
    open_or_sent = (Outgoing.QUEUED, Outgoing.IN_FLIGHT, Outgoing.SENT)
    on_their_way = Outgoing.objects.filter(header__in=headers, state__in=open_or_sent)
    known = set(on_their_way.values_list("header", flat=True))
    new = [mail for mail in mails if mail.header not in known]
    for mail in _beyond_limit([mail for mail in new if mail.is_automatic]):
        mail.state, mail.note = Outgoing.HELD, "more automatic mails in an hour than any person needs"
    insert_rows(new)
    for mail in new:
        if mail.state == Outgoing.HELD:
            publish(MailHeld(outgoing_id=mail.pk, state=mail.state), on=mail, by=SYSTEM)
    return new


def _beyond_limit(mails: Sequence[Outgoing]) -> list[Outgoing]:
    """Count one more automatic mail for each address; those that go beyond what one gets. One statement."""
    addressed = [{address.lower()[:320] for address in mail.recipients} for mail in mails]
    counts = count_automatic(Counter(address for addresses in addressed for address in addresses))
    beyond = []
    for mail, addresses in zip(reversed(mails), reversed(addressed), strict=True):
        if any(counts[address] > MAX_AUTOMATIC_PER_HOUR for address in addresses):
            beyond.append(mail)
        counts.subtract(addresses)
    return beyond


def count_automatic(mails: Counter[str]) -> Counter[str]:
    """Add `mails` by address to those of this hour, and return how many that makes. One statement."""
    if not mails:
        return Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO channels_automaticcount AS kept (address, hour, mails)
               SELECT address, date_trunc('hour', now()), mails
                 FROM unnest(%s::text[], %s::int[]) AS given (address, mails) ORDER BY address
               ON CONFLICT (address, hour) DO UPDATE SET mails = kept.mails + excluded.mails
               RETURNING address, mails""",
            [list(mails), list(mails.values())],
        )
        return Counter(dict(cursor.fetchall()))


@transaction.atomic
def note_in_flight(outgoing: Outgoing) -> None:
    """From here on a crash leaves a doubt whether the other side took the mail."""
    Outgoing.objects.filter(pk=outgoing.pk).update(
        state=Outgoing.IN_FLIGHT, in_flight_at=now(), attempts=outgoing.attempts + 1
    )


@transaction.atomic
def note_sent(outgoing: Outgoing) -> None:
    """The other side took it for everybody. A notice or a sign-in code is nobody's any more: its text goes."""
    sent: dict[str, Any] = {"state": Outgoing.SENT, "done_at": now(), "note": "", "recipients": []}
    Outgoing.objects.filter(pk=outgoing.pk).update(**sent, **({} if outgoing.message_id else {"raw": b""}))
    if outgoing.message:
        mark_sent(outgoing.message, by=SYSTEM)


@transaction.atomic
def note_refused(outgoing: Outgoing, *, note: str) -> None:
    """Refused for good; the agent is told, and the operator sees it."""
    _end(outgoing, Outgoing.FAILED, note)
    if outgoing.message:
        mark_undelivered(outgoing.message, by=SYSTEM, note=note)


@transaction.atomic
def note_in_doubt(outgoing: Outgoing, *, note: str) -> None:
    """Nobody can tell whether the other side took it; it is not sent again unless an operator says so."""
    _end(outgoing, Outgoing.IN_DOUBT, note)
    if outgoing.message:
        mark_in_doubt(outgoing.message, by=SYSTEM, note=note)


def _end(outgoing: Outgoing, state: str, note: str) -> None:
    """Put it before the operator."""
    Outgoing.objects.filter(pk=outgoing.pk).update(state=state, done_at=now(), note=note[:500])
    publish(MailHeld(outgoing_id=outgoing.pk, state=state), on=outgoing, by=SYSTEM)


@transaction.atomic
def note_deferred(
    outgoing: Outgoing, *, recipients: Sequence[str], note: str, refused: Mapping[str, str] = MappingProxyType({})
) -> timedelta | None:
    """Not now: keep it for those `recipients`; return how long to wait; None when we gave up (it is refused)."""
    attempts = outgoing.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        note_refused(outgoing, note=note)
        return None
    Outgoing.objects.filter(pk=outgoing.pk).update(
        state=Outgoing.QUEUED,
        attempts=attempts,
        recipients=list(recipients),
        refused=outgoing.refused | dict(refused),
        note=note[:500],
        in_flight_at=None,
    )
    return min(FIRST_WAIT * int(2 ** (attempts - 1)), LONGEST_WAIT)


@transaction.atomic
def settle_outgoing(outgoing: Outgoing, *, by: Actor, arrived: bool) -> Outgoing:
    """An operator settles a mail that was in doubt, refused or held: it `arrived`, or it is to be sent (again).

    Raises `Refused("channels.not_held")` for any other.
    """
    outgoing.refresh_from_db(from_queryset=Outgoing.objects.select_for_update(of=("self",)))
    if outgoing.state not in Outgoing.STUCK:
        raise Refused("channels.not_held", _("This mail is on its way, or has arrived."))
    if arrived:
        note_sent(outgoing)
    else:
        outgoing.state, outgoing.attempts, outgoing.done_at, outgoing.note = Outgoing.QUEUED, 0, None, ""
        outgoing.save(update_fields=["state", "attempts", "done_at", "note"])
        if outgoing.message:
            Message.objects.filter(pk=outgoing.message.pk).update(delivery=Message.QUEUED, delivery_note="")
    publish(MailSettled(outgoing_id=outgoing.pk, arrived=arrived), on=outgoing, by=by)
    return outgoing


def forget_originals(message_id: int) -> None:
    """A message was redacted: the mail it came as, or went out as, must not keep what was taken out."""
    mails = RawMail.objects.filter(message_id=message_id)
    kept = list(mails.values_list("kept_as", flat=True))
    mails.update(raw=b"", kept_as="", subject="")
    let_go(kept)
    Outgoing.objects.filter(message_id=message_id).exclude(state__in=(Outgoing.QUEUED, Outgoing.IN_FLIGHT)).update(
        raw=b""
    )
    SmsIn.objects.filter(message_id=message_id).update(text="", media=[])
    SmsOut.objects.filter(message_id=message_id).exclude(state__in=(SmsOut.QUEUED, SmsOut.IN_FLIGHT)).update(text="")


@transaction.atomic
def block_sender(pattern: str, *, by: Actor, agent: Agent | None = None) -> BlockedSender:
    """Take mail from an address, or from a whole `@domain`, for junk. Raises `Refused("channels.bad_pattern")`."""
    pattern = pattern.strip().lower()
    if "@" not in pattern or pattern.endswith("@"):
        raise Refused("channels.bad_pattern", _("Give an e-mail address, or a domain such as @shop.example."))
    blocked, created = BlockedSender.objects.get_or_create(pattern=pattern, defaults={"by": agent})
    if created:
        publish(SenderBlocked(blocked_id=blocked.pk), on=blocked, by=by)
    return blocked


@transaction.atomic
def unblock_sender(blocked: BlockedSender, *, by: Actor) -> None:
    """Look at mail from there again."""
    publish(SenderUnblocked(blocked_id=blocked.pk), on=blocked, by=by)
    blocked.delete()


def show_pictures_from(address: str, *, agent: Agent) -> None:
    """Let `agent` see the remote pictures in mails of this sender from now on. Two statements."""
    PicturesFrom.objects.get_or_create(agent=agent, address=address.strip().lower())


@transaction.atomic
def save_account(account: MailAccount, *, by: Actor, fields: Mapping[str, Any], secrets: Mapping[str, str]) -> None:
    """Add or change a mail account; `secrets` replace those of the same name, and are kept sealed.

    Nothing happens where nothing differs. Raises `Refused`: `channels.no_server` for one that neither fetches nor
    sends, `channels.no_token_address`.
    """
    if (token_url := secrets.get("token_url")) and not token_url.startswith(("https://", "http://")):
        text = _("Write the address for tokens as https://login.example.org/token.")
        raise Refused("channels.no_token_address", text)
    changed = sorted(name for name, value in fields.items() if account.pk is None or getattr(account, name) != value)
    for name in changed:
        setattr(account, name, fields[name])
    if not account.imap_host and not account.smtp_host:
        text = _("Name an IMAP server to fetch from, an SMTP server to send through, or both.")
        raise Refused("channels.no_server", text)
    if secrets:
        account.seal(**{**account.secrets, **secrets})
    if changed or secrets:
        account.save()
        event = MailAccountSaved(account_id=account.pk, fields=[*changed, *sorted(secrets)])
        publish(event, on=account, by=by)


@transaction.atomic
def remove_account(account: MailAccount, *, by: Actor) -> None:
    """Fetch from and send through `account` no more; the mail it brought stays."""
    publish(MailAccountRemoved(account_id=account.pk), on=account, by=by)
    account.delete()


def fingerprint_of(header: str, *parts: str) -> str:
    """SHA-256 over a Message-ID and what the mail says: true duplicates share it, a reused Message-ID does not."""
    digest = hashlib.sha256()
    for part in (header, *parts):
        digest.update(part.encode(errors="replace"))
        digest.update(b"\x00")
    return digest.hexdigest()
