"""Templates: texts of a desk's own making, in versions, that rules send and announcements are written by."""

from typing import ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed

PREFIX = "own:"
"""Before the code of a template where a text of ours could stand as well: in rules, and on what was sent."""


class Template(Keyed):
    """A text of the desk's own. What it says is in its versions; the newest is what is sent."""

    code = models.SlugField(_("code"), max_length=50, unique=True, help_text="what rules and files call it by")
    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, help_text="out of every list; what was sent stays")

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What a rule calls it by."""
        return f"{PREFIX}{self.code}"


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    """Versions of templates."""

    def newest(self) -> Self:
        """What each template that is there says now, with the template. One statement."""
        found = self.filter(template__removed_at=None).order_by("template_id", "-number").distinct("template_id")
        return found.select_related("template")


class TemplateVersion(Keyed):
    """What a template said from when it was made until the next; never changed."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(help_text='by language: {"en": {"subject", "html"}}')
    actor = models.TextField(default="system")
    reason = models.TextField(default="", db_default="", help_text="why it was made, by whoever made it")
    created_at = models.DateTimeField(db_default=Now())
    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="tickets_template_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"
