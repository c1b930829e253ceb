"""Keys name things across packages without importing them: `ticket:1042` is the ticket with primary key 1042."""

from functools import cache
from typing import Any, Protocol

from django.db import models
from django.utils.encoding import force_str

SYSTEM = "system"


class HasKey(Protocol):
    """A row or a viewer: whatever others name by a key."""

    @property
    def key(self) -> str:
        """The name others know it by."""


Actor = HasKey | str
"""Who does something: a row, a viewer, or a key such as `agent:5` or `system`."""


class Keyed(models.Model):
    """A row that others may name by its key."""

    id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """`<model>:<primary key>`, such as `ticket:1042`."""
        return f"{self._meta.model_name}:{self.pk}"

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> Any:
        """What a choice is called. Django makes all of them ready for each row that names one."""
        value = getattr(self, field.attname)
        return force_str(_called(field).get(value, value), strings_only=True)


@cache
def _called(field: "models.Field[Any, Any]") -> dict[Any, Any]:
    """The names of the choices of a field, which never change; in the reader's language once they are read."""
    return dict(field.flatchoices)


def split_key(key: str) -> tuple[str, int]:
    """Return kind and primary key of `key`. Raises `ValueError` for what is not a key."""
    kind, _, number = key.partition(":")
    return kind, int(number)
