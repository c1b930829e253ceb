"""What browsers make of a form's buttons: Enter presses the first, and a name may hide what the form itself can do."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
FOLDERS = sorted(PACKAGE.glob("*/templates"))
INCLUDE = re.compile(r'\{% include "([^"]+)"[^%]*%\}')
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
LINE = re.compile(r'<input class="[^"]*"(?![^>]*type="(?:hidden|checkbox|radio|file)")|\{% field ')
BUTTON = re.compile(r'<button\b(?![^>]*type="(?:button|reset)")[^>]*>')
# `form.remove` is then that button, and htmx, which takes the form off the page by it, stops half-way.
HIDES = re.compile(r'\sname="(?:remove|after|before|append|closest|contains|matches|cloneNode)"')
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


def test_no_form_that_is_swapped_has_a_field_that_hides_what_swaps_it():
    pages = sorted(PACKAGE.glob("*/templates/**/*.html"))
    swapped = [(page.name, form) for page in pages for form in FORM.findall(page.read_text()) if "hx-" in form]

    assert len(swapped) > 50
    assert {name for name, form in swapped if HIDES.search(form)} == set()
