"""The door of the desk, as everybody sees it first."""

import pytest

from tests.conftest import in_looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_sign_in_page_is_accessible_and_never_wider_than_the_screen(
    live_server, open_browser, axe_violations, language
):
    page = open_browser(locale=language, reduced_motion="reduce").new_page()

    page.goto(f"{live_server.url}/account/login/")

    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.dir || document.documentElement.dir || 'ltr'") == (
        "rtl" if language == "ar" else "ltr"
    )
    for width in in_looks(page):
        assert axe_violations(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
