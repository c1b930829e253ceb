"""An input that something is wrong with looks like it, wherever it stands: pages tell people to look for the mark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser
SHEETS = Path(__file__).resolve().parents[2] / "charterdesk" / "ui" / "static"
BORDER = "each => getComputedStyle(each).borderTopColor"


def test_a_wrong_input_has_another_border_in_a_field_and_in_a_condition(open_browser: Callable[..., BrowserContext]):
    sheets = "".join((SHEETS / name).read_text() for name in ("tokens.css", "_components.css"))
    inputs = "<input {0}><select {0}></select><textarea {0}></textarea>"
    parts = "".join(
        f'<div class="{part}">{inputs.format(f"""class="{cls}" {wrong}""")}</div>'
        for part, cls in (("field", ""), ("field", "input"), ("condition", "input"))
        for wrong in ("", 'aria-invalid="true"')
    )
    page = open_browser().new_page()
    page.set_content(f"<style>{sheets}</style>{parts}")

    marked = {each.evaluate(BORDER) for each in page.locator("[aria-invalid]").all()}
    others = {each.evaluate(BORDER) for each in page.locator(":is(input, select, textarea):not([aria-invalid])").all()}

    assert len(marked) == 1 and len(others) == 1 and marked != others
