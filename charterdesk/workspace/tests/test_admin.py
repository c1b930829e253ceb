"""The operation's pages: for leads and above, and every one of them mends what it shows."""

import pytest

from charterdesk.base.clock import now
from charterdesk.channels.actions import accept_mail, block_sender
from charterdesk.channels.models import BlockedSender, MailAccount, Outgoing, RawMail
from charterdesk.events.models import Delivery, Dropped, LoggedEvent
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db

PAGES = ["admin/", "admin/failures", "admin/held-mail", "admin/aside", "admin/blocked"]
ACCOUNTS = ["admin/accounts", "admin/accounts/new"]


@pytest.fixture
def lead(team, sign_in):
    return sign_in(make_agent("Lea", teams=(team,), role=Agent.LEAD))


@pytest.fixture
def administrator(team, sign_in):
    return sign_in(make_agent("Ann", teams=(team,), role=Agent.ADMINISTRATOR))


@pytest.mark.parametrize("page", [*PAGES, *ACCOUNTS])
def test_agents_do_not_operate_the_desk(desk, page):
    assert desk.get(f"/desk/{page}").status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_leads_do(lead, page):
    assert lead.get(f"/desk/{page}").status_code == 200


def test_mail_accounts_are_for_administrators(lead, administrator):
    assert [lead.get(f"/desk/{page}").status_code for page in ACCOUNTS] == [403, 403]
    assert [administrator.get(f"/desk/{page}").status_code for page in ACCOUNTS] == [200, 200]


@pytest.fixture
def doubtful(team):
    return Outgoing.objects.create(
        team=team, header="a@desk", sender="", recipients=["mia@example.org"], raw=b"", state=Outgoing.IN_DOUBT
    )


@pytest.mark.parametrize(("button", "state"), [("again", Outgoing.QUEUED), ("arrived", Outgoing.SENT)])
def test_mail_in_doubt_is_settled_by_a_person(lead, doubtful, button, state):
    assert "mia@example.org" in lead.get("/desk/admin/held-mail").content.decode()

    lead.post(f"/desk/admin/held-mail/{doubtful.pk}", {button: "1"})

    doubtful.refresh_from_db()
    assert doubtful.state == state
    assert "mia@example.org" not in lead.get("/desk/admin/held-mail").content.decode()


def test_mail_set_aside_is_kept_whole_and_can_be_taken_in(lead):
    mail = accept_mail(b"Subject: Win\r\n\r\n<script>", source="smtp", sender="x@shop.example")
    assert mail
    RawMail.objects.filter(pk=mail.pk).update(state=RawMail.JUNK, subject="Win")

    assert "Win" in lead.get("/desk/admin/aside").content.decode()
    saved = lead.get(f"/desk/admin/aside/{mail.pk}.eml")
    assert b"".join(saved.streaming_content) == b"Subject: Win\r\n\r\n<script>"
    assert saved["Content-Type"] == "application/octet-stream"

    lead.post(f"/desk/admin/aside/{mail.pk}")
    mail.refresh_from_db()
    assert mail.state == RawMail.WAITING


def test_mail_set_aside_goes_for_good_when_it_is_let_go(lead):
    mail = accept_mail(b"Subject: Win\r\n\r\nx", source="smtp", sender="x@shop.example")
    assert mail
    RawMail.objects.filter(pk=mail.pk).update(state=RawMail.JUNK)
    lead.post(f"/desk/admin/aside/{mail.pk}/removal")

    mail.refresh_from_db()
    assert (mail.state, mail.subject) == (RawMail.IGNORED, "")
    assert lead.post(f"/desk/admin/aside/{mail.pk}/removal").status_code == 409


def test_senders_are_blocked_and_heard_again(lead):
    lead.post("/desk/admin/blocked", {"pattern": "@shop.example"})
    blocked = BlockedSender.objects.get()
    assert blocked.pattern == "@shop.example"
    assert lead.post("/desk/admin/blocked", {"pattern": "nonsense"}).status_code == 409

    lead.post(f"/desk/admin/blocked/{blocked.pk}")
    assert not BlockedSender.objects.exists()


def test_an_accounts_password_is_sealed_and_never_shown_again(administrator, team):
    fields = {
        "name": "Info", "address": "info@example.org", "team": team.pk, "user": "info", "login_by": "password",
        "imap_host": "mail.example.org", "imap_port": 993, "imap_security": "tls", "folder": "INBOX",
        "smtp_port": 587, "smtp_security": "starttls", "password": "hunter2", "is_active": "on",
    }  # fmt: skip
    administrator.post("/desk/admin/accounts/new", fields)
    account = MailAccount.objects.get()
    assert account.secrets == {"password": "hunter2"}

    page = administrator.get(f"/desk/admin/accounts/{account.pk}").content.decode()
    administrator.post(f"/desk/admin/accounts/{account.pk}", {**fields, "name": "Info desk", "password": ""})

    account.refresh_from_db()
    assert "hunter2" not in page
    assert (account.name, account.secrets) == ("Info desk", {"password": "hunter2"})
    told = LoggedEvent.objects.filter(code="mail_account.saved").order_by("pk").values_list("data__fields", flat=True)
    assert "password" in told[0]
    assert told[1] == ["name"]
    assert not LoggedEvent.objects.filter(data__icontains="hunter2").exists()


def test_an_account_that_neither_fetches_nor_sends_is_refused(administrator, team):
    response = administrator.post(
        "/desk/admin/accounts/new", {"name": "x", "address": "x@example.org", "team": team.pk}
    )

    assert response.status_code == 422
    assert not MailAccount.objects.exists()


def test_a_blocked_sender_is_listed_once(lead):
    for _n in range(2):
        block_sender("a@shop.example", by="system")

    assert lead.get("/desk/admin/blocked").content.decode().count(">a@shop.example</td>") == 1


@pytest.fixture
def parked(db):
    return Delivery.objects.create(
        event_id=1, subject="ticket:1", handler="sla.promise", state=Delivery.PARKED, attempts=9,
        error="Boom", next_try_at=now(),
    )  # fmt: skip


def test_what_failed_is_tried_again(lead, parked):
    assert "Boom" in lead.get("/desk/admin/failures").content.decode()

    lead.post(f"/desk/admin/failures/delivery/{parked.pk}")

    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == (Delivery.WAITING, 0)


def test_what_failed_is_given_up_only_with_a_reason(lead, parked):
    refused = lead.post(f"/desk/admin/failures/delivery/{parked.pk}", {"give_up": "1", "reason": " "})
    assert (refused.status_code, Delivery.objects.count()) == (409, 1)

    lead.post(f"/desk/admin/failures/delivery/{parked.pk}", {"give_up": "1", "reason": "Handled by hand."})
    assert not Delivery.objects.exists()
    assert Dropped.objects.get().reason == "Handled by hand."


def test_what_no_longer_waits_is_said_to_be_gone(lead):
    assert lead.post("/desk/admin/failures/job/999").status_code == 409
    assert lead.post("/desk/admin/failures/nonsense/1").status_code == 404


def test_a_saved_account_is_tried_at_once_and_can_be_switched_off(administrator, team):
    fields = {
        "name": "Info", "address": "info@example.org", "team": team.pk, "login_by": "password", "folder": "INBOX",
        "smtp_host": "localhost", "smtp_port": 1, "smtp_security": "starttls", "imap_port": 993,
        "imap_security": "tls", "is_active": "on",
    }  # fmt: skip
    saved = administrator.post("/desk/admin/accounts/new", fields)
    account = MailAccount.objects.get()
    steps = administrator.get(f"/desk/admin/accounts/{account.pk}/check/way-out").content.decode()
    administrator.post(f"/desk/admin/accounts/{account.pk}/use", {"on": ""})

    assert saved.headers["Location"] == f"/desk/admin/accounts/{account.pk}/check"
    assert administrator.get(saved.headers["Location"]).status_code == 200
    assert "localhost takes no connections at port 1." in steps
    account.refresh_from_db()
    assert not account.is_active


def test_settings_are_found_by_other_words_and_only_by_who_may_change_them(administrator, lead):
    found = administrator.get("/desk/admin/?q=imap").content.decode()

    assert ("Mail accounts" in found, "Opening hours" in found) == (True, False)
    assert "Mail accounts" not in lead.get("/desk/admin/?q=imap").content.decode()


def test_what_is_wrong_with_a_mail_account_is_said_in_words(administrator, team):
    refused = "ConnectionRefusedError: [Errno 111] Connection refused"
    MailAccount.objects.create(name="Leaks", address="l@x.example", team=team, error=refused)
    MailAccount.objects.create(name="Info", address="i@x.example", team=team, error="MailboxLoginError: no such user")

    page = administrator.get("/desk/admin/accounts").content.decode()

    assert "The server takes no connections at this port." in page
    assert "The server said: no such user" in page
    assert "Errno" not in page and "MailboxLoginError" not in page


def test_the_form_of_an_integration_says_what_it_sees_without_a_team(sign_in):
    page = sign_in(make_agent("Amy", role=Agent.ADMINISTRATOR)).get("/desk/admin/integrations/new").content.decode()

    assert "With none it sees no ticket" in page
