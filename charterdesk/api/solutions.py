"""What solved requests: offered to be shared with customers, shared as a cleaned draft, and found for one at hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing
from charterdesk.api.articles import ArticleDraftOut, draft_row
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, Id, Number
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.knowledge.models import Category
from charterdesk.knowledge.policies import may_write
from charterdesk.tickets.actions.articles import draft_solution, pass_over
from charterdesk.tickets.answered import solutions_to_share, solved_like
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_work_on

SHOWN = 10
router = Router(tags=["The help centre"])


class SolvedOut(BaseModel):
    """A solved ticket, with what solved it as it was told, names and all: for staff."""

    number: int
    subject: str
    solution: str
    language: str = Field(examples=["en"])
    times: int = Field(description="On how many of the latest tickets the same was told.")


class SolvedTickets(BaseModel):
    """Some solved tickets, the best first."""

    items: list[SolvedOut]


class SharedSolution(Given):
    """Where the draft is to stand."""

    category_id: Id


def _row(ticket: Ticket, times: int = 1) -> dict[str, Any]:
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "solution": ticket.solution,
        "language": ticket.language,
        "times": times,
    }


@router.get("/solution-suggestions", auth=Scope("tickets:read", staff=True), response=SolvedTickets)
def list_solution_suggestions(request: ApiRequest) -> HttpResponse:
    """Solutions that customers may want to find, told most often first. Three statements."""
    require(may_write(request.viewer))
    return answer({"items": [_row(each.ticket, each.times) for each in solutions_to_share(request.viewer)]})


@router.get("/tickets/{number}/solved-like", auth=Scope("tickets:read", staff=True), response=SolvedTickets)
def list_solved_like(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Solved tickets that ask what this one asks, the most alike first. Some eight statements."""
    ticket = seen_ticket(request, number)
    return answer({"items": [_row(each) for each in solved_like(ticket, request.viewer, limit=SHOWN)]})


@router.post(
    "/tickets/{number}/shared-solution",
    auth=Scope("tickets:write", staff=True),
    response={201: ArticleDraftOut},
)
@once
def share_solution(request: ApiRequest, number: Path[Number], given: SharedSolution) -> HttpResponse:
    """Draft what customers may find of a solved ticket, cleaned; the same draft when it was made before.

    It is approved as an article is: 409 `knowledge.looks_personal` while something in it looks personal. 409
    `tickets.no_solution` before it is solved.
    """
    ticket = seen_ticket(request, number, "organisation")
    require(may_work_on(request.viewer, ticket) and may_write(request.viewer))
    home = get_object_or_404(Category, pk=given.category_id)
    text = draft_solution(ticket, by=request.viewer, category=home, owner=agent_of(request))
    return answer(draft_row(text), status=201)


@router.delete("/tickets/{number}/shared-solution", auth=Scope("tickets:write", staff=True), response={204: None})
@once
def keep_solution_inside(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """Say that what solved a ticket is not for customers: it is not offered again."""
    ticket = seen_ticket(request, number)
    require(may_work_on(request.viewer, ticket) and may_write(request.viewer))
    pass_over(ticket, by=request.viewer)
    return nothing()
