"""The first steps of a desk: how far it is on the way to the first mail answered, and a mail to try the way out."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Id
from charterdesk.base.refused import Refused, require
from charterdesk.channels.models import Outgoing
from charterdesk.tickets.policies import may_administer
from charterdesk.ui.first_steps import first_steps, mail_to

router = Router(tags=["How the desk is set up"])


class FirstStepsOut(BaseModel):
    """What is there and what is not, in the order in which it is set up."""

    has_team: bool
    has_way_out: bool = Field(description="Mail can leave: an account has an SMTP server, or there is a relay.")
    fetches_mail: bool = Field(description="A mailbox elsewhere is read.")
    mail_came: bool
    first_ticket: int | None = Field(description="The number of the first request that came by mail.")
    has_colleagues: bool
    has_answered: bool = Field(description="Somebody's answer has left the desk.")


class TrialMailOut(BaseModel):
    """A mail to yourself, and how far it came."""

    id: int
    state: str = Field(description="queued, in_flight, sent, failed, in_doubt or held", examples=["sent"])
    note: str = Field(description="What the other side said last.")


@router.get("/first-steps", auth=Scope("settings:read", staff=True), response=FirstStepsOut)
def read_first_steps(request: ApiRequest) -> HttpResponse:
    """How far the desk is. Six statements."""
    require(may_administer(request.viewer))
    found = first_steps()
    return answer(
        {
            "has_team": found.team is not None,
            "has_way_out": found.has_way_out,
            "fetches_mail": found.fetches,
            "mail_came": found.came is not None,
            "first_ticket": found.came.number if found.came else None,
            "has_colleagues": found.has_colleagues,
            "has_answered": found.has_answered,
        }
    )


@router.post("/first-steps/mail", auth=Scope("settings:write", staff=True), response={202: TrialMailOut})
@once
def send_trial_mail(request: ApiRequest) -> HttpResponse:
    """Send a mail to yourself, to see whether mail leaves the desk. 409 `channels.no_team`."""
    require(may_administer(request.viewer))
    sent = mail_to(agent_of(request), by=request.viewer)
    if sent is None:
        raise Refused("channels.no_team", _("Add a team first: its address is the sender."))
    return answer(_row(sent), status=202)


@router.get("/first-steps/mail/{trial_id}", auth=Scope("settings:read", staff=True), response=TrialMailOut)
def read_trial_mail(request: ApiRequest, trial_id: Path[Id]) -> HttpResponse:
    """How far the mail to yourself came. One statement."""
    require(may_administer(request.viewer))
    return answer(_row(get_object_or_404(Outgoing.objects.defer("raw"), pk=trial_id, message=None)))


def _row(mail: Outgoing) -> dict[str, Any]:
    return {"id": mail.pk, "state": mail.state, "note": mail.note}
