"""Every setting of an installation, in one table: its name, kind, default and what it does.

`settings.py` and the command line read their values here, `docs/operators/settings.md` is made from it, and
the doctor knows by it which variables are misspelt. Django is not needed for any of that.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import load_dotenv

Kind = Literal["text", "secret", "flag", "number", "path", "url", "address"]
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
NAME_OF_KEY_FILE = "secret_key"


class BadSetting(Exception):
    """A setting has a value it can't have; the text names it and says what it takes."""


@dataclass(frozen=True)
class Setting:
    """One row of the table. An `address` is `host:port`; an empty default means "not set"."""

    name: str
    kind: Kind
    default: str
    help: str
    topic: str


def _topic(topic: str, *rows: tuple[str, Kind, str, str]) -> list[Setting]:
    return [Setting(name, kind, default, text, topic) for name, kind, default, text in rows]


SETTINGS: tuple[Setting, ...] = (
    *_topic(
        "Where things are",
        (
            "CHARTERDESK_DATA",
            "path",
            "charterdesk-data",
            "The data folder: embedded database, attachments, secrets. Relative to where it is started.",
        ),
        (
            "DATABASE_URL",
            "url",
            "",
            "A PostgreSQL server (15 or later) to use: `postgresql://user:password@host/name`. "
            "Unset, charterdesk runs one of its own in the data folder.",
        ),
        (
            "PUBLIC_URL",
            "url",
            "",
            "The address people type, such as `https://help.example.org`: links in mails begin with it. "
            "Unset, it is the address of the web server.",
        ),
        (
            "LIVE_URL",
            "url",
            "",
            "The address of the live stream as browsers see it. Unset, it is the address of the live server.",
        ),
    ),
    *_topic(
        "Listening",
        ("CHARTERDESK_WEB", "address", "127.0.0.1:8000", "Where the web server listens."),
        ("CHARTERDESK_LIVE", "address", "127.0.0.1:8001", "Where the live stream listens."),
        ("CHARTERDESK_SMTP", "address", "127.0.0.1:8025", "Where the mail receiver (SMTP) listens."),
        ("CHARTERDESK_WEB_WORKERS", "number", "2", "Processes of the web server."),
        ("CHARTERDESK_WEB_THREADS", "number", "4", "Threads in each process of the web server."),
        (
            "CHARTERDESK_TLS_CERT",
            "path",
            "",
            "A certificate chain (PEM): web and live server then speak HTTPS, the mail receiver STARTTLS.",
        ),
        ("CHARTERDESK_TLS_KEY", "path", "", "The certificate's private key (PEM)."),
        (
            "CHARTERDESK_PROXIES",
            "number",
            "0",
            "How many reverse proxies stand in front. Their `X-Forwarded-For` and `X-Forwarded-Proto` are "
            "believed, and nobody else's.",
        ),
        (
            "CHARTERDESK_HOSTS",
            "text",
            "",
            "Further host names the desk answers to, separated by commas, beside that of `PUBLIC_URL`.",
        ),
        (
            "CHARTERDESK_PRIVATE_NETWORKS",
            "text",
            "",
            "Private networks (as `10.2.0.0/16`, separated by commas) that addresses given by administrators, such as "
            "those of webhooks, may lie in. Unset, they must be on the public internet.",
        ),
    ),
    *_topic(
        "Secrets",
        (
            "CHARTERDESK_SECRET_KEY",
            "secret",
            "",
            "Signs sessions and links. Unset, the first start writes one to `secret_key` in the data folder.",
        ),
    ),
    *_topic(
        "E-mail",
        (
            "CHARTERDESK_MAIL_DOMAIN",
            "text",
            "localhost",
            "The name the desk has in the mail world: its greeting, and the domain of its Message-IDs.",
        ),
        (
            "CHARTERDESK_RELAY",
            "url",
            "",
            "The server that takes outgoing mail, for teams without a mail account of their own: "
            "`smtp+starttls://user:password@mail.example.org:587`, `smtps://…` or `smtp://…`.",
        ),
        ("CHARTERDESK_MAIL_MIB", "number", "50", "The largest mail the receiver takes, in MiB."),
        ("CHARTERDESK_DKIM_KEY", "path", "", "The private key (PEM) that signs outgoing mail."),
        ("CHARTERDESK_DKIM_SELECTOR", "text", "charterdesk", "The selector under which its public key is in the DNS."),
        (
            "CHARTERDESK_CHECK_SENDERS",
            "flag",
            "1",
            "Whether SPF, DKIM and DMARC of mail from the internet are checked by DNS.",
        ),
    ),
    *_topic(
        "Attachments",
        ("CHARTERDESK_ATTACHMENT_MIB", "number", "25", "The largest attachment, in MiB."),
        (
            "CHARTERDESK_CLAMD",
            "text",
            "",
            "A virus scanner (clamd) that looks at every file before it is handed out: `host:port`, or the path of "
            "its socket. Unset, files are not scanned.",
        ),
        (
            "CHARTERDESK_S3_BUCKET",
            "text",
            "",
            "An S3-compatible bucket to keep attachments in. Unset, they are in the data folder.",
        ),
        ("CHARTERDESK_S3_PREFIX", "text", "", "What the names of files in the bucket begin with."),
        ("CHARTERDESK_S3_ENDPOINT", "url", "", "The storage service's address, where it is not Amazon's."),
        ("CHARTERDESK_S3_REGION", "text", "", "The bucket's region."),
        ("CHARTERDESK_S3_ACCESS_KEY", "text", "", "The access key; unset, the usual AWS places are asked."),
        ("CHARTERDESK_S3_SECRET_KEY", "secret", "", "The secret key that belongs to it."),
    ),
    *_topic(
        "Many requests at once",
        (
            "CHARTERDESK_SURGE_TICKETS",
            "number",
            "8",
            "Of so many customers of one team new requests have to speak of the same before it is pointed out. "
            "0 switches it off.",
        ),
        ("CHARTERDESK_SURGE_MINUTES", "number", "60", "Within so many minutes."),
    ),
    *_topic(
        "Search by meaning",
        (
            "CHARTERDESK_VECTORS",
            "text",
            "",
            "`local` for the model of the extra `charterdesk[vectors]`, or the address of a service that speaks the "
            "usual `/v1/embeddings`. Unset, search goes by words alone.",
        ),
        ("CHARTERDESK_VECTORS_MODEL", "text", "", "The model a service is asked for."),
        ("CHARTERDESK_VECTORS_KEY", "secret", "", "The key a service wants."),
        (
            "CHARTERDESK_VECTORS_LANGUAGES",
            "text",
            "",
            "The languages a service's model knows (`en,de`). Unset, it knows them all.",
        ),
        (
            "CHARTERDESK_VECTORS_LEAST",
            "number",
            "82",
            "How alike (0 to 100, by cosine) a text must be to what was asked to be found without its words. The value "
            "is for the model of the extra; those of others differ much.",
        ),
    ),
    *_topic(
        "API",
        (
            "CHARTERDESK_API_RATE",
            "number",
            "3000",
            "How many requests a minute one person or integration may send, in each process of the web server.",
        ),
    ),
    *_topic(
        "Embedded database",
        (
            "CHARTERDESK_POSTGRES_BIN",
            "path",
            "",
            "The folder of PostgreSQL's programs. Unset, those of the wheel, then those of the system.",
        ),
        (
            "CHARTERDESK_POSTGRES_USER",
            "text",
            "",
            "As root: the user the database runs as. Unset, a user namespace; else `postgres` or `nobody`.",
        ),
    ),
    *_topic(
        "Logs and debugging",
        ("CHARTERDESK_LOG", "text", "text", "`text` for people, or `json` for one JSON object per line."),
        ("CHARTERDESK_DEBUG", "flag", "0", "Developers only: error pages that show code and settings."),
    ),
)
BY_NAME: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}


def load_environment(folder: Path | None = None) -> None:
    """Add `.env` of `folder` (the current one by default) to the environment; what is set already stays."""
    load_dotenv((folder or Path.cwd()) / ".env")


def text(name: str) -> str:
    """The value of a setting of any kind, as it was given, or its default."""
    return os.environ.get(name, "").strip() or BY_NAME[name].default


def flag(name: str) -> bool:
    """The value of a flag. Raises `BadSetting`."""
    value = text(name).lower()
    if value not in TRUE | FALSE:
        raise BadSetting(f"{name} is 1 or 0, not {value!r}.")
    return value in TRUE


def number(name: str) -> int:
    """The value of a whole number, never negative. Raises `BadSetting`."""
    value = text(name)
    if not value.isdecimal():
        raise BadSetting(f"{name} is a whole number, not {value!r}.")
    return int(value)


def path(name: str) -> Path | None:
    """The value of a path, made absolute; None when not set."""
    value = text(name)
    return Path(value).expanduser().absolute() if value else None


def words(name: str) -> tuple[str, ...]:
    """The words of a list with commas."""
    return tuple(word.strip() for word in text(name).split(",") if word.strip())


def vectors() -> str:
    """What searches by meaning: nothing, `local` or a URL. Raises `BadSetting`."""
    value = text("CHARTERDESK_VECTORS")
    if value and value != "local" and urlsplit(value).scheme not in ("http", "https"):
        raise BadSetting(
            f"CHARTERDESK_VECTORS is local or a URL such as https://ai.example.org/v1/embeddings, not {value!r}."
        )
    return value


def url(name: str) -> str:
    """The value of a URL, without a slash at its end; empty when not set. Raises `BadSetting`."""
    value = text(name).rstrip("/")
    if value and not urlsplit(value).scheme:
        raise BadSetting(f"{name} is a URL such as https://help.example.org, not {value!r}.")
    return value


def address(name: str) -> tuple[str, int]:
    """The value of an address as host and port; an IPv6 host stands in brackets. Raises `BadSetting`."""
    value = text(name)
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise BadSetting(f"{name} is host:port such as 127.0.0.1:8000, not {value!r}.")
    return host.strip("[]"), int(port)


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """The networks of a list with commas. Raises `BadSetting`."""
    try:
        return [ip_network(given.strip()) for given in text(name).split(",") if given.strip()]
    except ValueError as error:
        raise BadSetting(f"{name} are networks such as 10.2.0.0/16, separated by commas: {error}.") from error


def data_folder() -> Path:
    """The data folder, absolute."""
    return Path(text("CHARTERDESK_DATA")).expanduser().absolute()


def reached_at(name: str) -> str:
    """The URL under which this machine reaches a listening address: what `PUBLIC_URL` is by default."""
    host, port = address(name)
    scheme = "https" if text("CHARTERDESK_TLS_CERT") else "http"
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"{scheme}://{here}:{port}"


def public_url() -> str:
    """Where people reach the desk, without a slash at the end."""
    return url("PUBLIC_URL") or reached_at("CHARTERDESK_WEB")


def live_url() -> str:
    """Where browsers reach the live stream, without a slash at the end."""
    return url("LIVE_URL") or reached_at("CHARTERDESK_LIVE")


def hosts() -> list[str]:
    """The host names the desk answers to: any while no public address is set, as on a developer's machine."""
    if not url("PUBLIC_URL"):
        return ["*"]
    given = [host.strip() for host in text("CHARTERDESK_HOSTS").split(",") if host.strip()]
    return [urlsplit(url("PUBLIC_URL")).hostname or "", "localhost", "127.0.0.1", "[::1]", *given]


def secret_key() -> str:
    """The environment's key, or the data folder's; before the first start one only this process knows."""
    file = data_folder() / NAME_OF_KEY_FILE
    return text("CHARTERDESK_SECRET_KEY") or (file.read_text().strip() if file.exists() else secrets.token_hex(32))


def make_secret_key() -> None:
    """Write the data folder's key, if there is none: readable by its owner alone, and whole or absent."""
    folder = data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = folder / f"{NAME_OF_KEY_FILE}.{os.getpid()}"
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(making, folder / NAME_OF_KEY_FILE)  # unlike a rename, it never replaces another starter's key
    except FileExistsError:
        pass
    finally:
        making.unlink()


def unknown_names() -> list[str]:
    """Variables that look like ours and are not in the table: most likely misspelt."""
    return sorted(name for name in os.environ if name.startswith("CHARTERDESK_") and name not in BY_NAME)


def as_markdown() -> str:
    """The page `docs/operators/settings.md`."""
    topics = dict.fromkeys(setting.topic for setting in SETTINGS)
    return "\n".join([INTRODUCTION, *(_table(topic) for topic in topics)])


INTRODUCTION = """# Settings

Every setting is an environment variable, or a line `NAME=value` in a file `.env` in the folder where
charterdesk is started; the environment wins. All of them have a default that works. `charterdesk doctor`
names a misspelt one.

This page is made from `charterdesk/settings_table.py` by `charterdesk settings > docs/operators/settings.md`.
"""


def _table(topic: str) -> str:
    rows = [setting for setting in SETTINGS if setting.topic == topic]
    lines = [f"| `{row.name}` | {row.kind} | {_shown(row.default)} | {row.help} |" for row in rows]
    return "\n".join([f"## {topic}\n", "| name | kind | default | what it does |", "|---|---|---|---|", *lines, ""])


def _shown(default: str) -> str:
    return f"`{default}`" if default else ""
