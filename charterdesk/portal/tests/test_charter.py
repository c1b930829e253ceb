"""The charter in public: read by anybody, in their language, in few statements; as image, feed and paper, too."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from charterdesk.base.clock import now
from charterdesk.charter.actions.exclusions import declare_exclusion, withdraw_exclusion
from charterdesk.charter.content import Charter
from charterdesk.charter.models import Figure
from charterdesk.charter.testing import answer_within, broken_case, credit, publish_for_test
from charterdesk.people.testing import make_contact, make_team
from charterdesk.tickets.links import status_token
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
SAID = Charter(
    title={"en": "Our charter", "de": "Unsere Charta"},
    objectives=[answer_within(4), answer_within(9, code="later")],
    remedies=[credit("10", cap="50")],
)


@pytest.fixture
def charter():
    """In force, with 96 of 100 promises kept lately and worse before."""
    version = publish_for_test(SAID)
    today = timezone.localdate()
    for days, kept, broken in ((1, 96, 4), (40, 50, 50), (400, 0, 900)):
        day = today - timedelta(days=days)
        Figure.objects.create(objective="answer", version=version, day=day, kept=kept, broken=broken)
    return version


def get(path: str, **headers: str) -> str:
    answer = Client(headers=headers).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_what_was_measured_over_ninety_days(charter):
    page = get("/charter/")

    assert "73.0\N{NO-BREAK SPACE}%" in page
    assert "kept of 200 in 90 days" in page
    assert "less than the 95.0\N{NO-BREAK SPACE}% we promised" in page
    assert "no cases yet" in page


def test_the_page_costs_few_statements_however_much_was_promised(charter, django_assert_max_num_queries):
    client = Client()
    client.get("/charter/")

    with django_assert_max_num_queries(5):
        client.get("/charter/")


def test_it_speaks_the_readers_language_as_far_as_it_is_written(charter):
    page = get("/charter/", accept_language="de")

    assert "Unsere Charta" in page
    assert "A person answers you within 4 hours." in page


def test_before_there_is_a_charter_the_page_says_what_will_be_here():
    assert "There is no charter yet" in get("/charter/")
    assert Client().get("/charter/badge/answer.svg").status_code == 404
    assert json.loads(get("/charter/figures.json"))["objectives"] == []


def test_a_former_version_can_be_read_and_one_that_is_not_published_cannot(charter):
    publish_for_test(Charter(title={"en": "The second"}, objectives=[answer_within(2)]))

    assert "The second" in get("/charter/")
    assert "Our charter" in get("/charter/versions/1")
    assert Client().get("/charter/versions/3").status_code == 404


def test_what_did_not_count_is_listed_with_its_reason_even_when_withdrawn(charter):
    week = timedelta(days=7)
    flood = declare_exclusion(
        by="agent:1", begins_at=now() - 2 * week, ends_at=now() - week, reason={"en": "A <b>flood</b>"}
    )
    assert "A &lt;b&gt;flood&lt;/b&gt;" in get("/charter/")

    withdraw_exclusion(flood, by="agent:1")

    assert "withdrawn: it counts" in get("/charter/")


def test_other_sites_may_read_figures_script_and_badge_and_carry_no_cookie(charter):
    for path in ("/charter/figures.json", "/charter/badge/answer.svg", "/charter/badge/answer.png"):
        answer = Client().get(path)
        assert (answer.status_code, answer["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")
        assert not answer.cookies
    assert Client().get("/charter/figures.json")["Access-Control-Allow-Origin"] == "*"


def test_a_badge_names_the_promise_and_its_figure_and_runs_nothing(charter):
    badge = get("/charter/badge/answer.svg")

    assert "An answer in time" in badge
    assert "73.0\N{NO-BREAK SPACE}%" in badge
    assert "script" not in badge
    lines = dict(re.findall(r' y="(\d+)"[^>]*>([^<]*)</text>', badge))
    assert lines["85"].startswith("kept of")
    assert badge.count(' y="85"') == 1  # alone: wider fonts and larger counts run into nothing


def test_feeds_tell_of_versions_and_exclusions(charter):
    declare_exclusion(by="agent:1", begins_at=now() - timedelta(days=1), ends_at=now(), reason={"en": "Flood"})

    feed = json.loads(get("/charter/feed.json"))
    atom = get("/charter/feed.atom")

    assert [item["title"] for item in feed["items"]] == ["Not counted: Flood", "Version 1 of our charter"]
    assert "Not counted: Flood" in atom
    assert "<feed" in atom


def test_the_poster_is_a_pdf_of_the_size_asked_for(charter):
    a4, a3 = Client().get("/charter/poster.pdf"), Client().get("/charter/poster.pdf?size=a3&lang=ar")

    assert [each.content[:5] for each in (a4, a3)] == [b"%PDF-", b"%PDF-"]
    assert a3["Content-Disposition"] == 'inline; filename="charter-a3.pdf"'


def test_the_status_page_says_what_was_promised_and_that_it_was_not_kept(charter):
    ticket = make_ticket(team=make_team(), contact=make_contact())
    broken_case(ticket, charter)

    page = get(f"/status/{ticket.number}/{status_token(ticket)}")

    assert "Promised by our charter" in page
    assert "not kept" in page
