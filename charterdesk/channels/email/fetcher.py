"""Mailboxes elsewhere, read by IMAP: a thread for each folder waits for what comes (IDLE), or looks every minute.

What was taken in is known by folder and UID, never by whether somebody read it: a mail opened elsewhere is not lost.
"""

import imaplib
import logging
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta

from django.db import close_old_connections
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from charterdesk.base.clock import now
from charterdesk.channels.actions import accept_mail
from charterdesk.channels.email.oauth import access_token
from charterdesk.channels.models import MailAccount

POLL = 60.0
"""Seconds between looks where the server has no IDLE, and between looks at which accounts there are."""
IDLE = 5 * 60.0
"""Seconds of one IDLE; servers and routers forget longer ones."""
SHORTEST_WAIT, LONGEST_WAIT = 5.0, 300.0
TIMEOUT = 60.0
OVERLAP = timedelta(days=2)
"""When a mailbox was numbered anew, so much of the past is looked through again; duplicates are recognised."""
log = logging.getLogger(__name__)


def connect(account: MailAccount, *, timeout: float = TIMEOUT) -> BaseMailBox:
    """Sign in to the mailbox of `account`; `timeout` is the seconds any one answer may take.

    Raises `OSError`, `ImapToolsError` or `imaplib.IMAP4.error`.
    """
    box = _greeted(account, timeout)
    try:
        if account.login_by == MailAccount.XOAUTH2:
            box.xoauth2(account.user, access_token(account), initial_folder=None)
        else:
            box.login(account.user, account.secrets.get("password", ""), initial_folder=None)
    except BaseException:
        box.client.shutdown()
        raise
    return box


def _greeted(account: MailAccount, timeout: float) -> BaseMailBox:
    """A connection, encrypted as the account says; whom it leads to is proved by the certificate."""
    where, port = account.imap_host, account.imap_port
    if account.imap_security == MailAccount.PLAIN:
        return MailBoxUnencrypted(where, port, timeout=timeout)
    kind = MailBox if account.imap_security == MailAccount.TLS else MailBoxStartTls
    return kind(where, port, timeout=timeout, ssl_context=ssl.create_default_context())


def take_in_new(box: BaseMailBox, account: MailAccount, folder: str, *, source: str) -> int:
    """Take in what came to `folder` since the last look, in order, and return how many. One commit per mail."""
    status = box.folder.status(folder, ("UIDVALIDITY", "UIDNEXT"))
    validity = str(status["UIDVALIDITY"])
    box.folder.set(folder)
    taken = 0
    for uid in _new_uids(box, account, folder, validity, int(status["UIDNEXT"])):
        raw = _raw(box, uid)
        if raw is not None and accept_mail(raw, source=source, source_id=f"{account.pk}/{folder}/{validity}/{uid}"):
            taken += 1
        _remember(account, folder, validity, uid)
        if source.startswith("imap:"):
            box.flag(str(uid), MailMessageFlags.SEEN, True)
    return taken


def _new_uids(box: BaseMailBox, account: MailAccount, folder: str, validity: str, uid_next: int) -> Iterator[int]:
    """The numbers of mails not taken in yet, rising.

    The first look takes what nobody has read (of sent mail: nothing); a mailbox numbered anew is looked through from
    shortly before the last look.
    """
    known = account.positions.get(folder)
    if known and known["validity"] == validity:
        last = int(known["uid"])
        found = [uid for uid in _search(box, f"UID {last + 1}:*") if uid > last]
    elif known:
        since = (account.checked_at or now()) - OVERLAP
        found = _search(box, f"SINCE {since:%d-%b-%Y}")
    else:
        found = [] if folder == account.sent_folder else _search(box, "UNSEEN")
    if not found:
        _remember(account, folder, validity, uid_next - 1)
    return iter(sorted(found))


def _search(box: BaseMailBox, criteria: str) -> list[int]:
    """The UIDs that fit."""
    return [int(uid) for uid in box.uids(criteria)]


def _raw(box: BaseMailBox, uid: int) -> bytes | None:
    """A mail as it lies there, without marking it read; None when it is gone meanwhile."""
    answer = box.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    return next((part[1] for part in answer[1] if isinstance(part, tuple)), None)


def _remember(account: MailAccount, folder: str, validity: str, uid: int) -> None:
    """Note up to where `folder` was taken in."""
    account.positions = {**account.positions, folder: {"validity": validity, "uid": uid}}
    account.checked_at, account.error = now(), ""
    account.save(update_fields=["positions", "checked_at", "error"])


class Watcher(threading.Thread):
    """Waits at one folder of one account until told to stop; connects again, ever more patiently, when it fails."""

    def __init__(self, account: MailAccount, folder: str, source: str) -> None:
        super().__init__(name=f"{source}:{folder}", daemon=True)
        self.account_id, self.folder, self.source = account.pk, folder, source
        self.stopping = threading.Event()

    def run(self) -> None:
        """Watch until stopped."""
        wait = SHORTEST_WAIT
        while not self.stopping.is_set():
            try:
                self._watch()
                wait = SHORTEST_WAIT
            except Exception as error:  # whatever the other side does, this thread goes on
                log.warning("%s: %s", self.name, error)
                self._note(error)
                self.stopping.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            finally:
                close_old_connections()

    def _watch(self) -> None:
        """One connection: take in what is new, wait, again."""
        account = MailAccount.objects.get(pk=self.account_id)
        box = connect(account)
        try:
            can_idle = "IDLE" in box.client.capabilities
            while not self.stopping.is_set():
                take_in_new(box, account, self.folder, source=self.source)
                close_old_connections()
                if can_idle:
                    self._idle(box)
                else:
                    self.stopping.wait(POLL)
        finally:
            box.client.shutdown()

    def _idle(self, box: BaseMailBox) -> None:
        """Wait until the server says something, in short stretches so that stopping is quick."""
        waited = 0.0
        with box.idle as idle:
            while waited < IDLE and not self.stopping.is_set():
                if idle.poll(timeout=2):
                    return
                waited += 2

    def _note(self, error: Exception) -> None:
        """Let the operator see what is wrong."""
        try:
            MailAccount.objects.filter(pk=self.account_id).update(error=f"{type(error).__name__}: {error}"[:500])
        except Exception:  # the database is away: the log has it
            log.debug("can't note the error", exc_info=True)


def watch_all(stopping: threading.Event) -> None:
    """Keep a watcher at every folder that the accounts name, as accounts come, change and go, until told to stop."""
    watchers: dict[tuple[object, ...], Watcher] = {}
    while not stopping.is_set():
        try:
            _adjust(watchers)
        except Exception as error:  # the database is away: what runs goes on
            log.warning("can't read the mail accounts: %s", error)
        close_old_connections()
        stopping.wait(POLL / 6)
    for watcher in watchers.values():
        watcher.stopping.set()
    for watcher in watchers.values():
        watcher.join(5)


def _adjust(watchers: dict[tuple[object, ...], Watcher]) -> None:
    """Start the watchers that are missing, and stop those nobody wants any more."""
    wanted = dict(_wanted())
    for key in set(watchers) - set(wanted):
        watchers.pop(key).stopping.set()
    for key in set(wanted) - set(watchers):
        watchers[key] = Watcher(*wanted[key])
        watchers[key].start()


def _wanted() -> Iterator[tuple[tuple[object, ...], tuple[MailAccount, str, str]]]:
    """Every folder to be watched; the key changes with whatever makes a new connection necessary."""
    for account in MailAccount.objects.filter(is_active=True).exclude(imap_host=""):
        settings = (account.pk, account.imap_host, account.imap_port, account.user, bytes(account.sealed))
        yield (*settings, account.folder), (account, account.folder, f"imap:{account.pk}")
        if account.sent_folder:
            yield (*settings, account.sent_folder), (account, account.sent_folder, f"sent:{account.pk}")


def check(account: MailAccount) -> str:
    """Try to sign in and open the folders; "" when all is well, else what is wrong, in the server's words."""
    try:
        box = connect(account)
    except (OSError, ImapToolsError, imaplib.IMAP4.error) as error:
        return f"{type(error).__name__}: {error}"[:500]
    try:
        for folder in filter(None, (account.folder, account.sent_folder)):
            if not box.folder.exists(folder):
                return f"There is no folder {folder}."
    finally:
        box.client.shutdown()
    return ""
