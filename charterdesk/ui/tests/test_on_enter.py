"""Enter in a line of a form presses the form's first button: it must be the one that was meant."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
FOLDERS = sorted(PACKAGE.glob("*/templates"))
INCLUDE = re.compile(r'\{% include "([^"]+)"[^%]*%\}')
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
LINE = re.compile(r'<input class="[^"]*"(?![^>]*type="(?:hidden|checkbox|radio|file)")|\{% field ')
BUTTON = re.compile(r'<button\b(?![^>]*type="(?:button|reset)")[^>]*>')
# One of several things to do, or beside what the form is for: taking something off, a preview, a menu.
BESIDE = re.compile(r'\sname="|formaction=|formnovalidate')


def whole(page: Path, inside: tuple[Path, ...] = ()) -> str:
    """The template with what it includes in its place."""

    def included(found: re.Match[str]) -> str:
        path = next((folder / found[1] for folder in FOLDERS if (folder / found[1]).exists()), None)
        return whole(path, (*inside, page)) if path and path not in (*inside, page) else ""

    return INCLUDE.sub(included, page.read_text())


def pressed_by_enter(form: str) -> str:
    """The first button of a form with a line to write in and several buttons; else nothing."""
    buttons = BUTTON.findall(form)
    return buttons[0] if LINE.search(form) and len(buttons) > 1 else ""


def test_enter_in_a_line_never_presses_a_button_that_does_something_beside():
    pages = sorted(PACKAGE.glob("*/templates/**/*.html"))
    pressed = [(page.name, pressed_by_enter(form)) for page in pages for form in FORM.findall(whole(page))]
    chosen = [(name, button) for name, button in pressed if button and "primary" not in button]

    assert len(chosen) > 6
    assert {name for name, button in chosen if BESIDE.search(button) and 'aria-hidden="true"' not in button} == set()
