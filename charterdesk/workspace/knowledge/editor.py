"""Writing an article: its text beside the original, pictures, terms, preview, versions and what they differ in."""

from typing import Any, BinaryIO, cast

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.comments.policies import may_keep
from charterdesk.comments.queries.reading import shut
from charterdesk.knowledge.actions.deciding import needs_somebody_else
from charterdesk.knowledge.actions.files import add_file, remove_file
from charterdesk.knowledge.actions.keeping import keep, review
from charterdesk.knowledge.actions.writing import (
    Words,
    begin_article,
    discard_draft,
    newest_of,
    restore,
    translate,
    write,
)
from charterdesk.knowledge.bodies import editable, shown
from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, ArticleVersion, Category, Correction
from charterdesk.knowledge.policies import may_decide, may_write
from charterdesk.knowledge.queries.drafts import compared, version_of
from charterdesk.people.models import LANGUAGES
from charterdesk.tickets.actions.articles import tickets_with
from charterdesk.tickets.letting_go import let_go
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.controls import me, number_in
from charterdesk.workspace.knowledge.forms import NewForm, TermsForm, WordsForm
from charterdesk.workspace.knowledge.lists import rooms
from charterdesk.workspace.knowledge.paths import knowledge_path, seen_text
from charterdesk.workspace.staff import StaffRequest, say

LATEST = 8
NO_FIELD = {"knowledge.no_title": "title", "knowledge.no_organisation": "organisations"}


def new(request: StaffRequest) -> HttpResponse:
    """GET knowledge/new: what is to be written; POST begins it. Two statements."""
    form = NewForm(
        request.POST or None, initial={"language": request.viewer.language, "title": request.GET.get("q", "")}
    )
    if not Category.objects.exists():
        return render(request, "workspace/knowledge/new.html", {"form": None, **rooms(request, "articles")})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        text = begin_article(
            Words(title=given["title"]),
            by=request.viewer,
            category=get_object_or_404(Category, pk=given["category"]),
            language=given["language"],
            kind=given["kind"],
            audience=given["audience"],
            owner=me(request),
        )
        return redirect("workspace:article", text.pk)
    status = 422 if form.errors else 200
    return render(request, "workspace/knowledge/new.html", {"form": form, **rooms(request, "articles")}, status=status)


def article(request: StaffRequest, pk: int) -> HttpResponse:
    """GET knowledge/texts/<id>: the editor and all there is about it; POST keeps the draft. Eleven statements."""
    text = seen_text(request, pk)
    if text.article.kind == Article.SOLUTION:
        return redirect("workspace:solution", text.pk)
    newest = newest_of(text)
    form = WordsForm(request.POST or None, initial={"title": newest.title, "summary": newest.summary})
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["html"]:
            form.cleaned_data["html"] = linebreaks(form.cleaned_data["body"], autoescape=True)
        is_current = form.cleaned_data["is_current"]
        if carried_out(
            form, lambda: write(text, form.words(), by=request.viewer, is_current=is_current), fields=NO_FIELD
        ):
            say(request, _("Kept as a draft."))
            return redirect("workspace:article", text.pk)
    body = form.data.get("html", "") if form.errors else editable(newest.body)
    context = {"form": form, "body": body, **_about(request, text, newest)}
    return render(request, "workspace/knowledge/article.html", context, status=422 if form.errors else 200)


def _about(request: StaffRequest, text: ArticleText, newest: ArticleVersion) -> dict[str, Any]:
    """What stands around the editor."""
    home = text.article
    several = home.texts.annotate(is_shut=shut("article"))
    texts = {each.language: each for each in several}
    is_shut: bool = vars(texts[text.language])["is_shut"]  # an annotation, of which types know nothing
    source = texts.get(home.language) if text.language != home.language else None
    corrections = home.corrections.filter(state=Correction.OPEN).select_related("owner").order_by("due_on")
    tickets, used = tickets_with(text.article_id, request.viewer, limit=LATEST)
    return {
        "text": text,
        "newest": newest,
        "terms": TermsForm(article=home),
        "languages": [(code, name, texts.get(code)) for code, name in LANGUAGES],
        "source": source,
        "source_html": shown(source.body)[0] if source else "",
        "is_behind": source is not None and source.live_number > newest.source_number,
        "files": list(home.files.filter(is_inline=False).order_by("pk")),
        "corrections": list(corrections),
        "feedback": list(text.feedback.exclude(words="").order_by("-given_at")[:LATEST]),
        "tickets": tickets,
        "used": used,
        "is_shut": is_shut,
        "needs_somebody_else": text.state == ArticleText.REVIEW and needs_somebody_else(newest, request.viewer),
        "may_close": may_keep(request.viewer, home) or may_decide(request.viewer, home),
        "today": timezone.localdate(),
        **rooms(request, "articles"),
    }


@require_POST
def set_terms(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/terms: where it stands, who may read it, who looks after it."""
    text = seen_text(request, pk)
    require(may_decide(request.viewer, text.article) or not text.is_live)
    form = TermsForm(request.POST, article=text.article)
    if form.is_valid() and carried_out(
        form, lambda: keep(text.article, form.terms(), by=request.viewer), fields=NO_FIELD
    ):
        say(request, _("Saved."))
        return redirect("workspace:article", text.pk)
    newest = newest_of(text)
    words = WordsForm(initial={"title": newest.title, "summary": newest.summary})
    context = {"form": words, "body": editable(newest.body), **_about(request, text, newest), "terms": form}
    return render(request, "workspace/knowledge/article.html", context, status=422)


@require_POST
def begin_translation(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/translations: begin it in `language`, from what this one says."""
    text = seen_text(request, pk)
    newest = newest_of(text)
    words = Words(title=newest.title, summary=newest.summary, body=newest.body, note=_("To be translated"))
    made = translate(text.article, words, language=request.POST.get("language", ""), by=request.viewer)
    return redirect("workspace:article", made.pk)


@require_POST
def add_files(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/files: pictures for the text (`inline`, answered as JSON) or files to take along."""
    text = seen_text(request, pk)
    is_inline = "inline" in request.POST
    made = [
        add_file(
            text.article,
            filename=upload.name or "",
            stream=cast(BinaryIO, upload),
            content_type=upload.content_type or "",
            is_inline=is_inline,
        )
        for upload in request.FILES.getlist("files")
    ]
    if is_inline:
        pictures = [{"url": f"/help/files/{one.pk}", "name": one.filename} for one in made if one.is_inline]
        return JsonResponse({"pictures": pictures})
    return redirect("workspace:article", text.pk)


@require_POST
def drop_file(request: StaffRequest, pk: int, file: int) -> HttpResponse:
    """POST knowledge/texts/<id>/files/<id>/removal: take a file off the article."""
    text = seen_text(request, pk)
    let_go([remove_file(get_object_or_404(ArticleFile, pk=file, article=text.article))])
    say(request, _("The file is gone."))
    return redirect("workspace:article", text.pk)


def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """GET knowledge/texts/<id>/preview: the newest version as readers will see it. Two statements."""
    text = seen_text(request, pk)
    newest = newest_of(text)
    html, _headings = shown(newest.body)
    return render(request, "workspace/knowledge/preview.html", {"text": text, "newest": newest, "html": html})


def versions(request: StaffRequest, pk: int) -> HttpResponse:
    """GET knowledge/texts/<id>/versions?from=&to=: every version, and what one says differently. Four statements."""
    text = seen_text(request, pk)
    to = version_of(text, number_in(request.GET.get("to", "")) or text.newest_number)
    if to is None:
        raise Http404
    before = version_of(text, number_in(request.GET.get("from", "")) or to.number - 1)
    context = {
        "text": text,
        "versions": list(text.versions.defer("body").order_by("-number")[:100]),
        "to": to,
        "before": before,
        "parts": compared(before, to),
        **rooms(request, "articles"),
    }
    return render(request, "workspace/knowledge/versions.html", context)


@require_POST
def bring_back(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """POST knowledge/texts/<id>/versions/<number>/draft: make a draft of an earlier version."""
    text = seen_text(request, pk)
    restore(text, get_object_or_404(ArticleVersion, text=text, number=number), by=request.viewer)
    say(request, _("It is a draft again. Readers see it once it is published."))
    return redirect("workspace:article", text.pk)


@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/removal: throw the draft away; of what nobody ever read, the text as well."""
    text = seen_text(request, pk)
    was_live = text.live_number
    discard_draft(text, by=request.viewer)
    say(request, _("Draft thrown away."))
    return redirect("workspace:article", pk) if was_live else redirect("workspace:knowledge")


@require_POST
def looked_at(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/texts/<id>/review: it is still right."""
    text = seen_text(request, pk)
    review(text.article, by=request.viewer)
    say(request, _("Noted. It comes up again when its time has come."))
    return redirect("workspace:article", pk)


ARTICLE = "texts/<int:pk>"
urls = [
    knowledge_path("new", new, "new_article", may_write),
    knowledge_path(ARTICLE, article, "article", may_write),
    knowledge_path(f"{ARTICLE}/terms", set_terms, "article_terms", may_write),
    knowledge_path(f"{ARTICLE}/translations", begin_translation, "translate_article", may_write),
    knowledge_path(f"{ARTICLE}/files", add_files, "article_files", may_write),
    knowledge_path(f"{ARTICLE}/files/<int:file>/removal", drop_file, "drop_article_file", may_write),
    knowledge_path(f"{ARTICLE}/preview", preview, "preview_article", may_write),
    knowledge_path(f"{ARTICLE}/versions", versions, "article_versions", may_write),
    knowledge_path(f"{ARTICLE}/versions/<int:number>/draft", bring_back, "restore_article", may_write),
    knowledge_path(f"{ARTICLE}/removal", discard, "discard_article", may_write),
    knowledge_path(f"{ARTICLE}/review", looked_at, "review_article", may_write),
]
