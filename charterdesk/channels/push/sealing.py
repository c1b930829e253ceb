"""Sealing a message so that only one browser reads it (RFC 8291), and saying whose it is (VAPID, RFC 8292)."""

import base64
import hashlib
import os
import time
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD = 4096
PASS_S = 12 * 3600


def to_text(raw: bytes) -> str:
    """Bytes as URL-safe base64 without padding, as browsers write them."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    """The bytes in URL-safe base64. Raises `ValueError`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes, uncompressed."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def seal(
    text: bytes,
    *,
    browser_key: bytes,
    secret: bytes,
    salt: bytes | None = None,
    own: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """`text` sealed for the browser with this public key (65 bytes) and secret (16 bytes): the body of a push.

    Source: RFC 8291, section 3.4, with the content coding of RFC 8188. `salt` and `own` are fresh where not given.
    Raises `ValueError` for a key that is none.
    """
    own = own or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser_key)
    shared = own.exchange(ec.ECDH(), theirs)
    info = b"WebPush: info\0" + browser_key + point(own.public_key())
    material = _derive(shared, salt=secret, info=info, length=32)
    key = _derive(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(material, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([65]) + point(own.public_key())
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def _derive(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


@lru_cache(maxsize=2)
def desk_key(secret_key: str) -> ec.EllipticCurvePrivateKey:
    """The desk's own key, made of its secret: the same after every start, on every machine of the desk."""
    number = int.from_bytes(hashlib.sha512(b"charterdesk push" + secret_key.encode()).digest(), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, CURVE)


def public_key() -> str:
    """What a browser is told, so that only this desk may push to it."""
    return to_text(point(desk_key(settings.SECRET_KEY).public_key()))


def authorization(endpoint: str) -> str:
    """The header that says to the push service of `endpoint` that this is the desk the browser trusts."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + PASS_S,
        "sub": settings.PUBLIC_URL if settings.PUBLIC_URL.startswith("https://") else "mailto:desk@localhost",
    }
    signed = ".".join(to_text(msgspec.json.encode(part)) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(desk_key(settings.SECRET_KEY).sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = to_text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={public_key()}"
