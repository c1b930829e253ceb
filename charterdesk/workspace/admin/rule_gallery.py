"""The gallery of ready-made rules: one click, and they act."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.people.permissions import SET_RULES
from charterdesk.tickets.ready_made import BY_CODE, READY_MADE, already_there, switch_on
from charterdesk.workspace.admin.desk import administrator_path
from charterdesk.workspace.admin.rule_deeds import words_of_deeds
from charterdesk.workspace.admin.rule_words import Conditions, words_of_when
from charterdesk.workspace.staff import StaffRequest, say


def gallery(request: StaffRequest) -> HttpResponse:
    """GET admin/rules/ready-made: all of them, with what each does. Five statements at most."""
    there = already_there()
    conditions, lines = Conditions(), []
    for each in READY_MADE:
        bodies = [said.body() for said in each.rules]
        said = [
            (words_of_when(body), conditions.words(body.get("if") or {}), words_of_deeds(body["then"]))
            for body in bodies
        ]
        lines.append({"ready": each, "rules": said, "is_there": each.code in there})
    return render(request, "workspace/rules/gallery.html", {"lines": lines, "place": "admin"})


@require_POST
def take(request: StaffRequest, code: str) -> HttpResponse:
    """POST admin/rules/ready-made/<code>: switch it on; what somebody has to fill in is opened instead."""
    ready = BY_CODE.get(code)
    if ready is None:
        raise Http404
    made = switch_on(ready, by=request.viewer)
    if ready.is_sketch and made:
        return redirect("workspace:rule", made[0].pk)
    say(request, _("Switched on. It acts from now on.") if made else _("It was there already."))
    return redirect("workspace:rules")


urls = [
    administrator_path("admin/rules/ready-made", gallery, name="rule_gallery", settings=SET_RULES),
    administrator_path("admin/rules/ready-made/<slug:code>", take, name="take_rule", settings=SET_RULES),
]
