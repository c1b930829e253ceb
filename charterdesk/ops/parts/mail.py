"""`charterdesk mail`: the mail receiver (SMTP) and the readers of mailboxes (IMAP)."""

from collections.abc import Sequence
from importlib import import_module

import django

from charterdesk.ops.parts.common import prepare

TARGET = "charterdesk.channels.email.receiver"


def main(argv: Sequence[str]) -> int:
    """Receive and fetch until a signal says stop."""
    prepare("mail", "Receive mail by SMTP and fetch it by IMAP.", argv)
    django.setup()
    import_module(TARGET).main()
    return 0
