"""Every page is shown in `docs/pages/`, and none that is no more: a new page can't be forgotten there.

`python -m tests.album` takes what is missing; with names it takes those anew.
"""

import pytest

from tests.album.binding import PAGES, SUBJECTS, kept, looks_of, titles
from tests.album.finding import is_page, may_be_asked
from tests.test_access import WHO, World, addresses


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_every_page_there_is_has_its_pictures() -> None:
    world = World()
    clients = {who: world.client(who) for who in ("administrator", "agent", "customer", "anonymous")}
    pages = {
        name
        for name, pattern in addresses()
        for who in [next((who for who in clients if who in WHO[name][1]), None)]
        if who and may_be_asked(name) and is_page(clients[who].get(world.path(name, pattern)))
    }

    assert pages - kept() == set(), "run: python -m tests.album"


def test_no_picture_is_of_a_page_that_is_no_more() -> None:
    assert set(titles()) - set(WHO) == set(), "run: python -m tests.album --all"


def test_every_picture_is_shown() -> None:
    shown = "".join((PAGES / f"{subject}.md").read_text() for subject, _title, _beginnings in SUBJECTS)

    assert [file.name for name in kept() for file in looks_of(name) if file.name not in shown] == []
