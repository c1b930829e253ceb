"""Trying a mail account: its servers and its domain, each by itself, so that the quick answers stand there first."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.channels.actions import save_account
from charterdesk.channels.email.domains import check_domain, look_up
from charterdesk.channels.email.servers import check_mailbox, check_way_out
from charterdesk.channels.email.steps import Step
from charterdesk.channels.models import MailAccount
from charterdesk.people.permissions import SET_CHANNELS
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest, is_fragment, say

PARTS: dict[str, tuple[object, Callable[[MailAccount], list[Step]]]] = {
    "mailbox": (gettext_lazy("The mailbox, from which mail comes"), check_mailbox),
    "way-out": (gettext_lazy("The way out, through which mail leaves"), check_way_out),
    "domain": (gettext_lazy("The domain, by which others know us"), lambda account: check_domain(account, look_up())),
}


def check(request: StaffRequest, pk: int) -> HttpResponse:
    """GET admin/accounts/<id>/check: the parts, each of which is then fetched; without script, follow its link."""
    account = get_object_or_404(MailAccount.objects.select_related("team"), pk=pk)
    parts = [(code, title) for code, (title, _check) in PARTS.items()]
    return render(request, "workspace/admin/account_check.html", {"account": account, "parts": parts, "place": "admin"})


def check_part(request: StaffRequest, pk: int, part: str) -> HttpResponse:
    """GET admin/accounts/<id>/check/<part>: try it now. Talks to servers outside for up to half a minute."""
    account = get_object_or_404(MailAccount.objects.select_related("team"), pk=pk)
    if part not in PARTS:
        raise Http404
    title, carry_out = PARTS[part]
    context = {"account": account, "steps": carry_out(account), "title": title, "place": "admin"}
    template = "account_steps.html" if is_fragment(request) else "account_part.html"
    return render(request, f"workspace/admin/{template}", context)


@require_POST
def switch(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/accounts/<id>/use: `on` is "1" to use it, empty to leave it alone; what it brought stays."""
    account = get_object_or_404(MailAccount, pk=pk)
    is_on = bool(request.POST.get("on"))
    save_account(account, by=request.viewer, fields={"is_active": is_on}, secrets={})
    say(request, _("In use again.") if is_on else _("Switched off. What it brought stays."))
    return redirect("workspace:accounts")


urls = [
    administrator_path("admin/accounts/<int:pk>/check", check, name="check_account", settings=SET_CHANNELS),
    administrator_path(
        "admin/accounts/<int:pk>/check/<slug:part>", check_part, name="check_account_part", settings=SET_CHANNELS
    ),
    administrator_path("admin/accounts/<int:pk>/use", switch, name="switch_account", settings=SET_CHANNELS),
]
