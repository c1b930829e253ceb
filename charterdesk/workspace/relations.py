"""How a ticket stands to others: merged, split, linked; whom it is for, who gets copies, who else is asked."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.people.actions import identify_contact
from charterdesk.tickets.actions import (
    change_requester,
    forward_ticket,
    link_tickets,
    merge_ticket,
    set_copies,
    split_ticket,
    undo_merge,
    unlink_tickets,
)
from charterdesk.tickets.models import Link, Merge, Message, Ticket
from charterdesk.tickets.policies import may_answer, may_merge
from charterdesk.workspace.composer import AddressesField
from charterdesk.workspace.controls import me, workable
from charterdesk.workspace.macros import READ_SECONDS
from charterdesk.workspace.seldom import SELDOM
from charterdesk.workspace.staff import StaffRequest, is_fragment, staff_path, ticket_paths
from charterdesk.workspace.ticket_file import read_ticket
from charterdesk.workspace.tickets import changed

QUOTED_LINES = 60


class NumberForm(forms.Form):
    """Another ticket, named by its number, with or without the sign."""

    number = forms.RegexField(
        r"^#?\d{1,18}$", label=gettext_lazy("Number of the other ticket"), error_messages={"invalid": "#1042"}
    )
    kind = forms.ChoiceField(label=gettext_lazy("How it stands to it"), choices=Link.KINDS, required=False)

    def ticket(self, request: StaffRequest) -> Ticket:
        """The ticket meant. Raises `Refused("workspace.no_such_ticket")` when the viewer knows none by this number."""
        number = int(self.cleaned_data["number"].lstrip("#")) if self.is_valid() else 0
        found = Ticket.objects.visible_to(request.viewer).filter(number=number).first()
        if found is None:
            raise Refused("workspace.no_such_ticket", _("There is no ticket with that number."))
        return found


class RequesterForm(forms.Form):
    """Whom a ticket is for."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)


class CopiesForm(forms.Form):
    """Who gets copies."""

    addresses = AddressesField(label=gettext_lazy("Addresses, apart by commas"), required=False)


class ForwardForm(forms.Form):
    """A question to somebody outside."""

    address = forms.EmailField(label=gettext_lazy("To"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300, required=False)
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}))


class SplitForm(forms.Form):
    """Which messages become a ticket of their own."""

    subject = forms.CharField(label=gettext_lazy("Subject of the new ticket"), max_length=300)


FORMS: dict[str, type[forms.Form]] = {
    "merge": NumberForm,
    "links": NumberForm,
    "requester": RequesterForm,
    "copies": CopiesForm,
    "forward": ForwardForm,
    "split": SplitForm,
}


def ask(request: StaffRequest, number: int, what: str) -> HttpResponse:
    """GET tickets/<number>/ask/<what>: the form for one of `FORMS`, in a dialog or on a page of its own."""
    ticket = workable(request, number)
    if what not in FORMS:
        raise Http404
    return _form(request, ticket, what, FORMS[what](initial=_initial(ticket, what)), status=200)


def _initial(ticket: Ticket, what: str) -> dict[str, Any]:
    if what == "copies":
        return {"addresses": ", ".join(ticket.copied.values_list("address", flat=True))}
    if what == "forward":
        return {"subject": ticket.subject, "text": quoted(ticket)}
    return {"subject": ticket.subject, "email": ticket.contact.email, "name": ticket.contact.name}


def quoted(ticket: Ticket) -> str:
    """What the customer wrote last, as a quotation that whoever is asked can go by. One statement."""
    last = ticket.messages.public().filter(direction=Message.IN, redacted_at=None).order_by("-pk").first()
    lines = last.body_text.splitlines()[:QUOTED_LINES] if last else []
    return "\n".join(["", "", _("The customer wrote:"), *(f"> {line}".rstrip() for line in lines)]) if lines else ""


def _form(request: StaffRequest, ticket: Ticket, what: str, form: forms.Form, *, status: int = 422) -> HttpResponse:
    title, action = SELDOM[what].title, SELDOM[what].action
    if what == "merge":
        del form.fields["kind"]
    context = {
        "ticket": ticket,
        "form": form,
        "what": what,
        "title": title,
        "action": action,
        "post_to": reverse(f"workspace:{what}", args=[ticket.number]),
        "ask_base": f"workspace/tickets/ask_{'dialog' if is_fragment(request) else 'page'}.html",
        "messages_to_split": ticket.messages.visible_to(request.viewer).order_by("pk")[:200] if what == "split" else (),
    }
    return render(request, "workspace/tickets/ask.html", context, status=status)


@require_POST
def merge(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/merge: let it go on in ticket `number`; say who reads it where that is somebody else's."""
    ticket = workable(request, number, may_merge)
    into = NumberForm(request.POST).ticket(request)
    require(may_merge(request.viewer, into))
    done = merge_ticket(ticket, into=into, by=request.viewer)
    undo, text, seconds = reverse("workspace:undo_merge", args=[number, done.pk]), _("Merged into #{number}."), 6
    if into.contact_id != ticket.contact_id:
        text = _("Merged into #{number} of {theirs}, who can read now what {ours} wrote.")
        seconds = READ_SECONDS
    said = text.format(number=into.number, theirs=into.contact, ours=ticket.contact)
    return changed(request, ticket, said, undo=undo, seconds=seconds)


@require_POST
def unmerge(request: StaffRequest, number: int, pk: int) -> HttpResponse:
    """POST tickets/<number>/merges/<id>/undo: both stand on their own again; from either ticket."""
    ticket = read_ticket(request.viewer, number)
    done = get_object_or_404(Merge.objects.select_related("ticket", "target"), pk=pk)
    require(ticket.pk in (done.ticket_id, done.target_id))
    require(may_merge(request.viewer, done.ticket) and may_merge(request.viewer, done.target))
    undo_merge(done, by=request.viewer)
    return changed(request, ticket, _("The tickets stand on their own again."))


@require_POST
def split(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/split: `message` (any number of ids) become a ticket of their own."""
    ticket = workable(request, number, may_merge)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _form(request, ticket, "split", form)
    ids = [int(pk) for pk in request.POST.getlist("message") if pk.isdecimal()]
    new = split_ticket(ticket, message_ids=ids, subject=form.cleaned_data["subject"], by=request.viewer)
    return changed(request, ticket, _("Split off as #{number}.").format(number=new.number))


@require_POST
def link(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/links: say how it stands to another; with `take_off`, take the link off."""
    ticket = workable(request, number, may_merge)
    form = NumberForm(request.POST)
    other = form.ticket(request)
    if "take_off" in request.POST:
        unlink_tickets(ticket, by=request.viewer, other=other)
    else:
        link_tickets(ticket, by=request.viewer, other=other, kind=form.cleaned_data["kind"] or Link.RELATED)
    return changed(request, ticket)


@require_POST
def requester(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/requester: it is for somebody else, who may be new to us."""
    ticket = workable(request, number)
    form = RequesterForm(request.POST)
    if not form.is_valid():
        return _form(request, ticket, "requester", form)
    with transaction.atomic():
        contact = identify_contact(**form.cleaned_data, language=ticket.language, by=request.viewer)
        change_requester(ticket, by=request.viewer, contact=contact)
    return changed(request, ticket, _("It is for {name} now.").format(name=contact))


@require_POST
def copies(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/copies: exactly these get copies."""
    ticket = workable(request, number)
    form = CopiesForm(request.POST)
    if not form.is_valid():
        return _form(request, ticket, "copies", form)
    set_copies(ticket, by=request.viewer, addresses=form.cleaned_data["addresses"])
    return changed(request, ticket)


@require_POST
def forward(request: StaffRequest, number: int) -> HttpResponse:
    """POST tickets/<number>/forward: ask somebody outside; the customer does not see it."""
    ticket = workable(request, number, may_answer)
    form = ForwardForm(request.POST)
    if not form.is_valid():
        return _form(request, ticket, "forward", form)
    data = dict(form.cleaned_data)
    html = linebreaks(data.pop("text"), autoescape=True)
    forward_ticket(ticket, by=request.viewer, agent=me(request), html=html, **data)
    return changed(request, ticket, _("Sent to {address}.").format(address=form.cleaned_data["address"]))


urls = [
    staff_path("tickets/<int:number>/ask/<slug:what>", ask, name="ask"),
    staff_path("tickets/<int:number>/merges/<int:pk>/undo", unmerge, name="undo_merge"),
    *ticket_paths(merge=merge, split=split, links=link, requester=requester, copies=copies, forward=forward),
]
