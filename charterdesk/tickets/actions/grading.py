"""What a customer says of a solution: a grade."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.operations import operation
from charterdesk.events.skipped import Skipped, skipped
from charterdesk.events.timers import set_timer
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.actions.intake import Incoming, receive_message
from charterdesk.tickets.actions.lifecycle import end_by_customer, reopen_ticket
from charterdesk.tickets.actions.locking import lock, refuse_merged
from charterdesk.tickets.actions.texts import send_template
from charterdesk.tickets.events import GradeTermsChanged, TicketGraded
from charterdesk.tickets.grading import SCORES, terms_of
from charterdesk.tickets.models import Grade, GradeTerms, Ticket

REMINDER = "grade_reminder"
FIELDS = ("is_asked", "remind_after", "close_after", "words")
MOST_DAYS = 365
NOT_ASKED = skipped("tickets.not_asked", gettext_lazy("nothing solved is left to grade, or its team does not ask"))


@transaction.atomic
def grade_ticket(ticket: Ticket, *, by: Actor, score: int, comment: str = "", way: str = Grade.PAGE) -> Grade:
    """Keep the grade its customer gives for the solution: 1 and 2 open it again, from 3 on it closes.

    With 1 and 2 the comment stands on the ticket as what the customer wrote. Each solution gets one grade. Raises
    `Refused`: `tickets.no_such_grade`, `tickets.merged`, `tickets.not_their_word`, `tickets.nothing_to_grade`,
    `tickets.already_graded`.
    """
    if score not in SCORES:
        raise Refused("tickets.no_such_grade", _("A grade is a number from 1 to 5."))
    lock(ticket)
    refuse_merged(ticket)
    if key_of(by) != f"contact:{ticket.contact_id}":
        raise Refused("tickets.not_their_word", _("Only the customer whose request it is can do this."))
    if ticket.solved_at is None or ticket.status_reason == "junk":
        raise Refused("tickets.nothing_to_grade", _("There is no solution to grade. Answer us below instead."))
    if Grade.objects.filter(ticket=ticket, solved_at=ticket.solved_at).exists():
        raise Refused("tickets.already_graded", _("You have graded this solution already. Thank you."))
    grade = Grade.objects.create(
        ticket=ticket,
        score=score,
        comment=comment.replace("\x00", "").strip(),
        contact_id=ticket.contact_id,
        team_id=ticket.team_id,
        agent_id=ticket.assignee_id,
        way=way,
        solved_at=ticket.solved_at,
    )
    graded = TicketGraded(
        ticket_id=ticket.pk, team_id=ticket.team_id, grade_id=grade.pk, score=score, assignee_id=ticket.assignee_id
    )
    publish(graded, on=ticket, by=by)
    if grade.is_positive:
        end_by_customer(ticket, by=by)
    else:
        _not_settled(ticket, grade, by=by)
    return grade


def _not_settled(ticket: Ticket, grade: Grade, *, by: Actor) -> None:
    """Open it again, with what the customer says of it as their message."""
    reopen_ticket(ticket, by=by)
    if grade.comment:
        contact = grade.contact
        said = Incoming(
            contact=contact,
            channel="portal",
            text=grade.comment,
            author_name=str(contact),
            author_address=contact.email,
            once=f"grade:{grade.pk}",
        )
        receive_message(ticket, said, by=by)


@operation("tickets.remind_to_grade")
@transaction.atomic
def remind_to_grade(ticket: Ticket, *, by: Actor, place: int) -> Skipped | None:
    """Ask once more how a solved ticket went (reminder number `place`, from 0), and set the clock for the next.

    Nothing happens when it is not solved any more, or its team stopped asking.
    """
    lock(ticket)
    terms = terms_of(ticket)
    if ticket.status != Ticket.SOLVED or ticket.solved_at is None or not terms.is_asked:
        return NOT_ASKED
    sent = send_template(ticket, by=by, template=REMINDER, once=f"{ticket.solved_at:%Y%m%d%H%M%S}.{place}")
    set_reminder(ticket, terms, place=place + 1)
    return sent if isinstance(sent, Skipped) else None


def set_reminder(ticket: Ticket, terms: GradeTerms, *, place: int = 0) -> None:
    """Set the clock for reminder number `place`, if there is one and it comes before the ticket closes."""
    assert ticket.solved_at is not None
    days = sorted(day for day in terms.remind_after if day < terms.close_after)
    if terms.is_asked and place < len(days):
        set_timer(
            f"grade:{ticket.pk}",
            due_at=ticket.solved_at + timedelta(days=days[place]),
            operation="tickets.remind_to_grade",
            on=ticket.key,
            place=place,
        )


def start_asking(ticket_id: int) -> None:
    """Set the clocks of a ticket that was solved: for reminders, and for closing it when nothing is heard.

    At most four statements; none that counts when it is not solved any more.
    """
    ticket = Ticket.objects.filter(pk=ticket_id, status=Ticket.SOLVED, solved_at__isnull=False).first()
    if ticket is None or ticket.solved_at is None:
        return
    terms = terms_of(ticket)
    set_timer(
        f"close:{ticket.pk}",
        due_at=ticket.solved_at + timedelta(days=terms.close_after),
        operation="tickets.close",
        on=ticket.key,
        reason="silent",
    )
    set_reminder(ticket, terms)


@transaction.atomic
def set_grade_terms(team: Team | None, *, by: Actor = SYSTEM, **wanted: Any) -> GradeTerms:
    """Set how `team` (None: every team that did not set it itself) asks for grades; `wanted` are some of `FIELDS`.

    Raises `Refused`: `tickets.bad_days`, `tickets.bad_words`. Nothing happens where nothing differs.
    """
    terms = GradeTerms.objects.select_for_update().filter(team=team).first() or GradeTerms(team=team)
    if "remind_after" in wanted:
        wanted["remind_after"] = sorted(set(wanted["remind_after"]))
    if "words" in wanted:
        wanted["words"] = _words(wanted["words"])
    changed = [name for name in FIELDS if name in wanted and getattr(terms, name) != wanted[name]]
    for name in changed:
        setattr(terms, name, wanted[name])
    _check_days(terms)
    if changed or terms.pk is None:
        terms.save()
        event = GradeTermsChanged(terms_id=terms.pk, team_id=terms.team_id, fields=tuple(changed))
        publish(event, on=terms, by=by)
    return terms


@transaction.atomic
def drop_grade_terms(terms: GradeTerms, *, by: Actor) -> None:
    """Let its team ask as all others do."""
    publish(GradeTermsChanged(terms_id=terms.pk, team_id=terms.team_id, fields=FIELDS), on=terms, by=by)
    terms.delete()


def _check_days(terms: GradeTerms) -> None:
    if not 1 <= terms.close_after <= MOST_DAYS:
        raise Refused("tickets.bad_days", _("Close after 1 to 365 days."))
    if any(not 1 <= day < terms.close_after for day in terms.remind_after):
        raise Refused("tickets.bad_days", _("Remind on days before the one on which it closes."))


def _words(words: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The words by language that were written, each five or none."""
    found: dict[str, list[str]] = {}
    for language, given in words.items():
        own = [" ".join(str(word).split())[:60] for word in given]
        if not any(own):
            continue
        if language not in dict(LANGUAGES) or len(own) != len(SCORES) or not all(own):
            raise Refused("tickets.bad_words", _("Write all five words of a language, or none."))
        found[language] = own
    return found
