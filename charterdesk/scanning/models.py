"""What the scanner said of a file; kept by content, so the same bytes are looked at once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed


class FileScan(Keyed):
    """A file, by its SHA-256, and whether it may be handed out."""

    WAITING, CLEAN, INFECTED, TOO_LARGE = "waiting", "clean", "infected", "too_large"
    STATES: ClassVar = [
        (WAITING, _("being checked for viruses")),
        (CLEAN, _("checked")),
        (INFECTED, _("set aside: a virus was found")),
        (TOO_LARGE, _("not checked: too large for the scanner")),
    ]

    sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    found = models.CharField(max_length=200, blank=True, help_text="what the scanner calls it")
    asked_at = models.DateTimeField(default=now, editable=False)
    scanned_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.state}"

    @property
    def is_held(self) -> bool:
        """Whether it is not handed out: it waits for the scanner, or the scanner found something."""
        return self.state in (self.WAITING, self.INFECTED)
