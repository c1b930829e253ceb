"""Forums that customers propose: made, with changes, or declined with a reason."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.community.actions.proposing import accept_proposal, decline_proposal
from charterdesk.community.models import ForumProposal
from charterdesk.community.policies import may_run
from charterdesk.community.queries import moderation
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.community.forums import WHERE, ForumForm
from charterdesk.workspace.community.paths import community_path, rooms
from charterdesk.workspace.staff import StaffRequest, say

MOST = 50


def proposals(request: StaffRequest) -> HttpResponse:
    """GET community/proposals: what to decide, then what was decided. One statement."""
    context = {"proposals": list(moderation.proposals()[:MOST]), **rooms(request, "proposals")}
    return render(request, "workspace/community/proposals.html", context)


def _proposal(pk: int) -> ForumProposal:
    return get_object_or_404(ForumProposal.objects.select_related("author", "forum"), pk=pk)


def proposal(request: StaffRequest, pk: int) -> HttpResponse:
    """GET community/proposals/<id>: the forum as it was proposed, to be changed. POST makes it."""
    found = _proposal(pk)
    if found.state != ForumProposal.OPEN:
        return redirect("workspace:proposals")
    names, intros = {found.language: found.name}, {found.language: found.purpose}
    form = ForumForm(request.POST or None, forum=None, names=names, intros=intros)

    def make() -> None:
        accept_proposal(found, asked=form.asked, by=request.viewer)

    if request.method == "POST" and form.is_valid() and carried_out(form, make, fields=WHERE):
        say(request, _("Made. Whoever proposed it is told."))
        return redirect("workspace:forums")
    context = {"form": form, "proposal": found, **rooms(request, "proposals")}
    return render(request, "workspace/community/proposal.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request: StaffRequest, pk: int) -> HttpResponse:
    """POST community/proposals/<id>/refusal: make no such forum, and say why (`reason`)."""
    decline_proposal(_proposal(pk), reason=request.POST.get("reason", ""), by=request.viewer)
    say(request, _("Declined. Whoever proposed it is told why."))
    return redirect("workspace:proposals")


urls = [
    community_path("proposals", proposals, "proposals", may_run),
    community_path("proposals/<int:pk>", proposal, "proposal", may_run),
    community_path("proposals/<int:pk>/refusal", decline, "decline_proposal", may_run),
]
