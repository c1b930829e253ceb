"""Through which server a mail leaves: its team's account, else the one the settings name."""

from urllib.parse import unquote, urlsplit

from django.conf import settings

from charterdesk.channels.email.oauth import access_token
from charterdesk.channels.email.outbound import Relay
from charterdesk.channels.models import MailAccount, Outgoing

SECURITY = {"smtp": MailAccount.PLAIN, "smtp+starttls": MailAccount.STARTTLS, "smtps": MailAccount.TLS}
PORTS = {MailAccount.PLAIN: 25, MailAccount.STARTTLS: 587, MailAccount.TLS: 465}


def relay_for(outgoing: Outgoing) -> Relay | None:
    """The server to hand `outgoing` to; None while none is set up. One query."""
    accounts = (
        MailAccount.objects.filter(team=outgoing.team, is_active=True) if outgoing.team else MailAccount.objects.none()
    )
    account = accounts.exclude(smtp_host="").first()
    return relay_of_account(account) if account else relay_of_settings()


def relay_of_account(account: MailAccount) -> Relay:
    """The server of a mail account, with what it wants to know."""
    secrets = account.secrets
    is_oauth = account.login_by == MailAccount.XOAUTH2
    return Relay(
        host=account.smtp_host,
        port=account.smtp_port,
        security=account.smtp_security,
        user=account.user,
        password="" if is_oauth else secrets.get("password", ""),
        token=access_token(account) if is_oauth else "",
    )


def relay_of_settings() -> Relay | None:
    """The server of the setting CHARTERDESK_RELAY, such as `smtp+starttls://user:password@mail.example.org:587`."""
    if not settings.MAIL_RELAY:
        return None
    url = urlsplit(settings.MAIL_RELAY)
    security = SECURITY[url.scheme]
    return Relay(
        host=url.hostname or "localhost",
        port=url.port or PORTS[security],
        security=security,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
    )
