"""The first steps of a desk: from nothing to the first mail answered, each step with what it found."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Agent, Team
from charterdesk.sla.models import PolicyVersion
from charterdesk.ui.first_steps import FirstSteps, first_steps, mail_to
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.policies import SAW_PROMISES
from charterdesk.workspace.staff import StaffRequest, is_fragment, say


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `links` are where it is taken: address and words; `tries` says that it has a button of its own."""

    title: Any
    what: Any
    is_done: bool
    links: tuple[tuple[str, Any], ...] = ()
    note: str = ""
    tries: bool = False


def start(request: StaffRequest) -> HttpResponse:
    """GET admin/start: the steps, which look again by themselves every few seconds. Eleven statements at most."""
    steps = _steps(request)
    context = {"steps": steps, "done": sum(step.is_done for step in steps), "place": "admin"}
    template = "start_steps.html" if is_fragment(request) else "start.html"
    return render(request, f"workspace/admin/{template}", context)


def _steps(request: StaffRequest) -> list[Step]:
    found = first_steps()
    came = found.came
    return [
        _team_step(found.team),
        _in_step(found),
        _out_step(_trial(request), has_way=found.has_way_out, fetches=found.fetches),
        Step(
            title=_("Read what you promise"),
            what=_("By when customers have an answer, in open time; three promises are there to begin with."),
            is_done=SAW_PROMISES in request.session or PolicyVersion.objects.filter(number__gt=1).exists(),
            links=((reverse("workspace:policies"), _("Promises")),),
        ),
        Step(
            title=_("Ask your colleagues in"),
            what=_("They get a link by mail and choose a password."),
            is_done=found.has_colleagues,
            links=(
                (reverse("workspace:new_agent"), _("Invite somebody")),
                (reverse("workspace:imports"), _("Send a list")),
            ),
        ),
        Step(
            title=_("Answer the first request"),
            what=_("Open it, write, send. The customer reads it in their mail and on their status page."),
            is_done=found.has_answered,
            links=((reverse("workspace:ticket", args=[came.number]), f"#{came.number}"),) if came else (),
        ),
    ]


def _team_step(team: Team | None) -> Step:
    return Step(
        title=_("A team and its hours"),
        what=_("A team has an address, hours in which its promises run, and a signature."),
        is_done=team is not None,
        note=f"{team} · {team.address} · {team.calendar}" if team else "",
        links=(
            (reverse("workspace:team_settings", args=[team.pk]), _("Change the team")),
            (reverse("workspace:calendar", args=[team.calendar_id]), _("Change the hours")),
        )
        if team
        else ((reverse("workspace:new_team"), _("Add a team")),),
    )


def _in_step(found: FirstSteps) -> Step:
    """Mail comes by a mailbox elsewhere, or straight to the desk's own receiver."""
    host, port = settings.SMTP_ADDRESS
    what = _("Fetch a mailbox you have, or let your mail server pass mail on to the desk's own receiver at %(where)s.")
    address, came = found.team.address if found.team else "", found.came
    waits = _("Now write a mail to %(address)s from any other address; it stands here once it has come.")
    return Step(
        title=_("Mail comes in"),
        what=what % {"where": f"{host}:{port}"},
        is_done=came is not None,
        note=_("It came: #%(number)s %(subject)s") % {"number": came.number, "subject": came.subject}
        if came
        else waits % {"address": address}
        if address
        else "",
        links=_to_accounts(found.fetches),
    )


def _out_step(mine: Outgoing | None, *, has_way: bool, fetches: bool) -> Step:
    note = ""
    links: tuple[tuple[str, Any], ...] = ()
    if not has_way:
        note = _("There is no way out yet: give a mail account an SMTP server, or set CHARTERDESK_RELAY.")
        links = _to_accounts(fetches)
    elif mine:
        to = ", ".join(mine.recipients) or _("you")
        note = f"{_('To %(to)s') % {'to': to}}: {mine.get_state_display()}. {mine.note}".strip()
    return Step(
        title=_("Mail goes out"),
        what=_("Send a mail to yourself and see it arrive."),
        is_done=mine is not None and mine.state == Outgoing.SENT,
        note=note,
        tries=has_way,
        links=links,
    )


def _to_accounts(has_one: bool) -> tuple[tuple[str, Any], ...]:
    """Where mail accounts are; the form of the first one while there is none."""
    if has_one:
        return ((reverse("workspace:accounts"), _("Mail accounts")),)
    return ((reverse("workspace:new_account"), _("Add an account")),)


def _trial(request: StaffRequest) -> Outgoing | None:
    """The mail that was last tried by this person. One statement."""
    pk = request.session.get("trial_mail")
    return Outgoing.objects.filter(pk=pk).first() if pk else None


@require_POST
def try_mail(request: StaffRequest) -> HttpResponse:
    """POST admin/start/mail: send a mail to oneself."""
    me = get_object_or_404(Agent, pk=request.viewer.agent_id)
    sent = mail_to(me, by=request.viewer)
    if sent:
        request.session["trial_mail"] = sent.pk
        say(request, _("On its way to {address}.").format(address=me.email))
    return redirect("workspace:start")


urls = [
    administrator_path("admin/start", start, name="start"),
    administrator_path("admin/start/mail", try_mail, name="try_mail"),
]
