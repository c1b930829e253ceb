"""Everybody finds what they may read, by the index and by the list alike, and nothing else."""

from collections.abc import Callable

import pytest

from charterdesk.knowledge.actions.deciding import publish_imported, withdraw
from charterdesk.knowledge.actions.writing import Words, translate
from charterdesk.knowledge.models import Article, ArticleText
from charterdesk.knowledge.queries.shelves import most_read
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


def test_what_is_read_most_is_offered_in_the_readers_language_wherever_it_is_written_in_it() -> None:
    for number in range(8):
        text = make_text(f"English {number}")
        ArticleText.objects.filter(pk=text.pk).update(views=100 - number)
        if number != 1:
            arabic = translate(text.article, Words(title=f"عربي {number}", body="<p>x</p>"), language="ar", by="system")
            publish_imported(arabic, by="system")
            ArticleText.objects.filter(pk=arabic.pk).update(views=5 if number == 3 else 0)

    offered = most_read(NOBODY, None, ["ar", "en"], 3)

    assert [text.title for text in offered] == ["عربي 3", "عربي 0", "English 1"]
