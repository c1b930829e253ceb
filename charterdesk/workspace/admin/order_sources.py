"""Where orders come from: shops with their secrets, and lists taken in as CSV."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.orders import SOURCE, save_source
from charterdesk.billing.models import OrderSource
from charterdesk.billing.order_lists import KNOWN, MOST_BYTES, NEEDED, take_list
from charterdesk.people.permissions import SET_BILLING
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

FIELD_OF = {
    "billing.no_name": "name",
    "billing.bad_slug": "slug",
    "billing.source_taken": "slug",
    "billing.no_secret": "secret",
}


class SourceForm(forms.Form):
    """A source of orders. A secret left empty stays what it was; it is never shown."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrderSource.KINDS)
    slug = forms.CharField(
        label=gettext_lazy("Short name in the address"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=gettext_lazy("Small letters, digits and dashes, such as shop."),
    )
    secret = forms.CharField(
        label=gettext_lazy("Secret the shop signs with"),
        required=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Empty leaves it as it is."),
    )
    support_days = forms.IntegerField(label=gettext_lazy("Days of support after an order"), min_value=0, max_value=3660)
    is_active = forms.BooleanField(label=gettext_lazy("In use"), required=False)


class ListForm(forms.Form):
    """A list of orders."""

    file = forms.FileField(
        label=gettext_lazy("Orders as CSV"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )


def order_sources(request: StaffRequest) -> HttpResponse:
    """GET admin/orders: where orders come from. One statement."""
    lines = [(each, _hook(each)) for each in OrderSource.objects.order_by("name")]
    return render(request, "workspace/admin/order_sources.html", {"lines": lines, "place": "admin"})


def _hook(source: OrderSource) -> str:
    """The address a shop calls; "" for a source that is none."""
    if source.kind == OrderSource.OWN:
        return ""
    return settings.PUBLIC_URL.rstrip("/") + reverse("order_hook", args=[source.slug])


def order_source(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """GET and POST admin/orders/<id> or admin/orders/new: look at one, change it, add one."""
    instance = get_object_or_404(OrderSource, pk=pk) if pk else None
    start = instance or OrderSource(kind=OrderSource.SHOPIFY)
    form = SourceForm(request.POST or None, initial={name: getattr(start, name) for name in SOURCE})
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved."))
        return redirect("workspace:order_sources")
    hook = _hook(instance) if instance else ""
    return form_page(request, "workspace/admin/order_source.html", form, source=instance, hook=hook)


def _keep(form: SourceForm, instance: OrderSource | None, request: StaffRequest) -> bool:
    fields: dict[str, Any] = {name: form.cleaned_data[name] for name in SOURCE}
    secret = form.cleaned_data["secret"] or None
    return carried_out(form, lambda: save_source(instance, by=request.viewer, secret=secret, **fields), fields=FIELD_OF)


def order_list(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST admin/orders/<id>/list: take orders in from a CSV; says what of it could not be kept, and why."""
    source = get_object_or_404(OrderSource, pk=pk)
    form = ListForm(request.POST or None, request.FILES or None)
    kept: int | None = None
    wrong: list[Any] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept, wrong = take_list(source, upload.read(MOST_BYTES + 1), by=request.viewer)
        except Refused as refused:
            form.add_error("file", refused.message)
    context = {"source": source, "kept": kept, "wrong": wrong, "needed": ", ".join(NEEDED), "known": ", ".join(KNOWN)}
    return form_page(request, "workspace/admin/order_list.html", form, **context)


urls = [
    administrator_path("admin/orders", order_sources, name="order_sources", settings=SET_BILLING),
    administrator_path("admin/orders/new", order_source, name="new_order_source", settings=SET_BILLING),
    administrator_path("admin/orders/<int:pk>", order_source, name="order_source", settings=SET_BILLING),
    administrator_path("admin/orders/<int:pk>/list", order_list, name="order_list", settings=SET_BILLING),
]
