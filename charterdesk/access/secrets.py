"""Keys of second factors and secrets of identity providers are kept encrypted with the desk's secret key."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def fernet() -> Fernet:
    """The cipher of this desk: with a new secret key second factors are set up anew, and client secrets entered."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"access:{settings.SECRET_KEY}".encode()).digest()))


def seal(text: str) -> str:
    """`text` as only this desk can read it."""
    return fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises `cryptography.fernet.InvalidToken` for what another key sealed."""
    return fernet().decrypt(sealed.encode()).decode()
