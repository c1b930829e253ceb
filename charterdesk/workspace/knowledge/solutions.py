"""Solutions for customers: what solved requests, cleaned, looked over by a person and approved."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.keys import split_key
from charterdesk.base.refused import require
from charterdesk.knowledge.actions import deciding
from charterdesk.knowledge.actions.keeping import Terms, keep
from charterdesk.knowledge.actions.writing import Words, discard_draft, newest_of, write
from charterdesk.knowledge.bodies import body_text
from charterdesk.knowledge.impersonal import left_personal
from charterdesk.knowledge.models import Article, ArticleText, ArticleVersion, Category, Correction
from charterdesk.knowledge.policies import may_approve_solutions, may_write
from charterdesk.knowledge.queries.shelves import first_category
from charterdesk.people.models import LANGUAGES
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions.articles import draft_solution, pass_over
from charterdesk.tickets.answered import solutions_to_share
from charterdesk.tickets.cleaning import removed_from, told_on
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.knowledge.lists import categories_named, rooms
from charterdesk.workspace.knowledge.paths import knowledge_path
from charterdesk.workspace.staff import StaffRequest, say, staff_path

SHOWN, MOST_BODY = 50, 20_000
FIELDS = {"knowledge.no_title": "title", "knowledge.looks_personal": "is_looked_over"}


class SolutionForm(forms.Form):
    """What customers read, as plain text."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    summary = forms.CharField(
        label=gettext_lazy("What was asked"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    body = forms.CharField(
        label=gettext_lazy("What solved it"),
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
    )
    category = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=int)
    audience = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=Article.AUDIENCES[:2])
    is_looked_over = forms.BooleanField(
        label=gettext_lazy("I read all of it: nothing personal is left"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories_named()  # type: ignore[attr-defined]

    def words(self, newest: ArticleVersion) -> Words:
        """What was written; where the text is what it was, its form stays, too."""
        given = self.cleaned_data
        is_same = _lines(given["body"]) == _lines(body_text(newest.body))
        body = newest.body if is_same else linebreaks(given["body"], autoescape=True)
        return Words(title=given["title"], summary=given["summary"], body=body, note=newest.note)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def solutions(request: StaffRequest) -> HttpResponse:
    """GET knowledge/solutions: solutions to share, those in work, those customers find. At most ten statements."""
    found = ArticleText.objects.visible_to(request.viewer).filter(article__kind=Article.SOLUTION)
    texts = found.select_related("article__category").defer("body", "text").order_by("-changed_at", "-pk")
    wrong = Correction.objects.filter(article__kind=Article.SOLUTION, state=Correction.OPEN)
    context = {
        "suggestions": solutions_to_share(request.viewer),
        "drafts": list(texts.filter(is_live=False).exclude(state=ArticleText.WITHDRAWN)[:SHOWN]),
        "shared": list(texts.filter(is_live=True)[:SHOWN]),
        "withdrawn": list(texts.filter(state=ArticleText.WITHDRAWN)[:SHOWN]),
        "wrong": set(wrong.values_list("article_id", flat=True)),
        "may_share": may_approve_solutions(request.viewer),
        **rooms(request, "solutions"),
    }
    return render(request, "workspace/knowledge/solutions.html", context)


@require_POST
def share(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/shared-solution: clean what solved it and open it; the same one when it was made before."""
    ticket = workable(request, number)
    require(may_write(request.viewer))
    home = first_category()
    if home is None:
        say(request, _("Make a category first."))
        return redirect("workspace:knowledge")
    text = draft_solution(ticket, by=request.viewer, category=home, owner=me(request))
    return redirect("workspace:solution", text.pk)


@require_POST
def leave(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/kept-solution: it is not for customers, and not offered again."""
    pass_over(workable(request, number), by=request.viewer)
    say(request, _("It is not offered any more."))
    return redirect("workspace:solutions")


def solution(request: StaffRequest, pk: int) -> HttpResponse:
    """GET knowledge/solutions/<id>: what customers will read, beside what was said. POST keeps it, or approves it.

    At most twelve statements.
    """
    text = _seen(request, pk)
    require("approve" not in request.POST or may_approve_solutions(request.viewer))
    newest = newest_of(text)
    form = SolutionForm(request.POST or None, initial=_initial(text, newest))
    if request.method == "POST" and form.is_valid():
        if carried_out(form, lambda: _keep(request, text, newest, form), fields=FIELDS) and (
            "approve" not in request.POST or carried_out(form, lambda: _approve(request, text, form), fields=FIELDS)
        ):
            say(request, _("Customers find it now.") if "approve" in request.POST else _("Kept as a draft."))
            return redirect("workspace:solution", text.pk)
        newest = newest_of(text)
    context = {"form": form, **_around(request, text, newest)}
    return render(request, "workspace/knowledge/solution.html", context, status=422 if form.errors else 200)


def _seen(request: StaffRequest, pk: int) -> ArticleText:
    found = ArticleText.objects.visible_to(request.viewer).filter(article__kind=Article.SOLUTION)
    return get_object_or_404(found.select_related("article__category", "article__owner"), pk=pk)


def _initial(text: ArticleText, newest: ArticleVersion) -> dict[str, Any]:
    return {
        "title": newest.title,
        "summary": newest.summary,
        "body": body_text(newest.body),
        "category": text.article.category_id,
        "audience": text.article.audience,
    }


def _keep(request: StaffRequest, text: ArticleText, newest: ArticleVersion, form: SolutionForm) -> None:
    """Keep what was written. Where a shared one stands is for those who approve."""
    write(text, form.words(newest), by=request.viewer)
    given, article = form.cleaned_data, text.article
    if text.is_live and not may_approve_solutions(request.viewer):
        return
    if (given["category"], given["audience"]) != (article.category_id, article.audience):
        terms = Terms(
            category=Category.objects.get(pk=given["category"]),
            kind=Article.SOLUTION,
            audience=given["audience"],
            owner=article.owner,
            review_days=article.review_days,
            labels=article.labels,
        )
        keep(article, terms, by=request.viewer)


def _approve(request: StaffRequest, text: ArticleText, form: SolutionForm) -> None:
    deciding.approve(text, by=request.viewer, is_looked_over=form.cleaned_data["is_looked_over"])
    deciding.publish_text(text, by=request.viewer)


def _around(request: StaffRequest, text: ArticleText, newest: ArticleVersion) -> dict[str, Any]:
    """What stands beside the form: the ticket it was made of, for who may see it, with what was taken out."""
    ticket = _ticket_of(text, request.viewer)
    texts = {each.language: each for each in text.article.texts.all()}
    return {
        "text": text,
        "newest": newest,
        "ticket": ticket,
        "original": removed_from(ticket, told_on(ticket)) if ticket else None,
        "left": left_personal(newest, text.language),
        "corrections": list(text.article.corrections.filter(state=Correction.OPEN).select_related("owner")),
        "languages": [(code, name, texts.get(code)) for code, name in LANGUAGES],
        "may_share": may_approve_solutions(request.viewer),
        **rooms(request, "solutions"),
    }


def _ticket_of(text: ArticleText, viewer: Viewer) -> Ticket | None:
    if not text.article.about.startswith("ticket:"):
        return None
    seen = Ticket.objects.visible_to(viewer).select_related("contact", "organisation")
    return seen.filter(pk=split_key(text.article.about)[1]).first()


@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/solutions/<id>/withdrawal: customers do not find it any more; with `again`, they do."""
    text = _seen(request, pk)
    if "again" in request.POST:
        deciding.publish_again(text, by=request.viewer)
        say(request, _("Customers find it again."))
    else:
        deciding.withdraw(text, by=request.viewer)
        say(request, _("Customers do not find it any more. It stays here."))
    return redirect("workspace:solution", text.pk)


@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """POST knowledge/solutions/<id>/removal: throw the draft away."""
    text = _seen(request, pk)
    was_live = text.live_number
    discard_draft(text, by=request.viewer)
    say(request, _("Draft thrown away."))
    return redirect("workspace:solution", pk) if was_live else redirect("workspace:solutions")


urls = [
    knowledge_path("solutions", solutions, "solutions", may_write),
    knowledge_path("solutions/<int:pk>", solution, "solution", may_write),
    knowledge_path("solutions/<int:pk>/withdrawal", withdraw, "withdraw_solution", may_approve_solutions),
    knowledge_path("solutions/<int:pk>/removal", discard, "discard_solution", may_write),
    staff_path("tickets/<int:number>/shared-solution", share, name="share_solution"),
    staff_path("tickets/<int:number>/kept-solution", leave, name="keep_solution_inside"),
]
