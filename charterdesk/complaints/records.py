"""The part of complaints in what we keep of people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.complaints.models import Complaint, Decision
from charterdesk.people.erasing import Person, erases
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, Thing, tells

exported("complaints")
NOTHING = "—"


@tells("complaints", lambda: _("Your complaints"))
def tell_complaints(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """Their complaints and how they were decided, oldest first. Two statements."""
    theirs = Complaint.objects.filter(ticket__contact=contact).select_related("ticket", "level")
    for complaint in theirs.prefetch_related("decisions").order_by("pk"):
        yield [
            Field("number", _("Number"), complaint.ticket.number),
            Field("kind", _("What it is about"), complaint.get_kind_display()),
            Field("level", _("Level"), complaint.level.name if complaint.level else ""),
            Field("made_at", _("Time"), complaint.made_at),
            Field("decisions", _("Decisions"), [_decided(one) for one in complaint.decisions.all()]),
        ]


def _decided(decision: Decision) -> Thing:
    return [
        Field("at", _("Time"), decision.made_at),
        Field("verdict", _("Decision"), decision.get_verdict_display()),
        Field("reasons", _("Reasons"), decision.reasons),
    ]


@erases
def forget_in_complaints(person: Person) -> None:
    """What was decided on their complaints stays as a figure, the reasons go. One statement."""
    theirs = Decision.objects.filter(complaint__ticket__contact_id=person.contact_id)
    theirs.exclude(reasons="").update(reasons=NOTHING)
