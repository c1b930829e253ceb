"""A brand by form: what it says is changed without losing its pictures, and what can't be is said where it stands."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from charterdesk.people.actions.branding import add_brand
from charterdesk.people.branding import Look
from charterdesk.people.models import Agent, Brand
from charterdesk.people.testing import make_agent

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture
def desk(sign_in):
    return sign_in(make_agent("Amy", role=Agent.ADMINISTRATOR))


@pytest.fixture
def brand() -> Brand:
    return add_brand(by="system", look=Look(name="River"))


def sent(**more: Any) -> dict[str, Any]:
    """A form as a browser sends it: nothing where nothing is written."""
    names = ["accent", "accent_dark", "links", "phone", "sender_name", "host", "origins"]
    return {"name": "River", **dict.fromkeys(names, ""), **more}


def file(name: str, content: bytes = SVG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/svg+xml")


def test_a_brand_with_pictures_is_changed_and_keeps_them_until_they_are_taken_off(desk, brand):
    path = f"/desk/admin/branding/{brand.pk}"
    desk.post(path, sent(logo=file("logo.svg"), favicon=file("sign.svg")))
    brand.refresh_from_db()
    had = Look.of(brand.draft)
    assert had.logo and had.favicon and had.logo != had.favicon

    assert desk.get(path).status_code == 200
    assert desk.post(path, sent(phone="+353 20 911 0000")).status_code == 302
    brand.refresh_from_db()
    assert Look.of(brand.draft) == Look(name="River", phone="+353 20 911 0000", logo=had.logo, favicon=had.favicon)

    desk.post(path, sent(no_logo="1"))
    brand.refresh_from_db()
    assert (Look.of(brand.draft).logo, Look.of(brand.draft).favicon) == (None, had.favicon)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"logo": file("big.svg", SVG + b" " * 200_001)}, "Choose a picture of at most 200 kB."),
        ({"favicon": file("words.svg", b"words")}, "Choose an SVG or a PNG file."),
        ({"origins": "not a site"}, "not a site"),
        ({"links": "Imprint"}, "Imprint"),
        ({"accent": "blue"}, "Write a colour as #0a5c72."),
    ],
)
def test_what_a_brand_cannot_be_is_said_and_nothing_is_kept(desk, brand, wrong, said):
    answer = desk.post(f"/desk/admin/branding/{brand.pk}", sent(name="Lake", **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode() and 'aria-invalid="true"' in answer.content.decode()
    brand.refresh_from_db()
    assert Look.of(brand.draft) == Look(name="River")
