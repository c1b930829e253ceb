"""The numbers of the desk by their form: what is kept, what is refused in words, and that no secret comes back."""

import pytest

from charterdesk.channels.models import SmsNumber
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db

NEW = "/desk/admin/sms/new"


@pytest.fixture
def administrator(team, sign_in):
    return sign_in(make_agent("Ann", teams=(team,), role=Agent.ADMINISTRATOR))


@pytest.fixture
def fields(team):
    return {
        "name": "Texts", "number": "+49 (0)30 / 12 34 56 - 78", "team": team.pk, "language": "de", "provider": "http",
        "url": "https://sms.example", "user": "AC1", "secret": "hunter2", "join_hours": 72, "daily_cap": 500,
        "is_active": "on",
    }  # fmt: skip


def test_a_number_is_made_by_form_and_its_secret_is_sealed_and_never_shown_again(administrator, fields):
    made = administrator.post(NEW, fields)
    number = SmsNumber.objects.get()
    assert made.headers["Location"] == f"/desk/admin/sms/{number.pk}/check"
    assert (number.number, number.secret, number.daily_cap) == ("+493012345678", "hunter2", 500)
    assert b"hunter2" not in bytes(number.sealed)

    path = f"/desk/admin/sms/{number.pk}"
    refused = administrator.post(path, {**fields, "number": "none", "user": "", "secret": "hunter3"})
    pages = [administrator.get(one) for one in ("/desk/admin/sms", path, f"{path}/check")]
    administrator.post(path, {**fields, "name": "Text line", "secret": ""})

    assert ([page.status_code for page in pages], refused.status_code) == ([200, 200, 200], 422)
    assert not [page for page in (*pages, refused) if "hunter" in page.content.decode()]
    number.refresh_from_db()
    assert (number.name, number.user, number.secret) == ("Text line", "AC1", "hunter2")
    told = LoggedEvent.objects.filter(code="sms_number.saved").order_by("pk").values_list("data__fields", flat=True)
    assert "secret" in told[0]
    assert list(told[1:]) == [["name"]]
    assert not LoggedEvent.objects.filter(data__icontains="hunter").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"number": "+49"}, "Write the number with its country, such as +49 30 123456, or a short code."),
        ({"number": "030/123456"}, "Write the number with its country, such as +49 30 123456, or a short code."),
        ({"user": ""}, "Name the provider&#x27;s address and the user name it gave you."),
        ({"provider": "smpp"}, "Name the SMPP server and the user name it gave you."),
    ],
)
def test_what_could_not_send_is_refused_with_a_sentence(administrator, fields, wrong, sentence):
    refused = administrator.post(NEW, {**fields, **wrong})

    assert (refused.status_code, SmsNumber.objects.count()) == (422, 0)
    page = refused.content.decode()
    assert sentence in page
    assert "hunter2" not in page


def test_a_number_is_had_once_and_left_alone_or_removed_by_administrators_only(administrator, desk, fields):
    administrator.post(NEW, fields)
    number = SmsNumber.objects.get()
    twice = administrator.post(NEW, {**fields, "name": "Again", "number": "0049 30 12345678"})
    assert (twice.status_code, "There is one of this name or number already" in twice.content.decode()) == (422, True)

    path = f"/desk/admin/sms/{number.pk}"
    assert [desk.get(path).status_code, desk.post(f"{path}/removal").status_code] == [403, 403]
    administrator.post(f"{path}/use", {"on": ""})
    number.refresh_from_db()
    assert not number.is_active
    administrator.post(f"{path}/removal")
    assert not SmsNumber.objects.exists()


def test_a_provider_named_without_a_scheme_is_asked_over_tls(administrator, fields):
    administrator.post(NEW, {**fields, "url": "sms.example/send"})

    assert SmsNumber.objects.get().url == "https://sms.example/send"
