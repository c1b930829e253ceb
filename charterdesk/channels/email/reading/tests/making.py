"""Mails made up for tests, in the shapes mail servers and clients give them."""

from collections.abc import Mapping


def raw_mail(text: str, /, headers: Mapping[str, str] | None = None, **more: str) -> bytes:
    """A mail of one text part. Keyword names are header names with `_` for `-`; `headers` wins."""
    found = {
        "From": "Jane Doe <jane@customer.example>",
        "To": "desk@utility.example",
        "Subject": "Meter reading",
        "Date": "Mon, 3 May 2021 10:20:00 +0200",
        "Message-ID": "<1@customer.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    found |= {name.replace("_", "-"): value for name, value in more.items()} | dict(headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in found.items() if value is not None)
    return (head + "\r\n" + text.replace("\n", "\r\n")).encode()


def bounced(
    text: str, *, sender: str = "Mail Delivery System <MAILER-DAEMON@relay.example>", subject: str = ""
) -> bytes:
    """A bounce in words alone."""
    return raw_mail(
        text,
        headers={
            "Return-Path": "<>",
            "From": sender,
            "Subject": subject or "Undelivered Mail Returned to Sender",
            "To": "desk@utility.example",
        },
    )


def reported(status: str, *, words: str = "It could not be delivered.", original: str = "") -> bytes:
    """A bounce with a machine-readable report (RFC 3464); `status` is the report's recipients."""
    copy = original or "From: desk@utility.example\nTo: jane@customer.example\nMessage-ID: <sent-1@utility.example>\n"
    text = (
        f"--B\nContent-Type: text/plain\n\n{words}\n"
        f"--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; relay.example\n\n{status}\n"
        f"--B\nContent-Type: message/rfc822\n\n{copy}\nHello\n--B--\n"
    )
    return raw_mail(
        text,
        headers={
            "From": "MAILER-DAEMON@relay.example",
            "Subject": "Undelivered Mail Returned to Sender",
            "Content-Type": 'multipart/report; report-type=delivery-status; boundary="B"',
        },
    )
