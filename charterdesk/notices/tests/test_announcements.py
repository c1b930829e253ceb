"""Announcements: for whom, each once and as they chose, planned, paused, stopped, and told to nobody twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.contracts import save_tier
from charterdesk.billing.testing_bought import make_contract, make_order
from charterdesk.channels.actions import accept_mail
from charterdesk.channels.models import Outgoing, SmsOut
from charterdesk.channels.testing_sms import make_number
from charterdesk.notices.actions import sending
from charterdesk.notices.actions.announcements import (
    pause_announcement,
    resume_announcement,
    save_announcement,
    schedule_announcement,
    start_announcement,
    stop_announcement,
)
from charterdesk.notices.actions.choosing import choose_notices, unsubscribe
from charterdesk.notices.actions.sending import send_piece
from charterdesk.notices.audience import checked, contacts_in
from charterdesk.notices.models import Announcement, NoticeChoice, Recipient
from charterdesk.notices.testing import WORDS, make_announcement
from charterdesk.people.models import Contact, Identity, Organisation, PersonFields
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.actions import tag_ticket
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db):
    return make_team("Leaks", address="leaks@desk.example")


def names(**audience):
    return {one.name for one in contacts_in(checked(audience))}


def test_an_audience_is_those_of_whom_all_holds_that_was_chosen(team):
    mill = Organisation.objects.create(name="Mill")
    ada, ben, eve = make_contact("Ada", language="de"), make_contact("Ben", language="ar"), make_contact("Eve")
    Contact.objects.filter(pk=ben.pk).update(organisation=mill)
    ben.refresh_from_db()
    gone = make_contact("Gone", language="de")
    Contact.objects.filter(pk=gone.pk).update(erased_at=now())
    PersonFields.objects.create(contact=ada, values={"meter": "M-7"})
    contract = make_contract(mill)
    tier = save_tier(None, by="system", name="Gold", orders=2, classes=1, margin=timedelta(hours=1))
    for _each in range(2):
        make_order(eve, ordered_at=now() - timedelta(days=3))
    tag_ticket(make_ticket(team=team, contact=ada), by="system", add=["leak"])

    assert names() == {"Ada", "Ben", "Eve"}
    assert names(languages=["de", "ar"]) == {"Ada", "Ben"}
    assert names(organisations=[mill.pk]) == names(offers=[contract.offer_id]) == {"Ben"}
    assert names(tiers=[tier.pk]) == {"Eve"}
    assert names(teams=[team.pk], tags=["leak"], is_open=True) == {"Ada"}
    assert names(teams=[team.pk], tags=["price"]) == set()
    assert names(languages=["en"], tiers=[tier.pk]) == {"Eve"}
    tier.delete()
    assert names(tiers=[7]) == set()  # of tiers that are gone nobody is
    with pytest.raises(Refused):
        checked({"fields": {"nobody made it": "x"}})
    with pytest.raises(Refused):
        checked({"shoe_size": 42})


def test_everybody_hears_of_it_as_they_chose_and_in_their_language(team, run_reactions, run_jobs):
    number = make_number(team)
    texts = WORDS | {"de": {"subject": "Neue Preise", "text": "Guten Tag {{ customer }}, Wasser kostet weniger."}}
    make_contact("Mia")
    texted, at_home, gone = (make_contact(name) for name in ("Tom", "Pia", "Uwe"))
    german = make_contact("Gerd", language="de", email="gerd@home.example")
    Identity.objects.create(contact=texted, kind=Identity.PHONE, value="+4915112345678")
    choose_notices(texted, by=texted, way="sms", consents_to_sms=True, is_unsubscribed=False, how="page")
    choose_notices(at_home, by=at_home, way="portal", consents_to_sms=False, is_unsubscribed=False, how="page")
    unsubscribe(gone, how="link")
    announcement = make_announcement(team, texts=texts)
    start_announcement(announcement, by="system")
    start_announcement(announcement, by="system")
    run_reactions()
    run_jobs()

    announcement.refresh_from_db()
    told = dict(Recipient.objects.values_list("contact__name", "state"))
    assert told == {"Mia": "mailed", "Gerd": "mailed", "Tom": "texted", "Pia": "shown", "Uwe": "skipped"}
    assert (announcement.state, announcement.total) == (Announcement.DONE, 5)
    assert [out.to for out in SmsOut.objects.filter(number=number)] == ["+4915112345678"]
    mail = bytes(Outgoing.objects.get(recipients=[german.email]).raw).decode()
    assert "Subject: Neue Preise" in mail and "Guten Tag Gerd" in mail
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail and "/off>" in mail


def test_what_is_part_of_the_contract_goes_to_those_who_unsubscribed_too_and_says_so(team):
    contact = make_contact("Uwe", email="uwe@home.example")
    unsubscribe(contact, how="link")
    announcement = make_announcement(
        team, kind="policy", policy="Terms of supply", is_contractual=True, asks_receipt=True
    )
    start_announcement(announcement, by="system")
    send_piece(announcement.pk)

    mail = bytes(Outgoing.objects.get(recipients=["uwe@home.example"]).raw).decode()
    assert "List-Unsubscribe" not in mail and "concerns your contract" in mail
    announcement.refresh_from_db()
    again = make_announcement(team, kind="policy", policy="Terms of supply")
    start_announcement(again, by="system")
    again.refresh_from_db()
    assert (announcement.version, again.version) == (1, 2)


def test_it_is_planned_paused_goes_on_and_stops(team, monkeypatch):
    monkeypatch.setattr(sending, "PIECE", 2)
    for number in range(7):
        make_contact(f"Customer {number}")
    announcement = make_announcement(team)
    with pytest.raises(Refused):
        schedule_announcement(announcement, by="system", at=now() - timedelta(hours=1))
    schedule_announcement(announcement, by="system", at=now() + timedelta(hours=1))
    with pytest.raises(Refused):
        save_announcement(announcement, by="system", policy="Other")
    start_announcement(announcement, by="system")
    assert send_piece(announcement.pk)
    pause_announcement(announcement, by="system")
    assert (send_piece(announcement.pk), Recipient.objects.count()) == (False, 2)
    resume_announcement(announcement, by="system")
    assert send_piece(announcement.pk)
    stop_announcement(announcement, by="system")
    assert (send_piece(announcement.pk), Recipient.objects.count()) == (False, 4)
    with pytest.raises(Refused):
        resume_announcement(announcement, by="system")


def test_one_that_says_nothing_or_is_for_nobody_does_not_go_out(team):
    for fields, code in (
        ({"texts": {}}, "notices.no_text"),
        ({"texts": WORDS | {"de": {"subject": "Preise", "text": ""}}}, "notices.no_text"),
        ({"kind": "policy"}, "notices.no_policy"),
        ({}, "notices.nobody"),
    ):
        with pytest.raises(Refused) as refused:
            start_announcement(make_announcement(team, **fields), by="system")
        assert refused.value.code == code


def test_consent_is_asked_for_texts_and_kept_with_who_was_merged(team):
    contact, former = make_contact("Mia"), make_contact("Mia before")
    with pytest.raises(Refused):
        choose_notices(contact, by=contact, way="sms", consents_to_sms=False, is_unsubscribed=False, how="page")
    unsubscribe(former, how="link")
    Contact.objects.filter(pk=former.pk).update(merged_into=contact)
    announcement = make_announcement(team)
    start_announcement(announcement, by="system")
    send_piece(announcement.pk)

    assert [(one.contact, one.state) for one in Recipient.objects.all()] == [(contact, Recipient.SKIPPED)]
    assert NoticeChoice.objects.get().unsubscribed_by == "link"


BOUNCE = """From: MAILER-DAEMON@home.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

No such user.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; home.example

Final-Recipient: rfc822; mia@home.example
Action: failed
Status: 5.1.1

--b--
"""


def test_a_mail_that_comes_back_is_seen_at_the_announcement(team, run_reactions):
    make_contact("Mia", email="mia@home.example")
    announcement = make_announcement(team)
    start_announcement(announcement, by="system")
    send_piece(announcement.pk)
    sender = Outgoing.objects.get().sender
    accept_mail(BOUNCE.format(to=sender).encode(), source="smtp", sender="", recipients=[sender])
    run_reactions()

    assert Recipient.objects.get().state == Recipient.RETURNED


WORK = """
import sys
import django
django.setup()
from charterdesk.notices.actions import sending
sending.PIECE = 20
print("ready", flush=True)
while sending.send_piece(int(sys.argv[1])):
    pass
"""


def told(announcement):
    return Recipient.objects.filter(announcement=announcement).count()


def send_and_be_killed(announcement, *, kills):
    """Senders take it up, one after the other; each is killed in the middle of a piece. How many were."""
    database = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&port={database['PORT']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "charterdesk.settings"}
    environment |= {name: str(database[key]) for name, key in names.items() if database[key]}
    killed = 0
    while killed < kills:
        command = [sys.executable, "-c", WORK, str(announcement.pk)]
        sender = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        assert sender.stdout is not None and sender.stdout.readline() == b"ready\n"
        before = told(announcement)
        while sender.poll() is None and told(announcement) == before:
            time.sleep(0.002)
        if sender.poll() is None:
            sender.send_signal(signal.SIGKILL)
            killed += 1
        sender.wait()
        sender.stdout.close()
        announcement.refresh_from_db()
        if announcement.state == Announcement.DONE:
            break
    return killed


def announce_while_senders_are_killed(team, *, count, kills):
    contacts = Contact.objects.bulk_create([Contact(name=f"Customer {number}") for number in range(count)])
    Identity.objects.bulk_create(
        [Identity(contact=one, kind=Identity.EMAIL, value=f"c{one.pk}@home.example") for one in contacts]
    )
    announcement = make_announcement(team)
    start_announcement(announcement, by="system")
    killed = send_and_be_killed(announcement, kills=kills)
    while send_piece(announcement.pk):
        pass
    announcement.refresh_from_db()

    mails = Counter(recipients[0] for (recipients,) in Outgoing.objects.values_list("recipients"))
    assert killed >= min(kills, 2)
    assert (announcement.state, announcement.total, told(announcement)) == (Announcement.DONE, count, count)
    assert (len(mails), set(mails.values())) == (count, {1})


@pytest.mark.django_db(transaction=True)
def test_an_announcement_whose_senders_are_killed_reaches_everybody_once(transactional_db):
    announce_while_senders_are_killed(make_team("Leaks"), count=300, kills=2)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.django_db(transaction=True)
def test_ten_thousand_are_reached_once_through_twenty_kills(transactional_db):
    announce_while_senders_are_killed(make_team("Leaks"), count=10_000, kills=20)
