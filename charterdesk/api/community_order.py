"""Keeping order in the community: forums, what waits, topics moved and made one, the way to tickets and articles."""

from typing import Annotated, Literal

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.community import (
    ForumOut,
    Html,
    Kind,
    PostPage,
    PostsAsked,
    TopicOut,
    forum_row,
    post_of,
    post_row,
    topic_of,
    topic_row,
)
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, Number, line, one_of
from charterdesk.api.ticket_rows import seen_ticket
from charterdesk.base.refused import require
from charterdesk.community.actions import keeping
from charterdesk.community.actions.answering import make_official
from charterdesk.community.actions.forums import ForumAsked, save_forum
from charterdesk.community.actions.moderating import approve, restore
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.models import Forum, Topic
from charterdesk.community.policies import may_moderate, may_run
from charterdesk.community.queries.moderation import queue
from charterdesk.knowledge.models import Category
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import LANGUAGES, Brand, Organisation, Team
from charterdesk.tickets.actions.topics import Cleaned, article_of_answer, ticket_of_topic, topic_of_ticket
from charterdesk.tickets.cleaning import cleaned, taken_out, told_on

router = Router(tags=["The community"])
Texts = Annotated[dict[str, Annotated[str, line(300)]], Field(examples=[{"en": "Meters"}])]
Audience = Annotated[str, one_of(code for code, _name in Forum.AUDIENCES)]


class ForumGiven(Given):
    """What a forum is to be; what is left out stays, or is as usual on a new one."""

    names: Texts = ABSENT
    intros: Texts = ABSENT
    audience: Audience = ABSENT
    organisation_ids: list[Id] = Field(ABSENT, description="For the audience “organisation”.")
    brand_id: Id | None = Field(ABSENT, description="Only on the pages of this brand; null for all of them.")
    is_open: bool = ABSENT


class TopicOrder(Given):
    """What becomes different."""

    kind: Kind = ABSENT
    tags: list[Annotated[str, line(40)]] = Field(ABSENT, max_length=5)
    forum_id: Id = ABSENT
    is_locked: bool = ABSENT
    is_pinned: bool = ABSENT


class TopicMergeGiven(Given):
    """The topic that asks the same."""

    into_id: Id


class TopicTicketGiven(Given):
    """Who takes it on."""

    team_id: Id


class TopicTicketOut(BaseModel):
    """The ticket made of a topic."""

    number: int


class PublicDraftOut(BaseModel):
    """What a ticket asked and what solved it, with placeholders for what is personal; a person looks it over."""

    title: str
    question: str
    answer: str
    taken_out: list[str] = Field(description="What the placeholders stand for.")


class PublicGiven(Given):
    """What of a ticket everybody may read, as somebody cleaned and approved it."""

    forum_id: Id
    title: Annotated[str, line(200, least=1)] = Field(examples=["Why does my meter tick?"])
    question_html: Html = Field(examples=["<p>It ticks at night.</p>"])
    answer_html: Html = Field("", description="The official answer; empty to ask alone.")
    is_clean: Literal[True] = Field(description="Somebody read it: nothing in it tells who asked.")


class TopicArticleGiven(Given):
    """Where the article stands."""

    category_id: Id


class TopicArticleOut(BaseModel):
    """The draft made of a topic."""

    text_id: int


def forum_asked(forum: Forum | None, given: ForumGiven) -> ForumAsked:
    """What was sent, over what the forum is."""
    sent = given.sent()
    known = {code for code, _name in LANGUAGES}
    texts = {
        name: {code: text for code, text in sent.get(name, getattr(forum, name, {})).items() if code in known}
        for name in ("names", "intros")
    }
    brand_id = sent.get("brand_id", forum.brand_id if forum else None)
    organisations = sent.get("organisation_ids", forum.organisation_ids if forum else [])
    return ForumAsked(
        **texts,
        audience=sent.get("audience", forum.audience if forum else "public"),
        organisation_ids=Organisation.objects.filter(pk__in=organisations).values_list("pk", flat=True),
        is_open=sent.get("is_open", forum.is_open if forum else True),
        brand=get_object_or_404(Brand, pk=brand_id) if brand_id else None,
    )


@router.post("/forums", auth=Scope("community:write", staff=True), response={201: ForumOut})
@once
def add_forum(request: ApiRequest, given: ForumGiven) -> HttpResponse:
    """Make a forum; 409 `community.no_name` without a name in some language."""
    require(may_run(request.viewer))
    return answer(forum_row(save_forum(by=request.viewer, asked=forum_asked(None, given))), status=201)


@router.patch("/forums/{forum_id}", auth=Scope("community:write", staff=True), response=ForumOut)
@once
def change_forum(request: ApiRequest, forum_id: Path[Id], given: ForumGiven) -> HttpResponse:
    """Change a forum; its address stays."""
    require(may_run(request.viewer))
    forum = get_object_or_404(Forum, pk=forum_id)
    return answer(forum_row(save_forum(forum, by=request.viewer, asked=forum_asked(forum, given))))


@router.get("/held-posts", auth=Scope("community:read", staff=True), response=PostPage)
def list_held_posts(request: ApiRequest, asked: Query[PostsAsked]) -> HttpResponse:
    """Posts somebody has to look at: those that wait, and those that readers reported. The oldest first."""
    require(may_moderate(request.viewer))
    found = queue()
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([post_row(post) for post in found[: asked.limit + 1]], asked.limit)


@router.post("/posts/{post_id}/approval", auth=Scope("community:write", staff=True), response={204: None})
@once
def approve_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Say that it may stand; reports on it are settled."""
    require(may_moderate(request.viewer))
    approve(post_of(request, post_id), by=request.viewer)
    return nothing()


@router.post("/posts/{post_id}/restoration", auth=Scope("community:write", staff=True), response={204: None})
@once
def restore_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Bring back what was removed; 409 `community.not_removed`."""
    require(may_moderate(request.viewer))
    restore(post_of(request, post_id), by=request.viewer)
    return nothing()


@router.post("/posts/{post_id}/endorsement", auth=Scope("community:write", staff=True), response={204: None})
@once
def endorse_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Answer for the house with a post of staff; 409 `community.not_staff` for any other."""
    require(may_moderate(request.viewer))
    make_official(post_of(request, post_id), by=request.viewer)
    return nothing()


@router.delete("/posts/{post_id}/endorsement", auth=Scope("community:write", staff=True), response={204: None})
@once
def unendorse_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """It counts as any other answer again."""
    require(may_moderate(request.viewer))
    make_official(post_of(request, post_id), by=request.viewer, is_official=False)
    return nothing()


def _kept(request: ApiRequest, pk: int) -> Topic:
    require(may_moderate(request.viewer))
    return topic_of(request, pk)


@router.patch("/topics/{topic_id}", auth=Scope("community:write", staff=True), response=TopicOut)
@once
@transaction.atomic
def order_topic(request: ApiRequest, topic_id: Path[Id], given: TopicOrder) -> HttpResponse:
    """Say what it is, move it, close it for answers, or have it stand first."""
    topic, sent, by = _kept(request, topic_id), given.sent(), request.viewer
    if sent.keys() & {"kind", "tags"}:
        keeping.describe(topic, by=by, kind=sent.get("kind", topic.kind), tags=sent.get("tags", topic.tags))
    if "forum_id" in sent:
        keeping.move(topic, get_object_or_404(Forum, pk=sent["forum_id"]), by=by)
    if "is_locked" in sent:
        keeping.set_locked(topic, by=by, is_locked=sent["is_locked"])
    if "is_pinned" in sent:
        keeping.set_pinned(topic, by=by, is_pinned=sent["is_pinned"])
    return answer(topic_row(request, topic))


@router.post("/topics/{topic_id}/merge", auth=Scope("community:write", staff=True), response={204: None})
@once
def merge_topic(request: ApiRequest, topic_id: Path[Id], given: TopicMergeGiven) -> HttpResponse:
    """Make it one with another that asks the same; its address leads there."""
    topic = _kept(request, topic_id)
    keeping.merge(topic, topic_of(request, given.into_id), by=request.viewer)
    return nothing()


@router.post("/topics/{topic_id}/ticket", auth=Scope("community:write", staff=True), response={201: TopicTicketOut})
@once
def make_topic_ticket(request: ApiRequest, topic_id: Path[Id], given: TopicTicketGiven) -> HttpResponse:
    """Take it on as a ticket of who asked, once; 409 `tickets.nobody_asked` where no customer did."""
    topic = _kept(request, topic_id)
    team = get_object_or_404(Team, pk=given.team_id)
    return answer({"number": ticket_of_topic(topic, team=team, by=request.viewer).number}, status=201)


@router.post("/topics/{topic_id}/article", auth=Scope("community:write", staff=True), response={201: TopicArticleOut})
@once
def make_topic_article(request: ApiRequest, topic_id: Path[Id], given: TopicArticleGiven) -> HttpResponse:
    """Draft an article of its accepted answer, once; 409 `tickets.no_accepted_answer` where there is none."""
    require(may_write(request.viewer))
    topic = _kept(request, topic_id)
    category = get_object_or_404(Category, pk=given.category_id)
    text = article_of_answer(topic, by=request.viewer, category=category, owner=agent_of(request))
    return answer({"text_id": text.pk}, status=201)


@router.get("/tickets/{number}/topic-draft", auth=Scope("tickets:read", staff=True), response=PublicDraftOut)
def read_public_draft(request: ApiRequest, number: Path[Number]) -> HttpResponse:
    """What of a ticket may be told in the community, to be looked over by a person. Six statements."""
    require(may_moderate(request.viewer))
    ticket = seen_ticket(request, number)
    told = told_on(ticket)
    clean = cleaned(ticket, told)
    found = {"title": clean.title, "question": clean.question, "answer": clean.answer}
    return answer(found | {"taken_out": taken_out(ticket, told)})


@router.post("/tickets/{number}/topic", auth=Scope("community:write", staff=True), response={201: TopicOut})
@once
def make_ticket_public(request: ApiRequest, number: Path[Number], given: PublicGiven) -> HttpResponse:
    """Ask and answer it in the community, once; what is sent has to be free of what is personal."""
    require(may_moderate(request.viewer))
    ticket = seen_ticket(request, number)
    forum = get_object_or_404(Forum, pk=given.forum_id)
    said = Cleaned(title=given.title, question=given.question_html, answer=given.answer_html)
    author = take_part(request.viewer)
    topic = topic_of_ticket(ticket, forum=forum, said=said, author=author, by=request.viewer)
    return answer(topic_row(request, topic), status=201)
