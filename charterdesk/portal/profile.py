"""What a customer sees and changes of themselves: name, addresses, mails, their data, and being forgotten."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused
from charterdesk.people.actions.customers import (
    add_address,
    ask_erasure,
    change_profile,
    choose_mails,
    proved_address,
    remove_address,
    take_back_erasure,
)
from charterdesk.people.branding import address_of_brand
from charterdesk.people.models import LANGUAGES, Contact, CustomerChoice, ErasureRequest, Identity
from charterdesk.portal.customers import PortalRequest, View, portal_path
from charterdesk.records.actions import export_person
from charterdesk.ui.address_proofs import mail_address_proof
from charterdesk.ui.brand import brand_of
from charterdesk.ui.middleware import LANGUAGE_COOKIE
from charterdesk.ui.signed_out import sign_in_first


class ProfileForm(forms.Form):
    """Who somebody is, and how they read."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    phone = forms.RegexField(
        r"^\+?[0-9 ()/.-]{3,30}$",
        label=gettext_lazy("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "dir": "ltr"}),
        error_messages={"invalid": gettext_lazy("Write a phone number as +353 20 911 0000.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=LANGUAGES, help_text=gettext_lazy("Of our mails and of these pages.")
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        required=False,
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "dir": "ltr"}),
        help_text=gettext_lazy("Such as Europe/Dublin: the clock by which we name times to you."),
    )

    def clean_time_zone(self) -> str:
        """A zone there is, or none."""
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(_("Choose a time zone from the list, such as Europe/Dublin."))
        return zone


class AddressForm(forms.Form):
    """An address to be reached by as well."""

    address = forms.EmailField(
        label=gettext_lazy("Another e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class MailsForm(forms.Form):
    """Which mails somebody wants."""

    mails = forms.ChoiceField(label=gettext_lazy("Which mails do you want?"), choices=CustomerChoice.MAILS)


def own_path(route: str, view: View, name: str) -> URLPattern:
    """An address for signed-in customers: others are sent to the door, staff are told that nothing is there."""
    return portal_path(route, _own(view), name)


def _own(view: View) -> View:
    @wraps(view)
    def owned(request: PortalRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request, reverse("portal:profile") if request.method == "POST" else "")
        contact = get_object_or_404(
            Contact.objects.select_related("login", "choice").prefetch_related("identities"),
            pk=request.viewer.contact_id,
        )
        return view(request, contact, *args, **kwargs)

    return owned


def profile(request: PortalRequest, contact: Contact) -> HttpResponseBase:
    """GET: all of it. POST: keep name, phone, language and zone. Four statements to look."""
    form = ProfileForm(request.POST or None, initial=_initial(contact))
    if request.method != "POST" or not form.is_valid():
        return _page(request, contact, form=form)
    if not _kept(form, lambda: change_profile(contact, by=contact, **form.cleaned_data), at="phone"):
        return _page(request, contact, form=form)
    language = form.cleaned_data["language"]
    with translation.override(language):
        messages.success(request, _("Saved."))
    response = redirect("portal:profile")
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, samesite="Lax")
    return response


def _initial(contact: Contact) -> dict[str, str]:
    return {
        "name": contact.name,
        "phone": contact.phone,
        "language": contact.language,
        "time_zone": contact.time_zone,
    }


def _kept(form: forms.Form, action: Callable[[], Any], *, at: str) -> bool:
    """Carry out `action`; what it refuses is said at the field `at`."""
    try:
        action()
    except Refused as refused:
        form.add_error(at, refused.message)
        return False
    return True


def _page(
    request: PortalRequest,
    contact: Contact,
    *,
    form: forms.Form | None = None,
    address_form: forms.Form | None = None,
    unsure: bool = False,
) -> HttpResponse:
    choice = getattr(contact, "choice", None)
    shown = form or ProfileForm(initial=_initial(contact))
    context = {
        "form": shown,
        "address_form": address_form or AddressForm(),
        "contact": contact,
        "emails": [one for one in contact.identities.all() if one.kind == Identity.EMAIL],
        "zones": sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")),
        "mails": choice.mails if choice else CustomerChoice.ANSWERS,
        "mail_choices": CustomerChoice.MAILS,
        "asked": ErasureRequest.objects.filter(contact=contact, state=ErasureRequest.ASKED).first(),
        "unsure": unsure,
        "place": "profile",
    }
    is_wrong = unsure or shown.errors or (address_form is not None and address_form.errors)
    return render(request, "portal/profile.html", context, status=422 if is_wrong else 200)


@require_POST
def set_mails(request: PortalRequest, contact: Contact) -> HttpResponse:
    """POST: which mails they want."""
    choose_mails(contact, by=contact, mails=request.POST.get("mails", ""))
    messages.success(request, _("Saved."))
    return redirect("portal:profile")


@require_POST
def send_proof(request: PortalRequest, contact: Contact) -> HttpResponse:
    """POST: a mail to another address; whoever brings its link back has proved that it is theirs."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _page(request, contact, address_form=form)
    address = form.cleaned_data["address"]
    if not _kept(form, lambda: mail_address_proof(contact, address, home=_home(request)), at="address"):
        return _page(request, contact, address_form=form)
    messages.success(request, _("We wrote to %(address)s. Open the link in that mail.") % {"address": address})
    return redirect("portal:profile")


def _home(request: PortalRequest) -> str:
    """Where the pages are that they look at: the brand's own address, else this one."""
    shown = brand_of(request)
    return (address_of_brand(shown.brand) if shown.brand else "") or request.build_absolute_uri("/").rstrip("/")


def prove_address(request: PortalRequest, contact: Contact, proof: str) -> HttpResponse:
    """GET: is this yours? POST: then it counts. The question keeps out programs that open every link of a mail."""
    if request.method != "POST":
        return render(request, "portal/prove.html", {"address": proved_address(contact, proof), "place": "profile"})
    address = add_address(contact, by=contact, proof=proof)
    messages.success(request, _("%(address)s is yours from now on.") % {"address": address})
    return redirect("portal:profile")


@require_POST
def drop_address(request: PortalRequest, contact: Contact, pk: int) -> HttpResponse:
    """POST: an address is theirs no more."""
    identity = get_object_or_404(contact.identities.filter(kind=Identity.EMAIL), pk=pk)
    remove_address(contact, identity, by=contact)
    messages.success(request, _("Removed."))
    return redirect("portal:profile")


@require_POST
def export(request: PortalRequest, contact: Contact) -> FileResponse:
    """POST: everything we keep of them, as a file to take away."""
    made = export_person(contact, by=contact)
    return FileResponse(made, as_attachment=True, filename="my-data.zip", content_type="application/zip")


@require_POST
def ask_to_be_erased(request: PortalRequest, contact: Contact) -> HttpResponse:
    """POST with `sure`: they want to be forgotten; an administrator decides. Shows the receipt."""
    if "sure" not in request.POST:
        return _page(request, contact, unsure=True)
    return redirect("portal:receipt", ask_erasure(contact, by=contact).receipt)


@require_POST
def take_back(request: PortalRequest, contact: Contact) -> HttpResponse:
    """POST: they changed their mind."""
    take_back_erasure(get_object_or_404(ErasureRequest, contact=contact, state=ErasureRequest.ASKED), by=contact)
    messages.success(request, _("Taken back. Everything stays."))
    return redirect("portal:profile")


def receipt(request: PortalRequest, receipt: str) -> HttpResponse:
    """GET: what became of a wish to be forgotten, for whoever holds the receipt. Names nobody. One statement."""
    found = get_object_or_404(ErasureRequest, receipt=receipt)
    return render(request, "portal/receipt.html", {"asked": found})


urls = [
    own_path("profile", profile, "profile"),
    own_path("profile/mails", set_mails, "set_mails"),
    own_path("profile/addresses", send_proof, "send_proof"),
    own_path("profile/addresses/<int:pk>/removal", drop_address, "drop_address"),
    own_path("profile/addresses/<str:proof>", prove_address, "prove_address"),
    own_path("profile/data", export, "export_data"),
    own_path("profile/erasure", ask_to_be_erased, "ask_erasure"),
    own_path("profile/erasure/removal", take_back, "take_back_erasure"),
    portal_path("receipts/<str:receipt>", receipt, "receipt"),
]
