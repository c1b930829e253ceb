"""The tags there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed


class Tag(Keyed):
    """A word by which tickets are told apart. Kept from its first use on; `becoming` while tickets are changed over."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    description = models.CharField(_("what it is for"), max_length=300, blank=True)
    becoming = models.CharField(max_length=50, null=True, blank=True, help_text="the tag it turns into; empty: none")
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name

    @property
    def is_changing(self) -> bool:
        """Whether tickets are being changed over."""
        return self.becoming is not None
