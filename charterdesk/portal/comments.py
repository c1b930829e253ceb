"""Comments below articles: written, taken back, reported, followed and left."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.comments.actions import writing
from charterdesk.comments.actions.moderating import remove
from charterdesk.comments.actions.reporting import report as report_comment
from charterdesk.comments.actions.voting import vote as vote_for
from charterdesk.comments.leaving import left_by
from charterdesk.comments.models import Comment
from charterdesk.comments.policies import may_comment, may_keep, may_take_back, may_vote, open_to
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.models.talk import WAITING
from charterdesk.community.policies import may_take_part
from charterdesk.knowledge.models import ArticleText
from charterdesk.portal.comment_lines import CommentForm
from charterdesk.portal.community.me import named
from charterdesk.portal.community.paths import to_sign_in
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.help import address_of_text, show_article, text_at
from charterdesk.portal.spam import is_too_many

PER_HOUR = 10
"""So many comments an hour are taken from one network address of people without an account."""
CLOSED = "comments.closed"
FIELDS = {
    "community.no_display_name": "name",
    "community.bad_display_name": "name",
    "community.name_taken": "name",
    "comments.bad_address": "address",
    "community.nothing_said": "text",
    "community.too_long": "text",
}


def comment(request: PortalRequest, language: str, slug: str) -> HttpResponse:
    """POST help/<language>/<slug>/comments: say something below an article. GET leads to what was said."""
    text = text_at(request, language, slug)
    if isinstance(text, HttpResponse):
        return text
    if request.method != "POST":
        return _to(text)
    allowed = open_to()
    if not may_comment(request.viewer, allowed):
        return to_sign_in(request, address_of_text(text))
    form = CommentForm(request.POST, profile=profile_of(request.viewer), viewer=request.viewer)
    if not form.is_valid():
        return show_article(request, text, comment_form=form, status=422)
    if not may_take_part(request.viewer) and is_too_many(request, what="comments", limit=PER_HOUR):
        form.add_error(None, _("That was a lot within an hour. Go on a little later."))
        return show_article(request, text, comment_form=form, status=429)
    try:
        made = _written(request, text, form)
    except Refused as refused:
        if refused.code == CLOSED:
            raise
        field = FIELDS.get(refused.code)
        form.add_error(field if field in form.fields else None, refused.message)
        return show_article(request, text, comment_form=form, status=422)
    return _to(text, made)


def _written(request: PortalRequest, text: ArticleText, form: CommentForm) -> Comment:
    """Keep it. Raises `Refused`."""
    given, viewer = form.cleaned_data, request.viewer
    author = take_part(viewer, name=given.get("name", "")) if may_take_part(viewer) else None
    new = writing.NewComment(
        body=form.body,
        author=author,
        name=given.get("name", ""),
        address=given.get("address", ""),
        is_official="official" in request.POST and may_keep(viewer, text.article),
        once=f"form:{form.once}",
    )
    return writing.write_comment(text, new, by=viewer)


def _to(text: ArticleText, made: Comment | None = None) -> HttpResponse:
    """To the section, or to a comment that its writer sees there."""
    address = address_of_text(text)
    if made is None:
        return redirect(f"{address}#comments")
    return redirect(f"{address}?commented=1#comments" if made.state == WAITING else f"{address}#comment-{made.pk}")


def _seen(request: PortalRequest, pk: int) -> Comment:
    found = Comment.objects.visible_to(request.viewer).select_related("text__article__category", "author")
    return get_object_or_404(found, pk=pk)


@require_POST
def take_back(request: PortalRequest, pk: int) -> HttpResponse:
    """POST help/comments/<id>/removal: take back what one said; who keeps order takes it away."""
    found = _seen(request, pk)
    require(may_take_back(request.viewer, found))
    remove(found, by=request.viewer)
    messages.success(request, _("Removed."))
    return _to(found.text)


@require_POST
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """POST help/comments/<id>/report: it should not stand there, and why."""
    found = _seen(request, pk)
    if not may_take_part(request.viewer):
        return to_sign_in(request, address_of_text(found.text))
    profile = profile_of(request.viewer) or named(request)
    if isinstance(profile, HttpResponse):
        return profile
    given = request.POST
    report_comment(
        found, profile=profile, reason=given.get("reason", ""), words=given.get("words", ""), by=request.viewer
    )
    messages.success(request, _("Thank you. Somebody looks at it."))
    return _to(found.text)


@require_POST
def vote(request: PortalRequest, pk: int) -> HttpResponse:
    """POST help/comments/<id>/vote: it helped; with `off`, no more."""
    found = _seen(request, pk)
    if not may_take_part(request.viewer):
        return to_sign_in(request, address_of_text(found.text))
    profile = profile_of(request.viewer) or named(request)
    if isinstance(profile, HttpResponse):
        return profile
    require(may_vote(request.viewer, found))
    vote_for(found, profile=profile, is_on="off" not in request.POST)
    if "HX-Request" in request.headers:
        line = {"comment": found, "is_voted": "off" not in request.POST, "may_vote": True}
        return render(request, "portal/comments/vote.html", {"line": line})
    return _to(found.text, found)


@require_POST
def follow(request: PortalRequest, language: str, slug: str) -> HttpResponse:
    """POST help/<language>/<slug>/comments/follow: hear of comments here; with `off`, no more."""
    text = text_at(request, language, slug)
    if isinstance(text, HttpResponse):
        return text
    if not may_take_part(request.viewer):
        return to_sign_in(request, address_of_text(text))
    profile = profile_of(request.viewer) or named(request)
    if isinstance(profile, HttpResponse):
        return profile
    writing.follow(text, profile, is_on="off" not in request.POST)
    return _to(text)


@csrf_exempt
def leave(request: PortalRequest, token: str) -> HttpResponse:
    """GET help/comments/leave/<token>: hear no more of comments? POST does it, from a mail program too (RFC 8058)."""
    found = left_by(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        writing.leave(found)
    context = {"text": found.text, "href": address_of_text(found.text), "is_done": request.method == "POST"}
    return render(request, "portal/comments/leave.html", context)


urls = [
    portal_path("help/comments/<int:pk>/removal", take_back, "delete_comment"),
    portal_path("help/comments/<int:pk>/report", report, "report_comment"),
    portal_path("help/comments/<int:pk>/vote", vote, "vote_comment"),
    portal_path("help/comments/leave/<str:token>", leave, "leave_comments"),
    portal_path("help/<str:language>/<str:slug>/comments", comment, "comment"),
    portal_path("help/<str:language>/<str:slug>/comments/follow", follow, "follow_comments"),
]
