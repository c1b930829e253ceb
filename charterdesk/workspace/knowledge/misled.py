"""Those who were given a wrong article: on which ticket, when, in which version; and telling them what is right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.refused import require
from charterdesk.knowledge.models import Correction
from charterdesk.knowledge.policies import may_approve
from charterdesk.people.permissions import BULK
from charterdesk.surges.queries import circulars_about, misled, still_misled
from charterdesk.tickets.models import Ticket
from charterdesk.workspace.knowledge.lists import rooms
from charterdesk.workspace.knowledge.paths import knowledge_path
from charterdesk.workspace.staff import StaffRequest
from charterdesk.workspace.surges import letter_to, write_to_all

SHOWN = 200


def reached(request: StaffRequest, pk: int) -> HttpResponse:
    """GET knowledge/corrections/<id>/misled: whom it reached; POST tells those who were not told, in the background.

    Six statements.
    """
    found = Correction.objects.select_related("text__article", "owner")
    correction = get_object_or_404(found, pk=pk)
    untold = still_misled(correction, request.viewer)
    if request.method == "POST":
        require(request.viewer.may(BULK))
        write_to_all(request, untold, about=correction.key)
        return redirect("workspace:misled", pk)
    given = misled(correction)
    uses = given.filter(ticket__in=Ticket.objects.visible_to(request.viewer))
    letter = letter_to(untold) if request.viewer.may(BULK) else {"fields": []}
    for field in letter["fields"]:
        with translation.override(field["code"]):
            field["text"] = _drafted(correction)
    context = {
        "correction": correction,
        "uses": list(uses[:SHOWN]),
        "harmed": uses.values("ticket__contact").distinct().count(),
        "elsewhere": given.count() - uses.count(),
        "circulars": circulars_about(correction.key),
        **letter,
        **rooms(request, "waiting"),
    }
    return render(request, "workspace/knowledge/misled.html", context)


def _drafted(correction: Correction) -> str:
    """What the letter says before anybody wrote into it, in the language that is active."""
    began = _(
        "We gave you our article “{title}”. Something in it was wrong, and we are sorry. What is right is this:"
    ).format(title=correction.text.title)
    return f"{began}\n\n{correction.result}".strip()


urls = [knowledge_path("corrections/<int:pk>/misled", reached, "misled", may_approve)]
