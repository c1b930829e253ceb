"""Forums, and the terms on which people write in them."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer

PUBLIC, SIGNED_IN, ORGANISATION, STAFF = "public", "signed-in", "organisation", "staff"


def readable_by(viewer: Viewer, prefix: str = "") -> Q:
    """Which forums `viewer` may read; `prefix` leads from another table to the forum, such as "forum__"."""
    if viewer.is_staff:
        return Q()
    allowed = Q(**{f"{prefix}audience": PUBLIC})
    if viewer.contact_id is not None:
        allowed |= Q(**{f"{prefix}audience": SIGNED_IN})
        if viewer.belongs_to is not None:
            theirs = Q(**{f"{prefix}organisation_ids__contains": [viewer.belongs_to]})
            allowed |= Q(**{f"{prefix}audience": ORGANISATION}) & theirs
    return allowed


def shown_on(brand: Brand | None, viewer: Viewer, prefix: str = "") -> Q:
    """Which forums stand on the pages of `brand`: its own and those of no brand; staff find every one anywhere."""
    if viewer.is_staff:
        return Q()
    return Q(**{f"{prefix}brand": None}) | Q(**{f"{prefix}brand": brand})


class ForumQuerySet(QuerySet["Forum"]):
    """Which forums."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read: every surface starts here."""
        return self.filter(readable_by(viewer))

    def shown_on(self, brand: Brand | None, viewer: Viewer) -> Self:
        """Those that stand on the pages of `brand`."""
        return self.filter(shown_on(brand, viewer))


class Forum(Keyed):
    """A place to talk, such as one for each product. `names` and `intros` by language; `brand` if it has one."""

    AUDIENCES: ClassVar = [
        (PUBLIC, _("Everybody")),
        (SIGNED_IN, _("Customers who are signed in")),
        (ORGANISATION, _("People of some organisations")),
        (STAFF, _("Only staff")),
    ]

    slug = models.CharField(max_length=80, unique=True)
    names = models.JSONField(default=dict)
    intros = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=PUBLIC)
    organisation_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField(default=True, help_text="customers may write here")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name in the language that is active, else in English, else in any."""
        return _said(self.names)

    @property
    def intro(self) -> str:
        """A sentence on what is talked about, likewise."""
        return _said(self.intros)


def _said(texts: dict[str, str]) -> str:
    language = (get_language() or "en")[:2]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


class ForumTerms(Keyed):
    """How far people are trusted; the desk has one row, or none while everything is as usual."""

    known_after = models.PositiveIntegerField(default=3, help_text="posts that were shown")
    regular_after = models.PositiveIntegerField(default=50, help_text="points")
    holds_new = models.BooleanField(default=True, help_text="posts of new people wait for a look")
    holds_links = models.BooleanField(default=True, help_text="so do posts with links, but of regulars")
    posts_per_hour = models.PositiveIntegerField(default=10, help_text="of one person")
    reports_hide = models.PositiveIntegerField(default=3, help_text="so many reports hide a post until somebody looks")
    takes_proposals = models.BooleanField(default=True, db_default=True, help_text="customers may propose forums")

    def __str__(self) -> str:
        return "terms of the community"
