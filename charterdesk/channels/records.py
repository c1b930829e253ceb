"""The part of channels in what we keep. Passwords of mail accounts stay sealed with the key of their installation."""

from collections.abc import Iterable, Iterator, Sequence

from charterdesk.base.configured import Section, Thing, configured, given, named, opened, placeholder, values_of
from charterdesk.base.exported import exported
from charterdesk.base.keys import Actor
from charterdesk.calendars.models import BusinessCalendar
from charterdesk.channels.actions import block_sender, save_account
from charterdesk.channels.models import BlockedSender, MailAccount, RawMail, SmsNumber
from charterdesk.channels.sms.actions import save_number
from charterdesk.people.models import Team
from charterdesk.tickets.letting_go import uses_files

exported("channels")


@uses_files
def _mails_in_the_store(digests: Sequence[str]) -> Iterable[str]:
    """Mails that were moved out of the database. One statement."""
    return RawMail.objects.filter(kept_as__in=digests).values_list("kept_as", flat=True)


ACCOUNT = (
    "name", "address", "team", "user", "login_by", "imap_host", "imap_port", "imap_security", "folder", "sent_folder",
    "smtp_host", "smtp_port", "smtp_security", "is_active", "secrets",
)  # fmt: skip


def _accounts() -> Iterator[Thing]:
    """Accounts with a placeholder for each secret."""
    for account in MailAccount.objects.select_related("team").order_by("name"):
        secrets = {each: placeholder(account.name, each) for each in sorted(account.secrets)}
        yield {**values_of(account, ACCOUNT[:-1]), "secrets": secrets}


def _set_account(thing: Thing, by: Actor) -> None:
    account = MailAccount.objects.filter(name=thing["name"]).first() or MailAccount()
    fields = given(thing, "team", "secrets")
    if team := named(Team, thing.get("team", "")):
        fields["team"] = team
    save_account(account, by=by, fields=fields, secrets=_opened(thing))


def _opened(thing: Thing) -> dict[str, str]:
    """The secrets whose variables are set; the others stay as they are."""
    found = {name: opened(text) for name, text in thing.get("secrets", {}).items()}
    return {name: secret for name, secret in found.items() if secret is not None}


def _new_secrets(thing: Thing) -> Sequence[str]:
    account = MailAccount.objects.filter(name=thing["name"]).first()
    kept = account.secrets if account else {}
    return ["secrets"] if any(kept.get(name) != secret for name, secret in _opened(thing).items()) else []


NUMBER = (
    "name", "number", "team", "calendar", "language", "provider", "url", "host", "port", "uses_tls", "user",
    "join_hours", "daily_cap", "is_active", "secrets",
)  # fmt: skip


def _numbers() -> Iterator[Thing]:
    """Numbers with a placeholder for the secret."""
    for number in SmsNumber.objects.select_related("team", "calendar").order_by("name"):
        secrets = {"secret": placeholder(number.name, "secret")} if number.secret else {}
        yield {**values_of(number, NUMBER[:-1]), "secrets": secrets}


def _set_number(thing: Thing, by: Actor) -> None:
    number = SmsNumber.objects.filter(name=thing["name"]).first() or SmsNumber()
    fields = given(thing, "team", "calendar", "secrets")
    if team := named(Team, thing.get("team", "")):
        fields["team"] = team
    if "calendar" in thing:
        fields["calendar"] = named(BusinessCalendar, thing["calendar"])
    save_number(number, by=by, fields=fields, secret=_opened(thing).get("secret", ""))


def _new_secret(thing: Thing) -> Sequence[str]:
    number = SmsNumber.objects.filter(name=thing["name"]).first()
    secret = _opened(thing).get("secret")
    return ["secrets"] if secret is not None and secret != (number.secret if number else "") else []


def _blocked() -> Iterator[Thing]:
    for pattern in BlockedSender.objects.order_by("pattern").values_list("pattern", flat=True):
        yield {"pattern": pattern}


def _block(thing: Thing, by: Actor) -> None:
    block_sender(thing["pattern"], by=by)


configured(
    Section(
        name="mail_accounts", key="name", fields=ACCOUNT, read=_accounts, write=_set_account, else_differs=_new_secrets
    )
)
configured(
    Section(name="sms_numbers", key="name", fields=NUMBER, read=_numbers, write=_set_number, else_differs=_new_secret)
)
configured(Section(name="blocked_senders", key="pattern", fields=("pattern",), read=_blocked, write=_block))
