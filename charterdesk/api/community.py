"""The community: forums, topics and what is said on them, for readers and for who writes."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.taking_part import ReportGiven, TakingPart, as_member, if_member
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.refused import require
from charterdesk.community.actions.answering import accept, unaccept, vote
from charterdesk.community.actions.files import MOST, NewFile
from charterdesk.community.actions.following import follow
from charterdesk.community.actions.moderating import remove
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.actions.reporting import report
from charterdesk.community.actions.writing import NewTopic, edit, open_topic
from charterdesk.community.actions.writing import answer as answer_topic
from charterdesk.community.models import Forum, Post, Topic
from charterdesk.community.policies import may_accept, may_answer, may_edit, may_open, may_take_part, may_vote
from charterdesk.people.models import LANGUAGES

router = Router(tags=["The community"])
Language = Annotated[str, one_of(code for code, _name in LANGUAGES)]
Kind = Annotated[str, one_of(code for code, _name in Topic.KINDS)]
Html = Annotated[str, line(50_000)]
FILES: list[str] = Field([], max_length=MOST, description="What `POST /uploads` gave.")


class ForumOut(BaseModel):
    """A place to talk."""

    id: int
    slug: str
    names: dict[str, str] = Field(description="By language.")
    intros: dict[str, str]
    audience: str = Field(examples=["public"])
    brand_id: int | None = Field(description="The only brand on whose pages it stands.")
    is_open: bool = Field(description="Customers may write here.")
    position: int


class Forums(BaseModel):
    """All the asker may read, in order."""

    items: list[ForumOut]


class TopicOut(BaseModel):
    """A question, an idea, an announcement, or a talk."""

    id: int
    forum_id: int
    kind: str = Field(examples=["question"])
    title: str
    language: str = Field(examples=["en"])
    author_id: int
    author: str = Field(description="The name they chose.")
    tags: list[str]
    state: str = Field(description="shown, waiting or removed", examples=["shown"])
    is_locked: bool
    is_pinned: bool
    accepted_id: int | None = Field(description="The post that answers it.")
    answers: int
    votes: int
    created_at: datetime
    last_at: datetime
    url: str


class TopicPage(BaseModel):
    """Some topics; `next` is the cursor of the next page, null at the end."""

    items: list[TopicOut]
    next: str | None


class PostOut(BaseModel):
    """Something somebody said."""

    id: int
    topic_id: int
    author_id: int
    author: str
    is_first: bool
    is_official: bool
    html: str = Field(description="Safe HTML.")
    state: str = Field(description="shown, waiting or removed", examples=["shown"])
    reason: str = Field(description="Why it waits: new, links, junk or reports; empty for what is shown.")
    votes: int
    created_at: datetime
    edited_at: datetime | None


class PostPage(BaseModel):
    """Some posts, as they were written; `next` is the cursor of the next page, null at the end."""

    items: list[PostOut]
    next: str | None


class TopicsAsked(Asked):
    """Which topics, the newest first."""

    forum_id: Id = ABSENT
    kind: Kind = Field(ABSENT, examples=["question"])
    cursor: Cursor = ""
    limit: Size = 50


class PostsAsked(Asked):
    """Which posts."""

    cursor: Cursor = ""
    limit: Size = 50


class TopicGiven(TakingPart):
    """A topic to open; customers see it at once, or when somebody looked at it."""

    forum_id: Id
    title: Annotated[str, line(200, least=1)] = Field(examples=["Why does my meter tick?"])
    html: Html = Field(examples=["<p>It ticks at night.</p>"])
    kind: Kind = "question"
    language: Language = "en"
    tags: list[Annotated[str, line(40)]] = Field([], max_length=5)
    attachments: list[Upload] = FILES


class PostGiven(TakingPart):
    """Something to say on a topic."""

    html: Html = Field(examples=["<p>Close the tap.</p>"])
    attachments: list[Upload] = FILES


class PostWords(Given):
    """What it says from now on; `title` where it opens a topic."""

    html: Html
    title: Annotated[str, line(200)] = ""


@router.get("/forums", auth=Scope("community:read"), response=Forums)
def list_forums(request: ApiRequest) -> HttpResponse:
    """The forums the asker may read. One statement."""
    found = Forum.objects.visible_to(request.viewer).order_by("position", "pk")
    return answer({"items": [forum_row(forum) for forum in found]})


def forum_row(forum: Forum) -> dict[str, Any]:
    """A forum as programs read it."""
    names = ("id", "slug", "names", "intros", "audience", "brand_id", "is_open", "position")
    return {name: getattr(forum, name) for name in names}


@router.get("/topics", auth=Scope("community:read"), response=TopicPage)
def list_topics(request: ApiRequest, asked: Query[TopicsAsked]) -> HttpResponse:
    """Topics in lists, the newest first; not what was made one with another. One statement."""
    found = _topics(request).filter(merged_into=None).order_by("-pk")
    if asked.forum_id:
        found = found.filter(forum_id=asked.forum_id)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([topic_row(request, topic) for topic in found[: asked.limit + 1]], asked.limit)


def _topics(request: ApiRequest) -> QuerySet[Topic]:
    return Topic.objects.visible_to(request.viewer).select_related("author", "forum")


def new_files(request: ApiRequest, uploads: Sequence[str]) -> list[NewFile]:
    """Uploaded files as posts take them."""
    return [
        NewFile(filename=each.filename, stream=each.stream, content_type=each.content_type)
        for each in files_of(request, uploads)
    ]


def topic_row(request: ApiRequest, topic: Topic) -> dict[str, Any]:
    """A topic as programs read it; author loaded."""
    names = ("id", "forum_id", "kind", "title", "language", "author_id", "tags", "state", "is_locked", "is_pinned")
    return {name: getattr(topic, name) for name in names} | {
        "author": str(topic.author),
        "accepted_id": topic.accepted_id,
        "answers": topic.answers,
        "votes": topic.votes,
        "created_at": topic.created_at,
        "last_at": topic.last_at,
        "url": request.build_absolute_uri(reverse("portal:topic", args=[topic.pk, topic.slug])),
    }


def post_row(post: Post) -> dict[str, Any]:
    """A post as programs read it; author loaded."""
    names = ("id", "topic_id", "author_id", "is_first", "is_official", "state", "reason", "votes", "created_at")
    return {name: getattr(post, name) for name in names} | {
        "author": str(post.author),
        "html": post.body,
        "edited_at": post.edited_at,
    }


def topic_of(request: ApiRequest, pk: int) -> Topic:
    """A topic the asker may read. Raises `Http404`. One statement."""
    return get_object_or_404(_topics(request), pk=pk)


def post_of(request: ApiRequest, pk: int) -> Post:
    """A post the asker may read. Raises `Http404`. One statement."""
    found = Post.objects.visible_to(request.viewer).select_related("author", "topic__author", "topic__forum")
    return get_object_or_404(found, pk=pk)


@router.post("/topics", auth=Scope("community:write"), response={201: TopicOut})
@once
def begin_topic(request: ApiRequest, given: TopicGiven) -> HttpResponse:
    """Open a topic; 409 `community.no_display_name` who never took part and gives no name."""
    forum = get_object_or_404(Forum.objects.visible_to(request.viewer), pk=given.forum_id)
    require(may_open(request.viewer, forum))
    author = take_part(request.viewer, name=given.name)
    new = NewTopic(
        title=given.title,
        body=given.html,
        kind=given.kind,
        language=given.language,
        tags=given.tags,
        files=new_files(request, given.attachments),
    )
    topic = open_topic(forum, new, author=author, by=request.viewer)
    return answer(topic_row(request, topic), status=201)


@router.get("/topics/{topic_id}", auth=Scope("community:read"), response=TopicOut)
def read_topic(request: ApiRequest, topic_id: Path[Id]) -> HttpResponse:
    """One topic. One statement."""
    return answer(topic_row(request, topic_of(request, topic_id)))


@router.get("/topics/{topic_id}/posts", auth=Scope("community:read"), response=PostPage)
def list_posts(request: ApiRequest, topic_id: Path[Id], asked: Query[PostsAsked]) -> HttpResponse:
    """What was said on it, as it was written. Two statements."""
    topic = topic_of(request, topic_id)
    found = Post.objects.visible_to(request.viewer).filter(topic=topic).select_related("author").order_by("pk")
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([post_row(post) for post in found[: asked.limit + 1]], asked.limit)


@router.post("/topics/{topic_id}/posts", auth=Scope("community:write"), response={201: PostOut})
@once
def write_post(request: ApiRequest, topic_id: Path[Id], given: PostGiven) -> HttpResponse:
    """Write on a topic; 409 `community.topic_closed` where nobody does any more."""
    topic = topic_of(request, topic_id)
    require(may_answer(request.viewer, topic))
    author = take_part(request.viewer, name=given.name)
    files = new_files(request, given.attachments)
    post = answer_topic(topic, body=given.html, author=author, by=request.viewer, files=files)
    return answer(post_row(post), status=201)


@router.patch("/posts/{post_id}", auth=Scope("community:write"), response=PostOut)
@once
def change_post(request: ApiRequest, post_id: Path[Id], given: PostWords) -> HttpResponse:
    """Have it say something else; what it said is kept."""
    post = post_of(request, post_id)
    require(may_edit(request.viewer, post))
    edit(post, by=request.viewer, editor=profile_of(request.viewer), body=given.html, title=given.title)
    return answer(post_row(post))


@router.delete("/posts/{post_id}", auth=Scope("community:write"), response={204: None})
@once
def remove_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Take it back; the first post takes its topic with it. Staff can bring it back."""
    post = post_of(request, post_id)
    require(may_edit(request.viewer, post))
    remove(post, by=request.viewer)
    return nothing()


@router.post("/posts/{post_id}/vote", auth=Scope("community:write"), response={204: None})
@once
def give_vote(request: ApiRequest, post_id: Path[Id], given: TakingPart) -> HttpResponse:
    """Find it good; however often, it counts once."""
    post = post_of(request, post_id)
    require(may_vote(request.viewer, post))
    return as_member(request, given, lambda member: vote(post, profile=member))


@router.delete("/posts/{post_id}/vote", auth=Scope("community:write"), response={204: None})
@once
def take_vote(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Find it good no more."""
    post = post_of(request, post_id)
    require(may_vote(request.viewer, post))
    return if_member(request, lambda member: vote(post, profile=member, is_on=False))


@router.post("/posts/{post_id}/acceptance", auth=Scope("community:write"), response={204: None})
@once
def accept_post(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """Say that it answers the question; for who asked, and staff. 409 `community.no_answer` where none was asked."""
    post = post_of(request, post_id)
    require(may_accept(request.viewer, post.topic))
    accept(post, by=request.viewer)
    return nothing()


@router.delete("/topics/{topic_id}/acceptance", auth=Scope("community:write"), response={204: None})
@once
def unaccept_post(request: ApiRequest, topic_id: Path[Id]) -> HttpResponse:
    """Have the question be open again."""
    topic = topic_of(request, topic_id)
    require(may_accept(request.viewer, topic))
    unaccept(topic, by=request.viewer)
    return nothing()


@router.post("/topics/{topic_id}/following", auth=Scope("community:write"), response={204: None})
@once
def follow_topic(request: ApiRequest, topic_id: Path[Id], given: TakingPart) -> HttpResponse:
    """Hear by mail of what is said on it."""
    require(may_take_part(request.viewer))
    topic = topic_of(request, topic_id)
    return as_member(request, given, lambda member: follow(topic, member))


@router.delete("/topics/{topic_id}/following", auth=Scope("community:write"), response={204: None})
@once
def leave_topic(request: ApiRequest, topic_id: Path[Id]) -> HttpResponse:
    """Hear no more of it."""
    topic = topic_of(request, topic_id)
    return if_member(request, lambda member: follow(topic, member, is_on=False))


@router.post("/posts/{post_id}/reports", auth=Scope("community:write"), response={204: None})
@once
def report_post(request: ApiRequest, post_id: Path[Id], given: ReportGiven) -> HttpResponse:
    """Say that it should not stand there; staff look at it."""
    require(may_take_part(request.viewer))
    post = post_of(request, post_id)
    tell = partial(report, post, reason=given.reason, words=given.words, by=request.viewer)
    return as_member(request, given, lambda member: tell(profile=member))
