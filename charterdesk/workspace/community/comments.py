"""Comments below articles for staff: what is new, what becomes of it, who may comment, and where nobody does."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.comments.actions.correcting import make_correction
from charterdesk.comments.actions.moderating import approve, make_official, remove, restore
from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.models import Comment
from charterdesk.comments.policies import may_keep
from charterdesk.comments.queries.reading import latest
from charterdesk.community.actions.profiles import block, take_part
from charterdesk.community.policies import may_run
from charterdesk.knowledge.models import Article, Category
from charterdesk.knowledge.policies import may_approve, may_decide, may_see_knowledge
from charterdesk.workspace.community.paths import back_from, community_path, rooms
from charterdesk.workspace.staff import StaffRequest, say

MOST = 50
MINE, ALL = "mine", "all"


def comments(request: StaffRequest) -> HttpResponse:
    """GET community/comments?of=: what is new below articles, the newest first; `of` is mine or all. Two statements."""
    of = MINE if request.GET.get("of") == MINE else ALL
    found = list(latest(request.viewer, is_mine=of == MINE)[:MOST])
    lines = [(comment, may_keep(request.viewer, comment.text.article)) for comment in found]
    context = {"lines": lines, "of": of, **rooms(request, "comments")}
    return render(request, "workspace/community/comments.html", context)


def _comment(request: StaffRequest, pk: int) -> Comment:
    seen = Comment.objects.visible_to(request.viewer).select_related("text__article__category", "author")
    return get_object_or_404(seen, pk=pk)


@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/comments/<id>: `deed` is approve, remove (with `why`), restore, block, official or unofficial."""
    found, deed, why = _comment(request, pk), request.POST.get("deed", ""), request.POST.get("why", "")
    require(may_keep(request.viewer, found.text.article))
    by = request.viewer
    if deed == "approve":
        approve(found, by=by)
        say(request, _("Everybody sees it now."))
    elif deed == "restore":
        restore(found, by=by)
        say(request, _("Everybody sees it again."))
    elif deed in ("official", "unofficial"):
        make_official(found, by=by, is_official=deed == "official")
        say(request, _("Saved."))
    elif deed == "block" and found.author is not None:
        require(may_run(by))
        block(found.author, why=why or _("Wrote what does not belong here"), by=by)
        remove(found, by=by, why=why)
        say(request, _("Removed; its writer may not write any more."))
    else:
        remove(found, by=by, why=why)
        say(request, _("Removed. You find it under “Removed and blocked”."))
    return back_from(request, "workspace:comments")


@require_POST
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/comments/<id>/answer: say something below the same article; for the house where one may."""
    found = _comment(request, pk)
    body = linebreaks(request.POST.get("text", ""), autoescape=True)
    is_official = may_keep(request.viewer, found.text.article)
    new = NewComment(body=body, author=take_part(request.viewer), is_official=is_official)
    write_comment(found.text, new, by=request.viewer)
    say(request, _("Sent."))
    return back_from(request, "workspace:comments")


@require_POST
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/comments/<id>/correction: it says that the article is wrong; somebody puts that right."""
    found = _comment(request, pk)
    correction = make_correction(found, by=request.viewer)
    owner = correction.owner or _("Whoever approves articles")
    say(request, _("%(name)s is told, and puts the article right.") % {"name": owner})
    return back_from(request, "workspace:comments")


@require_POST
def terms(request: StaffRequest) -> HttpResponse:
    """POST community/comments/terms: who may comment (`open_to`)."""
    set_terms(open_to=request.POST.get("open_to", ""), by=request.viewer)
    say(request, _("Saved."))
    return redirect("workspace:forums")


@require_POST
def close_article(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/comments/articles/<id>: nobody comments on an article; with `off`, people do again."""
    article = get_object_or_404(Article, pk=pk)
    require(may_keep(request.viewer, article) or may_decide(request.viewer, article))
    return _closed(request, article)


@require_POST
def close_category(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/comments/categories/<id>: nobody comments on what stands there; with `off`, people do again."""
    return _closed(request, get_object_or_404(Category, pk=pk))


def _closed(request: StaffRequest, place: Article | Category) -> HttpResponse:
    is_closed = "off" not in request.POST
    close(place, by=request.viewer, is_closed=is_closed)
    say(request, _("Nobody comments there any more.") if is_closed else _("People may comment there again."))
    return back_from(request, "workspace:knowledge")


urls = [
    community_path("comments", comments, "comments", may_see_knowledge),
    community_path("comments/<int:pk>", decide, "comment", may_see_knowledge),
    community_path("comments/<int:pk>/answer", answer, "answer_comment", may_see_knowledge),
    community_path("comments/<int:pk>/correction", correct, "correct_by_comment", may_see_knowledge),
    community_path("comments/terms", terms, "comment_terms", may_run),
    community_path("comments/articles/<int:pk>", close_article, "close_article_comments", may_see_knowledge),
    community_path("comments/categories/<int:pk>", close_category, "close_category_comments", may_approve),
]
