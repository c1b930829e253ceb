"""Pages as other help centres export them become articles: their content, without what stands around it."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from charterdesk.knowledge.actions.importing import import_text
from charterdesk.knowledge.bodies import clean_body
from charterdesk.knowledge.packing import read_zip

WHOLE = """<!DOCTYPE html><html lang="de-DE"><head><title>Zahlen - Hilfe</title><style>p{color:red}</style>
<meta name="description" content="So zahlen Sie &amp; wann."></head><body><nav><a href="/">Start</a></nav>
<main><header><h1>Rechnung <b>zahlen</b></h1><p>Von Ada</p></header><p>Per Lastschrift.</p><img src="img/a.png"></main>
<footer>(c) Werk</footer><script>track()</script></body></html>"""


def test_a_folder_of_html_becomes_articles_with_what_each_page_says_of_itself() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("help/Bills/pay.html", WHOLE)
        folder.writestr("help/Bills/img/a.png", b"png")
        folder.writestr("plain.fr.htm", "<title>Simple</title><p>Voilà.</p>")
        folder.writestr("fragment.html", "<p>Only a text.</p>")
    read = {each.place: each for each in read_zip(packed)}

    whole = read["help/Bills/pay.html"]
    assert (whole.title, whole.language, whole.summary) == ("Rechnung zahlen", "de", "So zahlen Sie & wann.")
    assert list(whole.category) == ["help", "Bills"] and list(whole.pictures) == ["help/Bills/img/a.png"]
    assert clean_body(whole.body) == "<p>Per Lastschrift.</p>", "the picture gets its number when it is kept"
    plain, fragment = read["plain.fr.htm"], read["fragment.html"]
    assert (plain.title, plain.language, plain.body) == ("Simple", "fr", "<p>Voilà.</p>")
    assert (fragment.title, fragment.language, fragment.body) == ("fragment", "en", "<p>Only a text.</p>")


@pytest.mark.django_db
def test_links_between_the_pages_of_a_folder_lead_to_their_articles_whichever_comes_first() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("Bills/a.html", "<p><a href='../More/z%20z.html#due'>Due</a> <a href=\"/else\">else</a></p>")
        folder.writestr("More/z z.html", '<html lang="de"><h1>Fällig</h1><a href="../Bills/a.html">zurück</a>')
    first, second = (import_text(each, by="system", is_published=True) for each in read_zip(packed))

    led = re.findall(r'href="([^"]+)"', first.body)
    back = re.findall(r'href="([^"]+)"', second.body)
    assert led[0].endswith("#due") and led[1] == "/else"
    assert Client().get(led[0]).headers["Location"] == "/help/de/f%C3%A4llig"
    assert Client().get(back[0]).headers["Location"] == "/help/en/a"
