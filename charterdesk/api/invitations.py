"""People who were asked to join the desk: who came, whose link is too old, sending it anew, taking it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.agents import require_grantable
from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Id, one_of
from charterdesk.base.refused import require
from charterdesk.people.actions import invite_agent, revoke_invitation
from charterdesk.people.models import Agent, Invitation
from charterdesk.people.permissions import SET_PEOPLE
from charterdesk.tickets.policies import may_administer
from charterdesk.ui.handing_over import links_to_hand_over

router = Router(tags=["The desk"])


class InvitationOut(BaseModel):
    """That somebody was asked to come, and what became of it."""

    agent_id: int
    name: str
    email: str
    state: str = Field(description="open, accepted, revoked, or ended: its link is too old", examples=["open"])
    times: int = Field(description="How often it was sent; only the last link opens.")
    sent_at: datetime
    ends_at: datetime
    link: str | None = Field(description="To hand over, while mail can't leave the desk and the invitation is open.")


class Invitations(BaseModel):
    """Invitations, the latest first."""

    items: list[InvitationOut]


class InvitationsAsked(Asked):
    """Which of them."""

    state: Annotated[str, one_of(Invitation.STATES)] = Field(ABSENT, examples=["open"])


@router.get("/invitations", auth=Scope("people:read", staff=True), response=Invitations)
def list_invitations(request: ApiRequest, asked: Query[InvitationsAsked]) -> HttpResponse:
    """Who was asked to come, the latest first. Two statements."""
    require(may_administer(request.viewer, SET_PEOPLE))
    people = Invitation.objects.select_related("agent__login", "agent__free_role")
    found = _rows(request, list(people.order_by("-sent_at", "-pk")))
    return answer({"items": [row for row in found if asked.state in (None, row["state"])]})


@router.post("/agents/{agent_id}/invitation", auth=Scope("people:write", staff=True), response=InvitationOut)
@once
def invite_again(request: ApiRequest, agent_id: Path[Id]) -> HttpResponse:
    """Send the link by which somebody chooses a password, anew: an older one opens nothing any more.

    409 `people.invitation_accepted`, `people.inactive_agent`.
    """
    [row] = _rows(request, [invite_agent(_agent(request, agent_id), by=request.viewer)])
    return answer(row)


@router.delete("/agents/{agent_id}/invitation", auth=Scope("people:write", staff=True), response={204: None})
@once
def revoke_one_invitation(request: ApiRequest, agent_id: Path[Id]) -> HttpResponse:
    """Let the link open nothing, and them in no more. 409 `people.invitation_accepted`."""
    agent = _agent(request, agent_id)
    revoke_invitation(get_object_or_404(Invitation.objects.select_related("agent"), agent=agent), by=request.viewer)
    return nothing()


def _agent(request: ApiRequest, pk: int) -> Agent:
    """Somebody of the desk, for who may give all that they may. One statement."""
    require(may_administer(request.viewer, SET_PEOPLE))
    agent = get_object_or_404(Agent.objects.select_related("login", "free_role"), pk=pk)
    require_grantable(request.viewer, agent.role, agent.free_role)
    return agent


def _rows(request: ApiRequest, invitations: Sequence[Invitation]) -> list[dict[str, Any]]:
    links = links_to_hand_over(invitations, viewer=request.viewer)
    return [_row(each) | {"link": links.get(each.agent_id)} for each in invitations]


def _row(invitation: Invitation) -> dict[str, Any]:
    return {
        "agent_id": invitation.agent_id,
        "name": invitation.agent.name,
        "email": invitation.agent.email,
        "state": invitation.state,
        "times": invitation.number,
        "sent_at": invitation.sent_at,
        "ends_at": invitation.ends_at,
    }
