"""The customer is right: a grade decides, and nobody but management refuses, by a way that can't be gone round."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM, Actor
from charterdesk.base.refused import Refused
from charterdesk.events.models import LoggedEvent, Timer
from charterdesk.events.operations import operations, perform
from charterdesk.people.models import Agent, Notice, Team
from charterdesk.people.testing import make_agent, make_contact
from charterdesk.people.viewer import viewer_of_agent
from charterdesk.tickets.actions import (
    Incoming,
    IncomingFile,
    close_ticket,
    give_consent,
    grade_ticket,
    keep_paper_consent,
    merge_ticket,
    receive_message,
    refuse_barred,
    refuse_request,
    reopen_ticket,
    send_message,
    set_grade_terms,
    solve_ticket,
)
from charterdesk.tickets.bulk import DEEDS
from charterdesk.tickets.models import Consent, Grade, Message, RefusalAttempt, Ticket
from charterdesk.tickets.testing import make_ticket

NOT_MANAGEMENT, NO_EXPLANATION, NOT_SETTLED = "not_management", "no_explanation", "not_settled"
EXPLAINED = "<p>The leak is behind your meter, which is yours to mend.</p>"


@pytest.fixture
def manager(db: None) -> Agent:
    return make_agent("Soraya", role=Agent.MANAGER)


@pytest.fixture
def solved(ticket: Ticket, agent: Agent) -> Ticket:
    solve_ticket(ticket, by=agent, solution="The meter was read again.")
    return ticket


def test_a_good_grade_closes_the_ticket(solved: Ticket, agent: Agent) -> None:
    grade_ticket(solved, by=solved.contact, score=3)

    assert (solved.status, solved.status_reason) == ("closed", "customer")
    assert [(one.score, one.team, one.agent) for one in Grade.objects.all()] == [(3, solved.team, None)]


def test_a_bad_grade_opens_it_again_with_what_the_customer_says(solved: Ticket) -> None:
    grade_ticket(solved, by=solved.contact, score=1, comment="Still no water.")

    solved.refresh_from_db()
    assert solved.status == "open"
    assert solved.messages.latest("pk").body_text == "Still no water."


def test_a_bad_grade_is_told_to_who_leads(solved: Ticket, team: Team, run_reactions: Callable[[], int]) -> None:
    lead = make_agent("Nora", role=Agent.LEAD, teams=(team,))

    grade_ticket(solved, by=solved.contact, score=2)
    run_reactions()

    assert list(Notice.objects.filter(code="ticket.graded_low").values_list("agent", flat=True)) == [lead.pk]


def test_where_nobody_leads_management_hears_of_it(
    solved: Ticket, manager: Agent, run_reactions: Callable[[], int]
) -> None:
    grade_ticket(solved, by=solved.contact, score=2)
    run_reactions()

    assert list(Notice.objects.filter(code="ticket.graded_low").values_list("agent", flat=True)) == [manager.pk]


def test_a_solution_is_graded_once_and_the_next_one_again(solved: Ticket, agent: Agent) -> None:
    grade_ticket(solved, by=solved.contact, score=2)
    solve_ticket(solved, by=agent, solution="The valve was replaced.")
    grade_ticket(solved, by=solved.contact, score=5)

    with pytest.raises(Refused) as refused:
        grade_ticket(solved, by=solved.contact, score=4)

    assert refused.value.code == "tickets.already_graded"
    assert list(Grade.objects.order_by("pk").values_list("score", flat=True)) == [2, 5]


@pytest.mark.parametrize("score", [0, 6, -1])
def test_there_are_five_grades(solved: Ticket, score: int) -> None:
    with pytest.raises(Refused) as refused:
        grade_ticket(solved, by=solved.contact, score=score)

    assert refused.value.code == "tickets.no_such_grade"


def test_nobody_grades_for_the_customer(solved: Ticket, agent: Agent) -> None:
    for somebody in (agent, make_contact("Ben"), SYSTEM):
        with pytest.raises(Refused) as refused:
            grade_ticket(solved, by=somebody, score=5)
        assert refused.value.code == "tickets.not_their_word"


def test_what_has_no_solution_has_no_grade(ticket: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        grade_ticket(ticket, by=ticket.contact, score=5)

    assert refused.value.code == "tickets.nothing_to_grade"


def test_what_closed_in_silence_may_be_graded_still(solved: Ticket) -> None:
    close_ticket(solved, by=SYSTEM, reason="silent")

    grade_ticket(solved, by=solved.contact, score=1)

    solved.refresh_from_db()
    assert solved.status == "open"


def test_the_closing_mail_carries_the_grades(solved: Ticket, run_reactions: Callable[[], int]) -> None:
    run_reactions()

    mail = solved.messages.get(template="solution")
    assert "5 – very good: " in mail.body_text
    assert f"/status/{solved.number}/" in mail.body_text
    assert '/grade/1">1 – very bad</a>' in mail.body_html


def test_a_team_that_does_not_ask_sends_no_grades(solved: Ticket, team: Team, run_reactions: Callable[[], int]) -> None:
    set_grade_terms(team, is_asked=False)
    run_reactions()

    assert "/grade/" not in solved.messages.get(template="solution").body_text
    assert not Timer.objects.filter(name=f"grade:{solved.pk}").exists()


def test_reminders_come_as_set_and_then_it_closes(
    solved: Ticket, run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_grade_terms(None, remind_after=[2, 5], close_after=9)
    run_reactions()

    days = []
    for _round in range(2):
        timer = Timer.objects.get(name=f"grade:{solved.pk}")
        days.append((timer.due_at - solved.solved_at).days)  # type: ignore[operator]
        timer.delete()
        perform(timer.operation, by=SYSTEM, on=solved, **timer.args)
    closing = Timer.objects.get(name=f"close:{solved.pk}")

    assert days == [2, 5]
    assert not Timer.objects.filter(name=f"grade:{solved.pk}").exists()
    assert closing.due_at - solved.solved_at == timedelta(days=9)  # type: ignore[operator]
    assert solved.messages.filter(template="grade_reminder").count() == 2


def test_who_graded_is_not_reminded(solved: Ticket, run_reactions: Callable[[], int]) -> None:
    run_reactions()
    grade_ticket(solved, by=solved.contact, score=4)
    run_reactions()

    assert not Timer.objects.filter(name__in=[f"grade:{solved.pk}", f"close:{solved.pk}"]).exists()


def test_terms_that_make_no_sense_are_refused(team: Team) -> None:
    for wanted, code in (
        ({"close_after": 0}, "tickets.bad_days"),
        ({"remind_after": [7], "close_after": 7}, "tickets.bad_days"),
        ({"words": {"en": ["a", "b", "c", "d"]}}, "tickets.bad_words"),
    ):
        with pytest.raises(Refused) as refused:
            set_grade_terms(team, **wanted)
        assert refused.value.code == code


def test_management_refuses_what_is_settled_and_the_explanation_goes_out(
    solved: Ticket, manager: Agent, run_reactions: Callable[[], int]
) -> None:
    grade_ticket(solved, by=solved.contact, score=3)

    attempt = refuse_request(solved, by=viewer_of_agent(manager), explanation=EXPLAINED)
    run_reactions()

    solved.refresh_from_db()
    sent = solved.messages.filter(agent=manager).get()
    assert (attempt.missing, attempt.message) == ([], sent)
    assert (solved.status, solved.status_reason) == ("closed", "refused")
    assert "behind your meter" in sent.body_text
    assert sent.to == [solved.contact.email]
    assert LoggedEvent.objects.filter(code="request.refused", subject=solved.key).count() == 1


def test_nothing_is_refused_before_its_customer_agreed(solved: Ticket, manager: Agent) -> None:
    attempt = refuse_request(solved, by=manager, explanation=EXPLAINED)

    assert attempt.missing == [NOT_SETTLED]
    solved.refresh_from_db()
    assert solved.status == "solved"
    assert not solved.messages.filter(agent=manager).exists()


def test_a_grade_for_an_earlier_solution_settles_nothing(solved: Ticket, agent: Agent, manager: Agent) -> None:
    grade_ticket(solved, by=solved.contact, score=5)
    reopen_ticket(solved, by=solved.contact)
    solve_ticket(solved, by=agent, solution="Nothing more can be done.")

    assert refuse_request(solved, by=manager, explanation=EXPLAINED).missing == [NOT_SETTLED]


def test_consent_ends_with_reopening(solved: Ticket, agent: Agent, manager: Agent) -> None:
    give_consent(solved, by=solved.contact, text="I agree that you can't help here.")
    reopen_ticket(solved, by=solved.contact)
    solve_ticket(solved, by=agent, solution="As before.")
    close_ticket(solved, by=SYSTEM, reason="silent")

    assert refuse_request(solved, by=manager, explanation=EXPLAINED).missing == [NOT_SETTLED]


def test_silence_is_no_consent(solved: Ticket, manager: Agent) -> None:
    close_ticket(solved, by=SYSTEM, reason="silent")

    assert refuse_request(solved, by=manager, explanation=EXPLAINED).missing == [NOT_SETTLED]


def test_an_agent_is_told_all_that_is_missing_and_the_attempt_stays(solved: Ticket, agent: Agent) -> None:
    attempt = refuse_request(solved, by=agent, explanation=" ")

    with pytest.raises(Refused) as refused:
        refuse_barred(attempt)

    assert attempt.missing == [NOT_MANAGEMENT, NO_EXPLANATION, NOT_SETTLED]
    assert refused.value.code == "tickets.refusal_barred"
    assert RefusalAttempt.objects.get().agent == agent
    event = LoggedEvent.objects.get(code="refusal.barred")
    assert (event.actor, event.data["missing"]) == (agent.key, [NOT_MANAGEMENT, NO_EXPLANATION, NOT_SETTLED])


def test_neither_a_rule_nor_a_customer_refuses(solved: Ticket) -> None:
    grade_ticket(solved, by=solved.contact, score=4)

    for somebody in ("rule:1", SYSTEM, solved.contact):
        attempt = refuse_request(solved, by=somebody, explanation=EXPLAINED)
        assert attempt.missing == [NOT_MANAGEMENT]


def test_the_customers_own_message_is_consent_when_it_came_after_the_solution(
    solved: Ticket, agent: Agent, manager: Agent, run_reactions: Callable[[], int]
) -> None:
    run_reactions()
    first = solved.messages.filter(direction=Message.IN).earliest("pk")
    answer = receive_message(solved, Incoming(contact=solved.contact, text="Fine, I see."), by=solved.contact)

    with pytest.raises(Refused) as refused:
        give_consent(solved, by=agent, message=first, agent=agent)
    give_consent(solved, by=agent, message=answer, agent=agent)

    assert refused.value.code == "tickets.not_their_word"
    assert (solved.status, Consent.objects.get().agent) == ("closed", agent)
    assert refuse_request(solved, by=manager, explanation=EXPLAINED).missing == []


def scan(content: bytes = b"%PDF-1.7 signed") -> IncomingFile:
    return IncomingFile(filename="consent.pdf", stream=BytesIO(content))


def test_a_signed_paper_is_consent_with_its_scan_as_the_proof(solved: Ticket, agent: Agent, manager: Agent) -> None:
    today = now().date()

    consent = keep_paper_consent(solved, by=agent, agent=agent, signed_on=today, scans=[scan(), scan()])

    event = LoggedEvent.objects.get(code="consent.given")
    note = solved.messages.get(direction=Message.NOTE)
    assert (solved.status, solved.status_reason) == ("closed", "customer")
    assert (consent.message, consent.agent, consent.signed_on) == (note, agent, today)
    assert [one.content_type for one in note.attachments.all()] == ["application/pdf"] * 2
    assert (event.actor, event.data["agent_id"], event.data["on_paper"]) == (agent.key, agent.pk, True)
    assert refuse_request(solved, by=manager, explanation=EXPLAINED).missing == []


def test_a_paper_without_a_scan_or_of_another_day_is_no_consent(solved: Ticket, agent: Agent) -> None:
    today, day = now().date(), timedelta(days=1)
    for signed_on, scans, code in (
        (today, [], "tickets.no_scan"),
        (today, [scan(b"just a text")], "tickets.no_scan"),
        (today - day, [scan()], "tickets.bad_signing_day"),
        (today + day, [scan()], "tickets.bad_signing_day"),
    ):
        with pytest.raises(Refused) as refused:
            keep_paper_consent(solved, by=agent, agent=agent, signed_on=signed_on, scans=scans)
        assert refused.value.code == code

    assert not Consent.objects.exists()
    assert (solved.status, solved.messages.filter(direction=Message.NOTE).exists()) == ("solved", False)


def test_nobody_consents_to_what_they_were_not_told(ticket: Ticket) -> None:
    with pytest.raises(Refused) as refused:
        give_consent(ticket, by=ticket.contact, text="Leave it.")

    assert refused.value.code == "tickets.no_answer_yet"


# Every way to close. What is found by looking (operations, bulk deeds, macros) fails here when somebody adds one.


def test_no_operation_ends_a_request_without_an_answer(ticket: Ticket, team: Team, agent: Agent) -> None:
    """Whatever a rule, a timer or a macro can do to a ticket, with whatever reason they give."""
    other = make_ticket(team=team)
    given = {
        "agent": agent, "team": team, "priority": 1, "type": "problem", "status": "pending", "solution": "",
        "template": "step", "text": "Look at it.", "place": 0, "texts": ["Look."], "until": None,
        "other": other, "subject": "Else", "add": ["tag"], "message_id": ticket.messages.get().pk,
    }  # fmt: skip
    tried = set()
    for operation in operations():
        name = operation.name
        if not name.startswith("tickets."):
            continue
        names = {parameter.name for parameter in operation.parameters}
        for reason in ("", "silent", "customer", "merged", "refused", "won't do"):
            args = {key: value for key, value in given.items() if key in names}
            if "reason" in names:
                args["reason"] = reason
            try:
                with transaction.atomic():
                    perform(name, by="rule:1", on=ticket, **args)
            except Exception:  # whatever it refuses, or can't do without more: only what it did counts
                pass
            tried.add(name)
            ticket.refresh_from_db()
            assert ticket.status != "closed", f"{name} with reason {reason!r} closed it"
            assert ticket.status != "solved", f"{name} solved it without a word"
    assert {"tickets.close", "tickets.solve"} <= tried


@pytest.mark.parametrize("who", ["agent", "manager", "other customer", "rule", "system"])
@pytest.mark.parametrize("reason", ["", "customer", "silent", "merged", "refused"])
def test_nobody_but_the_customer_closes_what_is_not_solved(
    ticket: Ticket, agent: Agent, manager: Agent, who: str, reason: str
) -> None:
    somebody: dict[str, Actor] = {
        "agent": agent, "manager": viewer_of_agent(manager), "other customer": make_contact("Ben"),
        "rule": "rule:1", "system": SYSTEM,
    }  # fmt: skip

    with pytest.raises(Refused):
        close_ticket(ticket, by=somebody[who], reason=reason)

    ticket.refresh_from_db()
    assert ticket.status == "new"


def test_no_bulk_deed_but_junk_closes_what_is_not_solved(ticket: Ticket, agent: Agent) -> None:
    values = {"status": "closed"}
    for name, deed in DEEDS.items():
        if name == "junk":  # spam is no request
            continue
        try:
            with transaction.atomic():
                deed.do(ticket, values.get(name, ""), viewer_of_agent(agent))
        except Exception:  # refused, or not possible with this value
            pass
        ticket.refresh_from_db()
        assert ticket.is_open, f"{name} ended it"
    assert "status" in DEEDS


def test_a_real_request_is_not_set_aside_as_junk(team: Team, agent: Agent) -> None:
    answered, known = make_ticket(team=team), make_ticket(team=team, contact=make_contact("Mia", login=True))
    spam = make_ticket(team=team)
    send_message(answered, by=agent, agent=agent, html="<p>We are on our way.</p>")

    for ticket in (answered, known):
        with pytest.raises(Refused) as refused:
            close_ticket(ticket, by=agent, reason="junk")
        assert refused.value.code == "tickets.no_junk"
    close_ticket(spam, by=agent, reason="junk")

    assert spam.status == "closed"


def test_a_solved_ticket_is_not_closed_in_the_customers_name(solved: Ticket, agent: Agent) -> None:
    for reason, code in (("customer", "tickets.not_their_word"), ("refused", "tickets.refuse_it")):
        with pytest.raises(Refused) as refused:
            close_ticket(solved, by=agent, reason=reason)
        assert refused.value.code == code


def test_merging_ends_a_ticket_only_into_one_where_it_goes_on(ticket: Ticket, team: Team, agent: Agent) -> None:
    into = make_ticket(team=team, contact=ticket.contact)

    merge_ticket(ticket, into=into, by=agent)

    assert (ticket.status, into.is_open) == ("closed", True)
