"""The charter for everybody to read: what is promised, and how far it is kept, in figures that nobody can edit."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from charterdesk.charter.in_force import Binding
from charterdesk.charter.models import CharterVersion
from charterdesk.charter.queries.documents import ObjectiveShown, in_force, published, shown
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.ui.charter import charter_context


def page(request: PortalRequest) -> HttpResponse:
    """GET charter/: the version in force with its figures. Four statements, however many cases stand behind them."""
    binding = in_force()
    if binding is None:
        return render(request, "portal/charter/none.html", {"place": "charter"})
    context = charter_context(binding.charter, binding)
    first = next(iter(binding.charter.objectives), None)
    context["embed_url"] = request.build_absolute_uri(reverse("portal:charter_script"))
    context["badge_url"] = (
        request.build_absolute_uri(reverse("portal:charter_badge", args=[first.code])) if first else ""
    )
    return render(request, "portal/charter/page.html", context)


def version(request: PortalRequest, number: int) -> HttpResponse:
    """GET charter/versions/<number>: what a former version, or one to come, says. Four statements."""
    found = get_object_or_404(CharterVersion, number=number, state=CharterVersion.PUBLISHED)
    later = published().filter(effective_at__gt=found.effective_at).order_by("effective_at").first()
    binding = in_force()
    context = charter_context(found.charter, None)
    context |= {"shown_version": found, "until": later.effective_at if later else None}
    context["is_current"] = binding is not None and binding.id == found.pk
    return render(request, "portal/charter/version.html", context)


def objective_shown(code: str) -> tuple[Binding, ObjectiveShown]:
    """One objective of the charter in force. Raises `Http404`."""
    binding = in_force()
    known = shown(binding.charter, timezone.localdate()) if binding else []
    found = next((each for each in known if each.objective.code == code), None)
    if binding is None or found is None:
        raise Http404
    return binding, found


urls = [
    portal_path("charter/", page, "charter"),
    portal_path("charter/versions/<int:number>", version, "charter_version"),
]
