"""What providers say of people, each in its own way."""

import pytest

from charterdesk.access.models import IdentityProvider
from charterdesk.access.single_sign_on import admit, vouched_from
from charterdesk.base.refused import Refused
from charterdesk.people.models import Login

KEYCLOAK = {
    "email": "Ada@water.example", "email_verified": True, "name": "Ada Brook", "groups": ["/leads", "/water/leaks"],
    "realm_access": {"roles": ["offline_access", "agents"]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "claim", "groups"),
    [
        (KEYCLOAK, "groups", ("/leads", "/water/leaks", "leads", "water/leaks")),
        (KEYCLOAK, "realm_access.roles", ("offline_access", "agents")),
        (KEYCLOAK, "realm_access.groups", ()),
        ({"https://water.example/groups": ["leads"]}, "https://water.example/groups", ("leads",)),
        ({"groups": ["8d0e6c52-5e5f-4f58-9a2d-0b8b0e2d3c11"]}, "groups", ("8d0e6c52-5e5f-4f58-9a2d-0b8b0e2d3c11",)),
        ({"groups": "leads, agents"}, "groups", ("leads", "agents")),
        ({"groups": None}, "groups", ()),
    ],
)
def test_groups_are_found_where_a_provider_writes_them(claims, claim, groups):
    assert vouched_from(claims, claim).groups == groups


def test_an_address_is_taken_for_proven_unless_the_provider_says_that_it_is_not():
    assert vouched_from(KEYCLOAK, "groups").email == "ada@water.example"
    proven = [vouched_from({"email": "a@b.example", **said}, "groups").is_verified for said in (
        {}, {"email_verified": True}, {"email_verified": False},
    )]  # fmt: skip
    assert proven == [True, True, False]


@pytest.mark.django_db
def test_whoever_comes_without_an_address_is_told_so():
    provider = IdentityProvider.objects.create(name="Water", slug="water", domains=["water.example"])

    with pytest.raises(Refused) as refused:
        admit(provider, vouched_from({"sub": "1", "preferred_username": "ada@water.example"}, "groups"))

    assert refused.value.code == "access.no_address"
    assert "Water does not tell your e-mail address" in str(refused.value.message)
    assert Login.objects.count() == 0
