"""Customers: looked up, looked at with all that is known of them, changed, noted about, made one and parted."""

import urllib.parse
from typing import Any

import msgspec
from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.base.sealed import seal, unseal
from charterdesk.people.actions import (
    add_contact,
    add_identity,
    add_person_note,
    change_contact,
    merge_contacts,
    remove_identity,
    remove_person_note,
    set_own_fields,
    settle_duplicate,
    split_contact,
    undo_contact_merge,
)
from charterdesk.people.duplicates import alike, open_duplicates
from charterdesk.people.models import (
    LANGUAGES,
    Agent,
    Contact,
    ContactMerge,
    Identity,
    Organisation,
    PersonField,
)
from charterdesk.people.policies import may_change_contacts, may_merge_contacts, may_see_contacts
from charterdesk.people.queries import Cursor, contacts_page
from charterdesk.tickets.queries import ALL, BY_ACTIVITY, Selection, queue_page
from charterdesk.workspace.admin.forms import carried_out
from charterdesk.workspace.own_fields import OwnFieldsForm, own_values
from charterdesk.workspace.rows import rows_of
from charterdesk.workspace.staff import StaffRequest, say, staff_path, wants

LISTS = "people"
PAGE, TICKETS = 50, 20
PLAIN = ("name", "language", "may_see_organisation", "note", "organisation")
FIELD_OF = {"people.identity_taken": "email", "people.no_such_address": "email"}


class ContactForm(OwnFieldsForm):
    """What we know of a customer, and the desk's own fields."""

    of = PersonField.CONTACT
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    may_see_organisation = forms.BooleanField(
        label=gettext_lazy("Sees all requests of the organisation"), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Good to know"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("Stands on their card beside every ticket."),
    )

    def clean_organisation(self) -> Organisation | None:
        """The organisation of that name."""
        name = self.cleaned_data["organisation"].strip()
        found = (
            Organisation.objects.filter(name__iexact=name, merged_into=None).order_by("pk").first() if name else None
        )
        if name and found is None:
            raise forms.ValidationError(_("There is no organisation of that name. Add it first."))
        return found


class NewContactForm(ContactForm):
    """A customer added by hand, with an address by which they are known."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"dir": "ltr"})
    )
    field_order = ("name", "email")


def contacts(request: StaffRequest) -> HttpResponse:
    """GET contacts/?q=&after=: customers by name; with words, those who fit. Three statements."""
    require(may_see_contacts(request.viewer))
    words = request.GET.get("q", "").strip()[:200]
    found = contacts_page(words=words, after=read_cursor(request), size=PAGE)
    context = {
        "words": words,
        "people": found.rows,
        "more": write_cursor(request, found.after),
        "may_change": may_change_contacts(request.viewer),
        "place": "contacts",
    }
    template = "workspace/contacts/results.html" if wants(request, "results") else "workspace/contacts/list.html"
    return render(request, template, context)


def read_cursor(request: StaffRequest) -> Cursor | None:
    """Where the page that was asked for begins; None for the first, and for what is none of ours."""
    try:
        name, pk = msgspec.json.decode(unseal(request.GET.get("after", ""), of=LISTS), type=Cursor)
    except (ValueError, msgspec.MsgspecError):
        return None
    return name, pk


def write_cursor(request: StaffRequest, after: Cursor | None) -> str:
    """The query string of the next page, or "". It says whose name the page ends with to nobody but the desk."""
    if after is None:
        return ""
    asked = {"q": request.GET.get("q", ""), "after": seal(msgspec.json.encode(after), of=LISTS)}
    return "?" + urllib.parse.urlencode({name: value for name, value in asked.items() if value})


def _contact(pk: int) -> Contact:
    found = Contact.objects.select_related("organisation", "own_fields", "merged_into").prefetch_related("identities")
    return get_object_or_404(found, pk=pk)


def contact(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contacts/<id>/: one customer with identities, notes, fields and tickets. Nine statements."""
    require(may_see_contacts(request.viewer))
    found = _contact(pk)
    if found.merged_into_id:
        return redirect("workspace:contact", found.merged_into_id)
    page = queue_page(request.viewer, Selection(statuses=ALL, order=BY_ACTIVITY, contact_id=found.pk), size=TICKETS)
    merges = list(found.merges.filter(undone_at=None).select_related("merged").order_by("-pk"))
    context = {
        "contact": found,
        "known_since": min(each.created_at for each in (found, *(merge.merged for merge in merges))),
        "own_values": own_values(found, PersonField.CONTACT),
        "notes": found.notes.select_related("author"),
        "merges": merges,
        "rows": rows_of(page.tickets, request.viewer),
        "has_more": page.after is not None,
        **_rights(request),
    }
    return render(request, "workspace/contacts/contact.html", context)


def _rights(request: StaffRequest) -> dict[str, Any]:
    return {
        "may_change": may_change_contacts(request.viewer),
        "may_merge": may_merge_contacts(request.viewer),
        "place": "contacts",
    }


def alike_contacts(request: StaffRequest, pk: int) -> HttpResponse:
    """GET contacts/<id>/alike: who may be the same person, a part of the page that comes later. Four statements."""
    require(may_merge_contacts(request.viewer))
    found = _contact(pk)
    context = {"contact": found, "alike": [] if found.erased_at else alike(found)}
    return render(request, "workspace/contacts/alike.html", context)


def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST contacts/<id>/details: change what we know of a customer."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Contact.objects.select_related("organisation", "own_fields"), pk=pk, erased_at=None)
    form = ContactForm(request.POST or None, whose=found, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and _keep(form, found, request):
        say(request, _("Saved."))
        return redirect("workspace:contact", found.pk)
    context = {"form": form, "contact": found, "organisations": _organisation_names(), "place": "contacts"}
    return render(request, "workspace/contacts/edit.html", context, status=422 if form.errors else 200)


def new(request: StaffRequest) -> HttpResponse:
    """GET and POST contacts/new: add a customer by hand. Nobody is written to."""
    require(may_change_contacts(request.viewer))
    form = NewContactForm(request.POST or None, initial={"language": request.viewer.language})
    kept: list[Contact] = []

    def keep() -> None:
        kept.append(add_contact(email=form.cleaned_data["email"], by=request.viewer))
        told = {name: form.cleaned_data[name] for name in PLAIN}
        told["organisation"] = told["organisation"] or kept[0].organisation  # that of the mail domain
        change_contact(kept[0], by=request.viewer, **told)
        set_own_fields(kept[0], values=form.own_values, by=request.viewer)

    if request.method == "POST" and form.is_valid() and carried_out(form, keep, fields=FIELD_OF):
        say(request, _("Saved."))
        return redirect("workspace:contact", kept[0].pk)
    context = {"form": form, "contact": None, "organisations": _organisation_names(), "place": "contacts"}
    return render(request, "workspace/contacts/edit.html", context, status=422 if form.errors else 200)


def _organisation_names() -> Any:
    return Organisation.objects.filter(merged_into=None).order_by("name").values_list("name", flat=True)[:500]


def _initial(contact: Contact) -> dict[str, Any]:
    plain = {name: getattr(contact, name) for name in PLAIN}
    return plain | {"organisation": str(contact.organisation or "")}


def _keep(form: ContactForm, contact: Contact, request: StaffRequest) -> bool:
    def keep() -> None:
        plain = {name: form.cleaned_data[name] for name in _initial(contact)}
        change_contact(contact, by=request.viewer, **plain)
        set_own_fields(contact, values=form.own_values, by=request.viewer)

    return carried_out(form, keep, fields={})


@require_POST
def notes(request: StaffRequest, pk: int) -> HttpResponse:
    """POST contacts/<id>/notes: note `text`; with `remove`, take the note of that number away."""
    require(may_change_contacts(request.viewer))
    return change_notes(request, get_object_or_404(Contact, pk=pk, erased_at=None), to="workspace:contact")


def change_notes(request: StaffRequest, whose: Contact | Organisation, *, to: str) -> HttpResponse:
    """Note something about `whose` or take a note away, and go back to page `to`."""
    removed = request.POST.get("remove", "")
    if removed.isdecimal():
        remove_person_note(get_object_or_404(whose.notes, pk=removed), by=request.viewer)
    else:
        author = get_object_or_404(Agent, pk=request.viewer.agent_id)
        add_person_note(whose, text=request.POST.get("text", ""), author=author, by=request.viewer)
    return redirect(to, whose.pk)


@require_POST
def identities(request: StaffRequest, pk: int) -> HttpResponse:
    """POST contacts/<id>/identities: one more address or number, `value`; with `remove`, one less."""
    require(may_change_contacts(request.viewer))
    found = get_object_or_404(Contact, pk=pk, erased_at=None)
    removed, value = request.POST.get("remove", ""), request.POST.get("value", "").strip()[:320]
    if removed.isdecimal():
        remove_identity(get_object_or_404(Identity, pk=removed, contact=found), by=request.viewer)
    else:
        kind = Identity.EMAIL if "@" in value else Identity.PHONE
        add_identity(found, kind=kind, value=value, by=request.viewer)
    return redirect("workspace:contact", found.pk)


@require_POST
def merging(request: StaffRequest, pk: int) -> HttpResponse:
    """POST contacts/<id>/merging: make `other` (its number, or an address) one with this; with `apart`, tell them
    apart; with `undo` (a merge), part them again."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Contact, pk=pk)
    undone = request.POST.get("undo", "")
    if undone.isdecimal():
        merge = get_object_or_404(ContactMerge.objects.select_related("contact", "merged"), pk=undone, contact=found)
        undo_contact_merge(merge, by=request.viewer)
        say(request, _("They are two customers again."))
    elif "apart" in request.POST:
        settle_duplicate(found, _other(request), by=request.viewer)
        say(request, _("Noted: these are two people."))
    else:
        merge_contacts(found, _other(request), by=request.viewer)
        say(request, _("One customer now. It can be undone on their page."))
    if request.POST.get("next") == "duplicates":
        return redirect("workspace:duplicates")
    return redirect("workspace:contact", found.pk)


def _other(request: StaffRequest) -> Contact:
    """The contact that `other` names. Raises `Refused("people.no_such_contact")`."""
    named = request.POST.get("other", "").strip()
    if named.isdecimal() and len(named) < 19:
        found = Contact.objects.filter(pk=named).first()
    else:
        found = Contact.objects.with_email(named).first() if "@" in named else None
    if found is None:
        raise Refused("people.no_such_contact", _("No customer has this address."))
    return found


def split(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST contacts/<id>/split: some of the addresses and numbers become a customer of their own."""
    require(may_merge_contacts(request.viewer))
    found = get_object_or_404(Contact.objects.prefetch_related("identities"), pk=pk, erased_at=None, merged_into=None)
    if request.method == "POST":
        chosen = [int(each) for each in request.POST.getlist("identity") if each.isdecimal()]
        new = split_contact(found, identity_ids=chosen, name=request.POST.get("name", ""), by=request.viewer)
        say(request, _("Two customers now. What was written from these addresses follows in a moment."))
        return redirect("workspace:contact", new.pk)
    return render(request, "workspace/contacts/split.html", {"contact": found, "place": "contacts"})


def duplicates(request: StaffRequest) -> HttpResponse:
    """GET contacts/duplicates: pairs that may be one person. Four statements."""
    require(may_merge_contacts(request.viewer))
    return render(request, "workspace/contacts/duplicates.html", {"pairs": open_duplicates(), "place": "contacts"})


urls = [
    staff_path("contacts/", contacts, name="contacts"),
    staff_path("contacts/new", new, name="new_contact"),
    staff_path("contacts/duplicates", duplicates, name="duplicates"),
    staff_path("contacts/<int:pk>/", contact, name="contact"),
    staff_path("contacts/<int:pk>/details", edit, name="edit_contact"),
    staff_path("contacts/<int:pk>/alike", alike_contacts, name="alike"),
    staff_path("contacts/<int:pk>/notes", notes, name="contact_notes"),
    staff_path("contacts/<int:pk>/identities", identities, name="identities"),
    staff_path("contacts/<int:pk>/merging", merging, name="contact_merging"),
    staff_path("contacts/<int:pk>/split", split, name="split_contact"),
]
