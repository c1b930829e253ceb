"""Reports that a receiver called one of our mails junk (ARF, RFC 5965), and those of providers that predate it."""

import re

from charterdesk.channels.email.reading.bodies import text_of
from charterdesk.channels.email.reading.headers import raw_text
from charterdesk.channels.email.reading.mime import Part

_COMPLAINT_SUBJECT = re.compile(
    r"complaint about message from|abuse report for|email feedback report for ip", re.IGNORECASE
)


def is_feedback_report(root: Part, *, sender: str, subject: str) -> bool:
    """Whether the mail is an abuse report in the sense of ARF. A DMARC or TLS report is not one. Never raises."""
    declared = root.type_parameters.get("report-type", "").lower() == "feedback-report"
    has_part = any(part.content_type == "message/feedback-report" for part in root.walk())
    if declared or has_part:
        return True
    if root.get("x-hmxmroriginalrecipient") or root.get("x-feedback-type"):
        return True
    if (root.get("x-apple-unsubscribe") or b"").strip().lower() == b"true":
        return True
    return bool(_COMPLAINT_SUBJECT.search(subject)) and bool(
        re.search(r"staff@hotmail|feedback@|fbl|abuse@|complaints?@", sender, re.IGNORECASE)
    )


def feedback_facts(root: Part) -> dict[str, str]:
    """The fields of the report (lower case names), such as `feedback-type` and `original-rcpt-to`; {} without any."""
    facts: dict[str, str] = {}
    for part in root.walk():
        if part.content_type == "message/feedback-report":
            for line in text_of(part).split("\n"):
                name, colon, value = line.partition(":")
                if colon and name.strip():
                    facts.setdefault(name.strip().lower(), value.strip())
    raw = root.get("x-hmxmroriginalrecipient")
    if raw:
        facts.setdefault("original-rcpt-to", raw_text(raw).strip())
    return facts
