"""The door: devices known again, sessions listed and ended, and a second factor where the role needs one."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, override_settings

from charterdesk.access.actions import demand_second_factor, reset_second_factors
from charterdesk.access.models import OpenSession
from charterdesk.access.secrets import unseal
from charterdesk.access.throttling import Attempt, Place
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Agent
from charterdesk.people.testing import PASSWORD, make_agent, make_contact, make_team
from charterdesk.ui.ways_in import COOKIE

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def browser(ip: str, agent: str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") -> Client:
    return Client(REMOTE_ADDR=ip, HTTP_USER_AGENT=agent)


def sign_in(client: Client, address: str, password: str = PASSWORD) -> bool:
    """Try it; whether it worked."""
    client.post("/account/login/", {"login": address, "password": password})
    return "_auth_user_id" in client.session


@pytest.fixture
def ada() -> Agent:
    return make_agent("Ada", teams=(make_team(),), email="ada@desk.example")


def code_now() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time())))))


def test_a_known_device_signs_in_while_an_attacker_hammers_and_the_attacker_does_not(ada):
    mine = browser("192.0.2.10")
    assert sign_in(mine, ada.email)
    mine.post("/account/logout/")
    attacker = browser("192.0.2.10")  # in the same network, even
    for _try in range(7):
        assert not sign_in(attacker, ada.email, "guess")

    assert not sign_in(attacker, ada.email, PASSWORD)
    assert sign_in(mine, ada.email)
    assert sign_in(browser("198.51.100.2"), ada.email)
    assert LoggedEvent.objects.filter(code="login.throttled", subject=ada.login.key).count() == 1


def test_a_device_cookie_of_another_person_opens_no_door(ada):
    other = make_agent("Otto", email="otto@desk.example")
    client = browser("192.0.2.11")
    assert sign_in(client, other.email)
    client.post("/account/logout/")
    tries = [sign_in(client, ada.email, "guess") for _try in range(6)]

    assert not any(tries)
    assert not sign_in(client, ada.email)


def test_a_mailed_code_lets_somebody_in_on_a_new_machine_while_the_password_is_held(
    ada, django_capture_on_commit_callbacks
):
    for number in range(21):
        for _try in range(5):
            Attempt("password", ada.email, Place(ip=f"198.18.{number}.1")).allowed()
    new = browser("192.0.2.12")
    assert not sign_in(new, ada.email)

    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        new.post("/account/login/code/", {"email": ada.email})
    code = next(
        line for line in mail.outbox[0].body.splitlines() if line and line.replace("-", "").isalnum() and line.isupper()
    )
    new.post("/account/login/code/confirm/", {"code": code})

    assert "_auth_user_id" in new.session


def test_sessions_are_listed_with_device_and_place_and_ended_one_by_one(ada):
    desk, phone = (
        browser("192.0.2.1"),
        browser("192.0.2.2", "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"),
    )
    assert sign_in(desk, ada.email) and sign_in(phone, ada.email)
    page = desk.get("/account/security").content.decode()
    assert "Firefox on Linux" in page and "Chrome on Android" in page and "192.0.2.2" in page
    theirs = OpenSession.objects.get(ip="192.0.2.2")

    desk.post("/account/security/sessions", {"session": theirs.pk})

    assert phone.get("/desk/").status_code == 302
    assert desk.get("/desk/").status_code == 200
    assert LoggedEvent.objects.filter(code="session.ended", actor=ada.login.key).count() == 1


def test_nobody_ends_the_sessions_of_another_person(ada):
    other = make_agent("Otto", email="otto@desk.example")
    mine, theirs = browser("192.0.2.1"), browser("192.0.2.2")
    assert sign_in(mine, ada.email) and sign_in(theirs, other.email)

    mine.post("/account/security/sessions", {"session": OpenSession.objects.get(ip="192.0.2.2").pk})

    assert theirs.get("/desk/").status_code == 200


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(ada):
    desk, phone = browser("192.0.2.1"), browser("192.0.2.2")
    assert sign_in(desk, ada.email) and sign_in(phone, ada.email)
    new = "a-new-stream-2026"

    desk.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert desk.get("/desk/").status_code == 200
    assert phone.get("/desk/").status_code == 302
    assert [each.ip for each in OpenSession.objects.all()] == ["192.0.2.1"]
    assert OpenSession.objects.get().session_key == desk.session.session_key
    assert Session.objects.filter(session_key=OpenSession.objects.get().session_key).exists()
    assert LoggedEvent.objects.filter(code="password.changed").count() == 1


def test_signing_out_takes_the_session_off_the_list(ada):
    client = browser("192.0.2.1")
    assert sign_in(client, ada.email)
    client.post("/account/logout/")

    assert not OpenSession.objects.exists()


def test_an_agent_whose_role_needs_a_second_factor_can_do_nothing_else_until_it_is_set_up(ada):
    demand_second_factor([Agent.AGENT], by="system")
    client = browser("192.0.2.1")
    assert sign_in(client, ada.email)

    assert client.get("/desk/")["Location"] == "/account/security"
    assert client.post("/desk/me/state", {"state": "away"}).status_code == 403
    part = client.get("/desk/queue", HTTP_HX_REQUEST="true")
    assert (part.status_code, part["HX-Redirect"]) == (403, "/account/security")
    assert "Your role needs a second factor" in client.get("/account/security").content.decode()

    TOTP.activate(ada.login, SECRET)
    assert client.get("/desk/").status_code == 200


def test_other_roles_and_customers_are_left_alone(ada):
    demand_second_factor([Agent.ADMINISTRATOR], by="system")
    contact = make_contact("Mia", login=True)
    staff, customer = browser("192.0.2.1"), browser("192.0.2.2")
    assert sign_in(staff, ada.email) and sign_in(customer, contact.email)

    assert staff.get("/desk/").status_code == 200
    assert customer.get("/requests/").status_code == 200


def test_a_code_of_the_app_is_asked_after_the_password_and_guessing_it_is_slow(ada):
    factor = TOTP.activate(ada.login, SECRET).instance
    assert SECRET not in str(factor.data) and unseal(factor.data["secret"]) == SECRET
    client = browser("192.0.2.1")
    assert not sign_in(client, ada.email)
    assert client.get("/desk/").status_code == 302
    for _try in range(6):
        client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_now()})
    assert "_auth_user_id" not in client.session

    elsewhere = browser("198.51.100.1")
    sign_in(elsewhere, ada.email)
    elsewhere.post("/account/2fa/authenticate/", {"code": code_now()})
    assert elsewhere.get("/desk/").status_code == 200


def test_an_administrator_lets_in_somebody_who_lost_their_factors_and_the_log_says_who_did(ada):
    administrator = make_agent("Amy", role=Agent.ADMINISTRATOR)
    TOTP.activate(ada.login, SECRET)

    assert reset_second_factors(ada.login, by=administrator) == 1

    assert not Authenticator.objects.exists()
    assert sign_in(browser("192.0.2.1"), ada.email)
    event = LoggedEvent.objects.get(code="second_factor.reset")
    assert (event.subject, event.actor, event.data["kinds"]) == (ada.login.key, administrator.key, ["totp"])


def test_the_device_cookie_tells_nobody_whose_it_is(ada):
    client = browser("192.0.2.1")
    sign_in(client, ada.email)
    cookie = client.cookies[COOKIE]

    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "ada" not in cookie.value


def test_confirming_that_it_is_you_looks_as_the_rest_and_names_the_other_ways(ada):
    client = browser("192.0.2.1")
    sign_in(client, ada.email)
    TOTP.activate(ada.login, SECRET)

    for path, other in (("reauthenticate", "2fa/reauthenticate"), ("2fa/reauthenticate", "reauthenticate")):
        page = client.get(f"/account/{path}/").content.decode()
        assert "<h1>Confirm it is you</h1>" in page and "Confirm Access" not in page
        assert f'<a href="/account/{other}/' in page
