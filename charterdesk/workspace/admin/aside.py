"""Mail that did not become a message: the quarantine, junk, and whose mail is junk."""

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.channels.actions import block_sender, drop_mail, read_again, unblock_sender
from charterdesk.channels.models import ASIDE, BlockedSender, RawMail
from charterdesk.workspace.admin.desk import operator_path
from charterdesk.workspace.controls import me
from charterdesk.workspace.staff import StaffRequest, say

PAGE = 50


def aside(request: StaffRequest) -> HttpResponse:
    """GET admin/aside: quarantine and junk, newest first; `state` for one of them. Two statements."""
    state = request.GET.get("state")
    found = RawMail.objects.filter(state__in=[state] if state in ASIDE else ASIDE).defer("raw").order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "workspace/admin/aside.html", {"page": page, "state": state, "place": "admin"})


@require_POST
def wanted(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/aside/<id>: it is no junk; it is read again and becomes a message."""
    read_again(get_object_or_404(RawMail.objects.defer("raw"), pk=pk), by=request.viewer)
    say(request, _("It is read again and becomes a message."))
    return redirect("workspace:aside")


@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/aside/<id>/removal: it goes for good; that it came stays in the log."""
    drop_mail(get_object_or_404(RawMail, pk=pk), by=request.viewer)
    say(request, _("Gone for good. That it came stays in the log."))
    return redirect("workspace:aside")


def raw(request: StaffRequest, pk: int) -> FileResponse:
    """GET admin/aside/<id>.eml: the mail as it came, to be saved, never shown."""
    mail = get_object_or_404(RawMail, pk=pk, state__in=ASIDE)
    response = FileResponse(iter([mail.content]), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{mail.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


class BlockForm(forms.Form):
    """Whom to hear no more."""

    pattern = forms.CharField(label=gettext_lazy("Address, or a domain such as @shop.example"), max_length=320)


def blocked(request: StaffRequest) -> HttpResponse:
    """GET admin/blocked: blocked senders. POST: block one more."""
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        block_sender(form.cleaned_data["pattern"], by=request.viewer, agent=me(request))
        return redirect("workspace:blocked")
    found = BlockedSender.objects.select_related("by").order_by("pattern")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "place": "admin"}
    return render(request, "workspace/admin/blocked.html", context, status=422 if form.is_bound else 200)


@require_POST
def unblock(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/blocked/<id>: hear them again."""
    unblock_sender(get_object_or_404(BlockedSender, pk=pk), by=request.viewer)
    return redirect("workspace:blocked")


urls = [
    operator_path("admin/aside", aside, name="aside"),
    operator_path("admin/aside/<int:pk>", wanted, name="wanted"),
    operator_path("admin/aside/<int:pk>/removal", drop, name="drop_mail"),
    operator_path("admin/aside/<int:pk>.eml", raw, name="raw_mail"),
    operator_path("admin/blocked", blocked, name="blocked"),
    operator_path("admin/blocked/<int:pk>", unblock, name="unblock"),
]
