"""Why a mail was refused: a small vocabulary, read from the refusing server's words, status code and SMTP command.

The words of the vocabulary are those bounce tools have in common:

address      userunknown hostunknown hasmoved notaccept suspend filtered mailboxfull
size, rate   mesgtoobig exceedlimit systemfull toomanyconn speeding
trust        blocked badreputation rejected authfailure norelaying securityerror spamdetected virusdetected
             policyviolation contenterror
machinery    expired networkerror systemerror mailererror syntaxerror
else         onhold (words we do not understand) undefined (no words at all)
"""

import re

_P = re.IGNORECASE | re.DOTALL


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), _P)


MAILBOX_FULL = _any(
    r"(?:mail ?box|inbox|account|user|recipient|quota|maildir|mailfolder|mail folder|disk|"
    r"storage)[^.;\n]{0,60}(?:is |was |are |been )?(?:full\b|over ?(?:the |its |their )?(?:allowed |disk |"
    r"storage )?quota|exceed(?:s|ed|ing)?\b|out of storage)",
    r"\bover ?quota\b|quota (?:exceeded|violation|usage exceeded|full)|exceed(?:ed|s|ing)? (?:its |their |the |"
    r"your )?(?:mailbox |storage |disk |mail )?(?:quota|storage|disk space)",
    r"mailbox full|full mailbox|mailfolder is full|not enough (?:disk |storage )?space|"
    r"does not have enough space|disc quota|userdisk quota|domaindisk quota",
    r"boite du destinataire pleine|buz[oó]n lleno|postfach (?:ist )?(?:voll|überfüllt)|"
    r"casella (?:di posta )?piena|caixa (?:postal )?cheia|too much mail data|too many messages on the server|"
    r"space has been used up|storage allocation|insufficient (?:disk|storage) (?:space|quota)|"
    r"メールボックス.{0,12}(?:満杯|いっぱい|容量)|maximum allowed storage|account is full",
)
TOO_BIG = _any(
    r"message (?:is )?too (?:big|large)|message file too big|message (?:size|length) exceed|size (?:exceeds|"
    r"limit)|max(?:imum)? message size|exceeded? .{0,30}message size|exceeds? the maximum (?:allowed )?size|"
    r"line limit exceeded|too large for this|mail size limit|exceeds? size limit"
)
SUSPEND = _any(
    r"(?:account|mailbox|user|recipient|address)[^.;\n]{0,50}\b(?:disabled|deactivated|suspended|frozen|locked|"
    r"inactive|discontinued|closed|expired|terminated)\b",
    r"mailbox (?:currently |is )?(?:suspended|frozen|unavailable or access denied)|inactive (?:user|mailbox|"
    r"account)|user suspended|(?:disabled|suspended|inactive|deactivated) (?:account|mailbox|recipient|user)|"
    r"boite du destinataire archivee|is currently suspended|temporarily inactive|not_active|"
    r"domain is not active|suspend the service",
)
HAS_MOVED = _any(
    r"(?:has been|address) (?:changed|replaced by|moved)|has moved|account has been moved|"
    r"no longer .{0,30}new address"
)
NO_RELAYING = _any(
    r"relay(?:ing)?(?: access| operation)? (?:denied|prohibited|not (?:allowed|permitted)|rejected|"
    r"is not permitted)|not (?:permitted|allowed|authori[sz]ed) to relay|unable to relay|cannot relay|"
    r"can't relay|we do(?: not|n't) relay|relay(?:ing)? not (?:allowed|permitted)|insecure mail relay|"
    r"isn't in my list of allowed rcpthost|no relaying|not local host|not a gateway|mail relay denied|"
    r"invalid credentials for relay|requires authentication when attempting to send to a non-local|"
    r"relay not permitted|as a relay, but i have not been configured|open relay",
)
AUTH_FAILURE = _any(
    r"dmarc|\bspf\b[^.\n]{0,60}(?:fail|reject|softfail|not pass|record|settings|policy|check)|(?:fail|reject|"
    r"pass|per)[^.\n]{0,50}\bspf\b|sender policy framework|spf\.pobox\.com|openspf|dkim[^.\n]{0,60}(?:fail|"
    r"not pass|invalid|missing)|authenticate with (?:either )?spf|unauthenticated email|authentication checks|"
    r"not allowed to send (?:mail|from)",
)
USER_UNKNOWN = _any(
    r"(?:user|recipient|mail ?box|account|address|local[- ]part|e-?mail address|login|destination|mailbox name|"
    r"alias|id|adressee|addressee)[^.;\n]{0,60}?\b(?:is |was |are |were |has )?(?:unknown|not (?:be )?(?:found|"
    r"exist|known|present|listed|recogni[sz]ed|valid)|invalid|does(?: not|n'?t) exist|doesn'?t have|"
    r"no longer (?:valid|exists?|available|active|on server)|unavailable|undeliverable)",
    r"(?:unknown|invalid|bad|illegal|no such|non-?existent|unrecogni[sz]ed|undefined|incorrect|"
    r"unregistered)[-_ ](?:user|recipient|mail ?box|account|address|local[- ]part|e-?mail|person|destination|"
    r"virtual user|addressee|login|alias|rcpt|recipients)",
    r"no (?:mailbox|account|user|one|person|such|valid recipients?|local mailbox|active|mail box)\b|"
    r"not a (?:valid|local|known)|is not (?:a (?:valid|known|local|registered)|an active|our|local|known|in|"
    r"registered)|does not (?:exist|like recipient)|doesn't exist|not listed in|not our customer|"
    r"can'?t accept user|badrcptto|recipnotfound|recipient ?notfound|user missing home|there is no|"
    r"isn't? (?:a )?(?:valid|known|here|local)|unknown to|couldn'?t be found|could not be found|wasn'?t found|"
    r"not found at|was not found|not in (?:our|my|the|name) |archived recipient|rcpt .{0,60}does not|"
    r"address invalid|recipient rejected|recipient address rejected|unable to find|no mx record.{0,5}user|"
    r"mailbox unavailable|bad address|address rejected|undeliverable address|unrouteable local|no se encuentra|"
    r"no existe|utilisateur inconnu|destinataire (?:inconnu|invalide)|unbekannter? (?:empf|benutz)|"
    r"empfänger (?:unbekannt|existiert)|nessun utente|utente (?:sconosciuto|inesistente)|"
    r"usu[aá]rio (?:desconhecido|inexistente)|gebruiker onbekend|見つかりません|存在しません|"
    r"宛先.{0,12}(?:不明|存在|ありません|見つ)|ユーザー?.{0,10}(?:不明|存在)|用户不存在|收件人不存在|"
    r"account_not|adr\.recip|unknown or illegal alias|unknown address|"
    r"unknown mailbox|user name .{0,40}not",
)
FILTERED = _any(
    r"\(state 1[78]\)|accept(?:s|ing) mail from specific|due to extended inactivity|restricted sms|"
    r"not accepting any mail|user rules|recipient preferences|resolver\.rst\.notauthorized|"
    r"account is protected by|user reject|refuse to receive mail|blocked by the recipient|message discarded by|"
    r"bounced address|not accepting (?:messages|mail)(?: from|$)|is not allowed to send to this|"
    r"you do not have permission|not have permission to send|receiver (?:refuse|reject)|restricts who can send|"
    r"only accepts? (?:mail|messages) from|(?:受信者|受信).{0,10}拒否|お客様.{0,20}受信しない",
)
REJECTED = _any(
    r"sender (?:address |e-?mail address |domain )?(?:was |is |has been |verify )?(?:rejected|"
    r"not pre-?approved|failed|blacklisted|denied|invalid|is empty|is spammer|refused|not allowed|unknown)",
    r"access denied \((?:in reply to mail|sender)|\(in reply to mail from command\)|batv|"
    r"backscatter protection|bogus mail from|valid sender domain|empty envelope sender|null sender|"
    r"invalid sender|domain of sender|sender'?s? (?:domain|address)[^.\n]{0,60}(?:not (?:exist|resolve|found|"
    r"valid)|does not|unresolvable|invalid)|unroutable sender|email address is not verified|"
    r"administrative prohibition|delivery not authorized, message refused|emetteur invalide|"
    r"mx records for .{0,60}violate|no third-party dsns|not a registered gateway user|envelope blocked|"
    r"returned mail not accepted|fully qualified email address required|mail from .{0,60}(?:rejected|not owned|"
    r"denied)|does not accept mail from|sender was rejected|you are not allowed to send|bouncedeny|"
    r"rule imposed mailbox access",
)
HOST_UNKNOWN = _any(
    r"host or domain name not found|host(?:name)? (?:is )?(?:unknown|unreachable|not found|lookup did not)|"
    r"unknown host|no such (?:domain|host)|domain (?:name )?\S{0,60}\s?(?:does not|doesn'?t) exist|domain (?:is )?(?:not reachable|"
    r"must exist|unknown|not found|invalid)|name or service not known|unroutable (?:address|mail domain)|"
    r"unrouteable (?:address|mail domain)|unknown (?:mail )?domain|recipient domain must exist|"
    r"couldn'?t find any host(?: named)?|no dns|no mx|dns (?:lookup )?(?:error|failure)|nxdomain|"
    r"bad destination (?:host|system)|domain .{0,50}(?:could ?n'?t|not) be found|cannot find (?:a |the )?(?:mx|"
    r"host|domain)|all relevant mx records point to non-existent|invalid (?:domain|host)|host not found|"
    r"name server|illegal host|non-?existent domain|the account or domain may not exist|unable to resolve|"
    r"can't find host|ドメイン.{0,15}(?:存在|見つ)",
)
SPAM = _any(
    r"spam(?!haus|cop)|\bube\b|unsolicited|junk ?mail|bulk (?:e-?mail|mail)|content (?:filter|rejected|"
    r"rejection)|message (?:content )?(?:filtered|rejected due to content|contains .{0,30}spam)|"
    r"blacklisted url|banned content|uribl|mail content denied|unacceptable content|recurrent pattern|"
    r"\breject, id=|identified .{0,20}as spam|spamassassin|high probability of|rejecting mail content|phish",
)
VIRUS = _any(
    r"virus|infected|malware|trojan|worm detected|potentially executable|dangerous attachment|"
    r"blocked attachment"
)
SPEEDING = _any(
    r"rate limit|sent too (?:quickly|fast|many)|sending (?:rate|limit)|please try again slower|"
    r"receiving mail at a rate|throttl|try again slowly|sending mail too fast|sending messages too|ratelimit"
)
TOO_MANY = _any(
    r"too many (?:connections|concurrent|recipients|errors|smtp sessions|hops from|sessions|messages from)|"
    r"connection (?:rate )?limit|maximum (?:number of )?connections|max emails per hour|trop de connexions|"
    r"per-domain connection limit|numerous attempts"
)
BLOCKED = _any(
    r"traffic not accepted|gr[ea]ylist|blocked (?:using|by|-|for|list)|black ?list|block ?list|blocklist|denylist|\brbl\b|dnsbl|spamhaus|"
    r"spamcop|sorbs|barracuda|reputation|banned (?:sending )?ip|bad (?:dns ptr|sender ip|helo)|reverse dns|"
    r"ptr (?:record|resource)|no ptr|rdns|(?:your|client|sending|sender'?s?|the|from|source) (?:ip|host|"
    r"hostname|network|server|mta)\b[^.\n]{0,80}(?:blocked|rejected|denied|refused|listed|banned|not allowed|"
    r"reject|bad|unknown|fail)|access (?:from ip|denied.? ip)|dynamic (?:ip|zombie)|hosts? with dynamic|helo|"
    r"ehlo|cannot find your hostname|resolve your (?:address|hostname)|go away|not accepting connections|"
    r"connection (?:refused by|dropped|reset|was dropped|closed)|refused to talk to me|temporarily deferred|"
    r"user complaints|confirm this mail server|use the smtp server of your isp|smtp server of your isp|"
    r"not allowed to connect|you are sending spam|too many spams from your ip|unresolvable relay|open proxy|"
    r"after initial connection|purported responsible|not currently accepting mail from your ip|"
    r"service not available, closing|client host rejected|mail server .{0,30}(?:blocked|not)|suspicious(?:ly)?|"
    r"block list|generic dns|(?<!not )listed (?:in|at|on|as)\b|policy (?:on|for) .{0,20}ip",
)
POLICY = _any(
    r"header error|policy (?:reasons?|violation|restriction)|polic(?:y|ies)\b|illegal attachment|"
    r"security policies|members-only|closed mailing list|not subscribed|protocol violation|"
    r"organizational settings|local policy|multiple addresses|content presents a potential|"
    r"images or other attachments|without solving a captcha|header are not accepted|not accepted for policy|"
    r"denied by policy|administrator.{0,40}(?:reject|block)|attachment.{0,40}not allowed",
)
BAD_REPUTATION = _any(
    r"(?:low|poor|bad) reputation|reputation (?:score|of the sending|problems)|"
    r"rate limited due to ip reputation"
)
SECURITY = _any(
    r"authenticat(?:ion|e)[^.\n]{0,40}(?:failure|required|invalid|failed|turned on)|not authenticate|"
    r"verification failure|account not subscribed to ses|not authori[sz]ed|access denied|executable files|"
    r"tls required|starttls|certificate|unauthenticated senders|is a dead domain|encryption required|"
    r"not authorised",
)
NETWORK = _any(
    r"too many hops|hop count|mail (?:forwarding )?loop|message looping|routing loop|no route to host|"
    r"host is unreachable|network (?:is )?(?:error|unreachable)|malformed (?:or unexpected )?name server|"
    r"dns records .{0,40}could not|host not found, try again|unable to route|could not connect|"
    r"name server (?:timeout|failure)|dns (?:timeout|server)|maximum forwarding|bad connection|lost connection|"
    r"conversation with .{0,80}timed out|connection failed",
)
EXPIRED = _any(
    r"connection timed out|timed ?out|time ?out|delivery (?:time|attempt).{0,12}(?:expired|fail)|retry (?:time|"
    r"timeout)|too long|could not find a gateway|giving up|gave up|given up|not been collected|message expired|"
    r"queue (?:too long|expired)|expired|did not respond|unable to deliver (?:the|your)? ?message (?:for|"
    r"within|after)|maximum delivery time|not reachable within|has been (?:delayed|deferred)|"
    r"will (?:be retried|continue)|still (?:trying|being)|delayed|no answer|not yet been delivered|"
    r"attempted .{0,30}(?:hours|days)|after \d+ (?:hours|days|attempts)",
)
SYSTEM = _any(
    r"system(?: config(?:uration)?)? error|server (?:error|configuration error|misconfigured)|"
    r"configuration error|config error|local (?:error|problem|configuration)|internal (?:server )?error|"
    r"temporary (?:local )?(?:problem|failure|error|lookup failure)|loop was found|would create a mail loop|loops? back to|"
    r"queue file write|interrupted system call|can'?t create (?:user )?output|cannot (?:open|append|create)|"
    r"ldap|recipient deferred|service (?:currently )?unavailable|transaction failed|no space left|i/o error|"
    r"error while being processed|resources? (?:temporarily )?unavailable|insufficient system|"
    r"unexpected failure|aliasing/forwarding loop|local delivery failed|lmtp error after|mdb|aliasing|unable to (?:chdir|create|switch|open|"
    r"process)|deliver(?:y)? agent|drd for domain",
)
CONTENT = _any(
    r"duplicate header|mime (?:complexity|headers)|8-?bit data|header size|improperly-formatted|"
    r"data format error|base64 encoding|too many received|bare (?:lf|line ?feed)|message header|"
    r"invalid characters|malformed|non-?ascii|smtputf8|conversion"
)
SYSTEM_FULL = _any(
    r"mail system full|requested mail action aborted: exceeded storage|no space left on|"
    r"insufficient system storage|system storage"
)
NOT_ACCEPT = _any(
    r"(?:host|domain|host/domain) does not accept (?:any )?mail|null ?mx|indicated no smtp service|no mx record found|"
    r"smtp protocol returned a permanent error|does not (?:accept|receive) (?:e-?)?mail|"
    r"not accept(?:ing)? (?:network )?messages"
)
MAILER = _any(
    r"\bprocmail\b|maildrop|vacation program|command (?:failed|died|output)|\bexit (?:code |status )?\d+|"
    r"mailer error|pipe to \|/|pipe to \||x-unix; ?\d+|exit status|child crashed|child process|"
    r"returned? (?:code|status) \d|x-postfix; ?unknown mail transport"
)
SYNTAX = _any(
    r"\b50[0-4][ -]|syntax error|command not (?:recogni[sz]ed|implemented)|bad sequence|unrecogni[sz]ed command"
)

BY_STATUS = {
    "1.0": "userunknown", "1.1": "userunknown", "1.2": "hostunknown", "1.3": "userunknown", "1.4": "filtered",
    "1.6": "hasmoved", "1.7": "rejected", "1.8": "rejected", "1.9": "systemerror", "1.10": "notaccept",
    "2.0": "filtered", "2.1": "filtered", "2.2": "mailboxfull", "2.3": "exceedlimit", "2.4": "filtered",
    "3.0": "systemerror", "3.1": "systemfull", "3.2": "notaccept", "3.3": "systemerror", "3.4": "mesgtoobig",
    "3.5": "systemerror", "4.0": "networkerror", "4.1": "expired", "4.2": "networkerror", "4.3": "systemerror",
    "4.4": "networkerror", "4.5": "toomanyconn", "4.6": "networkerror", "4.7": "expired", "5.3": "toomanyconn",
    "5.4": "systemerror", "5.5": "systemerror", "5.6": "securityerror", "6.0": "contenterror", "6.1": "contenterror",
    "6.2": "contenterror", "6.3": "contenterror", "6.5": "contenterror", "6.6": "contenterror", "6.7": "contenterror",
    "6.8": "contenterror", "6.9": "contenterror", "7.0": "securityerror", "7.1": "securityerror", "7.2": "blocked",
    "7.13": "suspend", "7.16": "mesgtoobig", "7.17": "hasmoved", "7.18": "hasmoved", "7.20": "authfailure",
    "7.21": "authfailure", "7.22": "authfailure", "7.23": "authfailure", "7.24": "authfailure", "7.25": "blocked",
    "7.26": "authfailure", "7.27": "rejected", "7.28": "speeding", "7.509": "authfailure", "7.606": "blocked",
}  # fmt: skip
# What a 4xx says differently from the 5xx of the same subject.
BY_TEMPORARY_STATUS = {
    "7.1": "blocked",
    "2.1": "suspend",
    "4.4": "networkerror",
    "5.3": "systemerror",
    "1.1": "",
    "1.0": "",
    "1.2": "",
}
# The words tell more than these codes, so they are asked first.
_VAGUE = {"", "systemerror", "securityerror", "expired", "suspend", "networkerror", "hostunknown", "userunknown"}

_POLICY_NAMED = _any(
    r"(?:for|due to) (?:local |security |our |site )?polic(?:y|ies) (?:reasons?|violation)|policy violation|"
    r"header error"
)
_FIRST = [
    ("mailboxfull", MAILBOX_FULL), ("mesgtoobig", TOO_BIG), ("suspend", SUSPEND), ("hasmoved", HAS_MOVED),
    ("norelaying", NO_RELAYING), ("authfailure", AUTH_FAILURE),
]  # fmt: skip
_AFTER_USER = [
    ("hostunknown", HOST_UNKNOWN), ("spamdetected", SPAM), ("speeding", SPEEDING), ("toomanyconn", TOO_MANY),
    ("badreputation", BAD_REPUTATION), ("blocked", BLOCKED),
]  # fmt: skip
_LAST = [
    ("spamdetected", SPAM), ("policyviolation", POLICY), ("virusdetected", VIRUS), ("securityerror", SECURITY),
    ("systemfull", SYSTEM_FULL), ("systemerror", SYSTEM), ("networkerror", NETWORK), ("expired", EXPIRED),
    ("contenterror", CONTENT), ("notaccept", NOT_ACCEPT), ("mailererror", MAILER),
]  # fmt: skip
_HARD = {"userunknown", "hostunknown", "hasmoved"}
_STATUS_OF = {
    "userunknown": "5.1.1", "hostunknown": "5.1.2", "hasmoved": "5.1.6", "rejected": "5.1.8", "mailboxfull": "5.2.2",
    "suspend": "5.2.1", "filtered": "5.2.0", "mesgtoobig": "5.3.4", "exceedlimit": "5.2.3", "systemerror": "5.3.0",
    "systemfull": "4.3.1", "expired": "4.4.7", "networkerror": "5.4.0", "toomanyconn": "4.4.5", "notaccept": "5.3.2",
    "contenterror": "5.6.0", "spamdetected": "5.7.1", "blocked": "5.7.1", "policyviolation": "5.7.1",
    "securityerror": "5.7.0", "norelaying": "5.7.1", "authfailure": "5.7.1", "virusdetected": "5.7.0",
    "badreputation": "5.7.1", "mailererror": "5.3.0", "syntaxerror": "5.5.2", "speeding": "4.7.1",
}  # fmt: skip


def reason_for(words: str, *, status: str, action: str, command: str, kind: str = "smtp") -> str:
    """Why, in one word of the vocabulary.

    `words` is what the refusing side said, `status` the enhanced code or "", `command` the SMTP command answered
    (RCPT, MAIL, DATA, EHLO, CONN or ""), `kind` the type of the diagnostic code (smtp, x-unix...).
    """
    by_status = _by_status(status)
    text = " ".join(words.split())
    if kind in {"smtp", ""} and (found := _by_words(text, by_status, command)):
        return found
    if by_status and by_status not in _VAGUE and kind in {"smtp", ""}:
        return by_status
    if found := _first_match(text, _FIRST[:1] + _LAST if kind in {"smtp", ""} else _foreign(kind)):
        return found
    if kind.startswith("x-unix") and by_status == "systemerror":
        return "mailererror"
    return by_status or _by_circumstance(text, status, action, command, kind)


def _foreign(kind: str) -> list[tuple[str, re.Pattern[str]]]:
    """For words that are not a mail server's: a program's output, a groupware's."""
    if kind.startswith("x-postfix"):
        return [*_FIRST, ("mailererror", MAILER), ("networkerror", NETWORK), *_AFTER_USER[:1], *_LAST]
    if kind.startswith("x-unix"):
        return [_FIRST[0], ("mailererror", MAILER), *_LAST]
    return [*_FIRST, ("userunknown", USER_UNKNOWN), *_AFTER_USER, *_LAST]


def _by_status(status: str) -> str:
    level, _, detail = status.partition(".")
    if level == "4" and detail in BY_TEMPORARY_STATUS:
        return BY_TEMPORARY_STATUS[detail]
    return BY_STATUS.get(detail, "") if level in {"4", "5"} else ""


def _first_match(text: str, table: list[tuple[str, re.Pattern[str]]]) -> str:
    return next((name for name, pattern in table if pattern.search(text)), "")


# Words so plain that neither status nor command can say otherwise; asked before an unknown user is thought of.
_PLAIN = [
    ("expired", _any(r"(?:message|queue) expired|retry timeout exceeded|in the queue too long")),
    ("blocked", _any(r"gr[ea]y-?list")),
]
_ALREADY_SAID = {"mailboxfull", "mesgtoobig", "exceedlimit", "hasmoved", "contenterror"}


def _by_words(text: str, by_status: str, command: str) -> str:
    if by_status in _ALREADY_SAID:
        return by_status
    if found := _first_match(text, _FIRST + _PLAIN) or _unknown_or_filtered(text, by_status, command):
        return found
    if _POLICY_NAMED.search(text):
        return "policyviolation"
    at_sender = command != "RCPT" or by_status in {"", "systemerror"}
    if by_status == "rejected" or (at_sender and REJECTED.search(text)):
        return "rejected"
    found = _first_match(text, _AFTER_USER)
    return "networkerror" if found == "hostunknown" and NETWORK.search(text) else found


def _unknown_or_filtered(text: str, by_status: str, command: str) -> str:
    unknown = bool(USER_UNKNOWN.search(text))
    if by_status == "userunknown" and not (BLOCKED.search(text) or REJECTED.search(text)):
        return "userunknown"
    if by_status == "hostunknown" and not NETWORK.search(text):
        return "hostunknown"
    if unknown and command == "RCPT" and not REJECTED.search(text) and not HOST_UNKNOWN.search(text):
        return "userunknown"
    if FILTERED.search(text):
        return "filtered"
    if by_status == "filtered" and unknown:
        return "filtered"
    if unknown and command == "DATA":
        return "filtered"
    if unknown and not command and by_status == "systemerror":
        return "filtered"  # a gateway passes on what a mailbox's own filter said
    if unknown and not command and not BLOCKED.search(text) and not REJECTED.search(text):
        return "hostunknown" if HOST_UNKNOWN.search(text) else "userunknown"
    return ""


def _by_circumstance(text: str, status: str, action: str, command: str, kind: str) -> str:
    if status[1:4] == ".6.":
        return "contenterror"
    if status[1:4] == ".7.":
        return "securityerror"
    if kind.startswith(("x-unix", "x-postfix")):
        return "mailererror"
    if action in {"delayed", "expired"}:
        return "expired"
    if SYNTAX.search(text):
        return "syntaxerror"
    if command in {"EHLO", "HELO"}:
        return "blocked"
    return "onhold" if text else "undefined"


def is_hard(reason: str, status: str) -> bool:
    """Whether the address itself is dead, so that writing again is pointless: a refusal of the mail alone is not."""
    return reason in _HARD or (reason == "notaccept" and not status.startswith("4"))


def usual_status(reason: str, *, temporary: bool) -> str:
    """An enhanced status code for a server that gave none, by what its words meant."""
    status = _STATUS_OF.get(reason, "5.0.0")
    return "4" + status[1:] if temporary else status
