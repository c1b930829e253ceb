"""One topic for staff: answered for the house, put in order, turned into a ticket or an article."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.community.actions.answering import accept, make_official, unaccept
from charterdesk.community.actions.keeping import describe, merge, move, set_locked, set_pinned
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.actions.writing import answer
from charterdesk.community.models import Forum, Post, Topic
from charterdesk.community.queries.talk import posts_of
from charterdesk.knowledge.policies import may_write
from charterdesk.people.models import Team
from charterdesk.tickets.actions.topics import article_made_of, ticket_links, ticket_made_of
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.community.paths import community_path, post_of, rooms, topic_of
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.staff import StaffRequest, say

POSTS = 200


def topic(request: StaffRequest, pk: int) -> HttpResponse:
    """GET community/topics/<id>: what was said, and what there is to do. Some eleven statements."""
    found, own = topic_of(pk), request.viewer.own_team_ids
    links = ticket_links(found, request.viewer)
    elsewhere = None if links else ticket_made_of(found)
    posts = list(posts_of(found, request.viewer).prefetch_related("versions")[:POSTS])
    context = {
        "topic": found,
        "posts": posts,
        "forums": list(Forum.objects.order_by("position", "pk")),
        "kinds": Topic.KINDS,
        "teams": sorted(Team.objects.order_by("name"), key=lambda team: team.pk not in own),
        "links": links,
        "elsewhere": said_of(elsewhere) if elsewhere else "",
        "article": article_made_of(found),
        "may_write_articles": may_write(request.viewer),
        **rooms(request, "topic"),
    }
    return render(request, "workspace/community/topic.html", context)


def said_of(ticket: Ticket) -> str:
    """What somebody reads of a ticket that a team works which is not theirs."""
    return _("Ticket #%(number)d is with %(team)s.") % {"number": ticket.number, "team": ticket.team}


@require_POST
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/answer: answer as staff; with `official`, for the house."""
    found = topic_of(pk)
    given = request.POST
    body = given.get("html") or linebreaks(given.get("text", ""), autoescape=True)
    post = answer(found, body=body, author=take_part(request.viewer), by=request.viewer)
    if "official" in given:
        make_official(post, by=request.viewer)
    say(request, _("Sent."))
    return _to(found)


@require_POST
def keep_order(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/order: `deed` is lock, unlock, pin, unpin, move, merge, or describe."""
    found, deed, by = topic_of(pk), request.POST.get("deed", ""), request.viewer
    if deed in ("lock", "unlock"):
        set_locked(found, by=by, is_locked=deed == "lock")
    elif deed in ("pin", "unpin"):
        set_pinned(found, by=by, is_pinned=deed == "pin")
    elif deed == "move":
        move(found, get_object_or_404(Forum, pk=number_in(request.POST.get("forum", ""))), by=by)
    elif deed == "merge":
        into = get_object_or_404(Topic, pk=number_in(request.POST.get("into", "")))
        merge(found, into, by=by)
        say(request, _("The two are one now."))
        return _to(into)
    else:
        describe(found, by=by, kind=request.POST.get("kind", ""), tags=request.POST.get("tags", "").split(","))
    say(request, _("Saved."))
    return _to(found)


@require_POST
def judge(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/posts/<id>/answer: `deed` is accept, unaccept, official, or unofficial."""
    post, deed, by = post_of(pk), request.POST.get("deed", ""), request.viewer
    if deed in ("official", "unofficial"):
        make_official(post, by=by, is_official=deed == "official")
    elif deed == "unaccept":
        unaccept(post.topic, by=by)
    else:
        accept(post, by=by)
    return _to(post.topic, post)


def _to(found: Topic, post: Post | None = None) -> HttpResponse:
    response = redirect("workspace:community_topic", found.pk)
    if post is not None:
        response["Location"] += f"#post-{post.pk}"
    return response


urls = [
    community_path("topics/<int:pk>", topic, "community_topic"),
    community_path("topics/<int:pk>/answer", write, "answer_community"),
    community_path("topics/<int:pk>/order", keep_order, "order_topic"),
    community_path("posts/<int:pk>/answer", judge, "judge_answer"),
]
