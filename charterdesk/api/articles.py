"""The help centre: what may be read, and the way of a draft to its readers."""

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
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Given, Id, Moment, Size, line, one_of
from charterdesk.base.refused import require
from charterdesk.knowledge.actions import deciding
from charterdesk.knowledge.actions.categories import drop_category, save_category
from charterdesk.knowledge.actions.keeping import review
from charterdesk.knowledge.actions.writing import (
    Words,
    begin_article,
    discard_draft,
    newest_of,
    restore,
    translate,
    write,
)
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.models import Article, ArticleText, ArticleVersion, Category
from charterdesk.knowledge.policies import may_approve, may_decide, may_write
from charterdesk.people.models import LANGUAGES

router = Router(tags=["The help centre"])
Language = Annotated[str, one_of(code for code, _name in LANGUAGES)]
Title = Annotated[str, line(200, least=1)]
Summary = Annotated[str, line(400)]
Body = Annotated[str, line(500_000)]
MOST_VERSIONS = 100
Names = Annotated[
    dict[Annotated[str, one_of(code for code, _name in LANGUAGES)], Annotated[str, line(300)]],
    Field(json_schema_extra={"additionalProperties": False}),
]
COLUMNS = ("id", "parent_id", "slug", "names", "intros", "position", "audience")


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


class CategoryOut(BaseModel):
    """A shelf of the help centre."""

    id: int
    parent_id: int | None
    slug: str
    names: dict[str, str] = Field(description="By language.")
    intros: dict[str, str]
    position: int
    audience: str = Field(description="public, signed-in or staff: the most who may read what stands here.")


class NewCategory(Given):
    """A shelf to make; on another it is for no more people than that."""

    names: Names
    intros: Names = Field(default_factory=dict)
    parent_id: Id | None = None
    audience: Annotated[str, one_of(code for code, _name in Category.AUDIENCES)] = "public"


class CategoryChanges(Given):
    """What of a shelf is to differ; what is left out stays."""

    names: Names = ABSENT
    intros: Names = ABSENT
    parent_id: Id | None = ABSENT
    audience: Annotated[str, one_of(code for code, _name in Category.AUDIENCES)] = ABSENT
    position: Annotated[int, Field(ge=0, le=10_000), WHOLE] = ABSENT


class Categories(BaseModel):
    """All shelves, in order."""

    items: list[CategoryOut]


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


class Approval(Given):
    """A yes to a draft."""

    is_looked_over: bool = Field(False, description="Of a solution: what looks personal in it is not.")


class ArticlePublication(Given):
    """When readers see it; left out: now."""

    at: Moment = ABSENT
    is_again: bool = Field(False, description="What was withdrawn, as it was.")


class ToDo(Given):
    """What is still to be done."""

    note: Annotated[str, line(300, least=1)] = Field(examples=["Name the tools."])


class ArticleVersionOut(BaseModel):
    """One version: who wrote it when, and why."""

    number: int
    title: str
    summary: str
    note: str = Field(description="What changed, in the writer's words.")
    written_by: str = Field(examples=["agent:5"])
    written_at: datetime
    approved_by: str
    approved_at: datetime | None
    published_at: datetime | None


class ArticleVersionText(ArticleVersionOut):
    """A version with what it says."""

    version_html: str


class ArticleVersions(BaseModel):
    """Versions, the newest first."""

    items: list[ArticleVersionOut]


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


@router.get("/article-categories", auth=Scope("knowledge:read"), response=Categories)
def list_categories(request: ApiRequest) -> HttpResponse:
    """The shelves on which the asker may read something; for staff, all. One statement."""
    found = Category.objects.order_by("position", "pk")
    if not request.viewer.is_staff:
        mine = ArticleText.objects.visible_to(request.viewer).live()
        found = found.filter(articles__texts__in=mine).distinct()
    return answer({"items": list(found.values(*COLUMNS))})


def _shelf(category: Category) -> dict[str, Any]:
    return {name: getattr(category, name) for name in COLUMNS}


def _parent(pk: int | None) -> Category | None:
    return get_object_or_404(Category, pk=pk) if pk else None


@router.post("/article-categories", auth=Scope("knowledge:write", staff=True), response={201: CategoryOut})
@once
def make_category(request: ApiRequest, given: NewCategory) -> HttpResponse:
    """Make a shelf; 409 `knowledge.no_name`, `knowledge.too_deep`."""
    require(may_approve(request.viewer))
    made = save_category(
        by=request.viewer,
        names=given.names,
        intros=given.intros,
        parent=_parent(given.parent_id),
        audience=given.audience,
    )
    return answer(_shelf(made), status=201)


@router.patch("/article-categories/{category_id}", auth=Scope("knowledge:write", staff=True), response=CategoryOut)
@once
def change_category(request: ApiRequest, category_id: Path[Id], given: CategoryChanges) -> HttpResponse:
    """Rename a shelf, move it, or have it for others; 409 `knowledge.no_name`, `knowledge.too_deep`."""
    require(may_approve(request.viewer))
    found = get_object_or_404(Category.objects.select_related("parent", "brand"), pk=category_id)
    sent = given.sent()
    changed = save_category(
        found,
        by=request.viewer,
        names=sent.get("names", found.names),
        intros=sent.get("intros", found.intros),
        parent=_parent(given.parent_id) if "parent_id" in sent else found.parent,
        brand=found.brand,
        position=sent.get("position"),
        audience=sent.get("audience", found.audience),
    )
    return answer(_shelf(changed))


@router.delete("/article-categories/{category_id}", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def remove_category(request: ApiRequest, category_id: Path[Id]) -> HttpResponse:
    """Take an empty shelf away; 409 `knowledge.not_empty`."""
    require(may_approve(request.viewer))
    drop_category(get_object_or_404(Category, pk=category_id), by=request.viewer)
    return nothing()


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


@router.get("/articles/{text_id}/versions", auth=Scope("knowledge:read", staff=True), response=ArticleVersions)
def list_versions(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """The last hundred versions of an article in one language, the newest first. Two statements."""
    found = seen_text(request, text_id).versions.order_by("-number").values(*ArticleVersionOut.model_fields)
    return answer({"items": list(found[:MOST_VERSIONS])})


@router.get(
    "/articles/{text_id}/versions/{version_number}",
    auth=Scope("knowledge:read", staff=True),
    response=ArticleVersionText,
)
def read_article_version(request: ApiRequest, text_id: Path[Id], version_number: Path[Id]) -> HttpResponse:
    """What one version of an article says. Two statements."""
    found = get_object_or_404(seen_text(request, text_id).versions, number=version_number)
    row = {name: getattr(found, name) for name in ArticleVersionOut.model_fields}
    return answer({**row, "version_html": editable(found.body)})


@router.post(
    "/articles/{text_id}/versions/{version_number}/restoration",
    auth=Scope("knowledge:write", staff=True),
    response=ArticleDraftOut,
)
@once
def bring_version_back(request: ApiRequest, text_id: Path[Id], version_number: Path[Id]) -> HttpResponse:
    """Have the draft say what a former version said."""
    text = seen_text(request, text_id)
    restore(text, get_object_or_404(ArticleVersion, text=text, number=version_number), by=request.viewer)
    return answer(draft_row(text))


@router.post("/articles/{text_id}/review", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def say_still_right(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Say that you looked, and the article is still right: its next look is put off."""
    review(seen_text(request, text_id).article, by=request.viewer)
    return nothing()


@router.post("/articles/{text_id}/return", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def hand_back(request: ApiRequest, text_id: Path[Id], given: ToDo) -> HttpResponse:
    """Give a draft back to who wrote it, and say what is still to be done; 409 where none was handed in."""
    deciding.send_back(seen_text(request, text_id, approves=True), by=request.viewer, note=given.note)
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


@router.post("/articles/{text_id}/submission", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def submit(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Hand the draft in; 409 `knowledge.nothing_drafted` where there is none."""
    deciding.submit(seen_text(request, text_id), by=request.viewer)
    return nothing()


@router.post("/articles/{text_id}/approval", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def approve(request: ApiRequest, text_id: Path[Id], given: Approval | None = None) -> HttpResponse:
    """Say yes to what somebody else wrote; 409 `knowledge.own_words` to who wrote it.

    A solution that holds what looks personal is a 409 `knowledge.looks_personal`, which names it.
    """
    text = seen_text(request, text_id, approves=True)
    deciding.approve(text, by=request.viewer, is_looked_over=bool(given and given.is_looked_over))
    return nothing()


@router.post("/articles/{text_id}/publication", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def publish(request: ApiRequest, text_id: Path[Id], given: ArticlePublication) -> HttpResponse:
    """Have readers see the approved draft, now or at a time, or what was withdrawn.

    409 `knowledge.not_approved`, `knowledge.not_withdrawn`.
    """
    text = seen_text(request, text_id, approves=True)
    if given.is_again:
        deciding.publish_again(text, by=request.viewer)
    elif "at" in given.sent():
        deciding.schedule(text, at=given.at, by=request.viewer)
    else:
        deciding.publish_text(text, by=request.viewer)
    return nothing()


@router.delete("/articles/{text_id}/publication", auth=Scope("knowledge:write", staff=True), response={204: None})
@once
def withdraw(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Take it away from readers; 409 `knowledge.not_published`."""
    deciding.withdraw(seen_text(request, text_id, approves=True), by=request.viewer)
    return nothing()
