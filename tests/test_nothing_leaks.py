"""Whoever searches for what they may not see finds nothing: every kind of document, every reader, each wall alone."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import pytest
from django.conf import LazySettings

from charterdesk.comments.testing import make_comment
from charterdesk.community.models import Topic
from charterdesk.community.testing import make_answer, make_forum, make_topic, viewer_of_contact
from charterdesk.knowledge.models import Article
from charterdesk.knowledge.testing import make_text
from charterdesk.people.models import Agent, Organisation
from charterdesk.people.search import reader_of
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.people.viewer import NOBODY, Viewer, viewer_of_agent
from charterdesk.search.findable import kinds
from charterdesk.search.index import index_noted
from charterdesk.search.meanings import keep_meanings, known
from charterdesk.search.queries import search
from charterdesk.search.synonyms import define_synonyms
from charterdesk.tickets.actions import add_note
from charterdesk.tickets.testing import make_ticket
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import SHOWN, look

pytestmark = pytest.mark.django_db(transaction=True)
STAFF = {"agent of another team", "agent", "lead", "manager"}
TEAM = {"agent", "lead", "manager"}


class Town:
    """One document of each kind, with a word that nothing else has, for as few readers as the kind allows."""

    def __init__(self) -> None:
        mill = Organisation.objects.create(name="Mill Lane Homes")
        self.team, other = make_team("Leaks"), make_team("Bills")
        self.mia, omar = make_contact("Mia", login=True), make_contact("Omar", login=True)
        self.mia.organisation = mill
        self.mia.save()
        self.agent = make_agent(teams=(self.team,))
        people = {
            "agent of another team": make_agent(teams=(other,)),
            "agent": self.agent,
            "lead": make_agent(role=Agent.LEAD, teams=(self.team,)),
            "manager": make_agent(role=Agent.MANAGER),
        }
        self.readers: dict[str, Viewer] = {
            "visitor": NOBODY,
            "customer": viewer_of_contact(self.mia),
            "customer of nobody": viewer_of_contact(omar),
            **{name: viewer_of_agent(agent) for name, agent in people.items()},
        }
        self.mill = (mill.pk,)

    def ticket(self) -> Collection[str]:
        """Hers, of the team."""
        make_ticket(team=self.team, contact=self.mia, subject="The zinnober valve")
        return TEAM | {"customer"}

    def message(self) -> Collection[str]:
        """A note inside the house."""
        ticket = make_ticket(team=self.team, contact=self.mia)
        add_note(ticket, by=self.agent, agent=self.agent, html="<p>The ochre valve is ours.</p>")
        return TEAM

    def articletext(self) -> Collection[str]:
        """For an organisation and the house."""
        make_text("The indigo valve", audience=Article.ORGANISATION, organisation_ids=list(self.mill))
        return STAFF | {"customer"}

    def solution(self) -> Collection[str]:
        """Of a request, approved for the same readers."""
        terms = {"audience": Article.ORGANISATION, "organisation_ids": list(self.mill)}
        make_text("The sepia valve", kind=Article.SOLUTION, **terms)  # type: ignore[arg-type]
        return STAFF | {"customer"}

    def topic(self) -> Collection[str]:
        """In a forum of an organisation."""
        self._topic("The umber valve")
        return STAFF | {"customer"}

    def post(self) -> Collection[str]:
        """An answer in the same forum."""
        make_answer(self._topic("A valve"), body="<p>Take the sienna one.</p>")
        return STAFF | {"customer"}

    def comment(self) -> Collection[str]:
        """Below an article for the same readers."""
        text = make_text("A valve", audience=Article.ORGANISATION, organisation_ids=list(self.mill))
        make_comment(text, "<p>Mine is of russet.</p>")
        return STAFF | {"customer"}

    def _topic(self, title: str) -> Topic:
        return make_topic(title, forum=make_forum("Mill", audience="organisation", organisation_ids=self.mill))


EXAMPLES: dict[str, tuple[Callable[[Town], Collection[str]], str]] = {
    "ticket": (Town.ticket, "zinnober"),
    "message": (Town.message, "ochre"),
    "articletext": (Town.articletext, "indigo"),
    "solution": (Town.solution, "sepia"),
    "topic": (Town.topic, "umber"),
    "post": (Town.post, "sienna"),
    "comment": (Town.comment, "russet"),
}


ALIKE = ("zinnober valve", "ochre valve", "indigo valve", "sepia valve", "umber valve", "sienna one", "russet")


def test_every_kind_has_an_example_and_is_shown() -> None:
    assert set(kinds()) == set(EXAMPLES) == set(SHOWN)


def test_nobody_finds_what_they_may_not_see(run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town()
    expected = {kind: set(make(town)) for kind, (make, _word) in EXAMPLES.items()}
    run_reactions()
    index_noted()

    assert _who_finds(town, _by_page) == expected
    assert _who_finds(town, _by_last_word) == expected, "the kinds themselves let somebody see too much"
    monkeypatch.setattr("charterdesk.search.queries.all_kinds", list)
    assert _who_finds(town, _by_index) == expected, "the index alone lets somebody find too much"
    define_synonyms(None, language="en", words=["kettle", *ALIKE], by="system")
    assert _who_finds(town, _by_likeness) == expected, "the index alone lets somebody find too much"


class _AllAlike:
    """To whom everything means the same."""

    name, languages = "all alike", ()

    def of_texts(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0, 0.5] for _text in texts]

    def of_question(self, text: str) -> list[float]:
        return [1.0, 0.5]


def test_nobody_finds_by_meaning_what_they_may_not_see(
    run_reactions: Callable[[], int], monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    town = Town()
    expected = {kind: set(make(town)) for kind, (make, _word) in EXAMPLES.items()}
    run_reactions()
    index_noted()
    settings.VECTORS = "https://ai.example.org"
    monkeypatch.setattr("charterdesk.search.meanings.embedder", _AllAlike)
    monkeypatch.setattr("charterdesk.search.embedders.embedder", _AllAlike)
    known.forget()
    assert keep_meanings(60)

    assert _who_finds(town, _by_meaning) == expected
    monkeypatch.setattr("charterdesk.search.queries.all_kinds", list)
    assert _who_finds(town, _by_meaning) == expected, "the index alone lets somebody find too much"
    known.forget()


def _who_finds(town: Town, finds: Callable[[str, Viewer], bool]) -> dict[str, set[str]]:
    return {
        kind: {name for name, viewer in town.readers.items() if finds(word, viewer)}
        for kind, (_make, word) in EXAMPLES.items()
    }


def _by_meaning(word: str, viewer: Viewer) -> bool:
    """By a word that is nowhere, so that everything found was found by what it means."""
    hits = search("kettle", reader=reader_of(viewer), limit=100).hits
    assert all(hit.by_meaning and not hit.by_words for hit in hits)
    return any(word in f"{hit.title} {hit.extract}" for hit in hits)


def _by_likeness(word: str, viewer: Viewer) -> bool:
    """By a word that means the same as others in a row."""
    hits = search("kettle", reader=reader_of(viewer), limit=100).hits
    return any(word in f"{hit.title} {hit.extract}" for hit in hits)


def _by_page(word: str, viewer: Viewer) -> bool:
    """As every page and the API ask."""
    return bool(look(word, Asker(viewer=viewer)).everything)


def _by_last_word(word: str, viewer: Viewer) -> bool:
    """As if the index held nothing back."""
    reader = replace(reader_of(viewer), everything=True)
    return bool(search(word, reader=reader).hits)


def _by_index(word: str, viewer: Viewer) -> bool:
    """As if no kind were asked who may see it."""
    return bool(search(word, reader=reader_of(viewer)).hits)
