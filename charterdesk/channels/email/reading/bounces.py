"""Mails that say another mail was not delivered: to whom, for good or for now, and why.

A machine-readable report (RFC 3464) is believed first, the wording of the many mail servers that send none after
that. A person's mail that quotes or attaches a bounce is not one.
"""

import re
from dataclasses import dataclass, replace

from charterdesk.channels.email.reading.bodies import text_of
from charterdesk.channels.email.reading.bounce_fields import DeliveryField, read_delivery_status
from charterdesk.channels.email.reading.bounce_reasons import is_hard, reason_for, usual_status
from charterdesk.channels.email.reading.bounce_texts import Finding, command_in, notice_of, read_bounce_text, status_in
from charterdesk.channels.email.reading.mime import Part, parse

_REPORT_TYPES = {"message/delivery-status", "message/global-delivery-status"}


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One address a mail did not reach."""

    address: str | None
    status: str | None
    action: str
    hard: bool
    reason: str
    diagnostic: str = ""
    final_address: str | None = None  # where the mail had been handed on to, where that is another address

    def as_json(self) -> dict[str, object]:
        """The form `mail explain` prints."""
        return {
            "address": self.address,
            "status": self.status,
            "action": self.action,
            "hard": self.hard,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says. `original` is the head of the mail that bounced, where the bounce carries it."""

    recipients: tuple[FailedRecipient, ...]
    original_message_id: str | None

    def as_json(self) -> dict[str, object]:
        """The form `mail explain` prints."""
        return {"recipients": [recipient.as_json() for recipient in self.recipients]}


_DAEMON = re.compile(
    r"mailer[-_.]?da?emon|postmaster|mail[-_ ]?delivery|delivery[-_ ]?(?:subsystem|system|notification|status)|mdaemon|"
    r"mail system|mail[-_ ]?administrator|mail[-_ ]?daemon|undeliver|smtp ?(?:gateway|daemon)|maildelivery|mail router|"
    r"internet mail (?:delivery|service)|mmdf|mta[-_]?daemon|non-?delivery|deliveryfailure|microsoft outlook|"
    r"\[?mail(?:er)?\]? ?failure|e-?mail delivery|mail[-_ ]service",
    re.IGNORECASE,
)
# Names that many other programs use as well: only together with a subject that speaks of delivery.
_ROBOT = re.compile(
    r"bounce|no-?reply|root@|sys-?admin|mailadm|mail_?handler|listserv|gateway|autoresponder|systemadmin|complaints@|"
    r"^mailer\b|\bmailer@|security|^<?(?:imss|smtp|mx)@|"
    r"daemon@|e-?mail[-_ ]?(?:system|server)|mail[-_ ]?server\b|system administrator|exchange (?:server|admin)|"
    r"mail ?enable|inter-?scan|messagelabs",
    re.IGNORECASE,
)
# Names nobody but a mail server goes by.
_CERTAIN_DAEMON = re.compile(r"mailer[-_.]?da?emon|delivery[-_ ]?(?:sub)?system", re.IGNORECASE)
# Words only programs write. With a subject that speaks of delivery they tell a bounce whatever its sender is called.
_FORMAL = re.compile(
    r"non-?delivery report|failed recipients?\b.{0,8}[:\n-]|remote (?:host|smtp server) (?:said|returned)|"
    r"^error-for:|invalid final delivery|(?:created|generated) automatically|automatically (?:created|generated)|"
    r"\b5\d\d[ -]#?5\.\d{1,3}\.\d|smtp error (?:code|from)|delivery status notification|^<<< \d{3}|"
    r"final-recipient:|mail delivery (?:system|software|subsystem)",
    re.IGNORECASE | re.MULTILINE,
)
_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|dear|good (?:morning|day|afternoon)|hallo|guten|sehr geehrte|liebe|moin|bonjour|salut|"
    r"hola|buenos|estimad|ciao|buongiorno|olá|bom dia|hej|hei|dag|beste|geachte)\b",
    re.IGNORECASE,
)
_ANGLE_LINE = re.compile(r"^<[^<>\s]+@[^<>\s]+>:[ \t]*$", re.MULTILINE)
_UNDELIVERED = re.compile(
    r"(?:could|can|was|were|has|have|is|are|did)(?: ?n.t| ?not|not)? (?:not )?(?:be |been )?"
    r"(?:deliver|reach|sent|complete)|"
    r"unable to (?:be )?deliver|undeliver|deliver(?:y|ed)?[^.]{0,60}(?:fail|delay|problem|unsuccess|error)|"
    r"permanent (?:fatal )?(?:error|failure)|user (?:unknown|not)|unknown user|failed|no such user|returned|mailbox|"
    r"was not delivered|transcript of session|able to deliver|not (?:a )?valid|mail not |no longer valid|"
    r"unzustell|zugestellt|non remis|no se pudo|não foi|mancato|"
    r"送信|配信|宛先|エラー|退信",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|delivery problem|not deliver|un(?:able|-?able) to deliver|"
    r"delivery (?:status|fail|notif|has failed|report|error|problem|delay|final|attempt|unsuccess)|deliverystatus|"
    r"returned? (?:mail|to sender|message|e-?mail)|mail(?: delivery)? (?:fail|error|system error|returned|"
    r"bounce|could not|status|delay|problem)|failure (?:notice|delivery|notification)|failed (?:mail|delivery)|"
    r"message (?:to \S+ )?(?:not|could not|delivery|status|undeliver|delayed|bounced|blocked|was not)|"
    r"email (?:not delivered|delivery|could not|bounce|has not|undeliver|rejected|error)|mail not |bounce|"
    r"could not (?:be )?(?:send|sent|deliver)|"
    r"warning: (?:could not|message)|delayed mail|mail (?:send|sending) error|user unknown|unknown user|"
    r"rejected mail|address not found|no such (?:user|recipient)|"
    r"unzustellbar|nicht zugestellt|unzustellbare|fehlgeschlagen|konnte nicht|zustellung|non remis|"
    r"échec de (?:la )?remise|n'a pas pu être|notification d.échec|"
    r"no se (?:ha )?(?:puede|pudo|podido)? ?entrega|no entregado|error de entrega|devuelto|"
    r"não (?:foi )?entregue|não entregue|falha (?:na|de|no) (?:entrega|envio)|mancata consegna|non recapitabil|"
    r"mancato recapito|"
    r"onbestelbaar|niet (?:worden )?(?:af)?bezorgd|kan ikke leveres|kunne ikke leveres|uleverlig|olevererbart|"
    r"kan inte levereras|niedoręczon|nie można dostarczyć|zwrot|nedoručiteln|не (?:удалось )?(?:достав|"
    r"удается)|недоставлен|"
    r"teslim edilemedi|iletilemedi|配信|配送|送信できません|届けられ|エラー|配達|"
    r"投递|退信|无法(?:送达|投递|传递)|系统退信|배달|전송 실패|반송",
    re.IGNORECASE,
)


def read_bounce(root: Part, text: str | None, *, sender: str, subject: str, is_reply: bool) -> Bounce | None:
    """What the mail says as a bounce; None where it is none. Never raises.

    `sender` is name and address of From in one string; `is_reply` that it answers a mail and quotes it.
    """
    reports = [part for part in root.walk() if part.content_type in _REPORT_TYPES]
    declared = root.type_parameters.get("report-type", "").lower() == "delivery-status"
    failed_header = _failed_header(root)
    answers = is_reply and not _CERTAIN_DAEMON.search(sender)
    if not (reports and declared) and (answers or not _may_bounce(root, text or "", sender, subject, failed_header)):
        return None
    words = text or ""
    if not reports and (declared or not words.strip()) and (inner := _enclosed_report(root)) is not None:
        reports = [part for part in inner.walk() if part.content_type in _REPORT_TYPES]
        words = "\n".join(text_of(part) for part in inner.walk() if part.content_type == "text/plain")
    fields = [field for part in reports for field in read_delivery_status(text_of(part))]
    if not fields and re.search(r"^(?:Final|Original)-Recipient\s*:", words, re.MULTILINE | re.IGNORECASE):
        fields = read_delivery_status(words)
    named = bool(_SUBJECT.search(subject))
    copy = _original_head(root, words)
    if fields:
        recipients = _from_fields(fields, words)
    else:
        recipients = _from_words(words, failed_header, copy, root, certain=named or bool(failed_header))
    failed = tuple(recipient for recipient in recipients if recipient.action in {"failed", "delayed"})
    nameless = declared and not recipients and named and bool(_DAEMON.search(sender))
    return Bounce(failed, _message_id(copy)) if failed or nameless else None


def _enclosed_report(root: Part) -> Part | None:
    """The report within a mail that a gateway attached whole instead of passing it on."""
    for part in root.walk():
        if part.content_type == "message/rfc822":
            inner = parse(part.content())
            if inner.type_parameters.get("report-type", "").lower() == "delivery-status":
                return inner
    return None


def _may_bounce(root: Part, text: str, sender: str, subject: str, failed_header: list[str]) -> bool:
    """Whether sender and subject are those of a mail server telling of a mail it could not deliver."""
    named = bool(_SUBJECT.search(subject))
    if failed_header or (named and root.content_type == "multipart/report"):
        return True
    if not sender or _DAEMON.search(sender):
        return named or bool(_UNDELIVERED.search(text[:3000]) or _ANGLE_LINE.search(text[:3000]))
    if not named:
        return False
    null_path = (root.get("return-path") or b"x").strip() in {b"<>", b"", b"<MAILER-DAEMON>"}
    automatic = (root.get("auto-submitted") or b"").lower().startswith(b"auto-")
    if null_path or automatic or _ROBOT.search(sender):
        return True
    return bool(_FORMAL.search(text[:2000])) and not _GREETING.match(text)


def _failed_header(root: Part) -> list[str]:
    joined = b", ".join(root.get_all("x-failed-recipients") + root.get_all("x-failed-recipient")).decode(
        "utf-8", "replace"
    )
    return re.findall(r"[^\s,;<>]+@[^\s,;<>]+", joined)


# --- from a report ------------------------------------------------------------------------------------------------
def _from_fields(fields: list[DeliveryField], words: str) -> list[FailedRecipient]:
    findings = {
        finding.address.lower(): finding for finding in read_bounce_text(words, known=[field.final for field in fields])
    }
    recipients: list[FailedRecipient] = []
    for field in fields:
        finding = findings.get(field.final.lower()) or findings.get(field.address.lower())
        recipients.append(_judged(field, finding, words, alone=len(fields) == 1))
    return _without_doubles(recipients)


def _judged(field: DeliveryField, finding: Finding | None, words: str, *, alone: bool) -> FailedRecipient:
    diagnostic = field.diagnostic
    said = finding.words if finding else ""
    if not diagnostic or (re.fullmatch(r"[\d .#-]*", diagnostic) and said):
        diagnostic = said or (words[:3000] if alone else "")
    status = field.status
    if (not status or status.endswith(".0.0")) and (found := status_in(diagnostic)):
        status = found
    action = field.action or (
        "delayed" if status.startswith("4") and re.search(r"delay|will (?:be )?retr|still", words) else "failed"
    )
    command = command_in(said + " " + field.diagnostic) or (command_in(words) if alone else "")
    full = _disk_full_notice(words) if alone else ""
    reason = full or reason_for(diagnostic, status=status, action=action, command=command, kind=field.kind)
    if reason in {"onhold", "undefined", "systemerror"} and alone and words:
        again = reason_for(words[:2000], status="", action=action, command=command)
        reason = again if again not in {"onhold", "undefined", "syntaxerror"} else reason
    return FailedRecipient(
        address=field.address,
        status=status or usual_status(reason, temporary=action == "delayed"),
        action=action,
        hard=action != "delayed" and is_hard(reason, status),
        reason=reason,
        diagnostic=" ".join(diagnostic.split())[:500],
        final_address=field.final,
    )


def _disk_full_notice(words: str) -> str:
    """A mailbox's own filter says it is full, while the server reports something else."""
    match = re.search(
        r"automatically rejected:\s*(not enough disk space|quota exceeded|.{0,40}quota)", words, re.IGNORECASE
    )
    return "mailboxfull" if match else ""


# --- from words ---------------------------------------------------------------------------------------------------
def _from_words(words: str, failed_header: list[str], copy: str, root: Part, *, certain: bool) -> list[FailedRecipient]:
    findings = read_bounce_text(words, known=failed_header, domain=_sender_domain(root))
    named = {finding.address.lower() for finding in findings}
    for address in failed_header:
        if address.lower() not in named:
            findings.append(Finding(address, findings[0].words if len(findings) == 1 else words[:3000]))
    if failed_header:
        wanted = {address.lower() for address in failed_header}
        findings = [finding for finding in findings if finding.address.lower() in wanted] or findings
    if not findings and certain and (address_found := _addressee(copy)):
        findings = [Finding(address_found, words[:3000])]
    return _without_doubles([_judged_words(finding, words, alone=len(findings) == 1) for finding in findings])


def _sender_domain(root: Part) -> str:
    match = re.search(rb"@([\w.-]+)", root.get("from") or b"")
    return match[1].decode("ascii", "replace").lower() if match else ""


def _judged_words(finding: Finding, words: str, *, alone: bool) -> FailedRecipient:
    said = finding.words
    if alone and not re.search(r"\b[45]\d\d[ -]|[45]\.\d\.\d", said):
        said = f"{said}\n{notice_of(words)[:3000]}".strip()
    status = status_in(said) or (status_in(words[:4000]) if alone else "")
    delayed = _is_delay(words, said)
    command = command_in(said) or (command_in(words) if alone else "")
    reason = reason_for(said, status=status, action="delayed" if delayed else "failed", command=command)
    if reason in {"onhold", "undefined"} and alone:
        again = reason_for(words[:3000], status=status, action="failed", command=command)
        reason = again if again != "syntaxerror" else reason
    if delayed and reason in {"onhold", "undefined"} | ({"systemerror"} if not status else set()):
        reason = "expired"
    return FailedRecipient(
        address=finding.address,
        status=status or usual_status(reason, temporary=delayed),
        action="delayed" if delayed else "failed",
        hard=not delayed and is_hard(reason, status),
        reason=reason,
        diagnostic=" ".join(said.split())[:500],
    )


_DELAY = re.compile(
    r"(?:has not yet been|not yet been|still (?:being )?(?:try|attempt|queued)|will (?:continue to |"
    r"be )?(?:try|retr|keep)|delivery (?:attempts will continue|is delayed|has been delayed)|"
    r"message (?:is |has been |was )?delayed|warning message only|do not need to resend|no action is required|"
    r"temporarily deferred|delivery to the following recipients? has been delayed|wird weiterhin|"
    r"transient non-fatal)",
    re.IGNORECASE,
)


def _is_delay(words: str, said: str) -> bool:
    head = words[:2500]
    if re.search(
        r"permanent(?:ly)? (?:error|fail|fatal)|given up|giving up|will not (?:be )?retr|"
        r"could not be delivered (?:for|after)",
        head,
        re.IGNORECASE,
    ):
        return False
    return bool(_DELAY.search(head)) and not re.search(r"\b5\d\d[ -]5\.", said)


def _without_doubles(recipients: list[FailedRecipient]) -> list[FailedRecipient]:
    """One entry per address; a failure outweighs a delay of the same address."""
    best: dict[str, FailedRecipient] = {}
    for recipient in recipients:
        key = (recipient.final_address or recipient.address or "").lower()
        known = best.get(key)
        if known is None or (known.action == "delayed" and recipient.action == "failed"):
            best[key] = replace(recipient)
    return list(best.values())


# --- the mail that bounced ----------------------------------------------------------------------------------------
def _original_head(root: Part, words: str) -> str:
    for part in root.walk():
        if part.content_type in {
            "message/rfc822",
            "message/global",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/partial",
            "message/global-headers",
        }:
            return text_of(part)[:20_000]
    match = re.search(
        r"^(?:Received|Return-Path|Message-ID|From|Date|To|DKIM-Signature)\s*:", words, re.MULTILINE | re.IGNORECASE
    )
    return words[match.start() : match.start() + 20_000] if match else ""


def _addressee(copy: str) -> str | None:
    match = re.search(r"^To\s*:\s*(.*(?:\n[ \t].*)*)", copy, re.MULTILINE | re.IGNORECASE)
    found = re.search(r"[\w.+'=/-]+@[\w.-]+\w", match[1]) if match else None
    return found.group() if found else None


def _message_id(copy: str) -> str | None:
    match = re.search(r"^Message-ID\s*:\s*<([^<>\s]+)>", copy, re.MULTILINE | re.IGNORECASE)
    return match[1] if match else None
