"""Erasing somebody known by an e-mail address alone: what there is of them, and the word that makes it go."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import Refused
from charterdesk.records.addresses import Numbers, erase_address, kept_of, owner_of
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.staff import StaffRequest

WITHOUT_NAME, GONE = "keep", "delete"


class AddressForm(forms.Form):
    """Whom, and what becomes of what they said. The address is posted, so that no list of visits keeps it."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("As they gave it. For somebody who is a customer, open the customer instead."),
    )
    words = forms.ChoiceField(
        label=gettext_lazy("What becomes of their comments"),
        choices=[
            (WITHOUT_NAME, gettext_lazy("They stay, without name and address")),
            (GONE, gettext_lazy("They are deleted")),
        ],
        initial=WITHOUT_NAME,
        required=False,
    )


def erase_by_address(request: StaffRequest) -> HttpResponse:
    """GET admin/address-erasure: whom? POST shows what there is; with `sure` it goes. Nine statements to look.

    What went is shown in numbers, without the address.
    """
    form = AddressForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "place": "admin"}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _carried_out(request, form)
        except Refused as refused:
            context["owner"] = owner_of(form.cleaned_data["address"])
            form.add_error("address", refused.message)
    status = 422 if form.errors else 200
    return render(request, "workspace/admin/erase_by_address.html", context, status=status)


def _carried_out(request: StaffRequest, form: AddressForm) -> dict[str, Any]:
    """What the page shows: what went, or what there is. Raises `Refused`."""
    address = form.cleaned_data["address"]
    if "sure" in request.POST:
        with_words = form.cleaned_data["words"] == GONE
        return {"proof": erase_address(address, with_words=with_words, by=request.viewer), "form": AddressForm()}
    there: Numbers = kept_of(address)
    return {"there": there, "is_nothing": not any(there.values()), "unsure": "erase" in request.POST}


urls = [administrator_path("admin/address-erasure", erase_by_address, name="erase_by_address")]
