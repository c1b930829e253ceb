"""What others trusted us with (passwords of mailboxes, tokens) is kept encrypted with the desk's secret key."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def fernet() -> Fernet:
    """The cipher of this desk: a new secret key means that all passwords have to be entered again."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"channels:{settings.SECRET_KEY}".encode()).digest()))
