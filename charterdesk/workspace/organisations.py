"""Organisations: their mail domains, people and notes, and who of them sees all their requests."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.people.actions import (
    add_organisation,
    change_contact,
    change_organisation,
    merge_organisations,
    set_own_fields,
    tell_organisations_apart,
    undo_organisation_merge,
)
from charterdesk.people.duplicate_organisations import Pair, organisations_alike
from charterdesk.people.models import Contact, Organisation, OrganisationMerge, PersonField
from charterdesk.people.policies import may_change_contacts, may_merge_contacts, may_see_contacts
from charterdesk.people.queries import living_contacts, organisations_page
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.contacts import change_notes, read_cursor, write_cursor
from charterdesk.workspace.own_fields import OwnFieldsForm, own_values
from charterdesk.workspace.rows import rows_of
from charterdesk.workspace.staff import StaffRequest, say, staff_path, wants

PAGE, MEMBERS, TICKETS = 50, 100, 20
FIELD_OF = {
    "people.no_name": "name",
    "people.no_such_domain": "domains",
    "people.domain_taken": "domains",
}


class OrganisationForm(OwnFieldsForm):
    """What we know of an organisation, and the desk's own fields."""

    of = PersonField.ORGANISATION
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    domains = forms.CharField(
        label=gettext_lazy("Mail domains"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "example.org, example.com"}),
        help_text=gettext_lazy("Apart by commas. New customers who write from them belong to it."),
    )
    note = forms.CharField(
        label=gettext_lazy("Good to know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean_domains(self) -> list[str]:
        """As a list."""
        return [each for each in self.cleaned_data["domains"].replace(",", " ").split() if each]


def organisations(request: StaffRequest) -> HttpResponse:
    """GET organisations/?q=&after=: organisations by name. One statement."""
    require(may_see_contacts(request.viewer))
    words = request.GET.get("q", "").strip()[:200]
    found = organisations_page(words=words, after=read_cursor(request), size=PAGE)
    context = {
        "words": words,
        "organisations": found.rows,
        "more": write_cursor(request, found.after),
        "may_change": may_change_contacts(request.viewer),
        "may_merge": may_merge_contacts(request.viewer),
        "place": "contacts",
    }
    template = (
        "workspace/organisations/results.html" if wants(request, "results") else "workspace/organisations/list.html"
    )
    return render(request, template, context)


def organisation(request: StaffRequest, pk: int) -> HttpResponse:
    """GET organisations/<id>/: one organisation with its people, notes and latest tickets. Nine statements."""
    require(may_see_contacts(request.viewer))
    found = get_object_or_404(Organisation.objects.select_related("own_fields"), pk=pk)
    if found.merged_into_id:
        return redirect("workspace:organisation", found.merged_into_id)
    latest = Ticket.objects.visible_to(request.viewer).filter(organisation=found).order_by("-pk")
    tickets = list(latest.select_related("contact", "assignee", "team")[:TICKETS])
    members = living_contacts().filter(organisation=found).prefetch_related("identities").order_by("name", "pk")
    context = {
        "organisation": found,
        "members": members[:MEMBERS],
        "own_values": own_values(found, PersonField.ORGANISATION),
        "notes": found.notes.select_related("author"),
        "merges": found.merges.filter(undone_at=None).select_related("merged").order_by("-pk"),
        "rows": rows_of(tickets, request.viewer),
        "may_change": may_change_contacts(request.viewer),
        "may_merge": may_merge_contacts(request.viewer),
        "place": "contacts",
    }
    return render(request, "workspace/organisations/organisation.html", context)


def edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST organisations/new and organisations/<id>/details."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Organisation.objects.select_related("own_fields"), pk=pk) if pk else None
    form = OrganisationForm(request.POST or None, whose=found, initial=_initial(found))
    kept: list[Organisation] = []

    def keep() -> None:
        plain: dict[str, Any] = {name: form.cleaned_data[name] for name in ("name", "domains", "note")}
        if found:
            change_organisation(found, by=request.viewer, **plain)
        kept.append(found or add_organisation(by=request.viewer, **plain))
        set_own_fields(kept[0], values=form.own_values, by=request.viewer)

    if request.method == "POST" and form.is_valid() and carried_out(form, keep, fields=FIELD_OF):
        say(request, _("Saved."))
        return redirect("workspace:organisation", kept[0].pk)
    context = {"form": form, "organisation": found, "place": "contacts"}
    return render(request, "workspace/organisations/edit.html", context, status=422 if form.errors else 200)


def _initial(found: Organisation | None) -> dict[str, Any]:
    return {"name": found.name, "domains": ", ".join(found.domains), "note": found.note} if found else {}


@require_POST
def notes(request: StaffRequest, pk: int) -> HttpResponse:
    """POST organisations/<id>/notes: as `contacts.notes`."""
    require(may_change_contacts(request.viewer))
    return change_notes(request, get_object_or_404(Organisation, pk=pk), to="workspace:organisation")


@require_POST
def members(request: StaffRequest, pk: int) -> HttpResponse:
    """POST organisations/<id>/members: add whoever has the address `email`; with `member`, let them see all requests
    or not (`sees`), or take them out (`remove`)."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=pk)
    chosen = request.POST.get("member", "")
    if chosen.isdecimal():
        member = get_object_or_404(Contact, pk=chosen, organisation=found)
        if "remove" in request.POST:
            change_contact(member, organisation=None, may_see_organisation=False, by=request.viewer)
        else:
            change_contact(member, may_see_organisation=request.POST.get("sees") == "1", by=request.viewer)
    else:
        known = Contact.objects.with_email(request.POST.get("email", "")).first()
        if known is None:
            raise Refused("people.no_such_contact", _("No customer has this address."))
        change_contact(known, organisation=found, may_see_organisation=False, by=request.viewer)
    return redirect("workspace:organisation", found.pk)


def alike(request: StaffRequest, pk: int) -> HttpResponse:
    """GET organisations/<id>/alike: which may be the same, a part of the page that comes later. Three statements."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=pk)
    others = [(pair.other if pair.organisation == found else pair.organisation, pair.why) for pair in _alike(found)]
    return render(request, "workspace/organisations/alike.html", {"organisation": found, "alike": others})


def _alike(found: Organisation) -> list[Pair]:
    return organisations_alike(of=found.pk, limit=5)


def duplicates(request: StaffRequest) -> HttpResponse:
    """GET organisations/duplicates: pairs that may be one. Two statements."""
    require(may_merge_contacts(request.viewer))
    context = {"pairs": organisations_alike(), "place": "contacts"}
    return render(request, "workspace/organisations/duplicates.html", context)


@require_POST
def merging(request: StaffRequest, pk: int) -> HttpResponse:
    """POST organisations/<id>/merging: make `other` (its number, or its name or mail domain) one with this; with
    `apart`, tell them apart; with `undo` (a merge), part them again."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Organisation, pk=pk)
    undone = request.POST.get("undo", "")
    if undone.isdecimal():
        merges = OrganisationMerge.objects.select_related("organisation", "merged")
        undo_organisation_merge(get_object_or_404(merges, pk=undone, organisation=found), by=request.viewer)
        say(request, _("They are two organisations again. Their tickets follow in a moment."))
    elif "apart" in request.POST:
        tell_organisations_apart(found, _other(request), by=request.viewer)
        say(request, _("Noted: these are two organisations."))
    else:
        merge_organisations(found, _other(request), by=request.viewer)
        say(request, _("One organisation now; its tickets follow in a moment. It can be undone on its page."))
    if request.POST.get("next") == "duplicates":
        return redirect("workspace:organisation_duplicates")
    return redirect("workspace:organisation", found.pk)


def _other(request: StaffRequest) -> Organisation:
    """The organisation that `other` names. Raises `Refused("people.no_such_organisation")`."""
    named = request.POST.get("other", "").strip()
    living = Organisation.objects.filter(merged_into=None)
    if named.isdecimal() and len(named) < 19:
        found = living.filter(pk=named).first()
    else:
        found = living.filter(Q(name__iexact=named) | Q(domains__contains=[named.lower()])).order_by("pk").first()
    if found is None:
        raise Refused("people.no_such_organisation", _("There is no organisation of that name or mail domain."))
    return found


urls = [
    staff_path("organisations/", organisations, name="organisations"),
    staff_path("organisations/new", edit, name="new_organisation"),
    staff_path("organisations/duplicates", duplicates, name="organisation_duplicates"),
    staff_path("organisations/<int:pk>/alike", alike, name="organisations_alike"),
    staff_path("organisations/<int:pk>/merging", merging, name="organisation_merging"),
    staff_path("organisations/<int:pk>/", organisation, name="organisation"),
    staff_path("organisations/<int:pk>/details", edit, name="edit_organisation"),
    staff_path("organisations/<int:pk>/notes", notes, name="organisation_notes"),
    staff_path("organisations/<int:pk>/members", members, name="organisation_members"),
]
