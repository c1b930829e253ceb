"""Articles in and out: a zip of Markdown or HTML, or a table; and Markdown pasted into the editor."""

import io
import tempfile
from collections.abc import Iterable
from typing import IO, Any, cast

from django import forms
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.files import open_stored
from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.importing import Imported, import_text
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.markdown import body_of
from charterdesk.knowledge.packing import read_csv, read_zip, table_of_all, write_zip
from charterdesk.knowledge.policies import may_approve, may_write
from charterdesk.workspace.controls import me
from charterdesk.workspace.knowledge.lists import rooms
from charterdesk.workspace.knowledge.paths import knowledge_path
from charterdesk.workspace.staff import StaffRequest

MOST_TEXT = 500_000


class ImportForm(forms.Form):
    """A file of articles, and whether readers see them at once."""

    file = forms.FileField(label=gettext_lazy("A zip of Markdown or HTML files, or a CSV table"))
    is_published = forms.BooleanField(
        label=gettext_lazy("Publish at once"),
        required=False,
        help_text=gettext_lazy("For what was published elsewhere already; else everything comes as a draft."),
    )


def take_in(request: StaffRequest) -> HttpResponse:
    """GET knowledge/import: the form; POST takes the articles over, and says which it could not."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, **rooms(request, "import")}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        read = read_csv if (upload.name or "").lower().endswith(".csv") else read_zip
        try:
            context |= _import(request, read(cast(IO[bytes], upload)), is_published=form.cleaned_data["is_published"])
        except Refused as refused:
            form.add_error("file", refused.message)
    return render(request, "workspace/knowledge/import.html", context, status=422 if form.errors else 200)


def _import(request: StaffRequest, found: Iterable[Imported], *, is_published: bool) -> dict[str, Any]:
    """One after the other, each whole or not at all."""
    taken, failed, owner = 0, [], me(request)
    for each in found:
        try:
            import_text(each, by=request.viewer, owner=owner, is_published=is_published)
            taken += 1
        except Refused as refused:
            failed.append((each.place, refused.message))
    return {"is_done": True, "taken": taken, "failed": failed}


def _sent(file: IO[bytes], content_type: str, kind: str) -> FileResponse:
    """Hand `file` out; the response closes it when it has left."""
    file.seek(0)
    name = f"articles-{timezone.localdate()}.{kind}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)


def give_zip(request: StaffRequest) -> FileResponse:
    """GET knowledge/export.zip: every article in every language, with its pictures."""
    packed = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    write_zip(packed, open_stored)
    return _sent(packed, "application/zip", "zip")


def give_csv(request: StaffRequest) -> FileResponse:
    """GET knowledge/export.csv: every article in every language, a row each."""
    return _sent(io.BytesIO(table_of_all().encode()), "text/csv; charset=utf-8", "csv")


@require_POST
def markdown(request: StaffRequest) -> JsonResponse:
    """POST knowledge/markdown: `text` as the editor holds it."""
    text = request.POST.get("text", "")
    if len(text) > MOST_TEXT:
        return JsonResponse({"html": "", "problem": _("This is too long.")}, status=413)
    return JsonResponse({"html": editable(body_of(text))})


urls = [
    knowledge_path("import", take_in, "import_articles", may_approve),
    knowledge_path("export.zip", give_zip, "export_articles_zip", may_approve),
    knowledge_path("export.csv", give_csv, "export_articles_csv", may_approve),
    knowledge_path("markdown", markdown, "article_markdown", may_write),
]
