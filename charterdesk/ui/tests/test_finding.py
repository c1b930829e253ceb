"""One search for everybody: each thing once, the best answer first, narrowed as asked, and no holes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.testing import make_text
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent
from charterdesk.search.counting import count_words
from charterdesk.search.index import index_noted
from charterdesk.search.narrowing import Narrowing
from charterdesk.search.queries import Manner
from charterdesk.tickets.actions import Incoming, receive_message
from charterdesk.tickets.testing import make_ticket
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import kinds_of, look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agent(run_reactions: Callable[[], int]) -> Viewer:
    """Of a team with a ticket that speaks of a stopcock five times, in a desk with three articles that do."""
    team, mia = make_team(), make_contact("Mia")
    ticket = make_ticket(team=team, contact=mia, subject="Stopcock stuck", text="The stopcock is stuck, the stopcock!")
    for _number in range(3):
        receive_message(ticket, Incoming(contact=mia, text="The stopcock is stuck still."), by=mia)
    make_text("Close the stopcock", body="<p>It is stuck? Oil it.</p>", summary="When it is stuck")
    make_text("A stopcock for the garden", body="<p>Frost.</p>")
    make_text("Der Stopcock", body="<p>Stuck.</p>", language="de")
    run_reactions()
    index_noted()
    while count_words():
        pass
    return viewer_of_agent(make_agent(teams=(team,)))


def found(viewer: Viewer, **how: object) -> list[str]:
    within = Narrowing(**how)  # type: ignore[arg-type]
    return [each.place.title for each in look("stopcock stuck", Asker(viewer=viewer), within=within).everything]


def test_everything_is_found_once_with_the_answer_that_clearly_fits_on_top(agent: Viewer) -> None:
    findings = look("stopcock stuck", Asker(viewer=agent))

    assert findings.best is not None
    assert findings.best.place.title == "Close the stopcock"
    assert [each.place.title for each in findings.everything].count("Stopcock stuck") == 1
    assert max(each.hit.several for each in findings.everything) == 5
    assert findings.results.counts is not None
    assert findings.results.counts.families == {"article": 3, "ticket": 1}
    assert look("stopcock", Asker(viewer=agent)).best is None  # one word asks nothing clearly


def test_a_search_is_narrowed_by_kind_language_time_and_team(agent: Viewer) -> None:
    assert found(agent, kinds=kinds_of(["ticket"])) == ["Stopcock stuck"]
    assert found(agent, languages=("de",)) == ["Der Stopcock"]
    assert found(agent, since=now() + timedelta(hours=1)) == []
    assert found(agent, tags=("t:0",)) == []


def test_what_is_kept_back_at_the_last_moment_leaves_no_hole(agent: Viewer) -> None:
    ArticleText.objects.filter(title="Close the stopcock").update(is_live=False)  # the index has not heard of it

    findings = look("stopcock stuck", Asker(viewer=NOBODY), manner=Manner(limit=2))
    assert {each.place.title for each in findings.everything} == {"Der Stopcock", "A stopcock for the garden"}


def test_both_pages_stay_within_fifteen_statements_and_a_question_without_answer_goes_on(
    agent: Viewer, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = Client(headers={"User-Agent": "Firefox"})
    client.get("/search/?q=stopcock+stuk")
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]
        page = client.get("/search/?q=stopcock+stuk").content.decode()
    assert "Did you mean" in page
    nothing = client.get("/search/?q=xylophone+zebra").content.decode()
    assert "/requests/new?subject=xylophone%20zebra" in nothing
    assert "<html" not in client.get("/search/suggestions?q=stopc").content.decode()
