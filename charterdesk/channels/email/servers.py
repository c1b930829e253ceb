"""Trying the servers of a mail account as they are set: reached, encrypted, signed in, and ready to take our mail."""

import imaplib
import smtplib
import socket
import ssl

from django.utils.translation import gettext as _
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from charterdesk.channels.email.fetcher import connect
from charterdesk.channels.email.oauth import NoToken
from charterdesk.channels.email.outbound import open_connection
from charterdesk.channels.email.relays import relay_of_account
from charterdesk.channels.email.steps import BAD, GOOD, LOOK, SKIPPED, Step
from charterdesk.channels.models import MailAccount

PATIENCE = 8.0
"""Seconds one answer may take: somebody waits for the page."""


def check_mailbox(account: MailAccount) -> list[Step]:
    """Reach, encrypt, sign in, find the folders. Talks to the IMAP server; a few seconds, at most `PATIENCE` a step."""
    if not account.imap_host:
        said = _("No mailbox is fetched. Mail to %(address)s has to reach the desk's own receiver.")
        return [Step(name=_("Mailbox"), state=SKIPPED, said=said % {"address": account.address})]
    reached = _reach(account.imap_host, account.imap_port, _("Mailbox: server"))
    if reached.state == BAD:
        return [reached]
    try:
        box = connect(account, timeout=PATIENCE)
    except (OSError, ImapToolsError, imaplib.IMAP4.error) as error:
        kept = _encrypted(account.imap_security, _("Mailbox: encryption"))
        return [reached, *([] if _is_about_tls(error) else [kept]), _why_not(error, account, _("Mailbox"))]
    try:
        folders = [_folder(box, name) for name in (account.folder, account.sent_folder) if name]
    except (OSError, ImapToolsError, imaplib.IMAP4.error) as error:
        folders = [_why_not(error, account, _("Mailbox"))]
    finally:
        box.client.shutdown()
    signed_in = Step(name=_("Mailbox: sign-in"), state=GOOD, said=_("%(user)s is let in.") % {"user": account.user})
    return [reached, _encrypted(account.imap_security, _("Mailbox: encryption")), signed_in, *folders]


def check_way_out(account: MailAccount) -> list[Step]:
    """Reach, encrypt, sign in, and ask whether our mail is taken; none is sent. Talks to the SMTP server."""
    if not account.smtp_host:
        said = _("Mail of this team leaves through the desk's own way out, not through this account.")
        return [Step(name=_("Way out"), state=SKIPPED, said=said)]
    reached = _reach(account.smtp_host, account.smtp_port, _("Way out: server"))
    if reached.state == BAD:
        return [reached]
    encrypted = _encrypted(account.smtp_security, _("Way out: encryption"))
    try:
        smtp = open_connection(relay_of_account(account), timeout=PATIENCE)
    except (OSError, smtplib.SMTPException) as error:
        return [reached, *([] if _is_about_tls(error) else [encrypted]), _why_not(error, account, _("Way out"))]
    try:
        return [reached, encrypted, _signed_in(account), _takes_our_mail(smtp, account)]
    except (OSError, smtplib.SMTPException) as error:
        return [reached, encrypted, _why_not(error, account, _("Way out"))]
    finally:
        smtp.close()


def _reach(host: str, port: int, name: str) -> Step:
    """Whether anything answers there at all."""
    where = {"host": host, "port": port}
    try:
        socket.create_connection((host, port), timeout=PATIENCE).close()
    except socket.gaierror:
        said, todo = _("There is no server called %(host)s."), _("Compare the name with what your provider tells.")
    except TimeoutError:
        said = _("%(host)s does not answer at port %(port)s.")
        todo = _("Ask whether a firewall lets the desk out at this port.")
    except OSError:
        said = _("%(host)s takes no connections at port %(port)s.")
        todo = _("Compare the port: 993 for IMAP with TLS, 587 for SMTP with STARTTLS, 465 for SMTP with TLS.")
    else:
        return Step(name=name, state=GOOD, said=_("%(host)s answers at port %(port)s.") % where)
    return Step(name=name, state=BAD, said=said % where, todo=todo)


def _encrypted(security: str, name: str) -> Step:
    if security == MailAccount.PLAIN:
        said = _("The password and all mail travel readable for everybody on the way.")
        return Step(name=name, state=LOOK, said=said, todo=_("Choose TLS or STARTTLS, if the server has it."))
    return Step(name=name, state=GOOD, said=_("The connection is encrypted, and the certificate is in order."))


def _is_about_tls(error: Exception) -> bool:
    return isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError) or "STARTTLS" in str(error)


def _why_not(error: Exception, account: MailAccount, part: str) -> Step:
    """What an error means to somebody who sets up an account, with the server's own words."""
    words = " ".join(str(error).split())[:200]
    encryption, sign_in = f"{part}: {_('encryption')}", f"{part}: {_('sign-in')}"
    if isinstance(error, ssl.SSLCertVerificationError):
        said = _("The server shows a certificate that nobody vouches for, or another server's: %(words)s")
        todo = _("Use the name that stands in the certificate, or have the server's operator renew it.")
        return Step(name=encryption, state=BAD, said=said % {"words": error.verify_message}, todo=todo)
    if _is_about_tls(error):
        said = _("This kind of encryption is not spoken at this port: %(words)s")
        todo = _("Try the other one: STARTTLS instead of TLS, or TLS instead of STARTTLS.")
        return Step(name=encryption, state=BAD, said=said % {"words": words}, todo=todo)
    if isinstance(error, NoToken):
        todo = _("Check client id, secret and refresh token, and sign in at the provider once more.")
        said = _("The provider gives no access token: %(words)s")
        return Step(name=sign_in, state=BAD, said=said % {"words": words}, todo=todo)
    if isinstance(error, smtplib.SMTPServerDisconnected | TimeoutError | ConnectionError):
        said = _("The server ended the talk: %(words)s")
        todo = _("Compare port and encryption; a server that speaks TLS at once hangs up on STARTTLS.")
        return Step(name=encryption, state=BAD, said=said % {"words": words}, todo=todo)
    said = _("The server does not let %(user)s in: %(words)s") % {"user": account.user or "—", "words": words}
    todo = _("Check user name and password. Many providers want an app password, or IMAP and SMTP switched on first.")
    return Step(name=sign_in, state=BAD, said=said, todo=todo)


def _signed_in(account: MailAccount) -> Step:
    name = _("Way out: sign-in")
    if not account.user:
        return Step(name=name, state=LOOK, said=_("Nobody signs in: the server has to trust this machine."))
    return Step(name=name, state=GOOD, said=_("%(user)s is let in.") % {"user": account.user})


def _takes_our_mail(smtp: smtplib.SMTP, account: MailAccount) -> Step:
    """Ask with an envelope that is then thrown away."""
    name = _("Way out: sender")
    code, words = smtp.mail(account.address)
    if code == 250:
        code, words = smtp.rcpt(account.address)
    smtp.rset()
    if code in (250, 251):
        return Step(name=name, state=GOOD, said=_("The server takes mail from %(from)s.") % {"from": account.address})
    said = _("The server does not take mail from %(from)s: %(words)s")
    shown = {"from": account.address, "words": f"{code} {words.decode(errors='replace')}"[:200]}
    todo = _("Let the provider know the address as one of this account's, an alias for instance.")
    return Step(name=name, state=BAD, said=said % shown, todo=todo)


def _folder(box: BaseMailBox, name: str) -> Step:
    said = {"folder": name}
    if box.folder.exists(name):
        return Step(name=_("Mailbox: folder"), state=GOOD, said=_("The folder %(folder)s is there.") % said)
    known = ", ".join(each.name for each in box.folder.list()[:12])
    todo = _("Choose one of these: %(known)s") % {"known": known}
    return Step(name=_("Mailbox: folder"), state=BAD, said=_("There is no folder %(folder)s.") % said, todo=todo)
