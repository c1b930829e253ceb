"""What is said and spent of requests, contracts and orders comes one by one, and never onto an invoice meanwhile."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import end_contract, remind_of_contract
from charterdesk.billing.actions.drafts import NewLine, add_line, collect, discard_draft, remove_line
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.orders import GivenLine, GivenOrder, name_order, save_source, take_order
from charterdesk.billing.actions.seller import change_seller
from charterdesk.billing.actions.time_entries import (
    Work,
    add_time,
    remove_time,
    running_timer,
    start_timer,
    stop_timer,
)
from charterdesk.billing.actions.verdicts import (
    accept_verdict,
    contest_verdict,
    decide_contest,
    judge,
    judge_all,
    save_reason,
    set_free,
    withdraw_verdict,
)
from charterdesk.billing.models import (
    HOUR,
    INCIDENT,
    Contest,
    Contract,
    Invoice,
    InvoiceLine,
    Order,
    OrderNamed,
    OrderSource,
    Reason,
    TimeEntry,
    Use,
    Verdict,
)
from charterdesk.billing.queries.to_bill import to_bill
from charterdesk.billing.testing import eur, make_account
from charterdesk.billing.testing_bought import make_case, make_contract, make_order, make_reason, make_usual_reasons
from charterdesk.billing.words import day_words
from charterdesk.events.log import Cause
from charterdesk.events.models import LoggedEvent
from charterdesk.events.testing_meeting import meet
from charterdesk.people.models import Agent, Contact
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db(transaction=True)
ABOUT = "ticket:9"


@pytest.fixture
def mia() -> Contact:
    return make_contact("Mia")


@pytest.fixture
def agent() -> Agent:
    return make_agent("Nora")


def logged(code: str) -> int:
    return LoggedEvent.objects.filter(code=code).count()


def judged(contact: Contact, about: str = ABOUT) -> Verdict:
    verdict = judge(make_case(contact, about=about), by="system")
    assert verdict is not None
    return verdict


def holding(about: str = ABOUT) -> Verdict:
    return Verdict.objects.get(about=about, replaced_at=None)


def accepted(contact: Contact, about: str = ABOUT) -> Verdict:
    return accept_verdict(judged(contact, about), by=contact)


def work(contact: Contact, about: str = ABOUT) -> Work:
    return Work(about=about, contact_id=contact.pk, organisation_id=None)


def spend(contact: Contact, agent: Agent, minutes: int = 60, about: str = ABOUT) -> TimeEntry:
    return add_time(work(contact, about), agent=agent, minutes=minutes, by=agent)


def free() -> None:
    call_free(holding())


def call_free(verdict: Verdict) -> None:
    set_free(verdict, words="Our fault", by="system")


def on_drafts(run_reactions: Callable[[], int]) -> list[str]:
    """What stands on drafts once all was heard."""
    run_reactions()
    return [str(line.net) for line in InvoiceLine.objects.filter(invoice__state=Invoice.DRAFT).order_by("pk")]


def billed(contact: Contact) -> list[str]:
    """What comes onto the draft of a customer."""
    return [str(line.net) for line in collect(make_account(contact), by="system").lines.all()]


def test_a_request_is_judged_once(mia: Contact) -> None:
    make_usual_reasons()
    make_contract(mia)

    first, second = meet(*[lambda: judged(mia).pk] * 2)

    assert first == second
    assert Use.objects.count() == 1


def test_many_requests_are_judged_once_each(mia: Contact) -> None:
    make_usual_reasons()

    def judge_both() -> None:
        cases = [make_case(mia, about=f"ticket:{number}") for number in (2, 1)]
        judge_all([(case, Cause(None, 0)) for case in cases], by="system")

    assert meet(judge_both, judge_both) == (None, None)
    assert sorted(Verdict.objects.values_list("about", "number")) == [("ticket:1", 1), ("ticket:2", 1)]


def test_the_last_request_a_contract_includes_is_used_once(mia: Contact) -> None:
    make_usual_reasons()
    contract = make_contract(mia, incidents=1)

    said = meet(lambda: judged(mia, "ticket:1").kind, lambda: judged(mia, "ticket:2").kind)

    assert said == (Reason.CONTRACT, Reason.RATE)
    assert Use.objects.filter(contract=contract, given_back_at=None).count() == 1


def test_the_last_minutes_a_contract_includes_are_used_once(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()
    make_contract(mia, incidents=None, minutes=60, overage_per=HOUR, overage_amount=Decimal(45))
    for about in ("ticket:1", "ticket:2"):
        judged(mia, about)

    meet(lambda: spend(mia, agent, 45, "ticket:1").pk, lambda: spend(mia, agent, 45, "ticket:2").pk)

    assert list(TimeEntry.objects.order_by("about").values_list("covered", "charged")) == [(45, 0), (15, 30)]


def test_a_price_is_accepted_contested_and_decided_once(mia: Contact) -> None:
    make_usual_reasons()
    verdict = judged(mia)

    def accept() -> None:
        accept_verdict(holding(), by=mia)

    def contest() -> None:
        contest_verdict(holding(), text="It was your update.", contact_id=mia.pk, by=mia)

    def decide() -> None:
        decide_contest(Contest.objects.get(), is_upheld=True, answer="You are right.", by="system")

    assert meet(accept, accept) == (None, None)
    assert logged("verdict.accepted") == 1
    assert meet(contest, contest) == (None, "billing.contested")
    assert meet(decide, decide) == (None, "billing.decided")
    assert (logged("contest.decided"), Verdict.objects.filter(about=verdict.about).count()) == (1, 2)


def test_what_is_not_said_any_more_is_not_accepted(mia: Contact) -> None:
    make_usual_reasons()
    verdict = judged(mia)

    said = meet(free, lambda: accept_verdict(verdict, by=mia).pk)

    assert said == (None, "billing.other_verdict")


def test_a_request_is_let_go_once(mia: Contact) -> None:
    make_usual_reasons()
    contract = make_contract(mia)
    judged(mia)

    meet(*[partial(withdraw_verdict, ABOUT, by="system")] * 2)

    assert logged("verdict.withdrawn") == 1
    assert not Use.objects.filter(contract=contract, given_back_at=None).exists()


def test_time_noted_while_a_request_is_called_free_costs_nothing(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()
    accepted(mia)

    meet(free, lambda: spend(mia, agent).pk)
    assert list(TimeEntry.objects.values_list("charged", flat=True)) == [0]

    accepted(mia, "ticket:10")
    meet(
        lambda: spend(mia, agent, about="ticket:10").pk,
        lambda: set_free(holding("ticket:10"), words="Our fault", by="system").pk,
    )
    assert list(TimeEntry.objects.values_list("charged", flat=True)) == [0, 0]


def test_an_agent_has_one_timer(mia: Contact, agent: Agent) -> None:
    def start(about: str) -> None:
        start_timer(work(mia, about), agent=agent, by=agent)

    assert meet(partial(start, "ticket:1"), partial(start, "ticket:2")) == (None, None)
    running = running_timer(agent)
    assert running is not None
    assert (running.about, TimeEntry.objects.count()) == ("ticket:2", 2)


def test_a_timer_is_stopped_once_and_an_entry_taken_off_once(mia: Contact, agent: Agent) -> None:
    entry = start_timer(work(mia), agent=agent, by=agent)

    meet(*[lambda: stop_timer(entry, by=agent, minutes=5).pk] * 2)
    meet(*[lambda: remove_time(entry, by=agent)] * 2)

    assert (logged("time.spent"), logged("time.removed")) == (1, 1)


def test_what_is_called_free_or_taken_off_does_not_come_onto_an_invoice(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()
    accepted(mia)
    entry = spend(mia, agent)

    assert meet(lambda: remove_time(entry, by=agent), partial(billed, mia)) == (None, [])
    spend(mia, agent)
    assert meet(free, partial(billed, mia)) == (None, [])
    assert to_bill(make_account(mia)) == []


def test_what_comes_onto_a_draft_is_not_taken_off_meanwhile_and_goes_when_called_free(
    mia: Contact, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    make_usual_reasons()
    accepted(mia)
    entry = spend(mia, agent)

    assert meet(partial(billed, mia), lambda: remove_time(entry, by=agent)) == (["60.00 EUR"], "billing.billed")
    discard_draft(Invoice.objects.get(), by="system")
    assert meet(partial(billed, mia), free) == (["60.00 EUR"], None)
    assert on_drafts(run_reactions) == []


def test_the_price_of_a_request_is_either_charged_or_called_free(
    mia: Contact, run_reactions: Callable[[], int]
) -> None:
    make_reason(Reason.RATE, 1, price_amount=Decimal(90), per=INCIDENT)
    accepted(mia)
    accepted(mia, "ticket:10")

    assert meet(free, partial(billed, mia)) == (None, ["90.00 EUR"])  # that of the other request
    other = holding("ticket:10")
    discard_draft(Invoice.objects.get(), by="system")
    assert meet(partial(billed, mia), lambda: call_free(other)) == (["90.00 EUR"], None)
    assert (on_drafts(run_reactions), to_bill(make_account(mia))) == ([], [])


def test_what_turns_out_free_comes_off_a_draft_by_itself_and_nothing_else(
    mia: Contact, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    make_usual_reasons()
    for about in (ABOUT, "ticket:10"):
        accepted(mia, about)
        spend(mia, agent, about=about)
    draft = collect(make_account(mia), by="system")
    add_line(draft, NewLine(text="Valve", price=eur(10)), by="system")

    judge(make_case(mia, about=ABOUT, tags=["own-update"]), by="system")

    assert on_drafts(run_reactions) == ["60.00 EUR", "10.00 EUR"]
    draft.refresh_from_db()
    assert (str(draft.net), to_bill(make_account(mia))) == ("70.00 EUR", [])
    assert logged("invoice_line.removed") == 1


def test_a_request_that_is_let_go_comes_off_a_draft(
    mia: Contact, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    make_usual_reasons()
    accepted(mia)
    spent = spend(mia, agent)
    (line,) = collect(make_account(mia), by="system").lines.all()
    assert line.text.startswith(f"Work on your request ({day_words(spent.started_at.date())}, ")

    withdraw_verdict(ABOUT, by="system")

    assert (on_drafts(run_reactions), to_bill(make_account(mia))) == ([], [])


def test_a_new_price_takes_the_old_one_off_a_draft(mia: Contact, run_reactions: Callable[[], int]) -> None:
    reason = make_reason(Reason.RATE, 1, price_amount=Decimal(90), per=INCIDENT)
    accepted(mia)
    collect(make_account(mia), by="system")
    save_reason(reason, by="system", price_amount=Decimal(40))

    accepted(mia)

    assert on_drafts(run_reactions) == []
    assert billed(mia) == ["40.00 EUR"]


def test_hours_that_run_out_leave_on_a_draft_what_was_done_before(
    mia: Contact, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    make_usual_reasons()
    make_contract(mia, incidents=None, minutes=60, overage_per=HOUR, overage_amount=Decimal(80))
    judged(mia)
    entry = spend(mia, agent, minutes=90)
    draft = collect(make_account(mia), by="system")

    judge(make_case(mia, about=ABOUT), by="system", corrects=False)

    assert (holding().kind, on_drafts(run_reactions)) == (Reason.OVERAGE, ["40.00 EUR"])
    discard_draft(draft, by="system")
    entry.refresh_from_db()
    assert (entry.covered, entry.charged, [one.price for one in to_bill(make_account(mia))]) == (60, 30, [eur(40)])


def test_nobody_issues_what_is_called_free_meanwhile(mia: Contact, agent: Agent) -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE")
    make_usual_reasons()
    accepted(mia)
    spend(mia, agent)
    draft = collect(make_account(mia), by="system")

    def issue() -> str | None:
        return issue_invoice(Invoice.objects.get(pk=draft.pk), by="system").number

    assert meet(free, issue) == (None, "billing.outdated")
    remove_line(draft.lines.get(), by="system")
    accepted(mia, "ticket:10")
    spend(mia, agent, about="ticket:10")
    billed(mia)
    other = holding("ticket:10")
    assert meet(issue, lambda: call_free(other)) == ("INV-2026-00001", "billing.billed")


def test_what_turned_out_free_while_it_stood_on_a_draft_is_charged_no_more(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()
    accepted(mia)
    entry = spend(mia, agent)
    draft = collect(make_account(mia), by="system")
    judge(make_case(mia, about=ABOUT, tags=["own-update"]), by="system")
    assert (draft.lines.count(), to_bill(make_account(mia))) == (1, [])

    discard_draft(draft, by="system")

    entry.refresh_from_db()
    assert (entry.charged, entry.billed_at, to_bill(make_account(mia))) == (0, None, [])


def test_what_turns_out_free_while_it_comes_off_a_draft_is_charged_no_more(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()

    def turn_out_free(about: str) -> None:
        judge(make_case(mia, about=about, tags=["own-update"]), by="system")

    def drop() -> None:
        discard_draft(Invoice.objects.get(), by="system")

    for about, is_first in (("ticket:1", True), ("ticket:2", False)):
        accepted(mia, about)
        spend(mia, agent, about=about)
        collect(make_account(mia), by="system")
        deeds = (partial(turn_out_free, about), drop)
        assert meet(*(deeds if is_first else reversed(deeds))) == (None, None)
        assert to_bill(make_account(mia)) == []


def test_a_price_on_an_invoice_holds_until_it_is_taken_back_there(mia: Contact, agent: Agent) -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE")
    make_reason(Reason.CAUSE, 1, tags=["own-update"])
    make_reason(Reason.RATE, 2, price_amount=Decimal(90), per=INCIDENT)
    accepted(mia)
    draft = collect(make_account(mia), by="system")
    add_line(draft, NewLine(text="Valve", price=eur(10)), by="system")
    invoice = issue_invoice(draft, by="system")

    said = judge(make_case(mia, about=ABOUT, tags=["own-update"]), by="system")
    assert said == holding()
    assert said.kind == Reason.RATE
    with pytest.raises(Refused) as refused:
        free()
    assert refused.value.code == "billing.billed"

    priced = invoice.lines.get(price_amount=90)
    credit_invoice(invoice, by="system", reason="Our fault", quantities={priced.pk: Decimal(1)})
    free()
    assert (holding().kind, to_bill(make_account(mia))) == (Reason.DECIDED, [])


def test_time_on_an_invoice_is_taken_back_there_before_its_request_is_called_free(mia: Contact, agent: Agent) -> None:
    change_seller(by="system", name="Aldermouth Water", country="IE")
    make_usual_reasons()
    accepted(mia)
    spend(mia, agent)
    invoice = issue_invoice(collect(make_account(mia), by="system"), by="system")
    with pytest.raises(Refused) as refused:
        free()
    assert refused.value.code == "billing.billed"

    credit_invoice(invoice, by="system", reason="Our fault")
    free()
    assert to_bill(make_account(mia)) == []


def test_what_comes_off_a_draft_is_charged_as_before_where_nothing_else_is_said(mia: Contact, agent: Agent) -> None:
    make_usual_reasons()
    accepted(mia)
    spend(mia, agent)
    discard_draft(collect(make_account(mia), by="system"), by="system")

    assert [one.price for one in to_bill(make_account(mia))] == [eur(60)]


def test_a_contract_ends_once_and_is_reminded_of_once(mia: Contact) -> None:
    contract, other = make_contract(mia), make_contract(mia)

    def remind(which: Contract) -> None:
        remind_of_contract(Contract.objects.get(pk=which.pk), by="system")

    def end(which: Contract) -> None:
        end_contract(Contract.objects.get(pk=which.pk), by="system")

    meet(partial(remind, contract), partial(remind, contract))
    assert meet(partial(end, contract), partial(end, contract)) == (None, "billing.contract_ended")
    meet(partial(end, other), partial(remind, other))
    assert (logged("contract.ending"), logged("contract.ended")) == (1, 2)


@pytest.fixture
def counter() -> OrderSource:
    return save_source(None, by="system", name="Counter", slug="counter", kind=OrderSource.OWN)


def told(day: int, *names: str) -> GivenOrder:
    """Order 1042 as it was told on a day of November."""
    return GivenOrder(
        external_id="1042",
        number="1042",
        email="mia@home.example",
        total=Decimal(day),
        ordered_at=datetime(2026, 11, 1, tzinfo=UTC),
        changed_at=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day),
        lines=[GivenLine(name=name, price=Decimal(10)) for name in names],
    )


def test_an_order_is_taken_once_and_the_newest_word_holds(counter: OrderSource) -> None:
    def take(day: int) -> bool:
        return take_order(counter, told(day, "Tap"), by="system")[1]

    assert meet(partial(take, 2), partial(take, 1)) == (True, False)
    assert meet(partial(take, 4), partial(take, 3)) == (False, False)
    assert list(Order.objects.values_list("total_amount", flat=True)) == [Decimal(4)]
    assert (logged("order.taken"), logged("order.changed")) == (1, 1)


def test_an_order_told_again_is_not_charged_again(counter: OrderSource) -> None:
    order, _is_new = take_order(counter, told(1, "Tap", "Hose"), by="system")
    account = make_account(order.contact)
    assert collect(account, by="system").lines.count() == 2

    take_order(counter, told(1, "Tap", "Hose"), by="system")
    take_order(counter, told(2, "Valve", "Hose", "Tap", "Tap"), by="system")

    assert sorted(one.text for one in to_bill(account)) == ["Tap (order 1042)", "Valve (order 1042)"]


def test_the_order_a_request_is_about_is_named_once(mia: Contact) -> None:
    order = make_order(mia, ordered_at=datetime(2026, 11, 1, tzinfo=UTC))

    meet(*[partial(name_order, ABOUT, order, by="system")] * 2)

    assert OrderNamed.objects.count() == 1
    assert logged("request_order.named") == 1
