"""From a notice to the push of one browser: once, whatever breaks."""

import json

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import ngettext

from charterdesk.channels.email.noticing import notice_subject
from charterdesk.channels.models import Pushed, PushSubscription
from charterdesk.channels.push.handing import NotTaken, hand_push
from charterdesk.channels.push.sealing import seal, to_bytes, to_text
from charterdesk.people.models import Notice
from charterdesk.people.ways import kind_of


def push(notice_id: int, subscription_id: int, *, others: int = 0) -> None:
    """Push a notice, which may stand for others, to one browser, if it is still unread. Raises `NotTaken`, to be tried
    again.

    That it is being pushed is written down before: after a crash in the middle it is not pushed again, as the page
    and the mail tell it anyway.
    """
    notice = Notice.objects.select_related("agent").filter(pk=notice_id, read_at=None).first()
    subscription = PushSubscription.objects.filter(pk=subscription_id).first()
    if notice is None or subscription is None or not _claim(notice, subscription):
        return
    try:
        sealed = seal(
            _words(notice, others).encode(),
            browser_key=to_bytes(subscription.browser_key),
            secret=to_bytes(subscription.secret),
        )
        wanted = hand_push(subscription.endpoint, sealed, topic=to_text(b"notice-%d" % notice.pk)[:32])
    except NotTaken:
        Pushed.objects.filter(notice_id=notice.pk, subscription=subscription).delete()
        raise
    if not wanted:
        subscription.delete()


def _claim(notice: Notice, subscription: PushSubscription) -> bool:
    """Whether nobody else pushed it there, or does."""
    try:
        with transaction.atomic():
            Pushed.objects.create(notice_id=notice.pk, subscription=subscription)
    except IntegrityError:
        return False
    return True


def _words(notice: Notice, others: int) -> str:
    """What the browser's worker shows, as JSON: what it is about, and where to."""
    with translation.override(notice.agent.language):
        subject, number = notice_subject(notice)
        if others:
            more = ngettext("%(first)s, and %(count)s more", "%(first)s, and %(count)s more", others)
            subject, number = more % {"first": subject, "count": others}, None
    page = f"/desk/tickets/{number}/" if number else kind_of(notice.code).page or "/desk/notices/"
    url = settings.PUBLIC_URL + page
    return json.dumps({"title": subject, "tag": notice.key, "url": url})
