"""Settings: misspelt, impossible, or at odds with each other; secrets and certificates."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from charterdesk import settings_table
from charterdesk.ops.checks.finding import Finding, bad, good, note

READERS: dict[str, Callable[[str], object]] = {
    "flag": settings_table.flag,
    "number": settings_table.number,
    "address": settings_table.address,
    "url": settings_table.url,
}
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SOON = timedelta(days=14)


def check_values() -> Iterator[Finding]:
    """Every value can be read, and every variable that looks like ours is one."""
    wrong = list(_unreadable())
    yield from wrong
    for name in settings_table.unknown_names():
        near = get_close_matches(name, settings_table.BY_NAME, n=1)
        hint = f"Did you mean {near[0]}?" if near else "Remove it, or see `charterdesk settings` for those there are."
        yield note("settings", f"{name} is no setting of charterdesk.", hint)
    if not wrong:
        yield good("settings", "every setting can be read")


def _unreadable() -> Iterator[Finding]:
    for setting in settings_table.SETTINGS:
        try:
            READERS.get(setting.kind, settings_table.text)(setting.name)
        except settings_table.BadSetting as problem:
            yield bad("settings", str(problem), f"Correct {setting.name} in the environment or in `.env`.")


def check_addresses() -> Iterator[Finding]:
    """`PUBLIC_URL`, TLS, proxies and listening addresses fit together."""
    public, live = urlsplit(settings_table.public_url()), urlsplit(settings_table.live_url())
    host, _port = settings_table.address("CHARTERDESK_WEB")
    own_tls = bool(settings_table.text("CHARTERDESK_TLS_CERT"))
    proxies = settings_table.number("CHARTERDESK_PROXIES")
    fine = True
    if public.scheme == "https" and not own_tls and not proxies:
        fine = False
        yield bad(
            "PUBLIC_URL",
            "it says https, but nothing here speaks TLS and no reverse proxy is named.",
            "Set CHARTERDESK_PROXIES=1 behind a reverse proxy, or CHARTERDESK_TLS_CERT and CHARTERDESK_TLS_KEY.",
        )
    if public.scheme != live.scheme:
        fine = False
        yield bad(
            "LIVE_URL",
            f"pages come by {public.scheme} and the live stream by {live.scheme}: browsers refuse the mixture.",
            f"Set LIVE_URL to an address that begins with {public.scheme}://.",
        )
    if not settings_table.url("PUBLIC_URL") and host not in LOOPBACK:
        fine = False
        yield note(
            "PUBLIC_URL",
            "the web server listens for others, but links in mails lead to this machine alone.",
            "Set PUBLIC_URL to the address people type.",
        )
    if host not in LOOPBACK and not own_tls and not proxies:
        fine = False
        yield note(
            "TLS",
            "passwords cross the network unencrypted.",
            "Put a reverse proxy with TLS in front (docs/operators/reverse-proxy.md), or set CHARTERDESK_TLS_CERT.",
        )
    if fine:
        yield good("PUBLIC_URL", f"{settings_table.public_url()} fits the rest")


def check_certificate() -> Iterator[Finding]:
    """The certificate, where one is set, can be read and lasts."""
    path, key = settings_table.path("CHARTERDESK_TLS_CERT"), settings_table.path("CHARTERDESK_TLS_KEY")
    if not path and not key:
        return
    if not path or not key:
        yield bad("TLS", "certificate and key belong together.", "Set CHARTERDESK_TLS_CERT and CHARTERDESK_TLS_KEY.")
        return
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        key.read_bytes()
    except (OSError, ValueError) as error:
        yield bad("TLS", f"the certificate or its key can't be read: {error}.", "Give paths of PEM files we may read.")
        return
    ends = certificate.not_valid_after_utc
    if ends < datetime.now(UTC) + SOON:
        yield bad("TLS", f"the certificate ends on {ends:%Y-%m-%d}.", "Renew it; the next start takes it up.")
    else:
        yield good("TLS", f"the certificate is good until {ends:%Y-%m-%d}")


def check_secret_key() -> Iterator[Finding]:
    """There is a key, it is long, and nobody else reads it."""
    path = settings_table.data_folder() / settings_table.NAME_OF_KEY_FILE
    if given := settings_table.text("CHARTERDESK_SECRET_KEY"):
        yield from _judge_key(given, "CHARTERDESK_SECRET_KEY")
    elif not path.exists():
        yield note("secret key", "there is none yet.", "The first start of any part writes one; keep it in backups.")
    elif path.stat().st_mode & 0o077:
        yield bad("secret key", f"others on this machine may read {path}.", f"chmod 600 {path}")
    else:
        yield from _judge_key(path.read_text().strip(), str(path))


def _judge_key(key: str, where: str) -> Iterator[Finding]:
    if len(key) < 32 or len(set(key)) < 8:
        yield bad("secret key", f"{where} is too short to be secret.", "Take 50 random characters.")
    else:
        yield good("secret key", f"{where} will do")


def check_env_file() -> Iterator[Finding]:
    """`.env` may hold passwords."""
    path = Path.cwd() / ".env"
    if path.exists() and path.stat().st_mode & 0o077 and os.name == "posix":
        yield note("settings", f"others on this machine may read {path}.", f"chmod 600 {path}")
