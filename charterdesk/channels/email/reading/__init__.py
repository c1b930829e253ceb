"""Reading mail: raw bytes in, `ReadMail` out. Pure Python; imports neither Django nor anything that waits."""

from charterdesk.channels.email.reading.mail import ReadMail, Verdict, read_mail

__all__ = ["ReadMail", "Verdict", "read_mail"]
