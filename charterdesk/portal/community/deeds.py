"""What readers do with one click: vote, accept, follow, report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.community.actions.answering import accept, unaccept
from charterdesk.community.actions.answering import vote as vote_for
from charterdesk.community.actions.following import follow, follow_forum
from charterdesk.community.actions.profiles import profile_of
from charterdesk.community.actions.reporting import report as report_post
from charterdesk.community.models import Profile
from charterdesk.community.policies import may_accept, may_take_part, may_vote
from charterdesk.portal.community.me import named
from charterdesk.portal.community.paths import (
    address_of_post,
    address_of_topic,
    forum_for,
    post_for,
    to_sign_in,
    topic_for,
)
from charterdesk.portal.customers import PortalRequest, portal_path


def _who(request: PortalRequest) -> Profile | HttpResponse:
    """Who clicks; or where to sign in, or to choose a name, first."""
    if not may_take_part(request.viewer):
        return to_sign_in(request, request.POST.get("back", "") or "/community/")
    return profile_of(request.viewer) or named(request)


@require_POST
def vote(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/p/<id>/vote: find a post good; with `off`, no more."""
    post = post_for(request, pk)
    profile = _who(request)
    if isinstance(profile, HttpResponse):
        return profile
    require(may_vote(request.viewer, post))
    vote_for(post, profile=profile, is_on="off" not in request.POST)
    if "HX-Request" in request.headers:
        line = {"post": post, "is_voted": "off" not in request.POST, "may_vote": True}
        return render(request, "portal/community/vote.html", {"line": line})
    return redirect(address_of_post(post))


@require_POST
def accept_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/p/<id>/acceptance: this answers the question; with `off`, it is open again."""
    post = post_for(request, pk)
    require(may_accept(request.viewer, post.topic))
    if "off" in request.POST:
        unaccept(post.topic, by=request.viewer)
    else:
        accept(post, by=request.viewer)
    return redirect(address_of_post(post))


@require_POST
def follow_topic(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/follow: hear of what is said here; with `off`, no more."""
    topic = topic_for(request, pk)
    profile = _who(request)
    if isinstance(profile, HttpResponse):
        return profile
    follow(topic, profile, is_on="off" not in request.POST)
    return redirect(address_of_topic(topic))


@require_POST
def follow_this_forum(request: PortalRequest, slug: str) -> HttpResponse:
    """POST community/f/<slug>/follow: hear of every new topic; with `off`, no more."""
    forum = forum_for(request, slug)
    profile = _who(request)
    if isinstance(profile, HttpResponse):
        return profile
    follow_forum(forum, profile, is_on="off" not in request.POST)
    return redirect("portal:forum", forum.slug)


@require_POST
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/p/<id>/report: it should not stand there, and why."""
    post = post_for(request, pk)
    profile = _who(request)
    if isinstance(profile, HttpResponse):
        return profile
    given = request.POST
    report_post(post, profile=profile, reason=given.get("reason", ""), words=given.get("words", ""), by=request.viewer)
    messages.success(request, _("Thank you. Somebody looks at it."))
    return redirect(address_of_topic(post.topic))


urls = [
    portal_path("community/p/<int:pk>/vote", vote, "vote"),
    portal_path("community/p/<int:pk>/acceptance", accept_answer, "accept_answer"),
    portal_path("community/p/<int:pk>/report", report, "report_post"),
    portal_path("community/topics/<int:pk>/follow", follow_topic, "follow_topic"),
    portal_path("community/f/<str:slug>/follow", follow_this_forum, "follow_forum"),
]
