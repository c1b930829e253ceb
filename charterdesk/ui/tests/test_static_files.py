"""Built files are named for ever: browsers keep them, and never get an old size for a new file."""

import re
from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client

from charterdesk.ui.static_files import manifest

PACKAGE = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not manifest(), reason="the front end is not built, or a build watches")


@pytest.mark.parametrize("name", ["ui/ui.css", "ui/page.js", "ui/icons.svg", "workspace/desk.js", "portal/portal.css"])
def test_what_a_page_names_is_kept_for_ever_and_comes_compressed(name):
    url = static(name)
    assert re.fullmatch(rf"/static/{name.rpartition('.')[0]}-[A-Z2-7]{{8}}\.\w+", url)

    answer = Client().get(url, headers={"Accept-Encoding": "br, gzip"})
    assert answer["Cache-Control"] == "max-age=315360000, public, immutable"
    assert answer["Content-Encoding"] == "br"
    assert Client().get(url, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_plain_name_is_not_kept_for_ever():
    assert "immutable" not in Client().get("/static/ui/ui.css")["Cache-Control"]


def test_everything_a_manifest_or_a_style_sheet_names_is_there():
    for name in manifest().values():
        surface, _slash, rest = name.partition("/")
        file = PACKAGE / surface / "static" / surface / rest
        assert file.exists(), name
        if file.suffix == ".css":
            fonts = re.findall(r'url\("?(\./[^)"]+)', file.read_text())
            assert [font for font in fonts if not (file.parent / font).exists()] == []
