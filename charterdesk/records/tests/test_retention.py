"""Old things go when their rule says so: not before, not what is held, and once, whoever is killed."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from charterdesk.base.clock import now
from charterdesk.base.files import file_store
from charterdesk.base.refused import Refused
from charterdesk.calls.models import Call
from charterdesk.calls.testing import make_line
from charterdesk.channels.actions import accept_mail
from charterdesk.channels.models import RawMail
from charterdesk.channels.testing import make_mail
from charterdesk.charter.actions.remedies import book_remedies
from charterdesk.charter.content import Charter
from charterdesk.charter.testing import answer_within, broken_case, credit, publish_for_test
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import erase_contact
from charterdesk.people.models import Agent, Contact, Organisation
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.records import retention
from charterdesk.records.actions import lift_hold, place_hold, save_rule
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.previews import preview_of
from charterdesk.records.queries import held_back, old_enough
from charterdesk.records.retention import apply_piece, apply_rules
from charterdesk.tickets.actions import Incoming, IncomingFile, receive_message, redact_attachment, redact_message
from charterdesk.tickets.models import Attachment, Message, Ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "attachments"
    file_store.cache_clear()
    RetentionRule.objects.all().delete()
    yield
    file_store.cache_clear()


def closed(days_ago: int, **fields: Any) -> Ticket:
    """A ticket that was closed so many days ago, with a file."""
    ticket = make_ticket(**fields)
    files = [IncomingFile(filename="meter.txt", stream=BytesIO(b"the meter"))]
    receive_message(ticket, Incoming(contact=ticket.contact, text="The xylophone leaks", files=files), by="system")
    Ticket.objects.filter(pk=ticket.pk).update(status=Ticket.CLOSED, closed_at=now() - timedelta(days=days_ago))
    return ticket


def rule(subject: str, action: str, days: int, types: tuple[str, ...] = ()) -> RetentionRule:
    return save_rule(None, by="system", subject=subject, action=action, days=days, types=types, is_active=True)


def test_closed_tickets_lose_who_and_what_but_neither_number_nor_times():
    team, mia = make_team(), make_contact("Mia Miller")
    old, young = closed(400, team=team, contact=mia), closed(300, team=team, contact=mia)
    rule(RetentionRule.TICKETS, RetentionRule.ANONYMISE, 365)
    before = Ticket.objects.filter(pk=old.pk).values_list("number", "status", "opened_at", "closed_at").get()

    apply_rules()

    old.refresh_from_db()
    assert (old.number, old.status, old.opened_at, old.closed_at) == before
    assert old.contact.erased_at and old.contact != mia
    assert set(Message.objects.filter(ticket=old).values_list("body_text", "contact__erased_at")) == {
        ("", old.contact.erased_at)
    }
    events = LoggedEvent.objects.filter(subject=old.key)
    assert not events.filter(data__contact_id=mia.pk).exists() and not events.filter(actor=mia.key).exists()
    mia.refresh_from_db()
    assert mia.erased_at is None
    assert Message.objects.filter(ticket=young, body_text="The xylophone leaks").count() == 1


def test_deleted_tickets_leave_no_row_and_the_log_keeps_its_entries():
    old, merged = closed(400, type="question"), closed(20, type="incident")
    Ticket.objects.filter(pk=merged.pk).update(merged_into=old)
    entries = LoggedEvent.objects.filter(subject=old.key).count()
    contacts = Contact.objects.count()
    rule(RetentionRule.TICKETS, RetentionRule.DELETE, 365, types=("question",))

    apply_rules()

    assert list(Ticket.objects.all()) == [merged]
    assert not Message.objects.filter(ticket_id=old.pk).exists()
    assert LoggedEvent.objects.filter(subject=old.key).count() == entries
    assert Contact.objects.count() == contacts
    assert LoggedEvent.objects.get(code="retention.applied").data["ids"] == [old.pk]


def test_a_ticket_that_was_made_good_stays_with_its_remedy_while_others_go():
    paid, other = closed(400), closed(400)
    case = broken_case(paid, publish_for_test(Charter(objectives=[answer_within(4)], remedies=[credit("10")])))
    book_remedies(case.pk)
    rule(RetentionRule.TICKETS, RetentionRule.DELETE, 365)

    apply_rules()

    assert list(Ticket.objects.filter(pk__in=[paid.pk, other.pk])) == [paid]


def test_calls_lose_who_it_was_and_go_later_but_not_what_is_held():
    team, mia = make_team(), make_contact("Mia Miller")
    line = make_line(team)
    held = make_ticket(team=team, contact=mia)
    place_hold(held, reason="Court", by="system")
    for name, days in (("old", 400), ("older", 800), ("held", 800), ("young", 10)):
        Call.objects.create(
            once=name, line=line, team=team, number="+4930987654", recording="https://pbx.example/1", contact=mia,
            ticket=held if name == "held" else None, state=Call.ENDED, begun_at=now() - timedelta(days=days),
        )  # fmt: skip
    forget = rule(RetentionRule.CALLS, RetentionRule.ANONYMISE, 365)
    rule(RetentionRule.CALLS, RetentionRule.DELETE, 730)
    assert (preview_of(forget).count, preview_of(forget).held) == (2, 1)
    assert "+4930987654" in preview_of(forget).sample[0]["text"]

    apply_rules()

    left = Call.objects.order_by("pk").values_list("once", "number", "contact", "recording")
    kept = ("+4930987654", mia.pk, "https://pbx.example/1")
    assert list(left) == [("old", "", None, ""), ("held", *kept), ("young", *kept)]
    assert preview_of(forget).count == 0


def test_what_was_anonymised_is_deleted_in_its_time():
    old = closed(400)
    rule(RetentionRule.TICKETS, RetentionRule.ANONYMISE, 365)
    apply_rules()
    rule(RetentionRule.TICKETS, RetentionRule.DELETE, 390)
    apply_rules()

    assert not Ticket.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize("kind", ["ticket", "contact", "organisation"])
def test_a_hold_keeps_tickets_files_and_the_person_until_it_is_lifted(kind: str):
    agent, organisation = make_agent(role=Agent.ADMINISTRATOR), Organisation.objects.create(name="Mill Ltd")
    mia = make_contact("Mia Miller")
    Contact.objects.filter(pk=mia.pk).update(organisation=organisation)
    mia.refresh_from_db()
    ticket = closed(400, contact=mia)
    subjects: dict[str, Any] = {"ticket": ticket, "contact": mia, "organisation": organisation}
    hold = place_hold(subjects[kind], reason="Court", by=agent)
    files = rule(RetentionRule.FILES, RetentionRule.DELETE, 365)
    rule(RetentionRule.TICKETS, RetentionRule.ANONYMISE, 365)

    apply_rules()
    with pytest.raises(Refused) as refused:
        erase_contact(mia, by=agent)

    assert refused.value.code == "records.on_hold"
    assert held_back(files) == 1
    ticket.refresh_from_db()
    assert ticket.contact == mia
    assert Attachment.objects.exclude(sha256="").count() == 1
    lift_hold(hold, by=agent)
    apply_rules()
    ticket.refresh_from_db()
    assert ticket.contact != mia
    assert Attachment.objects.exclude(sha256="").count() == 0
    erase_contact(mia, by=agent)
    kept = "Court" if kind == "organisation" else ""
    assert list(LegalHold.objects.values_list("lifted_by", "reason")) == [(agent.key, kept)]


def test_an_old_mail_moves_to_the_file_store_and_can_still_be_read():
    raw = make_mail("Hello", sender="Mia <mia@home.example>", message_id="<1@home.example>")
    mail = accept_mail(raw, source="smtp")
    fresh = accept_mail(raw, source="smtp")
    assert mail and fresh
    RawMail.objects.filter(pk=mail.pk).update(received_at=now() - timedelta(days=31), state=RawMail.READ)
    RawMail.objects.filter(pk=fresh.pk).update(state=RawMail.READ)
    moving = rule(RetentionRule.RAW_MAILS, RetentionRule.STORE, 30)

    apply_rules()

    mail.refresh_from_db()
    fresh.refresh_from_db()
    assert bytes(mail.raw) == b"" and mail.content == raw
    assert bytes(fresh.raw) == raw and fresh.kept_as == ""
    assert old_enough(moving).count() == 0


def test_a_run_that_is_killed_goes_on_behind_its_last_piece(monkeypatch: pytest.MonkeyPatch):
    tickets = [closed(400 + number) for number in range(3)]
    cleaning = rule(RetentionRule.TICKETS, RetentionRule.ANONYMISE, 365)
    monkeypatch.setitem(retention.PIECES, RetentionRule.TICKETS, 1)

    assert [apply_piece(cleaning.pk), apply_piece(cleaning.pk)] == [1, 1]
    now_at = RetentionRule.objects.values_list("last_id", "ran_at")
    assert now_at.get() == (tickets[1].pk, None)
    apply_rules()

    assert now_at.get()[0] == 0 and now_at.get()[1] is not None
    done = LoggedEvent.objects.filter(code="retention.applied").order_by("pk")
    assert [event.data["ids"] for event in done] == [[ticket.pk] for ticket in tickets]


def test_evidence_of_rules_goes_and_events_stay():
    ticket = make_ticket()
    LoggedEvent.objects.filter(subject=ticket.key).update(at=now() - timedelta(days=100))
    rule(RetentionRule.EVIDENCE, RetentionRule.DELETE, 90)

    apply_rules()

    assert LoggedEvent.objects.filter(subject=ticket.key).first().facts == {"erased": True}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"subject": "evidence", "action": "store", "days": 9}, "records.no_such_action"),
        ({"subject": "tickets", "action": "delete", "days": 0}, "records.too_soon"),
        ({"subject": "tickets", "action": "delete", "days": 9, "types": ["x"]}, "records.no_such_type"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(fields: dict[str, Any], code: str):
    with pytest.raises(Refused) as refused:
        save_rule(None, by="system", is_active=True, **{"types": [], **fields})
    assert refused.value.code == code


@pytest.mark.parametrize("held", ["ticket", "contact", "organisation"])
def test_what_is_held_is_not_taken_out_before_the_hold_is_lifted(held):
    mill = Organisation.objects.create(name="The Mill")
    contact = make_contact("Mia")
    contact.organisation = mill
    contact.save()
    ticket = make_ticket(contact=contact)
    note = IncomingFile(filename="a.txt", stream=BytesIO(b"secret"))
    message = receive_message(ticket, Incoming(contact=contact, text="My card", files=[note]), by=contact)
    subject: Any = {"ticket": ticket, "contact": contact, "organisation": mill}[held]
    hold = place_hold(subject, reason="A court asks", by="system")

    with pytest.raises(Refused, match="legal hold"):
        redact_message(message, by="system")
    with pytest.raises(Refused, match="legal hold"):
        redact_attachment(message.attachments.get(), by="system")
    message.refresh_from_db()
    assert (message.body_text, message.attachments.get().redacted_at) == ("My card", None)

    lift_hold(hold, by="system")
    redact_message(message, by="system")
    assert message.body_text == ""
