"""Single sign-on with a provider of OpenID Connect that is not ours, running here."""

import re
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from charterdesk.access.actions import demand_second_factor
from charterdesk.access.models import IdentityProvider, OpenSession
from charterdesk.access.single_sign_on import role_for, save_provider
from charterdesk.events.models import LoggedEvent
from charterdesk.people.actions import deactivate_agent
from charterdesk.people.models import Agent, Contact, Login, Role
from charterdesk.people.testing import make_agent, make_team

pytestmark = pytest.mark.django_db


def person(sub: str, email: str, *groups: str, verified: bool = True) -> User:
    claims = {"email": email, "name": sub.title(), "groups": list(groups), "email_verified": verified}
    return User(sub=sub, claims=claims)


@pytest.fixture
def issuer(settings) -> Iterator[str]:
    """The address of a provider that knows some people."""
    settings.PRIVATE_NETWORKS = loopback()
    people = [
        person("ada", "ada@water.example", "support", "everybody"),
        person("lea", "lea@water.example", "support", "leads"),
        person("mia", "mia@water.example"),
        person("eve", "eve@elsewhere.example", "leads"),
        person("una", "una@water.example", "leads", verified=False),
    ]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def loopback() -> list[Any]:
    return [ip_network("127.0.0.0/8"), ip_network("::1/128")]


@pytest.fixture
def provider(issuer) -> IdentityProvider:
    team = make_team("Leaks")
    made = IdentityProvider()
    save_provider(
        made,
        by="system",
        secret="s3cret-of-the-desk",
        name="Water works",
        slug="works",
        issuer=issuer,
        client_id="charterdesk",
        domains=["water.example"],
        role_of_group={"support": "agent", "leads": "lead"},
        team_of_group={"support": team.pk},
    )
    return made


def come_in(sub: str, client: Client | None = None) -> Client:
    """Sign in at the provider as `sub` and come back to the desk."""
    client = client or Client()
    there = client.get("/account/oidc/works/login/?process=login")
    page = there["Location"]
    assert "code_challenge=" in page  # PKCE
    at_provider = requests.Session()
    back = at_provider.post(page, data={"sub": sub}, allow_redirects=False, timeout=10)
    returned = urlsplit(back.headers["Location"])
    assert parse_qs(returned.query).keys() >= {"code", "state"}
    client.get(f"{returned.path}?{returned.query}")
    return client


def test_somebody_new_comes_in_with_the_role_and_teams_of_their_groups(provider):
    client = come_in("lea")

    lea = Agent.objects.get(login__email="lea@water.example")
    assert (lea.name, lea.role, [team.name for team in lea.teams.all()]) == ("Lea", "lead", ["Leaks"])
    assert client.get("/desk/").status_code == 200
    assert OpenSession.objects.get().way == OpenSession.SINGLE
    assert LoggedEvent.objects.get(code="agent.added").actor == provider.key


def test_groups_change_role_and_teams_at_the_next_sign_in(provider):
    come_in("ada")
    ada = Agent.objects.get(login__email="ada@water.example")
    provider.role_of_group, provider.team_of_group = {"everybody": "lead"}, {"other": provider.team_of_group["support"]}
    provider.save()

    come_in("ada")

    ada.refresh_from_db()
    assert (ada.role, list(ada.teams.all())) == ("lead", [])


def test_groups_give_roles_of_the_desks_own_too_and_what_allows_most_counts(provider):
    reader = Role.objects.create(name="Only reads", permissions=["tickets.read"])
    client = Client()
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    page = f"/desk/admin/single-sign-on/{provider.pk}"
    said = client.get(page).context["form"].initial
    answer = client.post(page, {**said, "roles": "everybody = Only reads\nleads = lead", "default_role": ""})
    assert answer.status_code == 302
    assert "everybody = Only reads" in client.get(page).content.decode()

    come_in("ada")
    ada = Agent.objects.get(login__email="ada@water.example")
    assert (ada.role, ada.free_role) == (Agent.AGENT, reader)
    provider.refresh_from_db()
    assert role_for(provider, ["everybody", "leads"]) == Agent.LEAD
    provider.role_of_group, provider.default_role = {"everybody": Agent.LEAD}, f"role:{reader.pk}"
    provider.save()
    come_in("ada")
    come_in("mia")

    ada.refresh_from_db()
    assert (ada.role, ada.free_role) == (Agent.LEAD, None)
    assert Agent.objects.get(login__email="mia@water.example").free_role == reader


def test_an_agent_who_is_here_already_keeps_their_account(provider):
    mine = make_agent("Ada of old", email="ada@water.example")

    come_in("ada")

    assert Agent.objects.get(login__email="ada@water.example") == mine
    assert Login.objects.count() == 1


def test_whoever_no_group_names_comes_in_as_a_customer(provider):
    client = come_in("mia")

    assert Contact.objects.get(login__email="mia@water.example").name == "Mia"
    assert client.get("/requests/").status_code == 200
    assert client.get("/desk/").status_code == 403


@pytest.mark.parametrize(("sub", "why"), [("eve", "may not vouch"), ("una", "has not checked")])
def test_a_provider_vouches_for_its_own_domains_and_proven_addresses_only(provider, sub, why):
    victim = make_agent("Eve", email=f"{sub}@elsewhere.example", role=Agent.ADMINISTRATOR)
    client = come_in(sub)

    assert "_auth_user_id" not in client.session
    assert why in client.get("/account/login/").content.decode()
    assert Agent.objects.get() == victim


def test_whoever_left_the_desk_stays_outside(provider):
    deactivate_agent(make_agent("Ada", email="ada@water.example"), by="system")

    assert "_auth_user_id" not in come_in("ada").session


def test_single_sign_on_stands_for_the_second_factor(provider):
    demand_second_factor([Agent.AGENT], by="system")

    assert come_in("ada").get("/desk/").status_code == 200


def test_a_forged_return_lets_nobody_in(provider):
    client = Client()
    client.get("/account/oidc/works/login/?process=login")
    client.get("/account/oidc/works/login/callback/?" + urlencode({"code": "x", "state": "y"}))

    assert "_auth_user_id" not in client.session


def test_a_provider_is_set_up_by_form_and_its_secret_is_kept_sealed(issuer):
    team = make_team("Leaks")
    client = Client()
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    filled = {
        "name": "Water works", "slug": "works", "issuer": issuer, "client_id": "charterdesk", "secret": "s3cret",
        "domains": "water.example", "groups_claim": "groups", "roles": "support = agent", "teams": "support = Leaks",
        "is_active": "on",
    }  # fmt: skip
    assert client.post("/desk/admin/single-sign-on/new", filled).status_code == 302

    made = IdentityProvider.objects.get()
    assert (made.role_of_group, made.team_of_group) == ({"support": "agent"}, {"support": team.pk})
    assert b"s3cret" not in bytes(made.sealed_secret)
    door = Client()
    assert re.search(r"Sign in with\s+Water works", door.get("/account/login/").content.decode())
    come_in("ada", door)
    assert door.get("/desk/").status_code == 200


def test_a_wrong_issuer_and_one_in_our_own_network_are_said_at_the_field(issuer, settings):
    client = Client()
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    filled = {
        "name": "W",
        "slug": "w",
        "client_id": "c",
        "domains": "water.example",
        "groups_claim": "groups",
        "is_active": "on",
    }
    wrong = client.post("/desk/admin/single-sign-on/new", {**filled, "issuer": f"{issuer}/nowhere"})
    assert wrong.status_code == 422 and "did not answer" in wrong.content.decode()
    settings.PRIVATE_NETWORKS = []

    refused = client.post("/desk/admin/single-sign-on/new", {**filled, "issuer": issuer})

    assert refused.status_code == 422 and "private network" in refused.content.decode()
    assert not IdentityProvider.objects.exists()


def test_where_the_provider_does_not_answer_the_door_says_so(db):
    IdentityProvider.objects.create(name="Water works", slug="works", issuer="http://127.0.0.1:9", client_id="x")
    client = Client()

    sent = client.get("/account/oidc/works/login/?process=login")

    assert sent.headers["Location"] == "/account/login/"
    assert "Water works does not answer." in client.get("/account/login/").content.decode()
