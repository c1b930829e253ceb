"""What readers and agents say of an article, and the corrections that follow."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.knowledge.actions.counting import count
from charterdesk.knowledge.actions.keeping import owners_of
from charterdesk.knowledge.events import ArticleRated, CorrectionEnded, CorrectionOpened
from charterdesk.knowledge.models import Article, ArticleText, Correction, Feedback
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent

CORRECTION_OPENED = "correction.opened"
MOST_WORDS = 4000
DAYS = 7
"""So many days a correction may take, unless somebody says otherwise."""


def reader_mark(text: ArticleText, reader: str) -> str:
    """What tells `reader` (a key, or what a browser shows) apart on `text` without telling who they are."""
    return salted_hmac("portal.feedback", f"{reader}:{text.pk}", algorithm="sha256").hexdigest()


@transaction.atomic
def rate(
    text: ArticleText, *, kind: str, once: str, by: Actor, words: str = "", contact_id: int | None = None
) -> Feedback:
    """Keep what a reader says of the version they read; who says it again says it anew.

    `once` tells readers apart (`reader_mark`). Words on what is missing or out of date open a correction. Raises
    `Refused("knowledge.no_such_answer")`.
    """
    if kind not in dict(Feedback.KINDS):
        raise Refused("knowledge.no_such_answer", _("Choose one of the answers."))
    text.refresh_from_db(from_queryset=ArticleText.objects.select_for_update(of=("self",)).select_related("article"))
    known = Feedback.objects.filter(once=once).first()
    before = _side(known.kind) if known else ""
    given = known or Feedback(text=text, once=once, contact_id=contact_id)
    given.kind, given.number = kind, text.live_number
    given.words = words.replace("\x00", "").strip()[:MOST_WORDS] or given.words
    given.save()
    if before != _side(kind):
        _count_sides(text, before, _side(kind))
    event = ArticleRated(
        article_id=text.article_id, text_id=text.pk, language=text.language, number=text.live_number, kind=kind
    )
    publish(event, on=text, by=by)
    if given.words and kind in (Feedback.MISSING, Feedback.OUTDATED):
        _open_once(text, given, by=by)
    return given


def _side(kind: str) -> str:
    return "helpful" if kind == Feedback.HELPFUL else "unhelpful"


def _count_sides(text: ArticleText, before: str, after: str) -> None:
    changes = {after: F(after) + 1} | ({before: F(before) - 1} if before else {})
    ArticleText.objects.filter(pk=text.pk).update(**changes)
    if not before:
        count(text.pk, after)


def _open_once(text: ArticleText, given: Feedback, *, by: Actor) -> None:
    """One correction for what one reader says, however often they say it."""
    if not Correction.objects.filter(about=given.key).exists():
        open_correction(text, reason=given.words, by=by, about=given.key)


@transaction.atomic
def open_correction(
    text: ArticleText,
    *,
    reason: str,
    by: Actor,
    about: str = "",
    owner: Agent | None = None,
    due_on: date | None = None,
) -> Correction:
    """Have somebody put an article right: its owner, unless `owner` is named, within a week unless `due_on` is.

    `about` is where it came up, such as `ticket:1042`. Raises `Refused("knowledge.no_reason")`.
    """
    if not reason.strip():
        raise Refused("knowledge.no_reason", _("Write what is wrong."))
    article = Article.objects.select_related("owner").get(pk=text.article_id)
    whose = owner or (article.owner if article.owner and article.owner.is_active else None)
    correction = Correction.objects.create(
        article=article,
        text=text,
        number=text.live_number or text.newest_number,
        about=about,
        reason=reason.strip(),
        reported_by=key_of(by),
        owner=whose,
        due_on=due_on or timezone.localdate() + timedelta(days=DAYS),
    )
    event = CorrectionOpened(
        article_id=article.pk, correction_id=correction.pk, owner_id=whose.pk if whose else None, about=about
    )
    publish(event, on=article, by=by)
    notify([whose.pk] if whose else owners_of(article), code=CORRECTION_OPENED, about=article.key, by=by)
    return correction


@transaction.atomic
def end_correction(correction: Correction, *, outcome: str, result: str, by: Actor) -> None:
    """Say what became of it. Raises `Refused`: `knowledge.is_ended`, `knowledge.no_result`."""
    correction.refresh_from_db(from_queryset=Correction.objects.select_for_update())
    if correction.state != Correction.OPEN:
        raise Refused("knowledge.is_ended", _("This is done already."))
    if not result.strip() or outcome not in (Correction.CORRECTED, Correction.UNFOUNDED):
        raise Refused("knowledge.no_result", _("Write what became of it."))
    correction.state, correction.result = outcome, result.strip()
    correction.ended_by, correction.ended_at = key_of(by), now()
    correction.save()
    event = CorrectionEnded(article_id=correction.article_id, correction_id=correction.pk, outcome=outcome)
    publish(event, on=f"article:{correction.article_id}", by=by)


@transaction.atomic
def hand_correction(correction: Correction, *, owner: Agent, due_on: date, by: Actor) -> None:
    """Give it to somebody, until a day. Raises `Refused("knowledge.is_ended")`."""
    correction.refresh_from_db(from_queryset=Correction.objects.select_for_update())
    if correction.state != Correction.OPEN:
        raise Refused("knowledge.is_ended", _("This is done already."))
    is_new = correction.owner_id != owner.pk
    correction.owner, correction.due_on = owner, due_on
    correction.save(update_fields=["owner", "due_on"])
    if is_new:
        notify([owner.pk], code=CORRECTION_OPENED, about=f"article:{correction.article_id}", by=by)
