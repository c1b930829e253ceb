"""One's own place: the name others see, what one hears, and leaving a topic by a link in a mail."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from charterdesk.base.refused import Refused
from charterdesk.community.actions.following import follow
from charterdesk.community.actions.profiles import change_profile, profile_of, take_part
from charterdesk.community.leaving import left_by
from charterdesk.community.models import ForumProposal, Profile
from charterdesk.community.policies import may_take_part
from charterdesk.portal.community.forms import ProfileForm
from charterdesk.portal.community.paths import address_of_topic, to_sign_in
from charterdesk.portal.customers import PortalRequest, portal_path

PROPOSED = 10


def named(request: PortalRequest) -> Profile | HttpResponse:
    """Staff take part by their own name; others choose one first."""
    if request.viewer.is_staff:
        return take_part(request.viewer)
    messages.info(request, _("Choose the name others see here; then go on."))
    return redirect(f"/community/me?next={quote(request.POST.get('back', ''))}")


def me(request: PortalRequest) -> HttpResponse:
    """GET community/me: one's name here and what one hears. POST keeps it."""
    if not may_take_part(request.viewer):
        return to_sign_in(request, request.path)
    profile = profile_of(request.viewer)
    initial = {} if profile is None else {name: getattr(profile, name) for name in ("name", "mails", "after_erasure")}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        messages.success(request, _("Saved."))
        onward = request.POST.get("next", "")
        is_ours = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
        return redirect(onward if is_ours else "/community/me")
    proposed = ForumProposal.objects.filter(author=profile).select_related("forum").order_by("-pk")
    context = {
        "form": form,
        "profile": profile,
        "proposals": proposed[:PROPOSED] if profile else (),
        "next": request.GET.get("next", ""),
        "place": "community",
    }
    return render(request, "portal/community/me.html", context, status=422 if form.errors else 200)


def _kept(request: PortalRequest, form: ProfileForm) -> bool:
    given = form.cleaned_data
    try:
        profile = take_part(request.viewer, name=given["name"])
        change_profile(profile, by=request.viewer, **given)
    except Refused as refused:
        form.add_error("name", refused.message)
        return False
    return True


@csrf_exempt
def leave(request: PortalRequest, token: str) -> HttpResponse:
    """GET community/leave/<token>: hear no more of a topic? POST does it, from a mail program as well (RFC 8058)."""
    found = left_by(token)
    if found is None:
        raise Http404
    if request.method == "POST":
        follow(found.topic, found.profile, is_on=False)
    context = {"topic": found.topic, "href": address_of_topic(found.topic), "is_done": request.method == "POST"}
    return render(request, "portal/community/leave.html", context)


urls = [
    portal_path("community/me", me, "community_me"),
    portal_path("community/leave/<str:token>", leave, "leave_topic"),
]
