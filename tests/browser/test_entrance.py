"""The door of the desk, as everybody sees it first."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_is_accessible_and_never_wider_than_the_screen(
    live_server, open_browser, axe_violations, language, width, scheme
):
    browser = open_browser(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language)
    page = browser.new_page()

    page.goto(f"{live_server.url}/account/login/")

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.dir || document.documentElement.dir || 'ltr'") == (
        "rtl" if language == "ar" else "ltr"
    )
