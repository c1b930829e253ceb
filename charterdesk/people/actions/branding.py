"""Brands: drafted, looked at, published."""

import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.branding import Look
from charterdesk.people.colours import HEX
from charterdesk.people.events import BrandAdded, BrandChanged, BrandPublished, BrandRemoved
from charterdesk.people.logos import clean_picture
from charterdesk.people.models import LANGUAGES, Brand, BrandPicture, BrandTeam, Team

LINKED = ("https", "http", "mailto")
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@transaction.atomic
def add_brand(
    *, by: Actor, host: str = "", look: Look, origins: Sequence[str] = (), teams: Sequence[Team] = ()
) -> Brand:
    """Make a brand, as a draft that customers do not see. Raises as `change_brand`."""
    check_look(look)
    brand = Brand(draft=look.as_data())
    _place(brand, host, origins)
    brand.save()
    _set_teams(brand, teams)
    publish(BrandAdded(brand_id=brand.pk), on=brand, by=by)
    return brand


@transaction.atomic
def change_brand(
    brand: Brand, *, by: Actor, host: str, look: Look, origins: Sequence[str] = (), teams: Sequence[Team] = ()
) -> None:
    """Keep a new draft. Host, teams and the sites that may show its form change at once. Nothing where nothing differs.

    Raises `Refused`: `people.no_colour`, `people.no_link`, `people.no_such_language`, `people.host_taken`,
    `people.no_host`, `people.no_origin`, `people.team_of_other_brand`.
    """
    check_look(look)
    brand.refresh_from_db(from_queryset=Brand.objects.select_for_update())
    former = (brand.draft, brand.host, brand.origins, _team_ids(brand))
    brand.draft = look.as_data()
    _place(brand, host, origins)
    brand.save()
    _set_teams(brand, teams)
    present = (brand.draft, brand.host, brand.origins, _team_ids(brand))
    names = ("look", "host", "origins", "teams")
    changed = [name for name, was, is_now in zip(names, former, present, strict=True) if was != is_now]
    if changed:
        publish(BrandChanged(brand_id=brand.pk, fields=changed), on=brand, by=by)


@transaction.atomic
def publish_brand(brand: Brand, *, by: Actor) -> None:
    """Show customers the draft. Pictures that neither it nor the draft names go."""
    brand.refresh_from_db(from_queryset=Brand.objects.select_for_update())
    brand.published, brand.published_at = brand.draft, now()
    brand.save(update_fields=["published", "published_at"])
    used = {brand.published.get(kind) for kind, _name in BrandPicture.KINDS}
    brand.pictures.exclude(pk__in=[pk for pk in used if pk]).delete()
    publish(BrandPublished(brand_id=brand.pk), on=brand, by=by)


@transaction.atomic
def remove_brand(brand: Brand, *, by: Actor) -> None:
    """Do without it: its host shows the brand for all others."""
    key, pk = brand.key, brand.pk
    brand.delete()
    publish(BrandRemoved(brand_id=pk), on=key, by=by)


@transaction.atomic
def add_picture(brand: Brand, *, kind: str, content: bytes) -> BrandPicture:
    """Keep a picture for the brand's draft to name, made harmless. Raises `Refused`: `people.picture_too_large`, ..."""
    content_type, clean = clean_picture(content)
    picture, _created = BrandPicture.objects.get_or_create(
        brand=brand,
        kind=kind,
        sha256=sha256(clean).hexdigest(),
        defaults={"content_type": content_type, "content": clean},
    )
    return picture


@transaction.atomic
def set_picture(brand: Brand, *, by: Actor, kind: str, content: bytes | None) -> None:
    """Let the draft show a picture as its `kind`, or, with None, no longer. Raises as `add_picture`."""
    brand.refresh_from_db(from_queryset=Brand.objects.select_for_update())
    picture = add_picture(brand, kind=kind, content=content) if content is not None else None
    look, pk = Look.of(brand.draft), picture.pk if picture else None
    look = replace(look, logo=pk) if kind == BrandPicture.LOGO else replace(look, favicon=pk)
    teams = [link.team for link in brand.team_links.select_related("team")]
    change_brand(brand, by=by, host=brand.host, look=look, origins=brand.origins, teams=teams)


def check_look(look: Look) -> None:
    """Refuse what could not be shown. Raises as `change_brand`."""
    for colour in (look.accent, look.accent_dark):
        read_colour(colour)
    for label, url in look.links:
        check_link(label, url)
    if {*look.welcome, *look.footer} - set(dict(LANGUAGES)):
        raise Refused("people.no_such_language", _("Choose a language from the list."))


def read_colour(text: str) -> str:
    """A colour as #0a5c72 in small letters, "" for none. Raises `Refused("people.no_colour")`."""
    found = text.strip().lower()
    found = f"#{found}" if found and not found.startswith("#") else found
    if found and not HEX.fullmatch(found):
        raise Refused("people.no_colour", _("Write a colour as #0a5c72."))
    return found


def check_link(label: str, url: str) -> None:
    """Raises `Refused("people.no_link")` for a link without a word, or to what is no page and no address."""
    if not label.strip() or url.partition(":")[0].lower() not in LINKED:
        message = _("“%(line)s”: write a word and an address, such as Imprint https://example.org/imprint.")
        raise Refused("people.no_link", message % {"line": f"{label} {url}".strip()[:80]})


def _place(brand: Brand, host: str, origins: Sequence[str]) -> None:
    """Set and check host and origins."""
    brand.host = host.strip().lower().rstrip(".")
    brand.origins = list(dict.fromkeys(read_origin(one) for one in origins))
    if brand.host and not HOST.fullmatch(brand.host):
        raise Refused("people.no_host", _("Write a host as help.example.org, without https:// and without a path."))
    if Brand.objects.filter(host=brand.host).exclude(pk=brand.pk).exists():
        raise Refused("people.host_taken", _("Another brand is at home at this host."))


def read_origin(text: str) -> str:
    """The origin of a site, "https://www.example.org". Raises `Refused("people.no_origin")`."""
    try:
        parts = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
        scheme, host, port = parts.scheme, (parts.hostname or "").lower(), f":{parts.port}" if parts.port else ""
    except ValueError:
        scheme, host, port = "", "", ""
    if scheme not in ("https", "http") or not HOST.fullmatch(host):
        message = _("“%(text)s” is no site. Write it as https://www.example.org.") % {"text": text.strip()[:80]}
        raise Refused("people.no_origin", message)
    return f"{scheme}://{host}{port}"


def _set_teams(brand: Brand, teams: Sequence[Team]) -> None:
    others = BrandTeam.objects.filter(team__in=teams).exclude(brand=brand).select_related("team").first()
    if others:
        message = _("%(team)s works under another brand.") % {"team": others.team}
        raise Refused("people.team_of_other_brand", message)
    brand.team_links.exclude(team__in=teams).delete()
    BrandTeam.objects.bulk_create([BrandTeam(brand=brand, team=team) for team in teams], ignore_conflicts=True)


def _team_ids(brand: Brand) -> list[int]:
    return sorted(brand.team_links.values_list("team_id", flat=True))
