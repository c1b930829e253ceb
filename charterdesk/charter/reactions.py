"""What the charter does when something happens."""

from charterdesk.calls.events import CallBackAsked, CallerNamed, CallEvent, CallFiled
from charterdesk.charter.actions.answers import judge_answers
from charterdesk.charter.actions.callers import make_good_answer, make_good_to_caller
from charterdesk.charter.actions.cases import follow
from charterdesk.charter.actions.remedies import book_remedies
from charterdesk.charter.events import (
    AnswerObjectiveBroken,
    CharterPublished,
    ExclusionDeclared,
    ExclusionWithdrawn,
    ObjectiveBroken,
)
from charterdesk.charter.in_force import forget
from charterdesk.charter.jobs import judge_exclusion
from charterdesk.charter.measuring import HEARD
from charterdesk.events.reactions import Heard, react, react_together
from charterdesk.sla.events import AnswerEnded
from charterdesk.tickets.events import TicketEvent


# One listener for all of them: what waits behind a failure waits in the order in which it happened.
@react_together(*HEARD)
def measure(heard: Heard[TicketEvent]) -> None:
    """The cases of tickets move, and with them the public figures."""
    follow(heard)


@react_together(AnswerEnded)
def measure_answers(heard: Heard[AnswerEnded]) -> None:
    """Calls that ended move the public figures."""
    judge_answers(heard)


@react(ObjectiveBroken)
def make_good(event: ObjectiveBroken) -> None:
    """A broken promise has consequences."""
    book_remedies(event.case_id)


@react(AnswerObjectiveBroken)
def make_good_on_line(event: AnswerObjectiveBroken) -> None:
    """A call that was not answered in time has consequences, too."""
    make_good_answer(event.answer_id)


@react(CallFiled, CallBackAsked, CallerNamed)
def make_good_after_all(event: CallEvent) -> None:
    """Now it is known who called, or where the call stands."""
    make_good_to_caller(event.call_id)


@react(ExclusionDeclared)
def excuse(event: ExclusionDeclared) -> None:
    """What was decided in that time is judged again."""
    judge_exclusion.defer(exclusion_id=event.exclusion_id)


@react(ExclusionWithdrawn)
def count_again(event: ExclusionWithdrawn) -> None:
    """What was excused is judged again."""
    judge_exclusion.defer(exclusion_id=event.exclusion_id)


@react(CharterPublished)
def know(event: CharterPublished) -> None:
    """The worker knows of the version at once."""
    forget()
