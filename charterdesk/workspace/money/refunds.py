"""Refunds: those that wait for a yes, and those to pay out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.refunds import approve_refund, note_refund_paid, refuse_refund
from charterdesk.billing.models import Refund
from charterdesk.billing.policies import may_approve_refunds, may_work_on_money
from charterdesk.billing.queries.seller import limit_of, seller
from charterdesk.people.models import Agent
from charterdesk.people.viewer import Viewer
from charterdesk.workspace.money.forms import WhyForm
from charterdesk.workspace.money.shared import money_path
from charterdesk.workspace.staff import StaffRequest, say

SHOWN = 100


def refunds(request: StaffRequest) -> HttpResponse:
    """GET money/refunds: what waits for a yes, what is to be paid out, and what was done lately.

    Six statements, two more for each currency that waits beside the desk's own.
    """
    return _page(request)


def _page(request: StaffRequest, wrong: WhyForm | None = None, about: int = 0) -> HttpResponse:
    """The page of refunds, with a form of the one `about` which it is that was not in order."""
    related = Refund.objects.select_related("account__contact", "account__organisation")
    waiting = list(related.filter(state=Refund.REQUESTED).prefetch_related("approvals__agent").order_by("pk")[:SHOWN])
    currency = seller().currency
    limits = {each: limit_of(request.viewer.role, each) for each in {currency, *(one.currency for one in waiting)}}
    context = {
        "waiting": [
            {
                "refund": one,
                "signed": _signed(one, request.viewer, limits[one.currency]),
                "form": wrong if one.pk == about and wrong else WhyForm(auto_id=f"why_{one.pk}_%s"),
            }
            for one in waiting
        ],
        "to_pay": list(related.filter(state=Refund.APPROVED).order_by("pk")[:SHOWN]),
        "done": list(related.filter(state__in=(Refund.PAID, Refund.REFUSED)).order_by("-pk")[:20]),
        "limit": limits[currency],
        "may_work": may_work_on_money(request.viewer),
        "place": "money",
    }
    return render(request, "workspace/money/refunds.html", context, status=422 if wrong else 200)


def _signed(refund: Refund, viewer: Viewer, limit: Money) -> dict[str, object]:
    """Who said yes already, whether the reader did, and whether it takes others, as the reader asked for it."""
    approvals = list(refund.approvals.all())
    return {
        "names": ", ".join(each.agent.name for each in approvals),
        "by_me": any(each.agent_id == viewer.agent_id for each in approvals),
        "is_own": refund.requested_by == viewer.key and refund.money > limit,
    }


@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/refunds/<id>/decision: `decision` is yes, or no with `why` for the customer."""
    refund = get_object_or_404(Refund.objects.select_related("account"), pk=pk)
    decision = request.POST.get("decision")
    if decision not in ("yes", "no"):
        raise Refused("billing.no_decision", _("Say yes or no to it."))
    if decision == "no":
        form = WhyForm(request.POST, auto_id=f"why_{pk}_%s")
        if not form.is_valid():
            return _page(request, form, pk)
        refuse_refund(refund, by=request.viewer, why=form.cleaned_data["why"])
        say(request, _("Refused. The customer can read why."))
    elif approve_refund(refund, agent=Agent.objects.get(pk=request.viewer.agent_id or 0)):
        say(request, _("Approved. It is to be paid out."))
    else:
        say(request, _("You said yes. It takes a second person, as it is above your limit."))
    return redirect("workspace:refunds")


@require_POST
def paid(request: StaffRequest, pk: int) -> HttpResponse:
    """POST money/refunds/<id>/payout: the money has gone back (`reference` of the transfer)."""
    refund = get_object_or_404(Refund.objects.select_related("account"), pk=pk)
    note_refund_paid(refund, by=request.viewer, reference=request.POST.get("reference", ""))
    say(request, _("Noted as paid out."))
    return redirect("workspace:refunds")


urls = [
    money_path("refunds", refunds, "refunds", may_approve_refunds),
    money_path("refunds/<int:pk>/decision", decide, "decide_refund", may_approve_refunds),
    money_path("refunds/<int:pk>/payout", paid, "refund_paid", may_work_on_money),
]
