"""What somebody who complains is told: who decides, by when, who has no hand in it, and whom to turn to after that."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.complaints.models import TYPE, Complaint, Decision, Level
from charterdesk.complaints.queries import level_after
from charterdesk.events.facts import facts_for_template
from charterdesk.tickets.own_texts import OF_TYPE, TEXTS, Text

DECISION = "decision"
TEXTS[DECISION] = Text(gettext_lazy("Decision on a complaint"), gettext_lazy("When a complaint is decided."))
OF_TYPE["solution", TYPE] = DECISION


def acknowledgement(complaint: Complaint) -> tuple[str, str]:
    """Subject and text of the acknowledgement, in the ticket's language."""
    ticket = complaint.ticket
    with translation.override(ticket.language):
        facts = facts_for_template(ticket.key)
        context = {
            **facts,
            "level": complaint.level.name if complaint.level else "",
            "ways": complaint.level.ways if complaint.level else [],
            "is_independent": complaint.is_independent and complaint.concerned.exists(),
            "is_anew": complaint.is_anew,
            "next": next_words(level_after(complaint.level)),
        }
        subject = " ".join(render_to_string("complaints/acknowledgement.subject.txt", context).split())
        return subject, render_to_string("complaints/acknowledgement.txt", context)


def decision_text(complaint: Complaint, verdict: str, reasons: str) -> str:
    """The decision as its customer reads it, in the ticket's language: the verdict, why, and what they can do."""
    with translation.override(complaint.ticket.language):
        word = dict(Decision.VERDICTS)[verdict]
        parts = [_("Our decision: your complaint is %(verdict)s.") % {"verdict": word}, reasons.strip()]
        following = next_words(level_after(complaint.level))
        if following:
            parts.append(_("If you are not content with this: %(next)s") % {"next": following})
        return "\n\n".join(parts)


def next_words(level: Level | None) -> str:
    """Whom to turn to next, in the active language; "" where there is nobody."""
    if level is None:
        return ""
    ways = ", ".join(level.ways)
    named = f"{level.name} ({ways})" if ways else level.name
    if level.is_outside:
        return _("you can turn to %(level)s, which does not belong to us.") % {"level": named}
    return _("ask on the page of your complaint that the next level decides: %(level)s.") % {"level": named}
