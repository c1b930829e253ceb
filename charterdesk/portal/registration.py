"""Customers register: name, address and language, and a mail whose link proves the address."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from charterdesk.access.queries import may_register
from charterdesk.access.throttling import Attempt
from charterdesk.people.actions.registration import (
    Registration,
    register_customer,
    registration_of,
    registration_proof,
)
from charterdesk.people.branding import address_of_brand
from charterdesk.people.models import LANGUAGES
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.spam import make_pass, pass_name
from charterdesk.ui.brand import brand_of
from charterdesk.ui.middleware import LANGUAGE_COOKIE
from charterdesk.ui.ways_in import place_of

YEAR = 365 * 24 * 3600


class RegistrationForm(forms.Form):
    """Who somebody is. The field `website` is seen by machines only."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=LANGUAGES, help_text=gettext_lazy("Of our mails and of these pages.")
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    form_pass = forms.CharField(required=False)

    def clean(self) -> dict[str, Any]:
        """Neither a machine nor a flood of mails to one address or from one connection."""
        cleaned = super().clean() or {}
        if cleaned.get("website") or not pass_name(cleaned.get("form_pass", "")):
            raise forms.ValidationError(
                _("That was very quick. Please look over it once more and send it again."), code="quick"
            )
        return cleaned


def register(request: PortalRequest) -> HttpResponseBase:
    """GET: the form. POST: the mail is on its way, and the answer is the same for every address. Two statements."""
    _must_be_open()
    if request.user.is_authenticated:
        return redirect("portal:home")
    form = RegistrationForm(request.POST or None, initial={"language": (get_language() or "en")[:2]})
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"].strip().lower()
        if Attempt("mail", address, place_of(request, address)).allowed():
            told = Registration(address, form.cleaned_data["name"], form.cleaned_data["language"])
            _mail_link(request, told)
            return render(request, "portal/registration_sent.html", {"address": address})
        form.add_error(None, _("That were many mails from your connection. Please try again in an hour."))
    context = {"form": form, "form_pass": make_pass()}
    return render(request, "portal/register.html", context, status=422 if form.errors else 200)


def _must_be_open() -> None:
    if not may_register():
        raise Http404


def _mail_link(request: PortalRequest, told: Registration) -> None:
    """Write in the language that was chosen; the name stays out, so that nobody makes us write what they like."""
    shown = brand_of(request)
    home = address_of_brand(shown.brand) if shown.brand else ""
    path = reverse("portal:prove_registration", args=[registration_proof(told)])
    facts = {"link": f"{home}{path}" if home else request.build_absolute_uri(path), "brand": shown.name}
    with translation.override(told.language):
        subject = render_to_string("portal/mails/register.subject.txt", facts).strip()
        text = render_to_string("portal/mails/register.txt", facts).strip() + "\n"
    send_mail(subject, text, None, [told.address])


def prove(request: PortalRequest, proof: str) -> HttpResponse:
    """GET: is this you? POST: then you are in. The question keeps out programs that open every link of a mail."""
    _must_be_open()
    told = registration_of(proof)
    if request.method != "POST":
        return render(request, "portal/prove_registration.html", {"told": told})
    contact, is_new = register_customer(proof)
    if is_new and contact.login:
        login(request, contact.login, backend=settings.AUTHENTICATION_BACKENDS[0])
    with translation.override(told.language):
        messages.success(request, _("Welcome.") if is_new else _("You are registered already: sign in."))
    response = redirect("portal:requests" if is_new else "account_login")
    response.set_cookie(LANGUAGE_COOKIE, told.language, max_age=YEAR, samesite="Lax")
    return response


urls = [
    portal_path("register", register, "register"),
    portal_path("register/<str:proof>", prove, "prove_registration"),
]
