"""The word that opens a desk nobody administers yet: told to whoever started it, good until there is somebody."""

import hashlib
import hmac


def first_start_token(secret_key: str) -> str:
    """Derived from the desk's secret key, so that nothing has to be kept; 40 letters and digits."""
    return hmac.new(secret_key.encode(), b"charterdesk.first-start", hashlib.sha256).hexdigest()[:40]
