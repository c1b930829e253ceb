"""Brands: what can be read, what can run, and who sees which."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.people.actions.branding import add_brand, add_picture, change_brand, publish_brand, read_origin
from charterdesk.people.branding import Look, brand_of_host, is_brand_host, sender_of, style_sheet, teams_of
from charterdesk.people.colours import AA, DARK_GROUND, LIGHT_GROUND, accent_for, contrast_of
from charterdesk.people.logos import clean_svg
from charterdesk.people.models import BrandPicture, Team
from charterdesk.people.testing import make_team

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.mark.parametrize("given", ["#ffe600", "#ffffff", "#000000", "#ff0066", "#0a5c72", "#00ff00"])
@pytest.mark.parametrize("dark", [False, True])
def test_whatever_colour_is_chosen_its_words_can_be_read(given: str, dark: bool) -> None:
    found = accent_for(given, dark=dark)

    assert contrast_of(found.plain, DARK_GROUND if dark else LIGHT_GROUND) >= AA


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert (accent_for("#0a5c72", dark=False).plain, accent_for("#0a5c72", dark=False).is_as_given) == ("#0a5c72", True)


def test_a_style_sheet_holds_nothing_but_the_colours() -> None:
    assert style_sheet(Look(accent="#0a5c72", name="</style><script>")).startswith(":root{--accent:light-dark(#0a5c72,")
    assert style_sheet(Look()) == ""


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<g onload="alert(1)"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<image href="https://evil.example/a.png"/>',
        '<use href="https://evil.example/a.svg#b"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<path style="fill:url(https://evil.example/x)" d="M0 0"/>',
        '<style>@import "https://evil.example/x.css";</style>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
    ],
)
def test_a_drawing_keeps_its_shapes_and_loses_what_could_run_or_call_home(attack: str) -> None:
    cleaned = clean_svg(SVG.format('<path fill="#123456" d="M1 1h7"/>' + attack).encode()).decode()

    assert 'd="M1 1h7"' in cleaned
    assert not any(word in cleaned for word in ("evil", "alert", "script", "onload", "foreignObject"))


def test_a_drawing_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format("<text>&a;</text>")
    with pytest.raises(Refused):
        clean_svg(bomb.encode())


@pytest.mark.django_db
def test_customers_see_a_draft_only_once_it_is_published() -> None:
    brand = add_brand(by="system", host="help.river.example", look=Look(name="River"))
    assert brand_of_host("help.river.example") is None

    publish_brand(brand, by="system")

    found = brand_of_host("HELP.river.example")
    assert (found, is_brand_host("help.river.example"), brand_of_host("other.example")) == (brand, True, None)
    change_brand(brand, by="system", host="help.river.example", look=Look(name="Lake"))
    brand.refresh_from_db()
    assert Look.of(brand.published).name == "River"


@pytest.mark.django_db
def test_each_brand_has_its_teams_and_its_name_in_mails() -> None:
    leaks, billing = make_team("Leaks"), make_team("Billing")
    river = add_brand(by="system", host="river.example", look=Look(sender_name="River Water"), teams=[leaks])
    everywhere = add_brand(by="system", look=Look(name="Water"))
    publish_brand(river, by="system")
    publish_brand(everywhere, by="system")

    assert (list(teams_of(river)), list(teams_of(everywhere)), list(teams_of(None))) == (
        [leaks],
        [billing],
        [billing, leaks],
    )
    assert (sender_of(Team.objects.get(pk=leaks.pk)), sender_of(billing)) == ("River Water", "Billing")


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["https://a.example", "a b", "-a.example", "a.example/path"])
def test_a_host_is_a_host(host: str) -> None:
    with pytest.raises(Refused):
        add_brand(by="system", host=host, look=Look())


def test_a_site_is_kept_as_its_origin() -> None:
    assert read_origin("www.example.org/contact?x=1") == "https://www.example.org"
    assert read_origin("http://localhost:8080/") == "http://localhost:8080"
    with pytest.raises(Refused):
        read_origin("'none'; script-src *")


@pytest.mark.django_db
def test_publishing_keeps_the_picture_in_use_and_drops_the_others() -> None:
    brand = add_brand(by="system", look=Look())
    old = add_picture(brand, kind=BrandPicture.LOGO, content=PNG)
    new = add_picture(brand, kind=BrandPicture.LOGO, content=PNG + b"1")
    change_brand(brand, by="system", host="", look=Look(logo=new.pk))
    publish_brand(brand, by="system")

    assert (old in brand.pictures.all(), new in brand.pictures.all()) == (False, True)
