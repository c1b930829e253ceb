"""The part of comments in the settings file: who may comment, and the categories where nobody does."""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured, named
from charterdesk.base.keys import Actor
from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.models import Closed, CommentTerms
from charterdesk.comments.policies import open_to
from charterdesk.knowledge.models import Category

EVERYWHERE = "*"
FIELDS = ("for", "open_to", "closed_categories")


def _read() -> Iterator[Thing]:
    closed = Closed.objects.exclude(category=None).order_by("category__slug")
    slugs = list(closed.values_list("category__slug", flat=True))
    if slugs or CommentTerms.objects.exists():
        yield {"for": EVERYWHERE, "open_to": open_to(), "closed_categories": slugs}


def _write(thing: Thing, by: Actor) -> None:
    if "open_to" in thing:
        set_terms(open_to=thing["open_to"], by=by)
    if "closed_categories" not in thing:
        return
    wanted = [named(Category, slug, field="slug") for slug in thing["closed_categories"]]
    for closed in Closed.objects.exclude(category=None).exclude(category__in=wanted).select_related("category"):
        if closed.category:
            close(closed.category, by=by, is_closed=False)
    for category in wanted:
        if category:
            close(category, by=by)


configured(Section(name="comments", key="for", fields=FIELDS, read=_read, write=_write))
