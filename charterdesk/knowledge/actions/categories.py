"""The shelves: two levels, in an order, with names in every language."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.knowledge.events import CategoryChanged
from charterdesk.knowledge.models import Article, Category, Redirect
from charterdesk.knowledge.models.articles import PUBLIC, SIGNED_IN, STAFF
from charterdesk.knowledge.slugs import category_slug
from charterdesk.people.models import Brand

ORDER = (PUBLIC, SIGNED_IN, STAFF)
"""From everybody to the fewest."""


@transaction.atomic
def save_category(
    category: Category | None = None,
    *,
    by: Actor,
    names: Mapping[str, str],
    intros: Mapping[str, str] | None = None,
    parent: Category | None = None,
    brand: Brand | None = None,
    position: int | None = None,
    audience: str = PUBLIC,
) -> Category:
    """Make a category, or change one. A new name gives a new address; the old one goes on leading here.

    One within another is of the brand of that one, and never for more people than that. Raises `Refused`:
    `knowledge.no_name`, `knowledge.too_deep`.
    """
    said = {code: name.strip() for code, name in names.items() if name.strip()}
    if not said:
        raise Refused("knowledge.no_name", _("Give it a name."))
    _require_flat(category, parent)
    found = category or Category(position=Category.objects.filter(parent=parent).count())
    if category is not None:
        found.refresh_from_db(from_queryset=Category.objects.select_for_update())
    before = found.slug
    if category is None or said != found.names:
        found.slug = category_slug(said.get("en") or next(iter(said.values())), pk=found.pk)
    found.names, found.parent = said, parent
    found.intros = {code: text.strip() for code, text in (intros or {}).items() if text.strip()}
    found.brand = parent.brand if parent else brand
    found.position = found.position if position is None else position
    former, found.audience = found.audience, _strictest(audience, parent.audience if parent else PUBLIC)
    found.save()
    if before and before != found.slug:
        _lead(before, found)
    within = Category.objects.filter(parent=found)
    within.exclude(brand=found.brand).update(brand=found.brand)
    within.filter(audience__in=ORDER[: ORDER.index(found.audience)]).update(audience=found.audience)
    event = CategoryChanged(category_id=found.pk, has_new_audience=former != found.audience)
    publish(event, on=found, by=by)
    return found


def _strictest(*audiences: str) -> str:
    """That of them which the fewest belong to."""
    return max(audiences, key=ORDER.index)


def _require_flat(category: Category | None, parent: Category | None) -> None:
    if parent is None:
        return
    is_itself = category is not None and (parent.pk == category.pk or category.children.exists())
    if parent.parent_id is not None or is_itself:
        raise Refused("knowledge.too_deep", _("A category can stand in one other, and not deeper."))


def _lead(slug: str, category: Category) -> None:
    Redirect.objects.update_or_create(language="", slug=slug, defaults={"category": category, "text": None})
    Redirect.objects.filter(language="", slug=category.slug).delete()


@transaction.atomic
def order_categories(ids: Sequence[int], *, by: Actor) -> None:
    """Put categories in this order. One statement and one for each."""
    for position, pk in enumerate(ids):
        Category.objects.filter(pk=pk).update(position=position)
    if ids:
        publish(CategoryChanged(category_id=ids[0]), on=f"category:{ids[0]}", by=by)


@transaction.atomic
def drop_category(category: Category, *, by: Actor) -> None:
    """Take an empty category away. Raises `Refused("knowledge.not_empty")`."""
    if Article.objects.filter(category=category).exists() or category.children.exists():
        raise Refused("knowledge.not_empty", _("Move what stands in it first."))
    publish(CategoryChanged(category_id=category.pk), on=category, by=by)
    category.delete()
