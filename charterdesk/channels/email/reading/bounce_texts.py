"""Bounces as mail servers word them for people: who did not get the mail, and what the server said."""

import re
from dataclasses import dataclass

_ADDRESS = r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}@[\w-]+(?:\.[\w-]+)*(?:\.\[?[\w-]+)?|\"[^\"\n]+\"@[\w.-]+"
MAX_NOTICE = 20_000  # characters a server's own words may have
_LOOSE_ADDRESS = re.compile(_ADDRESS)


@dataclass(frozen=True, slots=True)
class Finding:
    """An address a bounce names, and what stands with it."""

    address: str
    words: str


# Where the copy of the bounced mail begins: addresses below are not recipients of the bounce.
_COPY = re.compile(
    r"^[\s>]*(?:-{2,}\s*(?:below this line|this is a copy|original message|unsent message|returned message|"
    r"returned mail|message header|undelivered message|headers? follow|the (?:header|body) of|"
    r"your (?:original )?message|forwarded message|enclosed is|transcript of message|content of|"
    r"rejected message|mensaje original|ursprüngliche nachricht|message text|copy of|start of)|"
    r"original message (?:headers?|follows)|the (?:original|first \d+|message) (?:message|headers?|lines of|"
    r"you sent)|--- ?(?:the )?(?:header|original)|\*{3,} ?original|message header(?:s)?:|"
    r"message headers follow|headers of the original|"
    r"(?:a copy of )?(?:your|the) (?:original )?(?:message|mail)(?: headers?)? (?:follows|is (?:attached|"
    r"included|enclosed)|begins)|included is a copy|unsent message below|the text of the message|<< ?original|"
    r"here is (?:a|your) (?:copy|message)|received: (?:from|by|\()|return-path: ?<|"
    r"from: .+\n(?:.*\n){0,3}(?:to|subject|date): ).*$",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS = re.compile(r"(?<![\d.])([245]\.[0-7]\.\d{1,3})(?![\d.]*\d)")
_STATUS_MARKED = re.compile(r"\(#([45]\.\d\.\d{1,3})\)|\b\d{3}[- ]#?([45]\.\d\.\d{1,3})\b")
_COMMANDS = (
    (
        re.compile(
            r"in reply to (?:the )?(?:end of )?(mail from|rcpt to|data|ehlo|helo|end of data|starttls)|"
            r"in reply to end of (data)",
            re.IGNORECASE,
        )
    ),
    (
        re.compile(
            r"after (?:pipelined )?(mail from|rcpt to|rcpt|ehlo|helo|initial connection|end of data|data|"
            r"sending data|pipelined data)",
            re.IGNORECASE,
        )
    ),
    (
        re.compile(
            r"(mail from|rcpt to|data|ehlo|helo) (?:command|response)|\[(mail_from|rcpt_to|data|helo)\]|(rcpt|mail|"
            r"data) command (?:failed|rejected)|refused (?:the )?(mail|rcpt)|sender was (rejected)|"
            r"recipient was (rejected)|does not like (recipient|sender)|(?:sent|said to)? ?>>> ?(mail|rcpt|"
            r"data)[^>]*<<<[^>]*\Z",
            re.IGNORECASE,
        )
    ),
)


def status_in(words: str) -> str:
    """The enhanced status code (RFC 3463) that stands in `words`, failures before successes; "" where none does."""
    if match := _STATUS_MARKED.search(words):
        return match[1] or match[2]
    found = [match for match in _STATUS.findall(words) if match[0] != "2"]
    return found[0] if found else ""


def command_in(words: str) -> str:
    """The SMTP command the server refused: MAIL, RCPT, DATA, EHLO, CONN; "" where the words do not say."""
    if last := _last_dialogue_command(words):
        return last
    for pattern in _COMMANDS:
        if match := pattern.search(words):
            return _command(match)
    if match := re.search(r"\(state (\d{1,2})\)", words):  # Gmail's own numbers
        return {"6": "MAIL", "13": "EHLO", "14": "RCPT", "15": "MAIL", "16": "DATA", "17": "DATA", "18": "DATA"}.get(
            match[1], ""
        )
    return ""


def _command(match: re.Match[str]) -> str:
    said = next((group for group in match.groups() if group), "").lower().replace("_", " ")
    if said in {"rejected", "recipient", "sender"}:
        return "MAIL" if "sender" in match.group().lower() else "RCPT"
    if "data" in said:
        return "DATA"
    if said.startswith("initial"):
        return "CONN"
    return {"mail": "MAIL", "rcpt": "RCPT", "ehlo": "EHLO", "helo": "HELO", "star": "STARTTLS"}.get(said[:4], "")


def _last_dialogue_command(words: str) -> str:
    """The last `>>> COMMAND` before the first `<<< 4xx or 5xx` of a Sendmail transcript."""
    refusal = re.search(r"^<<< [45]\d\d", words, re.MULTILINE)
    if not refusal:
        return ""
    sent = re.findall(r"^>>> (\w{4})", words[: refusal.start()], re.MULTILINE)
    return sent[-1].upper() if sent else ""


def notice_of(text: str) -> str:
    """The server's own words: `text` without the copy of the bounced mail below."""
    text = text[:MAX_NOTICE]
    first = _LOOSE_ADDRESS.search(text)
    for match in _COPY.finditer(text):
        if match.start() > 60 and first and first.end() <= match.start():
            return text[: match.start()]
    return text


def read_bounce_text(text: str, *, known: list[str] | None = None, domain: str = "") -> list[Finding]:
    """Who a bounce's `text` says did not get the mail.

    `known` addresses (from headers) are looked for first; `domain` is the sender's, for a server that names its own
    users without one.
    """
    notice = notice_of(text)
    for reader in (
        _x400, _angle_colon, _sendmail, _exchange, _indented, _labelled, _listed, _weakly_labelled, _refused, _sentence,
    ):  # fmt: skip
        if findings := reader(notice) or (_bare_names(notice, domain) if reader is _refused else []):
            if known:
                findings += [
                    finding
                    for finding in _near(notice, known)
                    if finding.address.lower() not in {one.address.lower() for one in findings}
                ]
            return findings
    return _near(notice, known or [])


def _near(notice: str, known: list[str]) -> list[Finding]:
    findings: list[Finding] = []
    for address in known:
        place = notice.lower().find(address.lower()) if address else -1
        if place >= 0:
            findings.append(Finding(address, _paragraph(notice, place)))
    return findings


def _paragraph(text: str, place: int) -> str:
    end = text.find("\n\n", place)
    return text[place : end if end >= 0 else place + 2000][:3000]


_ANGLE = re.compile(
    rf"^[ \t]*(?:[*-] )?[<\[]?((?<=[<\[])(?:{_ADDRESS}))[>\]](?:,? ?\((?:expanded from|"
    rf"original).*?\))?(?:[^:\n]{{0,80}})?:(?!//)[ \t]*(.*)$",
    re.MULTILINE,
)


def _angle_colon(notice: str) -> list[Finding]:
    """`<jane@example.org>:` and what was said below or beside it: qmail, Postfix, Yahoo, Courier and many more."""
    matches = list(_ANGLE.finditer(notice))
    findings: list[Finding] = []
    for number, match in enumerate(matches):
        end = matches[number + 1].start() if number + 1 < len(matches) else len(notice)
        words = notice[match.start(2) : end].lstrip("\n")
        paragraphs = re.split(r"\n\s*\n", words.strip("\n"))
        findings.append(Finding(match[1], paragraphs[0] if paragraphs and paragraphs[0].strip() else words[:1500]))
    return findings


_X400 = re.compile(rf"(?:dda:|;)(?:SMTP|RFC-?822)=({_ADDRESS})[;,]?(.*(?:\n(?![ \t]*\n).*){{0,6}})", re.IGNORECASE)


def _x400(notice: str) -> list[Finding]:
    """Exchange of old: an X.400 address that holds the one the mail was sent to."""
    return [Finding(match[1], match[2]) for match in _X400.finditer(notice)]


def _bare_names(notice: str, domain: str) -> list[Finding]:
    """A provider that lists its own users by name alone: `\\tjane` below a sentence about recipients."""
    intro = re.search(r"(?:recipient|user|address)[^\n]*(?:deliver|reach|not accept)[^\n]*\n", notice, re.IGNORECASE)
    if not intro or not domain:
        return []
    names = re.match(r"(?:[ \t]*\n)*((?:[ \t]+[\w.+-]{2,40}[ \t]*(?:\n|\Z))+)", notice[intro.end() :])
    return [Finding(f"{name}@{domain}", notice[:2000]) for name in names[1].split()] if names else []


_SENDMAIL_HEAD = re.compile(
    r"(?<!-)-{3,} ?The following addresses? (?:had|has) (?:permanent |transient |delivery )?(?:non-?)?(?:fatal |"
    r"delivery )?(?:errors?|problems?|status notifications).*-{3,}|(?<!-)-{3,} ?The following addresses? had.*$",
    re.IGNORECASE | re.MULTILINE,
)


def _sendmail(notice: str) -> list[Finding]:
    """Sendmail: a list of addresses with `(reason: ...)`, then a transcript of what the servers said."""
    head = _SENDMAIL_HEAD.search(notice)
    if not head:
        return []
    transcript_at = re.search(r"(?<!-)-{3,} ?Transcript of session follows ?-{3,}", notice)
    listed = notice[
        head.end() : transcript_at.start() if transcript_at and transcript_at.start() > head.end() else len(notice)
    ]
    transcript = notice[transcript_at.end() :] if transcript_at else ""
    findings: list[Finding] = []
    for match in re.finditer(
        rf"^[ \t]*<?({_ADDRESS})>?[ \t]*(?:\(.*\))?[ \t]*(.*(?:\n[ \t]+.*)*)", listed, re.MULTILINE
    ):
        address = match[1]
        said = match[2] + "\n" + _about(transcript, address)
        findings.append(Finding(address, said.strip() or transcript[:2000]))
    return findings


def _about(transcript: str, address: str) -> str:
    """The lines of an SMTP transcript that concern `address`; all of it when none names it."""
    blocks = re.split(r"(?=^\.{3} while talking)", transcript, flags=re.MULTILINE)
    near = [block for block in blocks if address.lower() in block.lower()]
    return "\n".join(near or blocks)[:3000]


_EXCHANGE_HEAD = re.compile(
    r"(?:the following recipient\(s\) (?:could not|cannot) be reached|delivery (?:has failed )?to (?:these|"
    r"the following) recipients?(?: or (?:distribution lists|groups))?(?: (?:has )?failed)?|"
    r"could not be delivered to the following recipients?|"
    r"diagnostic information for administrators|"
    r"did not reach the following recipient\(s\)|your message did not reach some or all of the intended recipients|"
    r"delivery is delayed to these recipients.*|your message wasn't delivered to|"
    r"fehler bei der nachrichtenzustellung an folgende|échec de la remise|la entrega a (?:estos|"
    r"los siguientes) destinatarios|.{0,40}destinatari.{0,60})[:.]",
    re.IGNORECASE,
)


def _exchange(notice: str) -> list[Finding]:
    """Exchange and Office 365: administrators' details say most; `address on date` lines in older ones."""
    if not _EXCHANGE_HEAD.search(notice):
        return []
    details = re.search(
        r"(?:diagnostic information for administrators|diagnoseinformationen|informations de diagnostic|"
        r"información de diagnóstico)[^\n]*:?(.*)",
        notice,
        re.IGNORECASE | re.DOTALL,
    )
    body = details[1] if details else notice
    findings: list[Finding] = []
    pattern = (
        rf"^[ \t>*]*(?:'|<)?({_ADDRESS})(?:'|>|<mailto:[^>]*>)?(?: on .{{6,60}})?[ \t]*\n((?:[ \t]*\S.*\n?){{0,8}})"
    )
    for match in re.finditer(pattern, body, re.MULTILINE):
        findings.append(Finding(match[1], match[2]))
    if not findings and (mailto := re.findall(r"mailto:([^\s>\]]+@[^\s>\]]+)", notice)):
        findings = [Finding(address, body[:2000]) for address in dict.fromkeys(mailto)]
    return findings


_INDENT = re.compile(
    rf"^(?: {{1,8}}|\t)<?({_ADDRESS}|\w[\w.-]{{1,40}}(?=\n[ \t]{{3,}}\S.*(?:error|host|unknown|"
    rf"remote)))>?[ \t]*(?:\(.*\))?:?[ \t]*\n((?:(?:[ \t]{{2,}}.*)\n?)*)",
    re.MULTILINE,
)


def _indented(notice: str) -> list[Finding]:
    """Exim and its like: the address indented by two, what was said indented more."""
    if not re.search(r"fail|could not|cannot|undeliver|not been delivered|delay|following", notice, re.IGNORECASE):
        return []
    findings: list[Finding] = []
    for match in _INDENT.finditer(notice):
        findings.append(Finding(match[1], match[2] if match[2].strip() else notice[match.end() : match.end() + 1500]))
    return findings


def _labels(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"^[ \t*>(]*(?:{names})\s*(?:[:=]|(?<=(?:to|om))(?=\s))\s*(?:rfc822;\s*)?(?:\[?smtp:)?[<'\"\[]*({_ADDRESS})"
        r"(.*(?:\n(?![ \t]*\n).*){0,6})",
        re.IGNORECASE | re.MULTILINE,
    )


_LABEL = _labels(
    r"failed (?:recipient|address|addresses)|recipients?(?: address(?:es)?)?|intended recipient|final-recipient|"
    r"original-recipient|destinataire|destinatario|empfänger|error (?:sending|delivering) to|undeliverable to|"
    r"did not reach the following recipient\(s\)|unknown user|original recipient|unable to deliver message to|"
    r"could not be delivered to|(?:originally )?addressed to|failed to deliver to|not delivered to|error-for|"
    r"invalid final delivery userid|generated from"
)
_WEAK_LABEL = _labels(r"user|mailbox|to|rcpt|rcpt to|address|message (?:for|to)|mail to|delivery to")


def _labelled(notice: str) -> list[Finding]:
    """`Failed Recipient: jane@example.org` and the like."""
    return [Finding(match[1], match[2]) for match in _LABEL.finditer(notice)]


def _weakly_labelled(notice: str) -> list[Finding]:
    """`To: jane@example.org`, which may as well describe the mail: only where nothing better stands."""
    return [
        Finding(match[1], match[2] + notice[match.end() : match.end() + 1500]) for match in _WEAK_LABEL.finditer(notice)
    ]


_INTRO = re.compile(
    r"(?:fail|could ?n['o]?t|cannot|can't|undeliver|not (?:be |been )?(?:deliver|sent|reach|receiv)|unable|"
    r"returned|rejected|problem|error|unknown|following|unsuccess|message to|addressed to|"
    r"delivery of|nicht|n'a pas|no se|non è|não|kunne ikke|"
    r"kunde inte|配信|送信|下記|以下|無法|无法)[^\n]*[:：.。]?[ \t]*\n(?:[ \t]*\n)*(?:[ \t*>\"-]*<?[\w.+'=/-]+@)",
    re.IGNORECASE,
)


def _listed(notice: str) -> list[Finding]:
    """A sentence that announces the addresses, then one address a line."""
    intro = _INTRO.search(notice)
    if not intro:
        return []
    start = notice.rfind("\n", 0, intro.end()) + 1
    rest = notice[start:]
    matches = list(
        re.finditer(rf"^[ \t*>\"-]*<?({_ADDRESS})>?\"?(?:<mailto:[^>]*>)?[ \t]*[;:,-]?[ \t]*(.*)$", rest, re.MULTILINE)
    )
    findings: list[Finding] = []
    for number, match in enumerate(matches):
        if number and rest[matches[number - 1].end() : match.start()].count("\n\n") > 1:
            break
        end = matches[number + 1].start() if number + 1 < len(matches) else len(rest)
        findings.append(Finding(match[1], (match[2] + "\n" + rest[match.end() : end])[:2500]))
    return findings


_REFUSED = re.compile(
    rf"^[ \t]*<?({_ADDRESS})>?[ \t]*(?:-|:|is|was|;)[ \t]*((?:no such|unknown|user|not|invalid|does|mailbox|full|"
    r"quota|address|account|recipient|rejected|an? (?:invalid|unknown))\b.*)$",
    re.IGNORECASE | re.MULTILINE,
)


def _refused(notice: str) -> list[Finding]:
    """`jane@example.org - no such user here`: address and reason on one line."""
    return [Finding(match[1], match[2]) for match in _REFUSED.finditer(notice)]


_SENTENCE = re.compile(
    rf"(?:message|mail|delivery|deliver|user|recipient|address|mailbox|account|sent|sending|to|for|"
    rf"destinataire|an|a)[^\n@]{{0,80}}?[\s<('\"]({_ADDRESS})[^\n]{{0,200}}",
    re.IGNORECASE,
)


def _sentence(notice: str) -> list[Finding]:
    """An address inside a sentence about failing."""
    for paragraph in re.split(r"\n\s*\n", notice[:6000]):
        if not re.search(
            r"fail|could ?n|cannot|can't|unable|undeliver|not (?:be |been )?(?:deliver|found|exist)|unknown|"
            r"reject|full|quota|no such|return|not (?:a )?valid|no longer|did not (?:exactly )?match|not been|"
            r"拒否|不明|存在|送信|配信|nicht|inconnu",
            paragraph,
            re.IGNORECASE,
        ):
            continue
        if match := _SENTENCE.search(paragraph):
            return [Finding(match[1].strip(".'"), notice[:2500])]
    return []
