"""What customers want to hear, and how."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.people.models import Contact


class NoticeChoice(Keyed):
    """How a customer wants announcements; without a row, by mail.

    Texts need a consent of their own. Whoever unsubscribed gets none but what belongs to their contract.
    """

    MAIL, SMS, PORTAL = "mail", "sms", "portal"
    WAYS: ClassVar = [
        (MAIL, _("By mail")),
        (SMS, _("By SMS")),
        (PORTAL, _("Only here, on these pages")),
    ]
    LINK, PAGE, DESK = "link", "page", "desk"

    contact = models.OneToOneField(Contact, models.CASCADE, related_name="+")
    way = models.CharField(_("how"), max_length=6, choices=WAYS, default=MAIL)
    sms_consent_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_by = models.CharField(max_length=6, blank=True, help_text="link, page or desk")

    def __str__(self) -> str:
        return f"what contact {self.contact_id} wants to hear"
