"""Proposing a forum, and taking a proposal back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.actions.proposing import Wished, propose_forum, withdraw_proposal
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import ForumProposal
from charterdesk.community.policies import may_propose, may_take_part, may_withdraw
from charterdesk.portal.community.forms import ProposalForm
from charterdesk.portal.community.paths import to_sign_in
from charterdesk.portal.community.writing import NAMES
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.spam import make_pass

FIELDS = {"community.no_name": "title", "community.no_purpose": "purpose", **dict.fromkeys(NAMES, "name")}


def propose(request: PortalRequest) -> HttpResponse:
    """GET community/propose: an empty form, or what became of an open proposal. POST: propose a forum."""
    if not may_take_part(request.viewer):
        return to_sign_in(request, request.path)
    require(may_propose(request.viewer, terms_in_force()))
    profile = profile_of(request.viewer)
    form = ProposalForm(request.POST or None, profile=profile, viewer=request.viewer)
    if request.method == "POST" and form.is_valid() and _proposed(request, form):
        messages.success(request, _("Thank you. We look at it and write to you."))
        return redirect("portal:community_me")
    waiting = ForumProposal.objects.open().filter(author=profile).first() if profile else None
    context = {"form": form, "form_pass": make_pass(), "waiting": waiting, "place": "community"}
    return render(request, "portal/community/propose.html", context, status=422 if form.errors else 200)


def _proposed(request: PortalRequest, form: ProposalForm) -> bool:
    """Propose it; what is wrong is said in `form`."""
    given = form.cleaned_data
    wished = Wished(name=given["title"], purpose=given["purpose"], language=(get_language() or "en")[:2])
    try:
        author = take_part(request.viewer, name=given.get("name", ""))
        propose_forum(wished, author=author, by=request.viewer)
    except Refused as refused:
        field = FIELDS.get(refused.code)
        form.add_error(field if field in form.fields else None, refused.message)
        return False
    return True


@require_POST
def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/proposals/<id>/withdrawal: take one's own back."""
    proposal = get_object_or_404(ForumProposal.objects.visible_to(request.viewer).select_related("author"), pk=pk)
    require(may_withdraw(request.viewer, proposal))
    withdraw_proposal(proposal, by=request.viewer)
    messages.success(request, _("Taken back."))
    return redirect("portal:community_me")


urls = [
    portal_path("community/propose", propose, "propose_forum"),
    portal_path("community/proposals/<int:pk>/withdrawal", withdraw, "withdraw_proposal"),
]
