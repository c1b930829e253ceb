"""Tags: what each is for, how many tickets have it; rename one, make it one with another, take it off all."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.tags import describe_tag, turn_tag
from charterdesk.tickets.jobs import change_tag_over
from charterdesk.tickets.models import Tag, Ticket
from charterdesk.workspace.admin.desk import CAP, administrator_path
from charterdesk.workspace.admin.forms import carried_out, form_page
from charterdesk.workspace.staff import StaffRequest, say

PAGE = 50


class TagForm(forms.Form):
    """What a tag is called and for."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=50,
        help_text=gettext_lazy("The name of another tag makes them one."),
    )
    description = forms.CharField(label=gettext_lazy("What it is for"), max_length=300, required=False)


def tags(request: StaffRequest) -> HttpResponse:
    """GET admin/tags?q=&page=: by name, with how many tickets have each, counted to `CAP`. Two statements."""
    words = request.GET.get("q", "").strip().lower()
    found = _counted(Tag.objects.filter(name__contains=words).order_by("name"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tags": page.object_list, "words": words, "cap": CAP, "place": "admin"}
    return render(request, "workspace/admin/tags.html", context)


def _counted(found: QuerySet[Tag]) -> QuerySet[Any]:
    """`found` with `tickets`, each a bounded look into the index."""
    having = Ticket.objects.filter(tags__contains=Func(OuterRef("name"), template="ARRAY[%(expressions)s]::varchar[]"))
    some = having.order_by().values(one=Value(1))[: CAP + 1]
    return found.annotate(tickets=_Count(some, output_field=IntegerField()))


class _Count(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"


def tag(request: StaffRequest, pk: int) -> HttpResponse:
    """GET and POST admin/tags/<id>: say what it is for, rename it, make it one with another."""
    instance = get_object_or_404(_counted(Tag.objects.all()), pk=pk)
    form = TagForm(request.POST or None, initial={"name": instance.name, "description": instance.description})
    if request.method == "POST" and form.is_valid() and _keep(form, instance, request):
        say(request, _("Saved.") if "name" not in form.changed_data else _("Saved. The tickets follow one by one."))
        return redirect("workspace:tags_settings")
    return form_page(request, "workspace/admin/tag.html", form, tag=instance, cap=CAP)


def _keep(form: TagForm, instance: Tag, request: StaffRequest) -> bool:
    def keep() -> None:
        describe_tag(instance, by=request.viewer, description=form.cleaned_data["description"])
        if "name" in form.changed_data:
            turn_tag(instance, into=form.cleaned_data["name"], by=request.viewer)
            change_tag_over.defer_with(tag_id=instance.pk, by=request.viewer.key, lock=instance.key)

    return carried_out(form, keep, fields={"tickets.same_tag": "name", "tickets.tag_changing": "name"})


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """POST admin/tags/<id>/removal: take it off every ticket, in the background."""
    instance = get_object_or_404(Tag, pk=pk)
    with transaction.atomic():
        turn_tag(instance, into="", by=request.viewer)
        change_tag_over.defer_with(tag_id=instance.pk, by=request.viewer.key, lock=instance.key)
    say(request, _("It is taken off its tickets one by one, and then gone."))
    return redirect("workspace:tags_settings")


urls = [
    administrator_path("admin/tags", tags, name="tags_settings", settings=SET_TEXTS),
    administrator_path("admin/tags/<int:pk>", tag, name="tag", settings=SET_TEXTS),
    administrator_path("admin/tags/<int:pk>/removal", remove, name="remove_tag", settings=SET_TEXTS),
]
