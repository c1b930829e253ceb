"""Articles on a ticket: those given, those that fit, and one made of what solved it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.articles import ArticleDraftOut, draft_row
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, Number
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.knowledge.models import ArticleText, Category
from charterdesk.knowledge.policies import may_write
from charterdesk.tickets.actions.articles import article_of, draft_article, solution_of, uses_on
from charterdesk.tickets.models import Message, Ticket
from charterdesk.tickets.policies import may_work_on
from charterdesk.ui.found_articles import found_articles

router = Router(tags=["The help centre"])
FITTING = 4


class GivenArticle(BaseModel):
    """An article that answers a ticket, or may."""

    text_id: int
    title: str
    language: str = Field(examples=["en"])
    audience: str = Field(examples=["public"])


class TicketArticles(BaseModel):
    """What was given, what fits, and what was made of it."""

    given: list[GivenArticle]
    fitting: list[GivenArticle]
    article_id: int | None = Field(description="The text of the article made of it.")
    solution_id: int | None = Field(description="The text of the shared solution made of it.")


class ArticleOfTicket(Given):
    """Where the article is to stand, and what it is made of."""

    category_id: Id
    message_id: Id = Field(ABSENT, description="A reply of ours; left out: what solved it.")


def _workable(request: ApiRequest, number: int) -> Ticket:
    ticket = seen_ticket(request, number, "organisation")
    require(may_work_on(request.viewer, ticket))
    return ticket


def _row(text: ArticleText) -> dict[str, Any]:
    return {"text_id": text.pk, "title": text.title, "language": text.language, "audience": text.article.audience}


@router.get("/tickets/{number}/articles", auth=Scope("tickets:read", staff=True), response=TicketArticles)
def list_ticket_articles(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Articles given on a ticket, those that may answer it, and what was made of it. Some nine statements."""
    ticket = _workable(request, number)
    used = [use.text for use in uses_on(ticket)]
    known = {text.pk for text in used}
    found = found_articles(request.viewer, ticket.subject, limit=FITTING + len(known), language=ticket.language)
    made, shared = article_of(ticket), solution_of(ticket)
    return answer(
        {
            "given": [_row(text) for text in used],
            "fitting": [_row(text) for text in found if text.pk not in known][:FITTING],
            "article_id": made.pk if made else None,
            "solution_id": shared.pk if shared else None,
        }
    )


@router.post("/tickets/{number}/article", auth=Scope("tickets:write", staff=True), response={201: ArticleDraftOut})
@once
def make_ticket_article(request: ApiRequest, number: Path[Number], given: ArticleOfTicket) -> HttpResponse:
    """Draft an article of what solved a ticket, or of a reply of ours; the same draft when it was made before.

    Cleaned, and for staff until somebody approved it. 409 `tickets.no_solution` before it is solved.
    """
    ticket = _workable(request, number)
    require(may_write(request.viewer))
    home = get_object_or_404(Category, pk=given.category_id)
    reply = None
    if given.message_id:
        replies = Message.objects.visible_to(request.viewer).filter(
            ticket=ticket, direction=Message.OUT, redacted_at=None
        )
        reply = get_object_or_404(replies, pk=given.message_id)
    text = draft_article(ticket, by=request.viewer, category=home, owner=agent_of(request), reply=reply)
    return answer(draft_row(text), status=201)
