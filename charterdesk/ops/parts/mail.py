"""`charterdesk mail`: the mail receiver (SMTP), the readers of mailboxes (IMAP), and sessions for SMS (SMPP)."""

import threading
from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.parts.common import prepare

TARGET = "charterdesk.channels.email.receiver"
TEXTS = "charterdesk.channels.sms.smpp_part"
PATIENCE = 5.0
"""Seconds for a text that is being handed over when we are told to stop."""


def main(argv: Sequence[str]) -> int:
    """Receive, fetch and text until a signal says stop. A desk without an SMPP number has no session."""
    prepare("mail", "Receive mail by SMTP, fetch it by IMAP, and text by SMPP.", argv)
    django.setup()
    stop = threading.Event()
    texting = threading.Thread(target=import_module(TEXTS).watch_numbers, args=[stop], name="texting", daemon=True)
    texting.start()
    import_module(TARGET).main()
    stop.set()
    texting.join(PATIENCE)
    return 0
