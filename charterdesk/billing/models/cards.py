"""Card payments by a provider, where a desk takes them."""

from typing import Any

import msgspec
from cryptography.fernet import InvalidToken
from django.db import models
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed
from charterdesk.base.secrets import fernet


class CardProvider(Keyed):
    """Our account with Stripe, of which there is one; its secrets are kept encrypted."""

    ONLY = 1

    is_active = models.BooleanField(_("customers may pay by card"), default=False)
    sealed = models.BinaryField(default=b"")
    address = models.URLField(blank=True, default="", help_text="of the provider's API, where it is not the usual one")

    def __str__(self) -> str:
        return "Stripe"

    @property
    def secrets(self) -> dict[str, Any]:
        """`api_key` and `webhook_secret`; {} where there are none, or they can't be opened."""
        try:
            return dict(msgspec.json.decode(fernet("billing").decrypt(bytes(self.sealed)))) if self.sealed else {}
        except InvalidToken:
            return {}

    def seal(self, **secrets: str) -> None:
        """Keep `secrets` encrypted; not saved yet."""
        self.sealed = fernet("billing").encrypt(msgspec.json.encode(secrets))
