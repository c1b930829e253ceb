"""Found by what it means: by no word of the question, by nobody else, no longer once its text has changed."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.db import connection

from charterdesk.base.refused import Refused
from charterdesk.search import embedders, index, meanings
from charterdesk.search.audience import everybody, staff
from charterdesk.search.embedders import embedder, is_here
from charterdesk.search.models import Embedded, Meaning
from charterdesk.search.queries import search

pytestmark = pytest.mark.django_db
KEY = "k-117"


class _Service(BaseHTTPRequestHandler):
    """Knows two things, warmth and money, and says of each text how much it is about them."""

    about = (("heating", "warm", "cold"), ("invoice", "pay"))
    length = 2

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"] == f"Bearer {KEY}"
        vectors = [[0.05 + sum(word in text for word in words) for words in self.about] for text in asked["input"]]
        data = [{"index": n, "embedding": (vector * 2)[: self.length]} for n, vector in enumerate(vectors)]
        answer = json.dumps({"data": data[::-1]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments):
        """Tests are silent."""


@pytest.fixture
def service(settings):
    """The service, on an address of this machine that the settings name."""
    server = HTTPServer(("127.0.0.1", 0), _Service)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.VECTORS, settings.VECTORS_KEY = f"http://127.0.0.1:{server.server_port}/v1/embeddings", KEY
    settings.VECTORS_LANGUAGES, settings.VECTORS_LEAST = ("en",), 60
    _anew()
    yield server
    server.shutdown()
    server.server_close()
    settings.VECTORS = ""
    _anew()


def _anew():
    embedder.cache_clear()
    meanings.known.forget()
    meanings._asking.resting_until = 0.0


def test_a_text_is_found_by_its_meaning_by_those_who_may_see_it_until_it_changes(pages, service, monkeypatch):
    flat = pages("My flat", "It is cold in here", audience=["t:1"])
    bill = pages("An invoice", "I would like to pay")
    foreign = pages("Es ist cold", "sagt man", language="de")
    index.refresh("page", [flat, bill, foreign])
    assert meanings.keep_meanings(60) == 2, "the model does not know German"
    assert meanings.keep_meanings(60) == 0

    def found(words, reader):
        return [hit.id for hit in search(words, reader=reader).hits]

    assert found("heating", staff([1])) == [flat]
    assert found("heating", everybody()) == []
    (hit,) = search("heating", reader=staff([1])).hits
    assert (hit.by_words, hit.by_meaning, hit.why) == (None, 1, ())
    both = search("pay the heating", reader=staff([1]), limit=1)
    more = search("", reader=staff([1]), limit=1, cursor=both.after or "")
    assert {hit.id for hit in (*both.hits, *more.hits)} == {flat, bill}, "pages follow each other"
    assert found('"the heating"', staff([1])) == [], "who quotes wants these words"

    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_page SET body = 'It is mine', title = '' WHERE id = %s", [flat])
    index.refresh("page", [flat])
    assert found("heating", staff([1])) == [], "nothing is left of what it meant"
    assert meanings.keep_meanings(60) == 1
    index.remove([f"page:{bill}"])
    assert Meaning.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_page SET language = 'de' WHERE id = %s", [flat])
    index.refresh("page", [flat])
    assert meanings.keep_meanings(60) == 0, "its language is none of the model's any more"
    assert not Meaning.objects.exists()

    monkeypatch.setattr(_Service, "length", 4)
    later = pages("It is warm")
    index.refresh("page", [later])
    meanings.keep_meanings(60)
    assert Embedded.objects.get().dimensions == 4, "another model, other vectors"
    assert found("heating", everybody()) == [later]
    with pytest.raises(Refused):
        search("", reader=staff([1]), cursor=both.after or "")


def test_search_goes_by_words_while_the_service_is_away(pages, service):
    page = pages("Heating", "is off")
    index.refresh("page", [page])
    meanings.keep_meanings(60)
    service.shutdown()
    service.server_close()
    assert [hit.id for hit in search("heating", reader=everybody()).hits] == [page]
    assert meanings._asking.resting_until, "and does not ask again for a while"


def test_the_model_of_the_extra_understands_two_languages(pages, settings):
    settings.VECTORS, settings.VECTORS_LEAST = embedders.LOCAL, 70
    if not is_here():
        pytest.skip("the extra `vectors` is not installed")
    _anew()
    leak = pages("Wasser tritt aus", "Was tun bei einem Rohrbruch im Keller?", language="de")
    bill = pages("Rechnung in Raten zahlen", "So vereinbaren Sie eine Ratenzahlung.", language="de")
    index.refresh("page", [leak, bill])
    assert meanings.keep_meanings(60) == 2
    assert search("a burst pipe downstairs", reader=everybody(), language="en").hits[0].id == leak
    _anew()
