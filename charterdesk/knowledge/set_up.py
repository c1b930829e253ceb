"""The part of the help centre in the settings file: its categories, by the name in English or the first there is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.configured import Section, Thing, configured, named
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.knowledge.actions.categories import save_category
from charterdesk.knowledge.models import Category
from charterdesk.knowledge.models.articles import PUBLIC
from charterdesk.people.models import Brand

FIELDS = ("name", "names", "intros", "parent", "audience", "brand", "position")


def _key(category: Category) -> str:
    names: dict[str, str] = category.names
    return str(names.get("en") or next(iter(names.values()), ""))


def _categories() -> Iterator[Thing]:
    """Those that hold others first, so that they are there when the others come. One query."""
    found = Category.objects.select_related("parent", "brand")
    for each in sorted(found, key=lambda one: (one.parent_id is not None, one.position, one.pk)):
        yield {
            "name": _key(each),
            "names": each.names,
            "intros": each.intros,
            "parent": _key(each.parent) if each.parent else "",
            "audience": each.audience,
            "brand": each.brand.host if each.brand else "",
            "position": each.position,
        }


def _by_name(name: str) -> Category | None:
    return next((each for each in Category.objects.select_related("parent", "brand") if _key(each) == name), None)


def _set_category(thing: Thing, by: Actor) -> None:
    known = _by_name(thing["name"])
    parent = _parent(thing["parent"]) if "parent" in thing else (known.parent if known else None)
    brand = named(Brand, thing["brand"], field="host") if "brand" in thing else (known.brand if known else None)
    save_category(
        known,
        by=by,
        names=thing.get("names") or (known.names if known else {"en": thing["name"]}),
        intros=thing.get("intros", known.intros if known else {}),
        parent=parent,
        brand=brand,
        position=thing.get("position"),
        audience=thing.get("audience", known.audience if known else PUBLIC),
    )


def _parent(name: str) -> Category | None:
    found = _by_name(name) if name else None
    if name and found is None:
        message = _("There is no “%(name)s” here. Name something that is there, or add it to the file.")
        raise Refused("configured.no_such", message % {"name": name})
    return found


configured(Section(name="categories", key="name", fields=FIELDS, read=_categories, write=_set_category))
