"""Forums that are followed, put in order and proposed, and the terms on which people are trusted."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.community import ForumOut, Forums, Language, forum_row
from charterdesk.api.community_order import ForumGiven, forum_asked
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.taking_part import NAME, Name, TakingPart
from charterdesk.base.refused import require
from charterdesk.community.actions.following import follow_forum
from charterdesk.community.actions.forums import TERMS, drop_forum, order_forums, set_terms
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.actions.proposing import (
    Wished,
    accept_proposal,
    decline_proposal,
    propose_forum,
    withdraw_proposal,
)
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Forum, ForumProposal
from charterdesk.community.policies import may_propose, may_run, may_take_part, may_withdraw

router = Router(tags=["The community"])
Some = Annotated[int, Field(ge=1, le=1000), WHOLE]


class ForumProposalOut(BaseModel):
    """A forum somebody would like to have."""

    proposal_id: int
    author_id: int
    author: str
    name: str = Field(examples=["Gardens"])
    purpose: str
    language: str = Field(examples=["en"])
    state: str = Field(description="open, accepted or declined", examples=["open"])
    forum_id: int | None = Field(description="What was made of it.")
    answer: str = Field(description="Why it was not made.")
    created_at: datetime
    decided_at: datetime | None


class ForumProposalPage(BaseModel):
    """Some proposals; `next` is the cursor of the next page, null at the end."""

    items: list[ForumProposalOut]
    next: str | None


class ForumProposalsAsked(Asked):
    """Which proposals, the newest first."""

    state: Annotated[str, one_of(code for code, _name in ForumProposal.STATES)] = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class ForumWished(Given):
    """A forum the asker would like to have."""

    title: Annotated[str, line(80, least=1)] = Field(examples=["Gardens"])
    purpose: Annotated[str, line(300, least=1)] = Field(examples=["Watering, and what it costs."])
    language: Language = "en"
    name: Name = NAME


class ForumRefusal(Given):
    """Why it is not made; whoever proposed it reads this by mail."""

    reason: Annotated[str, line(1000, least=1)]


class ForumOrder(Given):
    """The forums in the order in which they are to stand."""

    forum_ids: list[Id] = Field(min_length=1, max_length=500)


class ForumTermsOut(BaseModel):
    """How far people are trusted."""

    known_after: int = Field(description="Posts that were shown.")
    regular_after: int = Field(description="Points.")
    holds_new: bool
    holds_links: bool
    posts_per_hour: int
    reports_hide: int
    takes_proposals: bool


class ForumTermsGiven(Given):
    """What becomes different; what is left out stays."""

    known_after: Some = ABSENT
    regular_after: Annotated[int, Field(ge=1, le=100_000), WHOLE] = ABSENT
    holds_new: bool = ABSENT
    holds_links: bool = ABSENT
    posts_per_hour: Some = ABSENT
    reports_hide: Some = ABSENT
    takes_proposals: bool = ABSENT


def _seen(request: ApiRequest, pk: int) -> Forum:
    return get_object_or_404(Forum.objects.visible_to(request.viewer), pk=pk)


@router.post("/forums/{forum_id}/following", auth=Scope("community:write"), response={204: None})
@once
def follow_one_forum(request: ApiRequest, forum_id: Path[Id], given: TakingPart) -> HttpResponse:
    """Hear by mail of every new topic."""
    require(may_take_part(request.viewer))
    follow_forum(_seen(request, forum_id), take_part(request.viewer, name=given.name))
    return nothing()


@router.delete("/forums/{forum_id}/following", auth=Scope("community:write"), response={204: None})
@once
def leave_one_forum(request: ApiRequest, forum_id: Path[Id]) -> HttpResponse:
    """Hear no more of new topics."""
    forum = _seen(request, forum_id)
    if profile := profile_of(request.viewer):
        follow_forum(forum, profile, is_on=False)
    return nothing()


@router.delete("/forums/{forum_id}", auth=Scope("community:write", staff=True), response={204: None})
@once
def remove_forum(request: ApiRequest, forum_id: Path[Id]) -> HttpResponse:
    """Take an empty forum away; 409 `community.not_empty`."""
    require(may_run(request.viewer))
    drop_forum(get_object_or_404(Forum, pk=forum_id), by=request.viewer)
    return nothing()


@router.put("/forum-order", auth=Scope("community:write", staff=True), response=Forums)
@once
def set_forum_order(request: ApiRequest, given: ForumOrder) -> HttpResponse:
    """Put forums in this order."""
    require(may_run(request.viewer))
    order_forums(given.forum_ids, by=request.viewer)
    return answer({"items": [forum_row(each) for each in Forum.objects.order_by("position", "pk")]})


def _terms() -> dict[str, Any]:
    terms = terms_in_force()
    return {name: getattr(terms, name) for name in TERMS}


@router.get("/forum-terms", auth=Scope("community:read", staff=True), response=ForumTermsOut)
def read_forum_terms(request: ApiRequest) -> HttpResponse:
    """How far people are trusted. One statement."""
    require(may_run(request.viewer))
    return answer(_terms())


@router.patch("/forum-terms", auth=Scope("community:write", staff=True), response=ForumTermsOut)
@once
def change_forum_terms(request: ApiRequest, given: ForumTermsGiven) -> HttpResponse:
    """Trust people otherwise."""
    require(may_run(request.viewer))
    set_terms(by=request.viewer, **given.sent())
    return answer(_terms())


def _proposals(request: ApiRequest) -> Any:
    return ForumProposal.objects.visible_to(request.viewer).select_related("author")


def _proposal_row(proposal: ForumProposal) -> dict[str, Any]:
    names = ("author_id", "name", "purpose", "language", "state", "forum_id", "created_at", "decided_at")
    told = {"proposal_id": proposal.pk, "author": str(proposal.author), "answer": proposal.reason}
    return told | {name: getattr(proposal, name) for name in names}


@router.get("/forum-proposals", auth=Scope("community:read"), response=ForumProposalPage)
def list_forum_proposals(request: ApiRequest, asked: Query[ForumProposalsAsked]) -> HttpResponse:
    """Forums that were proposed: all of them for who makes forums, else one's own. One statement."""
    found = _proposals(request).order_by("-pk")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    rows = [_proposal_row(each) for each in found[: asked.limit + 1]]
    return page_of(rows, asked.limit, place=("proposal_id",))


@router.post("/forum-proposals", auth=Scope("community:write"), response={201: ForumProposalOut})
@once
def wish_for_forum(request: ApiRequest, given: ForumWished) -> HttpResponse:
    """Propose a forum; 409 `community.proposal_open`, `community.too_many_proposals`."""
    require(may_propose(request.viewer, terms_in_force()))
    wished = Wished(name=given.title, purpose=given.purpose, language=given.language)
    author = take_part(request.viewer, name=given.name)
    return answer(_proposal_row(propose_forum(wished, author=author, by=request.viewer)), status=201)


@router.delete("/forum-proposals/{proposal_id}", auth=Scope("community:write"), response={204: None})
@once
def take_proposal_back(request: ApiRequest, proposal_id: Path[Id]) -> HttpResponse:
    """Take one's own back; 409 `community.proposal_decided`."""
    proposal = get_object_or_404(_proposals(request), pk=proposal_id)
    require(may_withdraw(request.viewer, proposal))
    withdraw_proposal(proposal, by=request.viewer)
    return nothing()


@router.post(
    "/forum-proposals/{proposal_id}/forum", auth=Scope("community:write", staff=True), response={201: ForumOut}
)
@once
def make_proposed_forum(request: ApiRequest, proposal_id: Path[Id], given: ForumGiven) -> HttpResponse:
    """Make it, with what is given in place of what was proposed; whoever proposed it is told."""
    require(may_run(request.viewer))
    proposal = get_object_or_404(_proposals(request), pk=proposal_id)
    proposed = Forum(names={proposal.language: proposal.name}, intros={proposal.language: proposal.purpose})
    forum = accept_proposal(proposal, asked=forum_asked(proposed, given), by=request.viewer)
    return answer(forum_row(forum), status=201)


@router.post("/forum-proposals/{proposal_id}/refusal", auth=Scope("community:write", staff=True), response={204: None})
@once
def decline_proposed_forum(request: ApiRequest, proposal_id: Path[Id], given: ForumRefusal) -> HttpResponse:
    """Make no such forum, and say why; 409 `community.proposal_decided`."""
    require(may_run(request.viewer))
    proposal = get_object_or_404(_proposals(request), pk=proposal_id)
    decline_proposal(proposal, reason=given.reason, by=request.viewer)
    return nothing()
