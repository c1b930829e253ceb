"""What waits in the community: posts to look at, questions nobody answered; and what was removed, who is blocked."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import require
from charterdesk.comments.models import Comment
from charterdesk.comments.queries import reading as comments
from charterdesk.community.actions.moderating import approve, remove, restore
from charterdesk.community.actions.profiles import block, unblock
from charterdesk.community.models import Forum, Post, Profile
from charterdesk.community.policies import may_run
from charterdesk.community.queries.moderation import blocked, queue, removed, unanswered, unsettled
from charterdesk.workspace.community.paths import back_from, community_path, post_of, rooms
from charterdesk.workspace.staff import StaffRequest, say

MOST = 50


def waiting(request: StaffRequest) -> HttpResponse:
    """GET community/: posts and comments somebody has to look at, the oldest first. Seven statements."""
    waits: list[Post | Comment] = [*queue()[:MOST], *comments.queue()[:MOST]]
    context = {
        "things": sorted(waits, key=lambda each: each.created_at),
        "is_empty": not Forum.objects.exists(),
        **rooms(request, "queue"),
    }
    return render(request, "workspace/community/queue.html", context)


def unanswered_topics(request: StaffRequest) -> HttpResponse:
    """GET community/unanswered: what nobody answered yet, then what has no accepted answer. Two statements."""
    context = {"unanswered": list(unanswered()[:MOST]), "unsettled": list(unsettled()[:MOST])}
    return render(request, "workspace/community/unanswered.html", context | rooms(request, "unanswered"))


def gone(request: StaffRequest) -> HttpResponse:
    """GET community/removed: what was removed, and who may not write. Three statements."""
    gone = {"posts": list(removed()[:MOST]), "comments": list(comments.removed()[:MOST])}
    context = {**gone, "blocked": list(blocked()[:MOST])}
    return render(request, "workspace/community/removed.html", context | rooms(request, "removed"))


@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/posts/<id>: `deed` is approve, remove (with `why`), restore, or block (its writer as well)."""
    post, deed, why = post_of(pk), request.POST.get("deed", ""), request.POST.get("why", "")
    if deed == "approve":
        approve(post, by=request.viewer)
        say(request, _("Everybody sees it now."))
    elif deed == "restore":
        restore(post, by=request.viewer)
        say(request, _("Everybody sees it again."))
    elif deed == "block":
        require(may_run(request.viewer))
        block(post.author, why=why or _("Wrote what does not belong here"), by=request.viewer)
        remove(post, by=request.viewer, why=why)
        say(request, _("Removed; its writer may not write any more."))
    else:
        remove(post, by=request.viewer, why=why)
        say(request, _("Removed. You find it under “Removed and blocked”."))
    return back_from(request, "workspace:community")


@require_POST
def set_block(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/people/<id>: have somebody write no more, and `why`; with `off`, let them again."""
    profile = get_object_or_404(Profile, pk=pk)
    if "off" in request.POST:
        unblock(profile, by=request.viewer)
        say(request, _("%(name)s may write again.") % {"name": profile})
    else:
        block(profile, why=request.POST.get("why", ""), by=request.viewer)
        say(request, _("%(name)s may not write any more.") % {"name": profile})
    return back_from(request, "workspace:community")


urls = [
    community_path("", waiting, "community"),
    community_path("unanswered", unanswered_topics, "community_unanswered"),
    community_path("removed", gone, "community_removed"),
    community_path("posts/<int:pk>", decide, "community_post"),
    community_path("people/<int:pk>", set_block, "community_person", may_run),
]
