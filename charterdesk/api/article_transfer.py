"""Articles in and out: a zip of Markdown or HTML, or a table; and Markdown as articles hold it."""

import io
import tempfile
from typing import Annotated, BinaryIO, cast

from django.http import FileResponse, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, file_answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, line
from charterdesk.api.uploads import Upload, files_of
from charterdesk.base.files import open_stored
from charterdesk.base.refused import Refused, require
from charterdesk.knowledge.actions.importing import import_text
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.markdown import body_of
from charterdesk.knowledge.packing import read_csv, read_zip, table_of_all, write_zip
from charterdesk.knowledge.policies import may_approve, may_write

router = Router(tags=["The help centre"])
MOST_TEXT = 500_000


class MarkdownIn(Given):
    """A text in Markdown."""

    markdown: Annotated[str, line(MOST_TEXT)] = Field(examples=["# Read your meter"])


class HtmlOut(BaseModel):
    """The same as safe HTML, to be written into a draft."""

    html: str


class ArticleImportIn(Given):
    """A list of articles: a zip of Markdown or HTML files, or a table (`.csv`)."""

    upload: Upload = Field(description="What `POST /uploads` gave; its name says what it is.")
    is_published: bool = Field(False, description="Readers see them at once: for what was published elsewhere.")


class NotTaken(BaseModel):
    """An article that was left out, and why."""

    place: str = Field(examples=["row 7"])
    why: str


class ArticlesTaken(BaseModel):
    """What came of a list of articles."""

    taken: int
    failed: list[NotTaken]


@router.post("/markdown", auth=Scope("knowledge:read", staff=True), response=HtmlOut)
def turn_markdown(request: ApiRequest, given: MarkdownIn) -> HttpResponse:
    """Turn Markdown into the HTML that articles hold; nothing is kept. No statement."""
    require(may_write(request.viewer))
    return answer({"html": editable(body_of(given.markdown))})


@router.post("/article-imports", auth=Scope("knowledge:write", staff=True), response=ArticlesTaken)
@once
def import_articles(request: ApiRequest, given: ArticleImportIn) -> HttpResponse:
    """Take articles over from a file, each whole or not at all; which could not be is told. 409 for what is no list."""
    require(may_approve(request.viewer))
    (file,) = files_of(request, [given.upload])
    read = read_csv if file.filename.lower().endswith(".csv") else read_zip
    taken, failed, owner = 0, [], agent_of(request)
    for each in read(file.stream):
        try:
            import_text(each, by=request.viewer, owner=owner, is_published=given.is_published)
            taken += 1
        except Refused as refused:
            failed.append({"place": each.place, "why": refused.message})
    return answer({"taken": taken, "failed": failed})


@router.get(
    "/article-export/zip",
    auth=Scope("knowledge:read", staff=True),
    response={200: None},
    openapi_extra=file_answer("application/zip", "Every article as Markdown, with its pictures."),
)
def export_articles_zip(request: ApiRequest) -> FileResponse:
    """Download every article in every language as a zip of Markdown, with its pictures."""
    require(may_approve(request.viewer))
    packed = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write_zip(packed, open_stored)
    packed.seek(0)
    return _download(cast(BinaryIO, packed), "application/zip", "articles.zip")


@router.get(
    "/article-export/csv",
    auth=Scope("knowledge:read", staff=True),
    response={200: None},
    openapi_extra=file_answer("text/csv", "Every article in every language, a row each."),
)
def export_articles_csv(request: ApiRequest) -> FileResponse:
    """Download every article in every language as a table."""
    require(may_approve(request.viewer))
    return _download(io.BytesIO(table_of_all().encode()), "text/csv; charset=utf-8", "articles.csv")


def _download(file: BinaryIO | io.BytesIO, kind: str, name: str) -> FileResponse:
    found = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    found["Cache-Control"] = "no-store"
    return found
