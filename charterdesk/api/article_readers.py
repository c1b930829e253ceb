"""What readers say of articles, and how articles do."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, page_of, read_cursor
from charterdesk.api.articles import seen_text
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Asked, Cursor, Given, Id, Size, Words, one_of
from charterdesk.base.refused import require
from charterdesk.knowledge.actions.feedback import rate, reader_mark
from charterdesk.knowledge.models import ArticleText, Feedback
from charterdesk.knowledge.policies import may_see_knowledge
from charterdesk.knowledge.queries.figures import by_text, figures

router = Router(tags=["The help centre"])
BEST = 25


class FeedbackIn(Given):
    """Whether an article helped, and what is missing."""

    kind: Annotated[str, one_of(code for code, _name in Feedback.KINDS)] = Field(examples=["helpful"])
    words: Annotated[Words, Field(max_length=4000)] = ""


class FeedbackOut(BaseModel):
    """What a reader said of one version; saying it again takes its place."""

    feedback_id: int
    kind: str = Field(description="helpful, unhelpful, missing or outdated", examples=["missing"])
    said: str
    version_read: int
    given_at: datetime


class FeedbackPage(BaseModel):
    """What readers said; `next` is the cursor of the next page, null at the end."""

    items: list[FeedbackOut]
    next: str | None


class FeedbackAsked(Asked):
    """From where on."""

    cursor: Cursor = ""
    limit: Size = 50


class ReadOut(BaseModel):
    """How often one article was read, and whether it helped."""

    text_id: int
    title: str
    language: str
    views: int
    helpful: int
    unhelpful: int
    taken: int = Field(description="How often it was opened while somebody wrote a request.")


class ArticleFigures(BaseModel):
    """How articles do: in all, and those read most."""

    since: date
    views: int
    helpful: int
    unhelpful: int
    taken: int
    deflected: int = Field(description="Requests that were not sent because an article was read instead.")
    items: list[ReadOut]


class FiguresAsked(Asked):
    """Of how many days."""

    days: Annotated[int, Field(ge=1, le=366)] = 30


@router.post("/articles/{text_id}/feedback", auth=Scope("knowledge:write"), response={201: FeedbackOut})
@once
def rate_article(request: ApiRequest, text_id: Path[Id], given: FeedbackIn) -> HttpResponse:
    """Say whether an article helped, or what is missing or out of date: with words, somebody puts it right."""
    text = get_object_or_404(ArticleText.objects.visible_to(request.viewer).live(), pk=text_id)
    viewer = request.viewer
    mark = reader_mark(text, viewer.key)
    said = rate(text, kind=given.kind, once=mark, by=viewer, words=given.words, contact_id=viewer.contact_id)
    return answer(_feedback(said), status=201)


@router.get("/articles/{text_id}/feedback", auth=Scope("knowledge:read", staff=True), response=FeedbackPage)
def list_article_feedback(request: ApiRequest, text_id: Path[Id], asked: Query[FeedbackAsked]) -> HttpResponse:
    """What readers said of an article, the latest first. Two statements."""
    found = seen_text(request, text_id).feedback.order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = [_feedback(each) for each in found[: asked.limit + 1]]
    return page_of(rows, asked.limit, place=("feedback_id",))


def _feedback(given: Feedback) -> dict[str, Any]:
    return {
        "feedback_id": given.pk,
        "kind": given.kind,
        "said": given.words,
        "version_read": given.number,
        "given_at": given.given_at,
    }


@router.get("/article-figures", auth=Scope("knowledge:read", staff=True), response=ArticleFigures)
def read_article_figures(request: ApiRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """How often articles were read lately, whether they helped, and those read most. Four statements."""
    require(may_see_knowledge(request.viewer))
    since = timezone.localdate() - timedelta(days=asked.days)
    whole = figures(since)
    counted = ("views", "helpful", "unhelpful", "taken")
    items = [
        {
            "text_id": text.pk,
            "title": text.title,
            "language": text.language,
            **{name: getattr(its, name) for name in counted},
        }
        for text, its in by_text(since, BEST)
    ]
    sums = {name: getattr(whole, name) for name in (*counted, "deflected")}
    return answer({"since": since, **sums, "items": items})
