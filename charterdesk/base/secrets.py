"""Secrets of others (passwords of mailboxes, keys of webhooks) are kept encrypted with the desk's own."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def fernet(purpose: str) -> Fernet:
    """The cipher of this desk for one purpose; a new secret key means that all secrets have to be entered again."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()))
