"""Remedies are booked and decided one by one: nobody gets the rest of a cap twice, or what was refused or excused."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.billing.models import Credit
from charterdesk.calls.testing import THEIRS, make_line
from charterdesk.charter.actions.answers import keep_answers
from charterdesk.charter.actions.callers import make_good_to_caller
from charterdesk.charter.actions.documents import (
    approve_draft,
    begin_draft,
    change_draft,
    discard_draft,
    publish_charter,
    put_part,
)
from charterdesk.charter.actions.exclusions import declare_exclusion, judge_again, withdraw_exclusion
from charterdesk.charter.actions.remedies import (
    NOTHING_OWED,
    approve_remedy,
    book_next_day,
    book_remedies,
    refuse_remedy,
)
from charterdesk.charter.content import CALLED, DAY, Charter
from charterdesk.charter.models import AnswerCase, Case, CharterVersion, Exclusion, Figure, OwedRemedy
from charterdesk.charter.testing import answer_within, broken_case, credit, publish_for_test
from charterdesk.charter.tests.test_callers import late_call
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing_meeting import meet
from charterdesk.people.models import Agent, Identity
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def managers() -> tuple[Agent, Agent]:
    return make_agent("Soraya", role=Agent.MANAGER), make_agent("Edmund", role=Agent.MANAGER)


def broken(team, *remedies, cases: int = 1) -> list[int]:
    """So many broken promises of one customer; the numbers of their cases."""
    version = publish_for_test(Charter(objectives=[answer_within(4)], remedies=list(remedies)))
    first = make_ticket(team=team)
    tickets = [first, *(make_ticket(team=team, contact=first.contact) for _more in range(cases - 1))]
    return [broken_case(ticket, version).pk for ticket in tickets]


def waiting(team, **fields) -> int:
    """A remedy that waits for approval; its number."""
    (case,) = broken(team, credit("30", approve_above="0", **fields))
    book_remedies(case)
    return OwedRemedy.objects.get().pk


def approve(owed: int, by: Agent) -> None:
    approve_remedy(OwedRemedy.objects.get(pk=owed), by=by)


def refuse(owed: int, by: Agent) -> None:
    refuse_remedy(OwedRemedy.objects.get(pk=owed), by=by, reason="Asked twice.")


def owed() -> list[tuple[str, int, str]]:
    rows = OwedRemedy.objects.order_by("pk")
    return [(each.state, each.day, str(each.money or "")) for each in rows]


def flood() -> Exclusion:
    """What happened in the last day and the next is beyond control."""
    begins_at, ends_at = now() - timedelta(days=1), now() + timedelta(days=1)
    return declare_exclusion(by=SYSTEM, begins_at=begins_at, ends_at=ends_at, reason={"en": "Flood"})


def logged(code: str) -> int:
    return LoggedEvent.objects.filter(code=code).count()


def test_a_broken_promise_is_booked_once(team):
    (case,) = broken(team, credit("10"))

    assert meet(partial(book_remedies, case), partial(book_remedies, case)) == (None, None)
    assert owed() == [("done", 1, "10.00 EUR")]


def test_a_day_more_is_booked_once(team):
    (case,) = broken(team, credit("10", basis=DAY, days=5))
    book_remedies(case)

    next_day = partial(book_next_day, case, by=SYSTEM, day=2)
    assert meet(next_day, next_day) in ((None, NOTHING_OWED), (NOTHING_OWED, None))
    assert owed() == [("done", 1, "10.00 EUR"), ("done", 2, "10.00 EUR")]


def test_days_booked_at_the_same_moment_keep_within_the_cap_of_the_promise(team):
    (case,) = broken(team, credit("10", basis=DAY, days=5, cap="25"))
    book_remedies(case)

    meet(partial(book_next_day, case, by=SYSTEM, day=2), partial(book_next_day, case, by=SYSTEM, day=3))

    assert [money for _state, _day, money in owed()] == ["10.00 EUR", "10.00 EUR", "5.00 EUR"]


def test_two_broken_promises_of_one_customer_keep_within_the_cap_of_the_year(team):
    one, other = broken(team, credit("10", cap_year="15"), cases=2)

    meet(partial(book_remedies, one), partial(book_remedies, other))

    assert [money for _state, _day, money in owed()] == ["10.00 EUR", "5.00 EUR"]
    assert sorted(str(one.money) for one in Credit.objects.all()) == ["10.00 EUR", "5.00 EUR"]


def test_a_remedy_is_approved_once(team, managers):
    remedy = waiting(team)

    said = meet(partial(approve, remedy, managers[0]), partial(approve, remedy, managers[1]))

    assert said == (None, "charter.decided")
    assert [str(one.money) for one in Credit.objects.all()] == ["30.00 EUR"]


def test_of_two_who_have_to_approve_the_second_is_the_second(team, managers):
    remedy = waiting(team, two_above="20")

    meet(partial(approve, remedy, managers[0]), partial(approve, remedy, managers[1]))

    found = OwedRemedy.objects.get()
    assert (found.state, found.approved_by) == ("done", [each.key for each in managers])
    assert Credit.objects.count() == 1


def test_the_same_manager_twice_at_once_is_one(team, managers):
    remedy = waiting(team, two_above="20")

    said = meet(*[partial(approve, remedy, managers[0])] * 2)

    assert said == (None, "charter.second_person")
    assert not Credit.objects.exists()


def test_what_is_being_refused_is_not_approved_nor_the_other_way_round(team, managers):
    remedy = waiting(team)
    assert meet(partial(refuse, remedy, managers[0]), partial(approve, remedy, managers[1])) == (
        None,
        "charter.decided",
    )
    assert not Credit.objects.exists()

    other = broken_case(make_ticket(team=team), CharterVersion.objects.get()).pk
    book_remedies(other)
    remedy = OwedRemedy.objects.get(case_id=other).pk
    assert meet(partial(approve, remedy, managers[1]), partial(refuse, remedy, managers[0])) == (
        None,
        "charter.decided",
    )
    assert [each.state for each in OwedRemedy.objects.order_by("pk")] == ["refused", "done"]


def test_what_is_being_excused_is_not_booked(team):
    (case,) = broken(team, credit("10"))
    exclusion = flood()

    assert meet(partial(judge_again, exclusion.pk), partial(book_remedies, case)) == (1, None)
    assert owed() == []


def test_what_is_being_booked_for_approval_is_suspended_when_it_is_excused(team):
    (case,) = broken(team, credit("30", approve_above="0"))
    exclusion = flood()

    meet(partial(book_remedies, case), partial(judge_again, exclusion.pk))

    assert owed() == [("suspended", 1, "30.00 EUR")]


def test_what_is_being_approved_stays_the_customers_though_it_is_excused(team, managers):
    remedy = waiting(team)
    exclusion = flood()

    meet(partial(approve, remedy, managers[0]), partial(judge_again, exclusion.pk))

    assert owed() == [("done", 1, "30.00 EUR")]


def test_what_is_being_excused_is_not_approved(team, managers):
    remedy = waiting(team)
    exclusion = flood()

    said = meet(partial(judge_again, exclusion.pk), partial(approve, remedy, managers[0]))

    assert said == (1, "charter.decided")
    assert (owed(), Credit.objects.count()) == ([("suspended", 1, "30.00 EUR")], 0)


def test_a_case_is_excused_once_in_the_figures_and_an_exclusion_withdrawn_once(team):
    (case,) = broken(team)
    Figure.objects.all().delete()
    exclusion = flood()

    assert meet(*[partial(judge_again, exclusion.pk)] * 2) == (1, 0)
    assert [figure.excluded for figure in Figure.objects.all()] == [1]
    withdraw = [lambda: withdraw_exclusion(Exclusion.objects.get(), by=SYSTEM)] * 2
    assert meet(*withdraw) == (None, None)
    assert logged("exclusion.withdrawn") == 1
    assert Case.objects.get(pk=case).exclusion_id == exclusion.pk


@pytest.fixture
def late(team) -> int:
    """A call that was answered too late, of somebody whom we know; its number."""
    promise = answer_within(30 / 3600, code="picked-up", start=CALLED)
    publish_for_test(Charter(objectives=[promise], remedies=[credit("5", approve_above="0")]))
    make_line(team)
    Identity.objects.create(contact=make_contact("Mia"), kind=Identity.PHONE, value=THEIRS)
    return late_call().pk


def test_a_late_call_is_made_good_once(late):
    good = partial(make_good_to_caller, late, waited=True)

    assert meet(good, good) == (None, None)
    assert owed() == [("waiting", 1, "5.00 EUR")]
    assert Ticket.objects.count() == 1


def test_a_late_call_that_is_being_excused_is_not_made_good(late):
    exclusion = flood()

    good = partial(make_good_to_caller, late, waited=True)
    assert meet(partial(judge_again, exclusion.pk), good) == (1, NOTHING_OWED)
    assert owed() == []


def test_a_late_call_that_two_excuse_at_once_counts_once(late):
    exclusion = flood()

    assert meet(*[partial(judge_again, exclusion.pk)] * 2) == (1, 0)
    assert [(figure.broken, figure.excluded) for figure in Figure.objects.all()] == [(0, 1)]


def test_figures_agree_with_a_late_call_that_is_heard_of_again_while_it_is_excused(late):
    exclusion, again = flood(), AnswerCase.objects.get()
    again.pk, again._state.adding = None, True

    def hear() -> None:
        with transaction.atomic():
            keep_answers([again])

    assert meet(partial(judge_again, exclusion.pk), hear) == (1, None)
    assert AnswerCase.objects.get().exclusion_id is None
    assert [(figure.broken, figure.excluded) for figure in Figure.objects.all()] == [(1, 0)]


def test_a_charter_has_one_draft_and_nobody_writes_in_what_is_being_approved_or_published(team):
    publish_for_test(Charter(objectives=[answer_within(4)]))

    first, second = meet(*[lambda: begin_draft(by="agent:1").pk] * 2)
    assert second == "charter.draft_exists"

    def draft() -> CharterVersion:
        return CharterVersion.objects.get(pk=first)

    def change(code: str) -> None:
        change_draft(draft(), lambda said: put_part(said, "objectives", answer_within(9, code=code)), by="agent:1")

    assert meet(partial(change, "one"), partial(change, "two")) == (None, None)
    assert [each.code for each in draft().charter.objectives] == ["answer", "one", "two"]
    approve_now = partial(approve_draft, by="agent:2")
    meet(lambda: change("three"), lambda: approve_now(draft()))
    assert [each.code for each in draft().charter.objectives] == ["answer", "one", "two", "three"]
    assert meet(lambda: approve_now(draft()), lambda: change("four")) == (None, None)
    assert draft().state == CharterVersion.DRAFT
    approve_now(draft())
    assert meet(lambda: publish_charter(draft(), by="agent:1"), lambda: discard_draft(draft(), by="agent:1")) == (
        None,
        "charter.is_published",
    )
