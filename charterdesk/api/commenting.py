"""Comments below articles: read, written, reported, followed, and kept in order."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.taking_part import ReportGiven, TakingPart, as_member, if_member
from charterdesk.base.refused import require
from charterdesk.comments.actions.correcting import make_correction
from charterdesk.comments.actions.moderating import approve, make_official, remove, restore
from charterdesk.comments.actions.reporting import report
from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.actions.voting import vote
from charterdesk.comments.actions.writing import BODY, NewComment, follow, write_comment
from charterdesk.comments.models import Comment, CommentTerms
from charterdesk.comments.policies import may_comment, may_keep, may_take_back, may_vote, open_to
from charterdesk.comments.queries.reading import comments_on, queue
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.policies import may_moderate, may_run, may_take_part
from charterdesk.knowledge.models import Article, ArticleText, Category
from charterdesk.knowledge.policies import may_approve, may_decide

router = Router(tags=["The help centre"])


class CommentOut(BaseModel):
    """What a reader said of an article in one language."""

    id: int
    text_id: int
    author_id: int | None = Field(description="Null for somebody without an account.")
    author: str = Field(description="The name they chose; never an address.")
    is_official: bool
    html: str = Field(description="Safe HTML.")
    state: str = Field(description="shown, waiting or removed", examples=["shown"])
    reason: str = Field(description="Why it waits: new, links, junk or reports; empty for what is shown.")
    votes: int = Field(description="How many found it helpful.")
    created_at: datetime


class CommentPage(BaseModel):
    """Some comments, as they were written; `next` is the cursor of the next page, null at the end."""

    items: list[CommentOut]
    next: str | None


class CommentsAsked(Asked):
    """Which comments."""

    cursor: Cursor = ""
    limit: Size = 50


class CommentGiven(TakingPart):
    """Something to say of an article; others see it at once, or when somebody looked at it."""

    html: Annotated[str, line(BODY)] = Field(examples=["<p>It works with the new meters, too.</p>"])
    is_official: bool = Field(False, description="Staff speak for the house; for who keeps order there.")


class CommentTermsGiven(Given):
    """Who may comment."""

    open_to: Annotated[str, one_of(code for code, _name in CommentTerms.WHO)]


class CommentTermsOut(BaseModel):
    """Who may comment: nobody (but staff), signed-in, or everybody."""

    open_to: str = Field(examples=["signed-in"])


class CommentCorrectionOut(BaseModel):
    """The task to put the article right."""

    correction_id: int


def comment_row(comment: Comment) -> dict[str, Any]:
    """A comment as programs read it; author loaded."""
    names = ("id", "text_id", "author_id", "is_official", "state", "reason", "votes", "created_at")
    return {name: getattr(comment, name) for name in names} | {"author": comment.signed, "html": comment.body}


def _text(request: ApiRequest, pk: int) -> ArticleText:
    found = ArticleText.objects.visible_to(request.viewer).live().select_related("article__category")
    return get_object_or_404(found, pk=pk)


def _comment(request: ApiRequest, pk: int) -> Comment:
    found = Comment.objects.visible_to(request.viewer).select_related("author", "text__article__category")
    return get_object_or_404(found, pk=pk)


def _kept(request: ApiRequest, pk: int) -> Comment:
    found = _comment(request, pk)
    require(may_keep(request.viewer, found.text.article))
    return found


@router.get("/articles/{text_id}/comments", auth=Scope("community:read"), response=CommentPage)
def list_comments(request: ApiRequest, text_id: Path[Id], asked: Query[CommentsAsked]) -> HttpResponse:
    """What was said below it, as it was written. Two statements."""
    found = comments_on(_text(request, text_id), request.viewer)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([comment_row(comment) for comment in found[: asked.limit + 1]], asked.limit)


@router.post("/articles/{text_id}/comments", auth=Scope("community:write"), response={201: CommentOut})
@once
def add_comment(request: ApiRequest, text_id: Path[Id], given: CommentGiven) -> HttpResponse:
    """Say something below an article; 409 `comments.closed` where nobody does any more."""
    text = _text(request, text_id)
    require(may_take_part(request.viewer) and may_comment(request.viewer, open_to()))
    require(not given.is_official or may_keep(request.viewer, text.article))
    author = take_part(request.viewer, name=given.name)
    new = NewComment(body=given.html, author=author, is_official=given.is_official)
    return answer(comment_row(write_comment(text, new, by=request.viewer)), status=201)


@router.post("/articles/{text_id}/comments/following", auth=Scope("community:write"), response={204: None})
@once
def follow_comments(request: ApiRequest, text_id: Path[Id], given: TakingPart) -> HttpResponse:
    """Hear by mail of comments below it."""
    require(may_take_part(request.viewer))
    text = _text(request, text_id)
    return as_member(request, given, lambda member: follow(text, member))


@router.delete("/articles/{text_id}/comments/following", auth=Scope("community:write"), response={204: None})
@once
def leave_comments(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Hear no more of them."""
    text = _text(request, text_id)
    return if_member(request, lambda member: follow(text, member, is_on=False))


@router.delete("/comments/{comment_id}", auth=Scope("community:write"), response={204: None})
@once
def remove_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """Take it back, or away. Staff can bring it back."""
    comment = _comment(request, comment_id)
    require(may_take_back(request.viewer, comment))
    remove(comment, by=request.viewer)
    return nothing()


@router.post("/comments/{comment_id}/reports", auth=Scope("community:write"), response={204: None})
@once
def report_comment(request: ApiRequest, comment_id: Path[Id], given: ReportGiven) -> HttpResponse:
    """Say that it should not stand there; staff look at it."""
    require(may_take_part(request.viewer))
    comment = _comment(request, comment_id)
    tell = partial(report, comment, reason=given.reason, words=given.words, by=request.viewer)
    return as_member(request, given, lambda member: tell(profile=member))


@router.post("/comments/{comment_id}/vote", auth=Scope("community:write"), response={204: None})
@once
def vote_for_comment(request: ApiRequest, comment_id: Path[Id], given: TakingPart) -> HttpResponse:
    """Say that it helped; once counts."""
    comment = _comment(request, comment_id)
    require(may_vote(request.viewer, comment))
    return as_member(request, given, lambda member: vote(comment, profile=member))


@router.delete("/comments/{comment_id}/vote", auth=Scope("community:write"), response={204: None})
@once
def unvote_for_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """Say it no more."""
    comment = _comment(request, comment_id)
    require(may_vote(request.viewer, comment))
    return if_member(request, lambda member: vote(comment, profile=member, is_on=False))


@router.get("/held-comments", auth=Scope("community:read", staff=True), response=CommentPage)
def list_held_comments(request: ApiRequest, asked: Query[CommentsAsked]) -> HttpResponse:
    """What somebody has to look at: what waits, and what readers reported. Two statements."""
    require(may_moderate(request.viewer))
    found = queue()
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([comment_row(comment) for comment in found[: asked.limit + 1]], asked.limit)


@router.post("/comments/{comment_id}/approval", auth=Scope("community:write", staff=True), response={204: None})
@once
def approve_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """It may stand: it is shown if it waited, and reports on it are settled."""
    approve(_kept(request, comment_id), by=request.viewer)
    return nothing()


@router.post("/comments/{comment_id}/restoration", auth=Scope("community:write", staff=True), response={204: None})
@once
def restore_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """Bring back what was removed; 409 `community.not_removed` for what was not."""
    restore(_kept(request, comment_id), by=request.viewer)
    return nothing()


@router.post("/comments/{comment_id}/endorsement", auth=Scope("community:write", staff=True), response={204: None})
@once
def endorse_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """Speak for the house with a comment of staff; 409 `community.not_staff` for any other."""
    make_official(_kept(request, comment_id), by=request.viewer)
    return nothing()


@router.delete("/comments/{comment_id}/endorsement", auth=Scope("community:write", staff=True), response={204: None})
@once
def unendorse_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """It counts as any other comment again."""
    make_official(_kept(request, comment_id), by=request.viewer, is_official=False)
    return nothing()


@router.post(
    "/comments/{comment_id}/correction",
    auth=Scope("knowledge:write", staff=True),
    response={201: CommentCorrectionOut},
)
@once
def correct_by_comment(request: ApiRequest, comment_id: Path[Id]) -> HttpResponse:
    """It says that the article is wrong: have that put right. The same comment opens one correction."""
    require(request.viewer.is_staff)
    correction = make_correction(_comment(request, comment_id), by=request.viewer)
    return answer({"correction_id": correction.pk}, status=201)


@router.get("/comment-terms", auth=Scope("community:read"), response=CommentTermsOut)
def read_comment_terms(request: ApiRequest) -> HttpResponse:
    """Who may comment. One statement."""
    return answer({"open_to": open_to()})


@router.put("/comment-terms", auth=Scope("community:write", staff=True), response=CommentTermsOut)
@once
def set_comment_terms(request: ApiRequest, given: CommentTermsGiven) -> HttpResponse:
    """Have others comment, or fewer."""
    require(may_run(request.viewer))
    set_terms(open_to=given.open_to, by=request.viewer)
    return answer({"open_to": open_to()})


def _shelf(request: ApiRequest, pk: int) -> Category:
    require(may_approve(request.viewer))
    return get_object_or_404(Category, pk=pk)


def _article(request: ApiRequest, pk: int) -> Article:
    article = _text(request, pk).article
    require(may_keep(request.viewer, article) or may_decide(request.viewer, article))
    return article


@router.put("/articles/{text_id}/comments/closing", auth=Scope("community:write", staff=True), response={204: None})
@once
def close_comments(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Have nobody comment on this article, in whatever language."""
    close(_article(request, text_id), by=request.viewer)
    return nothing()


@router.delete("/articles/{text_id}/comments/closing", auth=Scope("community:write", staff=True), response={204: None})
@once
def open_comments(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Have people comment on it again."""
    close(_article(request, text_id), by=request.viewer, is_closed=False)
    return nothing()


@router.put(
    "/article-categories/{category_id}/comments-closing",
    auth=Scope("community:write", staff=True),
    response={204: None},
)
@once
def close_shelf_comments(request: ApiRequest, category_id: Path[Id]) -> HttpResponse:
    """Have nobody comment on what stands in this category, and in those within."""
    close(_shelf(request, category_id), by=request.viewer)
    return nothing()


@router.delete(
    "/article-categories/{category_id}/comments-closing",
    auth=Scope("community:write", staff=True),
    response={204: None},
)
@once
def open_shelf_comments(request: ApiRequest, category_id: Path[Id]) -> HttpResponse:
    """Have people comment there again."""
    close(_shelf(request, category_id), by=request.viewer, is_closed=False)
    return nothing()
