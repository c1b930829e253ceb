"""One look: colours come from the tokens, and right to left comes by itself."""

import re
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[2]
SHEETS = [path for path in sorted(PACKAGE.glob("*/static/*.css")) if path.name != "tokens.css"]
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(", re.IGNORECASE)
PHYSICAL = re.compile(
    r"(?<!safe-area-)\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|[;{\s](?:left|right|top|bottom):"
)
# What search engines read (ld+json) is data: no browser runs it.
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*(?:\bsrc=|\btype=\"application/ld\+json\"))")

ICON = re.compile(r"""\{% icon "([\w-]+)"|icon_name="([\w-]+)\"""")


def found(pattern: re.Pattern[str], paths: list[Path]) -> dict[str, list[Any]]:
    hits = {str(path.relative_to(PACKAGE)): pattern.findall(path.read_text()) for path in paths}
    return {name: what for name, what in hits.items() if what}


def test_there_are_style_sheets_to_look_at():
    assert len(SHEETS) > 8


def test_no_style_sheet_names_a_colour_of_its_own():
    assert found(COLOUR, SHEETS) == {}


def test_no_style_sheet_says_left_or_right():
    assert found(PHYSICAL, SHEETS) == {}


def test_no_page_has_anything_inline():
    # Handed out in a zip, and by the proxy: with no desk around them.
    whole_files = {PACKAGE / "records/templates/records/person.html", PACKAGE / "ui/templates/ui/away.html"}
    found_pages = set(PACKAGE.glob("*/templates/**/*.html")) - whole_files
    pages = [path for path in sorted(found_pages) if path.parts[-2] != "mail"]

    assert len(pages) > 50
    assert found(INLINE, pages) == {}


def test_every_icon_that_a_page_names_is_there():
    ours = set((PACKAGE / "ui" / "icons.txt").read_text().split())
    pages = sorted(PACKAGE.glob("*/templates/**/*.html"))
    named = {name: {one or other for one, other in what} for name, what in found(ICON, pages).items()}

    assert len(named) > 100
    assert {name: missing for name, what in named.items() if (missing := what - ours)} == {}
