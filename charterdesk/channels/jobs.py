"""What waits on the outside."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.channels.actions import note_deferred, note_in_doubt, note_in_flight, note_refused, note_sent
from charterdesk.channels.email.comments import queue_comment
from charterdesk.channels.email.community import queue_post
from charterdesk.channels.email.community_answers import queue_decision, queue_not_commented, queue_not_posted
from charterdesk.channels.email.invoicing import queue_invoice
from charterdesk.channels.email.oauth import NoToken
from charterdesk.channels.email.outbound import hand_over
from charterdesk.channels.email.relays import relay_for
from charterdesk.channels.email.signing import sign_mail
from charterdesk.channels.models import Outgoing, SmsNumber, SmsOut
from charterdesk.channels.push.sending import push
from charterdesk.channels.sms.actions import claim_sms, note_sms_in_doubt
from charterdesk.channels.sms.http import send_http
from charterdesk.channels.sms.intake import read_sms
from charterdesk.channels.sms.outcome import Outcome, note_outcome
from charterdesk.events.jobs import job
from charterdesk.events.log import Cause


@job(queue="mail")
def send_outgoing(outgoing_id: int) -> None:
    """Hand one mail over. Run again after a crash in the middle, it holds the mail for the operator instead."""
    outgoing = Outgoing.objects.select_related("message__ticket", "team").filter(pk=outgoing_id).first()
    if outgoing is None:
        return  # dropped with the person it was for
    if outgoing.state == Outgoing.IN_FLIGHT:
        note_in_doubt(outgoing, note="the sender stopped while the other side was taking the mail")
        return
    if outgoing.state != Outgoing.QUEUED:
        return
    try:
        relay = relay_for(outgoing)
    except NoToken as error:
        _later(outgoing, outgoing.recipients, str(error))
        return
    if relay is None:
        _later(outgoing, outgoing.recipients, "no server is set up to send mail through")
        return
    outcome = hand_over(
        relay,
        sender=outgoing.sender,
        recipients=outgoing.recipients,
        raw=sign_mail(bytes(outgoing.raw), domain=outgoing.sender.rpartition("@")[2]),
        before_data=lambda: note_in_flight(outgoing),
    )
    if outcome.in_doubt:
        note_in_doubt(outgoing, note=outcome.in_doubt)
    elif outcome.deferred:
        _later(outgoing, list(outcome.deferred), _said(outcome.deferred | outcome.refused), refused=outcome.refused)
    elif refused := outgoing.refused | outcome.refused:
        note_refused(outgoing, note=_said(refused))
    else:
        note_sent(outgoing)


@job(queue="mail")
def read_text(sms_id: int) -> None:
    """Make one text that came a message on its ticket."""
    if answer := read_sms(sms_id):
        put_off_text(answer)


@job(queue="mail")
def send_text(out_id: int) -> None:
    """Hand one text over by HTTP. Run again after a crash in the middle, it holds the text for the operator instead."""
    out = SmsOut.objects.select_related("message__ticket", "number").filter(pk=out_id).first()
    if out is None:
        return  # dropped with the person it was for
    if out.state == SmsOut.IN_FLIGHT:
        note_sms_in_doubt(out, note="the sender stopped while the provider was taking the text")
        return
    if out.state != SmsOut.QUEUED or not claim_sms(out):
        return
    outcome = send_http(out) if out.number else Outcome(deferred="no number is set up to send texts from")
    with transaction.atomic():
        wait = note_outcome(out, outcome)
        if wait is not None:
            put_off_text(out, after=wait)


def put_off_text(out: SmsOut, *, after: timedelta = timedelta(0)) -> None:
    """Have a queued text sent, at once or `after` some time. What goes by SMPP is looked for by its session."""
    if out.number is None or out.number.provider == SmsNumber.HTTP:
        send_text.defer_with(at=now() + after if after else None, lock=f"sms:{out.pk}", out_id=out.pk)


def _later(
    outgoing: Outgoing, recipients: list[str], note: str, *, refused: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Put the job off, in the transaction that notes why."""
    with transaction.atomic():
        wait = note_deferred(outgoing, recipients=recipients, note=note, refused=refused)
        if wait is not None:
            put_off(outgoing.pk, after=wait)


def put_off(outgoing_id: int, *, after: timedelta = timedelta(0)) -> None:
    """Have a queued mail sent, at once or `after` some time. In the transaction that queued it."""
    send_outgoing.defer_with(
        at=now() + after if after else None, lock=f"outgoing:{outgoing_id}", outgoing_id=outgoing_id
    )


def put_off_all(queued: Sequence[tuple[int, Cause]]) -> None:
    """Have queued mails sent at once, each with what led to it. In the transaction that queued them."""
    send_outgoing.defer_all([(f"outgoing:{pk}", cause, {"outgoing_id": pk}) for pk, cause in queued])


def _said(words: dict[str, str]) -> str:
    """Who said what, on one line."""
    return "; ".join(f"{address}: {text}" for address, text in words.items())


@job(queue="mail")
def mail_invoice(invoice_id: int, event_id: int, reminder: int) -> None:
    """Set an invoice as PDF and XML, and queue the mail with it; `reminder` is which one it is, 0 for none."""
    with transaction.atomic():
        if outgoing := queue_invoice(invoice_id, event_id=event_id, reminder=reminder):
            put_off(outgoing.pk)


@job(queue="mail")
def mail_post(post_id: int) -> None:
    """Queue the mails that tell of a post in the community."""
    with transaction.atomic():
        for outgoing in queue_post(post_id):
            put_off(outgoing.pk)


@job(queue="mail")
def mail_comment(comment_id: int) -> None:
    """Queue the mails that tell of a comment below an article."""
    with transaction.atomic():
        for outgoing in queue_comment(comment_id):
            put_off(outgoing.pk)


@job(queue="mail")
def mail_decision(proposal_id: int) -> None:
    """Queue the mail that says what became of a proposed forum."""
    with transaction.atomic():
        if outgoing := queue_decision(proposal_id):
            put_off(outgoing.pk)


@job(queue="mail")
def mail_not_posted(mail_id: int, follow_id: int, reason: str) -> None:
    """Queue the mail that says why an answer by mail was not posted."""
    with transaction.atomic():
        if outgoing := queue_not_posted(mail_id, follow_id, reason):
            put_off(outgoing.pk)


@job(queue="mail")
def mail_not_commented(mail_id: int, follow_id: int, reason: str) -> None:
    """Queue the mail that says why an answer by mail is no comment."""
    with transaction.atomic():
        if outgoing := queue_not_commented(mail_id, follow_id, reason):
            put_off(outgoing.pk)


@job(queue="mail")
def push_notice(notice_id: int, subscription_id: int, others: int = 0) -> None:
    """Push one notice to one browser; it may stand for `others`."""
    push(notice_id, subscription_id, others=others)
