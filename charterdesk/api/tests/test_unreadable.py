"""What no address can hold is answered as programs read it."""

import pytest
from django.test import Client

from charterdesk.api.problems import MEDIA_TYPE
from charterdesk.api.tests.conftest import Program
from charterdesk.people.models import Agent

ODD = ("/tickets%00", "/tickets/10%00", "/order-sources/shop/orders/%00", "/nothing%00/there")


@pytest.mark.django_db
def test_a_nul_in_an_address_of_the_api_is_a_problem_in_words(program: Program, agent: Agent) -> None:
    page = Client()  # the interactive page, where somebody is signed in
    page.force_login(agent.login)
    stranger = Client()
    for path in ODD:
        url = f"/api/v1{path}"
        known = [program.get(path), page.get(url)]
        assert [(one.status_code, one["Content-Type"]) for one in known] == [(400, MEDIA_TYPE)] * 2
        assert [one.json()["code"] for one in known] == ["api.unreadable"] * 2
        assert "Take it out" in known[0].json()["detail"]
        unknown = stranger.get(url)
        assert (unknown.status_code, unknown["Content-Type"]) == (401, MEDIA_TYPE)

    question = "/search?q=a%00b"
    assert [program.get(question).status_code, page.get(f"/api/v1{question}").status_code] == [200, 200]
    assert stranger.get(f"/api/v1{question}")["Content-Type"] == MEDIA_TYPE


@pytest.mark.django_db
@pytest.mark.parametrize("body", [rb'{"name": "\ud800"}', b'{"name": NaN}', b'{"name": "\xed\xa0\x80"}'])
def test_what_is_no_json_or_no_text_is_a_problem_and_not_our_fault(program: Program, body: bytes) -> None:
    answer = program.client.post("/api/v1/organisations", body, "application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "api.malformed")
