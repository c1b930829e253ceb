"""Looking after an article: where it stands, who may read it, who owns it, and when it is looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import NOT_DUE, Skipped
from charterdesk.events.timers import cancel_timer, set_timer
from charterdesk.knowledge.events import ArticleMoved, ArticleReviewDue, ArticleReviewed
from charterdesk.knowledge.models import Article, Category
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent
from charterdesk.people.permissions import APPROVE_KNOWLEDGE, agents_who_may

REVIEW_DUE = "article.review_due"
MORNING = time(7)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Where an article stands and who may read it; `review_on` None: as many days from now as it is looked after."""

    category: Category
    kind: str = Article.ARTICLE
    audience: str = Article.PUBLIC
    organisation_ids: Sequence[int] = field(default=())
    owner: Agent | None = None
    review_on: date | None = None
    review_days: int = 365
    labels: Sequence[str] = field(default=())
    position: int | None = None


@transaction.atomic
def keep(article: Article, terms: Terms, *, by: Actor) -> None:
    """Have these terms hold. Raises `Refused`: `knowledge.no_organisation`, `knowledge.stays_solution`."""
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    if (article.kind == Article.SOLUTION) != (terms.kind == Article.SOLUTION):
        raise Refused("knowledge.stays_solution", _("What solved a request stays a solution; an article stays one."))
    if terms.audience == Article.ORGANISATION and not terms.organisation_ids:
        raise Refused("knowledge.no_organisation", _("Name the organisations whose people may read it."))
    article.category, article.kind, article.audience = terms.category, terms.kind, terms.audience
    is_for_some = terms.audience == Article.ORGANISATION
    article.organisation_ids = sorted(set(terms.organisation_ids)) if is_for_some else []
    article.owner, article.review_days = terms.owner, max(terms.review_days, 1)
    article.labels = sorted({label.strip().lower()[:40] for label in terms.labels if label.strip()})
    article.position = article.position if terms.position is None else terms.position
    article.review_on = terms.review_on or article.review_on
    article.save()
    plan_review(article)
    publish(ArticleMoved(article_id=article.pk), on=article, by=by)


@transaction.atomic
def review(article: Article, *, by: Actor) -> None:
    """Say that it is still right; it comes up again after as many days as it is looked after."""
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    article.review_on = timezone.localdate() + timedelta(days=article.review_days)
    article.save(update_fields=["review_on"])
    plan_review(article)
    publish(ArticleReviewed(article_id=article.pk), on=article, by=by)


def plan_review(article: Article) -> None:
    """Remind on the day of the review, in the morning; without a day, one is set. In the caller's transaction."""
    if article.review_on is None:
        article.review_on = timezone.localdate() + timedelta(days=article.review_days)
        article.save(update_fields=["review_on"])
    name = f"knowledge:review:{article.pk}"
    if not article.texts.filter(is_live=True).exists():
        cancel_timer(name)
        return
    due_at = datetime.combine(article.review_on, MORNING, UTC)
    set_timer(name, due_at=due_at, operation="knowledge.remind", on=article, by=SYSTEM)


@operation("knowledge.remind")
@transaction.atomic
def remind(article: Article, *, by: Actor) -> Skipped | None:
    """Tell the owner that the day of the review has come; without an owner, those who approve. Once for each day."""
    article.refresh_from_db(from_queryset=Article.objects.select_for_update())
    if article.review_on is None or article.review_on > timezone.localdate():
        return NOT_DUE
    publish(ArticleReviewDue(article_id=article.pk), on=article, by=by)
    notify(owners_of(article), code=REVIEW_DUE, about=article.key, by=by)
    return None


def owners_of(article: Article) -> list[int]:
    """Who looks after it; where nobody does, those who approve. One or two queries."""
    owner = article.owner
    if owner is not None and owner.is_active:
        return [owner.pk]
    return list(agents_who_may(APPROVE_KNOWLEDGE).values_list("pk", flat=True))


@transaction.atomic
def join_organisations(organisation_id: int, *, merged_id: int) -> None:
    """What the people of one organisation could read, those of the one it became part of can. Idempotent."""
    for article in Article.objects.select_for_update().filter(organisation_ids__contains=[merged_id]):
        if organisation_id not in article.organisation_ids:
            article.organisation_ids = sorted({*article.organisation_ids, organisation_id})
            article.save(update_fields=["organisation_ids"])
            publish(ArticleMoved(article_id=article.pk), on=article, by=SYSTEM)
