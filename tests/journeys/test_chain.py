"""The chain: a mail comes in, a promise is computed, the acknowledgement names it, a rule on the words acts.

And the proof that rules judge what happened: a dry run says the same after the ticket was changed and its
customer erased.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from charterdesk.calendars.arithmetic import add
from charterdesk.calendars.testing import make_calendar
from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email import intake
from charterdesk.channels.email.mailboxes import Mailboxes
from charterdesk.channels.testing import Outside, make_mail, running_outside
from charterdesk.events.dry_run import Trial, dry_run
from charterdesk.events.models import LoggedEvent, RuleRun, RuleVersion
from charterdesk.events.rule_changes import activate, save_draft
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Agent, Contact, Team
from charterdesk.people.testing import make_agent, make_team
from charterdesk.sla.facts import spoken
from charterdesk.sla.models import Clock
from charterdesk.tickets.actions import classify_ticket, prioritise_ticket, rename_ticket
from charterdesk.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
WORDS_OF_DANGER = {
    "when": ["message.received"],
    "if": {
        "all": [
            {"field": "message.text", "op": "has_any_word", "value": ["flood*", "burst"]},
            {"field": "ticket.priority", "op": "more", "value": Ticket.URGENT},
        ]
    },
    "then": [{"operation": "tickets.prioritise", "args": {"priority": Ticket.URGENT}}],
}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FLOOD = "The cellar is flooded, a pipe has burst. Please come at once."


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> Team:
    """Leaks, open on weekdays in Berlin."""
    monkeypatch.setattr(intake, "mailboxes", Mailboxes())
    team = make_team("Leaks", address="leaks@desk.example")
    team.calendar = make_calendar()
    team.save()
    return team


@pytest.fixture
def agent(team: Team) -> Agent:
    """Somebody who works now."""
    return make_agent(teams=(team,))


@pytest.fixture
def rule() -> RuleVersion:
    """In force: words of danger make a request urgent."""
    version = save_draft(name="Words of danger", body=WORDS_OF_DANGER, by="agent:1")
    activate(version, by="agent:1")
    return version


def mail_in(text: str, *, number: int = 1) -> None:
    """A mail is accepted as the receiver accepts it."""
    raw = make_mail(text, message_id=f"<{number}@home.example>")
    accept_mail(raw, source="smtp", recipients=["leaks@desk.example"])


def text_of(mail: EmailMessage) -> str:
    """What a mail says."""
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def told(version: RuleVersion) -> list[tuple[int, str, list[str]]]:
    """What a dry run over everything says: event, verdict, what would be done."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    return [(t.event_id, t.verdict, _operations(t)) for t in dry_run(version, since=LONG_AGO, until=tomorrow)]


def _operations(trial: Trial) -> list[str]:
    return [step["operation"] for step in trial.would_do]


def test_a_mail_is_acknowledged_outside_with_the_time_it_is_promised(
    team: Team,
    agent: Agent,
    settings: Settings,
    run_reactions: Callable[[], int],
    run_jobs: Callable[[], int],
) -> None:
    with running_outside() as outside:
        settings.MAIL_RELAY = f"smtp://127.0.0.1:{outside.port}"
        mail_in("There has been no water in our house since this morning.")
        run_reactions()
        run_jobs()
        acknowledgements = _acknowledgements(outside)

    ticket, opened = Ticket.objects.get(), LoggedEvent.objects.get(code="ticket.opened")
    due = add(team.calendar.times, opened.at, timedelta(hours=4))
    assert dict(Clock.objects.values_list("kind", "due_at"))["first_reply"] == ticket.due_at == due
    assert len(acknowledgements) == 1
    text = text_of(acknowledgements[0])
    assert f"#{ticket.number}" in text
    assert f"by {spoken(due, 'Europe/Berlin')}" in text
    assert ticket.promised_at is not None
    assert f"by {spoken(ticket.promised_at, 'Europe/Berlin')}" in text
    assert ticket.assignee == agent


def _acknowledgements(outside: Outside) -> list[EmailMessage]:
    return [mail for mail in outside.to("mia@home.example") if "auto-replied" in str(mail["Auto-Submitted"])]


def test_words_of_a_mail_make_it_urgent_and_its_promise_is_computed_anew(
    team: Team, agent: Agent, rule: RuleVersion, run_reactions: Callable[[], int]
) -> None:
    mail_in(FLOOD)
    run_reactions()
    run_reactions()

    ticket = Ticket.objects.get()
    due = add(team.calendar.times, ticket.opened_at, timedelta(hours=1))
    assert ticket.priority == Ticket.URGENT
    assert ticket.due_at is not None
    assert abs(ticket.due_at - due) < timedelta(seconds=1)
    assert RuleRun.objects.filter(version=rule).count() == 1
    assert LoggedEvent.objects.filter(code="ticket.promised").count() == 1
    assert Message.objects.filter(template="acknowledgement").count() == 1


def test_the_chain_of_causes_leads_from_the_mail_to_the_acknowledgement(
    team: Team, run_reactions: Callable[[], int]
) -> None:
    mail_in("There has been no water in our house since this morning.")
    run_reactions()

    event = LoggedEvent.objects.get(code="message.queued")
    chain = []
    while event.cause_id:
        event = LoggedEvent.objects.get(pk=event.cause_id)
        chain.append(event.code)
    assert chain == ["ticket.promised", "ticket.opened", "mail.arrived"]


def test_a_dry_run_says_the_same_after_the_ticket_was_changed_and_the_customer_erased(
    team: Team, agent: Agent, rule: RuleVersion, run_reactions: Callable[[], int]
) -> None:
    mail_in(FLOOD, number=1)
    mail_in("My meter shows nothing.", number=2)
    run_reactions()
    flooded, quiet = LoggedEvent.objects.filter(code="message.received").order_by("id")
    expected = [(flooded.pk, "match", ["tickets.prioritise"]), (quiet.pk, "no_match", [])]
    assert told(rule) == expected

    for ticket in Ticket.objects.all():
        prioritise_ticket(ticket, by=agent, priority=Ticket.LOW)
        classify_ticket(ticket, by=agent, type="incident")
        rename_ticket(ticket, by=agent, subject="Something else")
    run_reactions()
    assert told(rule) == expected

    erase_contact(Contact.objects.get(), by=agent)
    run_reactions()
    assert told(rule) == expected


def test_a_draft_judges_the_past_as_it_was_and_says_where_it_no_longer_can(
    team: Team, agent: Agent, run_reactions: Callable[[], int]
) -> None:
    mail_in(FLOOD, number=1)
    mail_in("My meter shows nothing.", number=2)
    run_reactions()
    draft = save_draft(name="Words of danger", body=WORDS_OF_DANGER, by=agent)
    first = [verdict for _, verdict, _ in told(draft)]
    for ticket in Ticket.objects.all():
        prioritise_ticket(ticket, by=agent, priority=Ticket.URGENT)
    run_reactions()
    changed = [verdict for _, verdict, _ in told(draft)]

    erase_contact(Contact.objects.get(), by=agent)
    assert first == changed == ["match", "no_match"]
    assert [verdict for _, verdict, _ in told(draft)] == ["erased", "erased"]
