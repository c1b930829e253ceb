"""What the last try of a mail account ended with, in words for who set it up; what was kept is the library's."""

from collections.abc import Callable

from django.utils.translation import gettext as _


def _no_connection() -> str:
    return _("The server takes no connections at this port. Compare the port with what your provider tells.")


def _no_server() -> str:
    return _("There is no server of this name. Compare the name with what your provider tells.")


def _no_answer() -> str:
    return _("The server does not answer. The desk goes on trying.")


def _hung_up() -> str:
    return _("The server ended the talk. The desk goes on trying; if it stays so, compare port and encryption.")


def _certificate() -> str:
    return _("The server shows a certificate that nobody vouches for, or another server's.")


def _encryption() -> str:
    return _("This kind of encryption is not spoken at this port. Try STARTTLS instead of TLS, or the other way round.")


def _unreachable() -> str:
    return _("This machine has no way to the server. Ask who runs it to look at its network.")


_WORDS: dict[str, Callable[[], str]] = {
    "ConnectionRefusedError": _no_connection,
    "gaierror": _no_server,
    "TimeoutError": _no_answer,
    "ConnectionResetError": _hung_up,
    "ConnectionAbortedError": _hung_up,
    "BrokenPipeError": _hung_up,
    "SSLEOFError": _hung_up,
    "abort": _hung_up,
    "SSLCertVerificationError": _certificate,
    "SSLError": _encryption,
    "OSError": _unreachable,
}


def in_words(error: str) -> str:
    """`error` ("ConnectionRefusedError: [Errno 111] ...", as kept) as people say it, and what to do; "" for none.

    What is not known is told in the other side's own words, without the name of the program's error.
    """
    kind, _colon, said = error.partition(": ")
    if kind in _WORDS:
        return _WORDS[kind]()
    return _("The server said: %(words)s") % {"words": said or kind} if error else ""
