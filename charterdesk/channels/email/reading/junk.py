"""What the site's own filter wrote into a mail's header about junk."""

import re

from charterdesk.channels.email.reading.headers import raw_text
from charterdesk.channels.email.reading.mime import Part

_YES = re.compile(r"\s*(?:yes|true|spam|\*{5})\b", re.IGNORECASE)
_RSPAMD = re.compile(
    r"default:\s*(?:true|false)\s*\[\s*(-?[\d.]+)\s*/\s*(-?[\d.]+)\s*\]|^\s*(?:.*?:)?\s*True", re.IGNORECASE
)


def is_junk(root: Part) -> bool:
    """Whether a filter on the way marked the mail as junk. Never raises.

    Only verdicts count, never raw scores we would have to weigh: a mail set aside wrongly is worse than junk shown.
    """
    if _YES.match(_value(root, "x-spam-flag")) or _YES.match(_value(root, "x-spam")):
        return True
    if _YES.match(_value(root, "x-spam-status")) or _YES.match(_value(root, "x-bogosity")):
        return True
    if _spamd_result(root) or _microsoft(root):
        return True
    if _value(root, "x-dspam-result").lower() == "spam" or _YES.match(_value(root, "x-barracuda-spam-flag")):
        return True
    if _value(root, "x-rspamd-action").lower() in {"reject", "add header", "rewrite subject"}:
        return True
    return bool(_YES.match(_value(root, "x-spam-decision")) or _YES.match(_value(root, "x-proofpoint-spam-flag")))


def _value(root: Part, name: str) -> str:
    raw = root.get(name)
    return raw_text(raw).strip() if raw else ""


def _spamd_result(root: Part) -> bool:
    """Rspamd: `default: False [4.20 / 15.00]` names score and the score at which it rejects."""
    match = _RSPAMD.search(_value(root, "x-spamd-result"))
    if not match:
        return False
    if match[1] is None:
        return True
    return match.group().lower().startswith("default: true") or float(match[1]) >= float(match[2]) > 0


def _microsoft(root: Part) -> bool:
    """Exchange Online: spam confidence 5 and more is what it moves to Junk; SFV says what it decided."""
    report = _value(root, "x-forefront-antispam-report")
    if re.search(r"\bSFV:(?:SPM|SKB|SKS)\b", report):
        return True
    level = re.match(r"\d+", _value(root, "x-ms-exchange-organization-scl"))
    return bool(level and 5 <= int(level.group()) <= 9)
