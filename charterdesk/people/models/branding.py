"""How the desk shows itself to customers: one look for all, or one for each host it answers to."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models.core import Team


class Brand(Keyed):
    """A name, a logo, colours and texts; on `host`, or, where that is empty, wherever no other brand is.

    `draft` is what administrators write, `published` what customers see, both as `people.branding.Look` has it.
    """

    host = models.CharField(_("host"), max_length=253, unique=True, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    published = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    origins = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, help_text="sites that may show its request form"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return str(self.published.get("name") or self.draft.get("name") or self.host or self.key)

    @property
    def shown(self) -> dict[str, Any]:
        """What customers see of it; {} while nothing is published."""
        return dict(self.published)


class BrandTeam(Keyed):
    """A team that works under a brand; teams without one stand under every brand that has no teams of its own."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="branding")
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="team_links")


class BrandPicture(Keyed):
    """A logo or the sign in the browser's tab; small, so it is kept in the database with what names it."""

    LOGO, FAVICON = "logo", "favicon"
    KINDS: ClassVar = [(LOGO, _("logo")), (FAVICON, _("sign in the browser's tab"))]

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="pictures")
    kind = models.CharField(max_length=8, choices=KINDS)
    content_type = models.CharField(max_length=20)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "kind", "sha256"], name="people_picture_once")
        ]
