"""Articles on a ticket: those given, those that fit, one made of the solution, and that one was wrong."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.community.policies import may_moderate
from charterdesk.knowledge.bodies import editable
from charterdesk.knowledge.models import Article, ArticleText, Correction
from charterdesk.knowledge.policies import may_write
from charterdesk.knowledge.queries.shelves import first_category
from charterdesk.people.branding import address_of_team
from charterdesk.tickets.actions.articles import article_of, draft_article, say_wrong, solution_of, uses_on
from charterdesk.tickets.actions.topics import links_of
from charterdesk.tickets.answered import solved_like
from charterdesk.tickets.models import Message
from charterdesk.ui.found_articles import found_articles
from charterdesk.workspace.controls import me, number_in, workable
from charterdesk.workspace.staff import StaffRequest, is_fragment, say, staff_path
from charterdesk.workspace.tickets import changed

FITTING = 4


def articles(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/articles: given and fitting ones, the one made of it, corrections. Some ten statements."""
    ticket = workable(request, number)
    uses = uses_on(ticket)
    given = {use.text_id for use in uses}
    fitting = found_articles(request.viewer, ticket.subject, limit=FITTING + len(given), language=ticket.language)
    context = {
        "ticket": ticket,
        "uses": uses,
        "fitting": [text for text in fitting if text.pk not in given][:FITTING],
        "made": article_of(ticket),
        "shared": solution_of(ticket),
        "may_write": may_write(request.viewer),
        "topics": links_of(ticket),
        "may_publish": may_moderate(request.viewer),
        "corrections": list(Correction.objects.filter(about=ticket.key).select_related("text").order_by("pk")),
        "base": "workspace/knowledge/part.html" if is_fragment(request) else "workspace/knowledge/part_page.html",
        "place": "inbox",
    }
    return render(request, "workspace/knowledge/on_ticket.html", context)


def solved(request: StaffRequest, number: int) -> HttpResponse:
    """GET tickets/<number>/solved: solved tickets like this one, with what solved them. Some nine statements."""
    ticket = workable(request, number)
    context = {
        "ticket": ticket,
        "solved": solved_like(ticket, request.viewer, limit=FITTING),
        "base": "workspace/knowledge/part.html" if is_fragment(request) else "workspace/knowledge/part_page.html",
        "place": "inbox",
    }
    return render(request, "workspace/knowledge/solved_like.html", context)


def give(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """GET tickets/<number>/articles/<id>: the article for the composer: its text where only staff read it, else a link.

    With `whole`, its text in any case. Two statements.
    """
    ticket = workable(request, number)
    text = get_object_or_404(ArticleText.objects.visible_to(request.viewer).live().select_related("article"), pk=pk)
    is_whole = "whole" in request.GET or text.article.audience == Article.STAFF
    html = editable(text.body) if is_whole else _link(text, address_of_team(ticket.team))
    steps = render_to_string("workspace/knowledge/given.html", {"text": text}, request)
    return JsonResponse({"html": html, "kind": "reply", "steps": steps})


def _link(text: ArticleText, home: str) -> str:
    path = reverse("portal:article", args=[text.language, text.slug])
    return str(format_html('<a href="{}{}">{}</a>', home or settings.PUBLIC_URL, path, text.title))


@require_POST
def make(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/article: make an article of the solution, or of our `reply`; once for each."""
    ticket = workable(request, number)
    require(may_write(request.viewer))
    home = first_category()
    if home is None:
        say(request, _("Make a category first."))
        return redirect("workspace:knowledge")
    reply = None
    if pk := number_in(request.POST.get("reply", "")):
        replies = Message.objects.visible_to(request.viewer).filter(ticket=ticket, direction="out", redacted_at=None)
        reply = get_object_or_404(replies, pk=pk)
    text = draft_article(ticket, by=request.viewer, category=home, owner=me(request), reply=reply)
    response = redirect("workspace:article", text.pk)
    if is_fragment(request):
        response = HttpResponse(status=204)  # type: ignore[assignment]
        response["HX-Redirect"] = reverse("workspace:article", args=[text.pk])
    return response


@require_POST
def wrong(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/wrong-article: `article` told something wrong, and why."""
    ticket = workable(request, number)
    texts = ArticleText.objects.visible_to(request.viewer).live()
    text = get_object_or_404(texts, pk=number_in(request.POST.get("article", "")))
    say_wrong(ticket, text=text, reason=request.POST.get("reason", "")[:2000], by=request.viewer)
    return changed(request, ticket, _("Noted. Whoever looks after the article is told."))


urls = [
    staff_path("tickets/<int:number>/articles", articles, name="ticket_articles"),
    staff_path("tickets/<int:number>/solved", solved, name="solved_like"),
    staff_path("tickets/<int:number>/articles/<int:pk>", give, name="give_article"),
    staff_path("tickets/<int:number>/article", make, name="make_article"),
    staff_path("tickets/<int:number>/wrong-article", wrong, name="wrong_article"),
]
