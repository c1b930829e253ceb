"""From a draft to what readers see: handed in, approved by somebody else, published now or at a time, withdrawn."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.knowledge.actions.keeping import plan_review
from charterdesk.knowledge.actions.writing import about, lock, newest_of, show, timer_name
from charterdesk.knowledge.bodies import says_something
from charterdesk.knowledge.events import (
    ArticleApproved,
    ArticlePublished,
    ArticleScheduled,
    ArticleSentBack,
    ArticleSubmitted,
    ArticleWithdrawn,
)
from charterdesk.knowledge.impersonal import left_personal
from charterdesk.knowledge.models import Article, ArticleText, ArticleVersion, Redirect
from charterdesk.knowledge.slugs import text_slug
from charterdesk.people.actions import notify
from charterdesk.people.permissions import APPROVE_KNOWLEDGE, agents_who_may

IN_REVIEW, SENT_BACK = "article.submitted", "article.sent_back"
MOST_TOLD = 8


@transaction.atomic
def submit(text: ArticleText, *, by: Actor) -> None:
    """Ask somebody who may approve to look at the draft.

    Raises `Refused`: `knowledge.nothing_drafted`, `knowledge.says_nothing`.
    """
    lock(text)
    if text.state != ArticleText.DRAFT:
        raise Refused("knowledge.nothing_drafted", _("There is no draft."))
    _require_words(newest_of(text))
    text.state = ArticleText.REVIEW
    text.save(update_fields=["state"])
    publish(ArticleSubmitted(**about(text)), on=text, by=by)
    notify(_others(by), code=IN_REVIEW, about=text.key, by=by)


def _require_words(version: ArticleVersion) -> None:
    if not says_something(version.body):
        raise Refused("knowledge.says_nothing", _("There is no text below its title: readers would see an empty page."))


def _others(by: Actor) -> list[int]:
    """Those who may approve what `by` wrote."""
    return [pk for pk in agents_who_may(APPROVE_KNOWLEDGE).values_list("pk", flat=True) if f"agent:{pk}" != key_of(by)]


@transaction.atomic
def send_back(text: ArticleText, *, by: Actor, note: str) -> None:
    """Say what is still to be done. Raises `Refused`: `knowledge.not_in_review`, `knowledge.no_reason`."""
    lock(text)
    if text.state not in (ArticleText.REVIEW, ArticleText.APPROVED):
        raise Refused("knowledge.not_in_review", _("Nobody handed it in."))
    if not note.strip():
        raise Refused("knowledge.no_reason", _("Write what is still to be done."))
    version = newest_of(text)
    version.note, version.approved_by, version.approved_at = note.strip()[:300], "", None
    version.save(update_fields=["note", "approved_by", "approved_at"])
    text.state, text.publish_at = ArticleText.DRAFT, None
    text.save(update_fields=["state", "publish_at"])
    cancel_timer(timer_name(text))
    publish(ArticleSentBack(**about(text)), on=text, by=by)
    kind, _sign, pk = version.written_by.partition(":")
    if kind == "agent":
        notify([int(pk)], code=SENT_BACK, about=text.key, by=by)


@transaction.atomic
def approve(text: ArticleText, *, by: Actor, is_looked_over: bool = False) -> None:
    """Say yes to the draft. Who wrote it can't, unless nobody else at the desk may approve.

    A solution was written by those who solved the request, so one person is enough; it must hold nothing that looks
    personal, unless `is_looked_over`: that person says that it is not. Raises `Refused`: `knowledge.own_words`,
    `knowledge.nothing_drafted`, `knowledge.says_nothing`, `knowledge.looks_personal`.
    """
    lock(text)
    if text.state not in (ArticleText.DRAFT, ArticleText.REVIEW):
        raise Refused("knowledge.nothing_drafted", _("There is no draft."))
    version = newest_of(text)
    _require_words(version)
    if text.article.kind == Article.SOLUTION:
        _require_impersonal(text, version, is_looked_over=is_looked_over)
    elif needs_somebody_else(version, by):
        raise Refused("knowledge.own_words", _("You wrote this version, so somebody else has to approve it."))
    _approve(text, version, by=by)


def needs_somebody_else(version: ArticleVersion, by: Actor) -> bool:
    """Whether `by` wrote it and others may approve it. One query where `by` did."""
    return version.written_by == key_of(by) and bool(_others(by))


def _require_impersonal(text: ArticleText, version: ArticleVersion, *, is_looked_over: bool) -> None:
    left = left_personal(version, text.language)
    if left and not is_looked_over:
        words = ", ".join(left[:MOST_TOLD])
        raise Refused(
            "knowledge.looks_personal",
            _("This looks personal: %(words)s. Take it out, or say that it is not.") % {"words": words},
        )


def _approve(text: ArticleText, version: ArticleVersion, *, by: Actor) -> None:
    version.approved_by, version.approved_at = key_of(by), now()
    version.save(update_fields=["approved_by", "approved_at"])
    text.state = ArticleText.APPROVED
    text.save(update_fields=["state"])
    publish(ArticleApproved(**about(text)), on=text, by=by)


@operation("knowledge.publish")
@transaction.atomic
def publish_text(text: ArticleText, *, by: Actor) -> None:
    """Have readers see the approved draft. Raises `Refused("knowledge.not_approved")`."""
    lock(text)
    if text.state != ArticleText.APPROVED:
        raise Refused("knowledge.not_approved", _("Somebody has to approve it first."))
    _publish(text, newest_of(text), by=by)


@transaction.atomic
def publish_imported(text: ArticleText, *, by: Actor) -> None:
    """Publish what was published elsewhere before it came here: nobody approves it a second time."""
    lock(text)
    version = newest_of(text)
    _approve(text, version, by=by)
    _publish(text, version, by=by)


def _publish(text: ArticleText, version: ArticleVersion, *, by: Actor) -> None:
    at = now()
    version.published_at = at
    version.save(update_fields=["published_at"])
    was = text.slug
    if version.title != text.title or not text.live_number:
        text.slug = text_slug(version.title, language=text.language, pk=text.pk)
    show(text, version)
    text.state, text.is_live, text.live_number = ArticleText.PUBLISHED, True, version.number
    text.published_at, text.changed_at, text.publish_at = text.published_at or at, at, None
    text.save()
    if was != text.slug and version.number > 1:
        Redirect.objects.update_or_create(language=text.language, slug=was, defaults={"text": text, "category": None})
    Redirect.objects.filter(language=text.language, slug=text.slug).delete()
    cancel_timer(timer_name(text))
    plan_review(text.article)
    publish(ArticlePublished(**about(text)), on=text, by=by)


@transaction.atomic
def schedule(text: ArticleText, *, at: datetime, by: Actor) -> None:
    """Have the approved draft published at a time to come.

    Raises `Refused`: `knowledge.not_approved`, `knowledge.in_the_past`.
    """
    lock(text)
    if text.state != ArticleText.APPROVED:
        raise Refused("knowledge.not_approved", _("Somebody has to approve it first."))
    if at < now() - timedelta(minutes=1):
        raise Refused("knowledge.in_the_past", _("Choose a time to come."))
    text.publish_at = at
    text.save(update_fields=["publish_at"])
    set_timer(timer_name(text), due_at=at, operation="knowledge.publish", on=text, by=SYSTEM)
    publish(ArticleScheduled(**about(text), publish_at=at), on=text, by=by)


@transaction.atomic
def withdraw(text: ArticleText, *, by: Actor) -> None:
    """Take it away from readers; it stays here. Raises `Refused("knowledge.not_published")`."""
    lock(text)
    if not text.is_live:
        raise Refused("knowledge.not_published", _("Readers do not see it."))
    text.is_live = False
    if text.newest_number == text.live_number:
        text.state = ArticleText.WITHDRAWN
    text.save(update_fields=["is_live", "state"])
    publish(ArticleWithdrawn(**about(text)), on=text, by=by)


@transaction.atomic
def publish_again(text: ArticleText, *, by: Actor) -> None:
    """Give what was withdrawn back to readers as it was. Raises `Refused("knowledge.not_withdrawn")`."""
    lock(text)
    if text.is_live or not text.live_number:
        raise Refused("knowledge.not_withdrawn", _("It was not withdrawn."))
    text.is_live = True
    if text.state == ArticleText.WITHDRAWN:
        text.state = ArticleText.PUBLISHED
    text.save(update_fields=["is_live", "state"])
    plan_review(text.article)
    publish(ArticlePublished(**about(text)), on=text, by=by)
