"""The help centre: what may be read, and what is drafted."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.base.refused import require
from charterdesk.knowledge.actions.writing import (
    Words,
    begin_article,
    discard_draft,
    newest_of,
    translate,
    write,
)
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.models import Article, ArticleText, Category
from charterdesk.knowledge.policies import may_approve, may_decide, may_write
from charterdesk.people.models import LANGUAGES

router = Router(tags=["The help centre"])
Language = Annotated[str, one_of(code for code, _name in LANGUAGES)]
Title = Annotated[str, line(200, least=1)]
Summary = Annotated[str, line(400)]
Body = Annotated[str, line(500_000)]


class ArticleOut(BaseModel):
    """An article in one language, as readers see it."""

    id: int
    article_id: int = Field(description="The same in every language.")
    language: str = Field(examples=["en"])
    title: str
    summary: str
    html: str = Field(description="Safe HTML; pictures lie at the desk.")
    url: str
    category_id: int
    kind: str = Field(examples=["article"])
    labels: list[str]
    published_at: datetime | None
    changed_at: datetime


class ArticlePage(BaseModel):
    """Some articles; `next` is the cursor of the next page, null at the end."""

    items: list[ArticleOut]
    next: str | None


class ArticleDraftOut(BaseModel):
    """The newest version of an article in one language, and where it stands."""

    text_id: int
    draft_title: str
    draft_summary: str
    draft_html: str
    standing: str = Field(description="draft, review, approved, published or withdrawn", examples=["draft"])
    newest_number: int
    live_number: int = Field(description="The version readers see; 0 before they see one.")
    publish_at: datetime | None
    audience: str = Field(examples=["public"])


class ArticlesAsked(Asked):
    """Which articles."""

    language: Language = Field(ABSENT, examples=["en"])
    category_id: Id = ABSENT
    cursor: Cursor = ""
    limit: Size = 50


class NewArticle(Given):
    """An article to begin; it is a draft."""

    category_id: Id
    title: Title = Field(examples=["Read your meter"])
    summary: Summary = ""
    html: Body = ""
    language: Language = "en"
    kind: Annotated[str, one_of(code for code, _name in Article.KINDS)] = "article"
    audience: Annotated[str, one_of(["public", "signed-in", "staff"])] = "public"


class ArticleWords(Given):
    """What the draft says from now on; what is left out stays."""

    title: Title = ABSENT
    summary: Summary = ABSENT
    html: Body = ABSENT
    note: Annotated[str, line(300)] = Field("", description="What changed, and why.")
    is_current: bool = Field(False, description="A translation was brought up to what the original says now.")


class Translation(Given):
    """The article in another language; it is a draft."""

    language: Language
    title: Title = Field(examples=["Den Zähler ablesen"])
    summary: Summary = ""
    html: Body = ""


@router.get("/articles", auth=Scope("knowledge:read"), response=ArticlePage)
def list_articles(request: ApiRequest, asked: Query[ArticlesAsked]) -> HttpResponse:
    """The articles the asker may read, in every language, as readers see them. One statement."""
    found = ArticleText.objects.visible_to(request.viewer).live().select_related("article").order_by("pk")
    if asked.language:
        found = found.filter(language=asked.language)
    if asked.category_id:
        found = found.filter(article__category_id=asked.category_id)
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(request, text) for text in found[: asked.limit + 1]], asked.limit)


def _row(request: ApiRequest, text: ArticleText) -> dict[str, Any]:
    return {
        "id": text.pk,
        "article_id": text.article_id,
        "language": text.language,
        "title": text.title,
        "summary": text.summary,
        "html": editable(text.body),
        "url": request.build_absolute_uri(reverse("portal:article", args=[text.language, text.slug])),
        "category_id": text.article.category_id,
        "kind": text.article.kind,
        "labels": text.article.labels,
        "published_at": text.published_at,
        "changed_at": text.changed_at,
    }


@router.get("/articles/{text_id}", auth=Scope("knowledge:read"), response=ArticleOut)
def read_article(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """One article in one language. One statement."""
    found = ArticleText.objects.visible_to(request.viewer).live().select_related("article")
    return answer(_row(request, get_object_or_404(found, pk=text_id)))


def seen_text(request: ApiRequest, pk: int, *, approves: bool = False) -> ArticleText:
    """A text for whoever writes; `approves`, for whoever decides on it. One statement. Raises `Http404`."""
    require(may_write(request.viewer) or may_approve(request.viewer))
    text = get_object_or_404(ArticleText.objects.visible_to(request.viewer).select_related("article"), pk=pk)
    require(may_decide(request.viewer, text.article) if approves else may_write(request.viewer))
    return text


def draft_row(text: ArticleText) -> dict[str, Any]:
    """The newest version of `text`, and where it stands. One statement."""
    newest = newest_of(text)
    return {
        "text_id": text.pk,
        "draft_title": newest.title,
        "draft_summary": newest.summary,
        "draft_html": editable(newest.body),
        "standing": text.state,
        "newest_number": text.newest_number,
        "live_number": text.live_number,
        "publish_at": text.publish_at,
        "audience": text.article.audience,
    }


@router.get("/articles/{text_id}/draft", auth=Scope("knowledge:read", staff=True), response=ArticleDraftOut)
def read_draft(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """The newest version, whether or not readers see it. Two statements."""
    return answer(draft_row(seen_text(request, text_id)))


@router.post("/articles", auth=Scope("knowledge:write", staff=True), response={201: ArticleDraftOut})
@once
def begin(request: ApiRequest, given: NewArticle) -> HttpResponse:
    """Begin an article."""
    require(may_write(request.viewer))
    text = begin_article(
        Words(title=given.title, summary=given.summary, body=given.html),
        by=request.viewer,
        category=get_object_or_404(Category, pk=given.category_id),
        language=given.language,
        kind=given.kind,
        audience=given.audience,
        owner=agent_of(request),
    )
    return answer(draft_row(text), status=201)


@router.patch("/articles/{text_id}/draft", auth=Scope("knowledge:write", staff=True), response=ArticleDraftOut)
@once
def change_draft(request: ApiRequest, text_id: Path[Id], given: ArticleWords) -> HttpResponse:
    """Have the draft say something else; an approval falls."""
    text = seen_text(request, text_id)
    newest = newest_of(text)
    sent = given.sent()
    words = Words(
        title=sent.get("title", newest.title),
        summary=sent.get("summary", newest.summary),
        body=sent.get("html", editable(newest.body)),
        note=given.note,
    )
    write(text, words, by=request.viewer, is_current=given.is_current)
    return answer(draft_row(text))


@router.delete("/articles/{text_id}/draft", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def throw_draft_away(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Throw the draft away; of what nobody ever read, the text as well."""
    discard_draft(seen_text(request, text_id), by=request.viewer)
    return nothing()


@router.post(
    "/articles/{text_id}/translations", auth=Scope("knowledge:write", staff=True), response={201: ArticleDraftOut}
)
@once
def begin_translation(request: ApiRequest, text_id: Path[Id], given: Translation) -> HttpResponse:
    """Begin the article in another language."""
    text = seen_text(request, text_id)
    words = Words(title=given.title, summary=given.summary, body=given.html)
    return answer(draft_row(translate(text.article, words, language=given.language, by=request.viewer)), status=201)
