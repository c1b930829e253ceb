"""Branding and the desk's own fields of customers in the settings file."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from charterdesk.base.configured import Section, Thing, configured, named, values_of
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.people.actions.branding import add_brand, add_picture, change_brand, publish_brand
from charterdesk.people.actions.kept import add_person_field, change_person_field, restore_person_field
from charterdesk.people.branding import Look, picture_of
from charterdesk.people.logos import SVG
from charterdesk.people.models import Brand, BrandPicture, PersonField, Team

FIELD = ("of", "kind", "name", "names", "choices", "position")
BRAND = ("host", "is_published", "teams", "origins", "look", "logo", "favicon")
EVERYWHERE = "*"
"""The host of the brand that is shown wherever no other is at home."""


def _fields() -> Iterator[Thing]:
    """Fields in use, by whose they are and their code."""
    for field in PersonField.objects.filter(retired_at=None):
        yield {"key": f"{field.of}.{field.code}", **values_of(field, FIELD)}


def _set_field(thing: Thing, by: Actor) -> None:
    of, _dot, code = thing["key"].partition(".")
    values = {name: value for name, value in thing.items() if name in ("name", "names", "choices", "position")}
    field = PersonField.objects.filter(of=of, code=code).first()
    if field is None:
        add_person_field(by=by, of=thing["of"], kind=thing["kind"], code=code, **values)
        return
    if thing.get("kind", field.kind) != field.kind:
        raise Refused("people.other_kind", _("The kind of a field never changes. Make another field."))
    restore_person_field(field, by=by)
    change_person_field(field, by=by, **values)


def _brands() -> Iterator[Thing]:
    """Brands as customers see them; one that was never published as it is drafted. Four queries for each."""
    for brand in Brand.objects.order_by("host"):
        look = Look.of(brand.published if brand.published_at else brand.draft)
        yield {
            "host": brand.host or EVERYWHERE,
            "is_published": brand.published_at is not None,
            "teams": sorted(brand.team_links.values_list("team__name", flat=True)),
            "origins": brand.origins,
            "look": replace(look, logo=None, favicon=None).as_data(),
            "logo": _picture_text(brand, look.logo),
            "favicon": _picture_text(brand, look.favicon),
        }


def _set_brand(thing: Thing, by: Actor) -> None:
    host = "" if thing["host"] == EVERYWHERE else thing["host"]
    brand = Brand.objects.filter(host=host).first() or add_brand(by=by, host=host, look=Look())
    if brand.published_at and not thing.get("is_published", True):
        raise Refused("people.brand_is_seen", _("Customers see this brand. Remove it to take it back."))
    pictures = {kind: _picture(brand, kind, thing.get(kind, "")) for kind, _name in BrandPicture.KINDS}
    teams = [team for team in (named(Team, name) for name in thing.get("teams", ())) if team]
    look = Look.of({**thing.get("look", {}), **pictures})
    change_brand(brand, by=by, host=host, look=look, origins=thing.get("origins", ()), teams=teams)
    if thing.get("is_published", True):
        publish_brand(brand, by=by)


def _picture_text(brand: Brand, pk: int | None) -> str:
    """A picture as text: an SVG as it is, a PNG in base64, "" for none."""
    picture = picture_of(brand, pk)
    if picture is None:
        return ""
    content = bytes(picture.content)
    return content.decode() if picture.content_type == SVG else b64encode(content).decode()


def _picture(brand: Brand, kind: str, text: str) -> int | None:
    if not text:
        return None
    content = text.encode() if text.lstrip().startswith("<") else b64decode(text, validate=True)
    return add_picture(brand, kind=kind, content=content).pk


configured(Section(name="customer_fields", key="key", fields=("key", *FIELD), read=_fields, write=_set_field))
configured(Section(name="brands", key="host", fields=BRAND, read=_brands, write=_set_brand))
