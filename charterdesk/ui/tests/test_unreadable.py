"""What no view can use is turned away before it, in words; nothing is changed by it."""

import pytest
from django.test import Client

from charterdesk.people.testing import make_agent, make_team

pytestmark = pytest.mark.django_db
WORDS = "holds an invisible character that cannot be kept"


def test_a_nul_in_a_form_an_address_or_a_question_is_answered_with_what_to_do() -> None:
    ada = make_agent("Ada", teams=(make_team("Leaks"),))
    client = Client()
    client.force_login(ada.login)

    answers = [
        client.post("/desk/me/layout", {"next": "/a\0b"}),
        client.get("/desk/search?q=a%00b"),
        client.get("/receipts/a%00b"),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert [WORDS in answer.content.decode() for answer in answers] == [True, True, True]
