"""What went from one contact to another when the two turned out to be one person."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed


class Adoption(Keyed):
    """The tickets and messages that the merge `merge_id` of people gave to another contact, for undoing it."""

    merge_id = models.BigIntegerField(unique=True)
    ticket_ids = ArrayField(models.BigIntegerField(), default=list)
    message_ids = ArrayField(models.BigIntegerField(), default=list)
    adopted_at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"adopted by merge {self.merge_id}"


class OrganisationAdoption(Keyed):
    """The tickets that the merge `merge_id` of two organisations gave to the other, for undoing it."""

    merge_id = models.BigIntegerField(unique=True)
    ticket_ids = ArrayField(models.BigIntegerField(), default=list)
    adopted_at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"adopted by merge {self.merge_id} of organisations"
