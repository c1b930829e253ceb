"""A table's row on a phone: each cell says what it is, in the reader's direction, and what it says stays whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "charterdesk"
LEFT_OF = """cell => [0, 1].map((at) => {
  const range = document.createRange();
  range.setStart(cell.firstChild, at);
  range.setEnd(cell.firstChild, at + 1);
  return range.getBoundingClientRect().left;
})"""


def test_a_number_keeps_its_sign_before_it_beside_an_arabic_label(open_browser: Callable[..., BrowserContext]):
    sheets = "".join((STATIC / name).read_text() for name in ("ui/static/tokens.css", "workspace/static/_admin.css"))
    page = open_browser(viewport={"width": 390, "height": 700}).new_page()
    page.set_content(
        f'<html dir="rtl"><style>{sheets}</style><div class="stacks"><table><tr><td>1</td>'
        '<td data-label="الطلب">#1313</td></tr></table></div>'
    )

    sign, digit = page.locator("td[data-label]").evaluate(LEFT_OF)

    assert sign < digit
