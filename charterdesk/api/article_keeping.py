"""Looking after articles: all of them with where they stand, who may read them and keeps them, and their files."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, file_answer, nothing, page_of, read_cursor, state_answer
from charterdesk.api.articles import Language, seen_text
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Asked, Cursor, Date, Given, Id, Size, line, one_of
from charterdesk.api.messages import FileOut
from charterdesk.api.ticket_opening import no_such
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.refused import require
from charterdesk.knowledge.actions.files import add_file, remove_file
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, Category
from charterdesk.knowledge.policies import may_decide, may_see_knowledge
from charterdesk.knowledge.queries import drafts
from charterdesk.people.models import Agent, Organisation
from charterdesk.tickets.letting_go import let_go
from charterdesk.ui.files import file_response

router = Router(tags=["The help centre"])
FILE = ("id", "filename", "content_type", "size", "is_inline")
TERMS = (
    "category_id",
    "kind",
    "audience",
    "organisation_ids",
    "owner_id",
    "review_on",
    "review_days",
    "labels",
    "position",
)


class StandingOut(BaseModel):
    """An article in one language, whether or not readers see it, and what is to be done about it."""

    text_id: int
    article_id: int
    title: str
    language: str = Field(examples=["en"])
    standing: str = Field(description="draft, review, approved, published or withdrawn", examples=["draft"])
    is_live: bool = Field(description="Readers see a version of it.")
    audience: str = Field(examples=["public"])
    category_id: int
    owner_id: int | None
    review_on: date | None = Field(description="When it is to be looked at again.")
    is_behind: bool = Field(description="A translation of which the original says more by now.")
    has_correction: bool = Field(description="Something in it is to be put right.")
    changed_at: datetime


class Standings(BaseModel):
    """Some articles; `next` is the cursor of the next page, null at the end."""

    items: list[StandingOut]
    next: str | None


class StandingsAsked(Asked):
    """Which articles."""

    standing: Annotated[str, one_of(["scheduled", *(code for code, _name in ArticleText.STATES)])] = ABSENT
    language: Language = Field(ABSENT, examples=["en"])
    owner_id: Id = ABSENT
    category_id: Id = ABSENT
    due: bool = Field(False, description="Only those to be looked at again by today.")
    behind: bool = Field(False, description="Only translations of which the original says more by now.")
    words: Annotated[str, line(100)] = Field("", description="In the title, or a label.")
    cursor: Cursor = ""
    limit: Size = 50


class ArticleTermsOut(BaseModel):
    """Where an article stands in all its languages, who may read it and who looks after it."""

    article_id: int
    category_id: int
    kind: str = Field(examples=["article"])
    audience: str = Field(examples=["public"])
    organisation_ids: list[int] = Field(description="For the audience `organisation`: whose people read it.")
    owner_id: int | None
    review_on: date | None
    review_days: int = Field(description="It is looked at again after so many days.", examples=[365])
    labels: list[str] = Field(examples=[["meter"]])
    position: int


class ArticleTerms(Given):
    """What becomes different; what is left out stays."""

    category_id: Id = ABSENT
    kind: Annotated[str, one_of(code for code, _name in Article.WRITTEN)] = Field(ABSENT, examples=["article"])
    audience: Annotated[str, one_of(code for code, _name in Article.AUDIENCES)] = Field(ABSENT, examples=["public"])
    organisation_ids: list[Id] = Field(ABSENT, max_length=200, examples=[[]])
    owner_id: Id | None = Field(ABSENT, description="null: nobody.", examples=[None])
    review_on: Date = ABSENT
    review_days: Annotated[int, Field(ge=1, le=3650), WHOLE] = ABSENT
    labels: list[Annotated[str, line(40)]] = Field(ABSENT, max_length=20, examples=[["meter"]])
    position: Annotated[int, Field(ge=0, le=10_000), WHOLE] = ABSENT


class ArticleFiles(BaseModel):
    """Pictures and files of an article, in all its languages."""

    items: list[FileOut]


class NewArticleFile(Given):
    """A file for an article."""

    upload: Upload = Field(description="What `POST /uploads` gave.")
    is_inline: bool = Field(False, description="A picture that stands in the text, as `/help/files/<id>`.")


@router.get("/article-standings", auth=Scope("knowledge:read", staff=True), response=Standings)
def list_article_standings(request: ApiRequest, asked: Query[StandingsAsked]) -> HttpResponse:
    """Every article in every language, drafts as well, the latest changed first. Two statements."""
    require(may_see_knowledge(request.viewer))
    wanted = drafts.Asked(
        state=asked.standing or "",
        language=asked.language or "",
        owner_id=asked.owner_id,
        category_id=asked.category_id,
        is_due=asked.due,
        is_behind=asked.behind,
        words=asked.words,
        today=timezone.localdate(),
    )
    found = drafts.listed(wanted).filter(pk__in=ArticleText.objects.visible_to(request.viewer).values("pk"))
    if asked.cursor:
        changed_at, pk = read_cursor(asked.cursor, datetime, int)
        found = found.filter(Q(changed_at__lt=changed_at) | Q(changed_at=changed_at, pk__lt=pk))
    rows = [_standing(text) for text in found[: asked.limit + 1]]
    return page_of(rows, asked.limit, place=("changed_at", "text_id"))


def _standing(text: Any) -> dict[str, Any]:
    home = text.article
    return {
        "text_id": text.pk,
        "article_id": home.pk,
        "standing": text.state,
        **{name: getattr(text, name) for name in ("title", "language", "is_live", "changed_at")},
        **{name: getattr(home, name) for name in ("audience", "category_id", "owner_id", "review_on")},
        **{name: getattr(text, name) for name in ("is_behind", "has_correction")},
    }


@router.get("/articles/{text_id}/terms", auth=Scope("knowledge:read", staff=True), response=ArticleTermsOut)
def read_article_terms(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """Where an article stands, who may read it and who looks after it, with the ETag of that. One statement."""
    return state_answer(request, _terms(seen_text(request, text_id).article))


def _terms(article: Article) -> dict[str, Any]:
    return {"article_id": article.pk, **{name: getattr(article, name) for name in TERMS}}


@router.patch("/articles/{text_id}/terms", auth=Scope("knowledge:write", staff=True), response=ArticleTermsOut)
@once
def change_article_terms(request: ApiRequest, text_id: Path[Id], given: ArticleTerms) -> HttpResponse:
    """Move an article, have others read it or look after it; 409 `knowledge.no_organisation`.

    What readers see already is moved by who approves.
    """
    text = seen_text(request, text_id)
    article = text.article
    require(may_decide(request.viewer, article) or not text.is_live)
    check_state(request, _terms(article))
    sent = {**_terms(article), **given.sent()}
    terms = Terms(
        category=_named(Category, sent["category_id"], "category"),
        owner=_named(Agent, sent["owner_id"], "agent") if sent["owner_id"] else None,
        **{name: sent[name] for name in TERMS if name not in ("category_id", "owner_id")},
    )
    known = Organisation.objects.filter(pk__in=terms.organisation_ids).count()
    if known < len(set(terms.organisation_ids)):
        raise no_such("organisation")
    keep(article, terms, by=request.viewer)
    return state_answer(request, _terms(article))


def _named(model: Any, pk: int, what: str) -> Any:
    found = model.objects.filter(pk=pk).first()
    if found is None:
        raise no_such(what)
    return found


@router.get("/articles/{text_id}/files", auth=Scope("knowledge:read"), response=ArticleFiles)
def list_article_files(request: ApiRequest, text_id: Path[Id]) -> HttpResponse:
    """The pictures and files of an article you may read. Two statements."""
    text = get_object_or_404(ArticleText.objects.visible_to(request.viewer), pk=text_id)
    return answer({"items": list(ArticleFile.objects.filter(article=text.article_id).order_by("pk").values(*FILE))})


@router.post("/articles/{text_id}/files", auth=Scope("knowledge:write", staff=True), response={201: FileOut})
@once
def add_article_file(request: ApiRequest, text_id: Path[Id], given: NewArticleFile) -> HttpResponse:
    """Add a picture or a file to an article; 409 `scanning.infected`, `api.no_such_upload`."""
    text = seen_text(request, text_id)
    (file,) = files_of(request, [given.upload])
    made = add_file(
        text.article,
        filename=file.filename,
        stream=file.stream,
        content_type=file.content_type,
        is_inline=given.is_inline,
    )
    return answer({name: getattr(made, name) for name in FILE}, status=201)


@router.delete(
    "/articles/{text_id}/files/{article_file_id}", auth=Scope("knowledge:write", staff=True), response={204: None}
)
@once
def remove_article_file(request: ApiRequest, text_id: Path[Id], article_file_id: Path[Id]) -> HttpResponse:
    """Take a file off an article."""
    text = seen_text(request, text_id)
    let_go([remove_file(get_object_or_404(ArticleFile, pk=article_file_id, article=text.article))])
    return nothing()


@router.get(
    "/article-files/{article_file_id}",
    auth=Scope("knowledge:read"),
    response={200: None},
    openapi_extra=file_answer("application/octet-stream", "The file, as it is."),
)
def read_article_file(request: ApiRequest, article_file_id: Path[Id]) -> HttpResponseBase:
    """Download a file of an article you may read; staff read those of drafts, too. Two statements."""
    seen = ArticleText.objects.visible_to(request.viewer)
    found = get_object_or_404(ArticleFile.objects.filter(article__texts__in=seen).distinct(), pk=article_file_id)
    return file_response(found.sha256, filename=found.filename, content_type="application/octet-stream")
