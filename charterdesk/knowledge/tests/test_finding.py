"""Everybody finds what they may read, by the index and by the list alike, and nothing else."""

from collections.abc import Callable

import pytest

from charterdesk.knowledge.actions.deciding import withdraw
from charterdesk.knowledge.models import Article, ArticleText
from charterdesk.knowledge.search import KIND
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Organisation
from charterdesk.people.search import reader_of
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent, viewer_of_login
from charterdesk.search.index import index_noted
from charterdesk.search.queries import search

pytestmark = pytest.mark.django_db(transaction=True)


def found(viewer: Viewer) -> list[str]:
    hits = search("stopcock", reader=reader_of(viewer), kinds=(KIND,), language="en").hits
    return sorted(hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits)


def listed(viewer: Viewer) -> list[str]:
    return sorted(text.title for text in ArticleText.objects.visible_to(viewer).live())


def test_each_reader_finds_what_they_may_read(run_reactions: Callable[[], int]) -> None:
    mill = Organisation.objects.create(name="Mill Lane Homes")
    member = make_contact("Mo", login=True)
    member.organisation = mill
    member.save()
    stranger = make_contact("Sy", login=True)
    assert member.login is not None and stranger.login is not None
    body = "<p>Close the stopcock under the sink.</p>"
    for title, audience in (("Public", Article.PUBLIC), ("Signed in", Article.SIGNED_IN), ("Staff", Article.STAFF)):
        make_text(title, body=body, audience=audience)
    make_text("Mill", body=body, audience=Article.ORGANISATION, organisation_ids=[mill.pk])
    make_text("Draft", body=body, is_live=False)
    withdraw(make_text("Gone", body=body), by="system")
    run_reactions()
    index_noted()
    team = make_team()
    readers = {
        "nobody": NOBODY,
        "stranger": viewer_of_login(stranger.login),
        "member": viewer_of_login(member.login),
        "agent": viewer_of_agent(make_agent(teams=(team,))),
        "manager": viewer_of_agent(make_agent(role="manager")),
    }
    expected = {
        "nobody": ["Public"],
        "stranger": ["Public", "Signed in"],
        "member": ["Mill", "Public", "Signed in"],
        "agent": ["Mill", "Public", "Signed in", "Staff"],
        "manager": ["Mill", "Public", "Signed in", "Staff"],
    }
    assert {name: found(viewer) for name, viewer in readers.items()} == expected
    assert {name: listed(viewer) for name, viewer in readers.items()} == expected

    # The index hears a moment later: what may not be read any more is not shown even before.
    Article.objects.update(audience=Article.STAFF)
    assert {name: found(viewer) for name, viewer in readers.items() if name in ("nobody", "member")} == {
        "nobody": [],
        "member": [],
    }
