"""What an agent sets for themselves: whether they work now, how wide their panes are."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.people.actions import set_agent_state, set_pane
from charterdesk.people.models import Agent
from charterdesk.people.ways import who_stands_in
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, toast

STEP = 20
PANES = {"list": (260, 560), "side": (240, 520)}
SAID = {
    Agent.WORKING: lambda: _("You are working: new tickets come to you."),
    Agent.BUSY: lambda: _("You get nothing new; what you have stays yours."),
    Agent.AWAY: lambda: _("You are away: after a while what waits for you goes back to your teams."),
}


@require_POST
def state(request: StaffRequest) -> HttpResponse:
    """POST me/state: `state` is working, busy or away."""
    wanted = request.POST.get("state", "")
    if wanted not in SAID:
        return HttpResponse(status=422)
    agent = get_object_or_404(Agent, pk=request.viewer.agent_id)
    set_agent_state(agent, wanted, by=request.viewer)
    if not is_fragment(request):
        return redirect("workspace:inbox")
    return HttpResponse(toast(request, _said(agent)))


def _said(agent: Agent) -> str:
    """What their state means for them. For who is away four statements more, for who stands in is named."""
    other = Agent.objects.filter(pk=who_stands_in(agent) or 0).first() if agent.state == Agent.AWAY else None
    if other is None:
        return SAID[agent.state]()
    text = _(
        "You are away: {name} hears and gets what you would. After a while what waits for you goes back to your teams."
    )
    return text.format(name=other)


@require_POST
def panes(request: StaffRequest) -> HttpResponse:
    """POST me/panes: `list` or `side` is so many pixels wide, in steps of 20."""
    for name, (low, high) in PANES.items():
        width = request.POST.get(name, "")
        if width.isdecimal() and low <= int(width) <= high:
            set_pane(get_object_or_404(Agent, pk=request.viewer.agent_id), name, int(width) // STEP * STEP)
    return HttpResponse(status=204)


@require_POST
def layout(request: StaffRequest) -> HttpResponse:
    """POST me/layout: `wide` (a table over the whole width) or `dense` rows, "1" or "0"; then back to `next`."""
    agent = get_object_or_404(Agent, pk=request.viewer.agent_id)
    for name in ("wide", "dense"):
        if request.POST.get(name) in ("0", "1"):
            set_pane(agent, name, int(request.POST[name]))
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else "workspace:inbox")


urls = [
    staff_path("me/layout", layout, name="layout"),
    staff_path("me/state", state, name="state"),
    staff_path("me/panes", panes, name="panes"),
]
