"""Mails no person wrote: absence notes, receipts, list mail. A person's mail must never be taken for one.

Two answers are given. `is_auto_reply` says that a program answered a mail, so nobody waits for an answer.
`is_automatic` says that some program sent it (a shop, a monitor, a list), so it may open a ticket but gets no
automatic answer (RFC 3834).
"""

import re

from charterdesk.channels.email.reading.headers import raw_text
from charterdesk.channels.email.reading.mime import Part

# What Exchange puts before the subject of the mail it answers, where nobody would begin one with these words.
_EXCHANGE = (
    r"(?:odpowiedź automatyczna|automatyczna odpowiedź|automatická odpověď|automatická odpoveď|automatikus válasz|"
    r"răspuns automat|otomatik yanıt|αυτόματη απάντηση|автоматична відповідь|автоматичен отговор|automatski odgovor|"
    r"samodejni odgovor|automaatvastus|automātiskā atbilde|automatinis atsakymas|automaattinen vastaus|"
    r"resposta automàtica|trả lời tự động|balasan otomatis|ตอบกลับอัตโนมัติ|رد تلقائي|الرد التلقائي|"
    r"מענה אוטומטי|תשובה אוטומטית)\s*[:：]"
)
# How absence notes and receipts begin their subject. Only what no person types as a subject of their own.
_SUBJECT = re.compile(
    rf"\s*(?:{_EXCHANGE}|"
    r"(?:re: ?|aw: ?|sv: ?)?(?:\[?auto(?:matic|matische?|matisk|mated|matisierte?|matikus|maattinen|matické|"
    r"matyczna|matica|matico|mática)?[-_ ]?"
    r"(?:re(?:ply|sponse|spond|sponder)|answer|antwoord|antwort|svar|vastaus|odpověď|odpowiedź|válasz|yanıt|"
    r"resposta|respuesta|risposta|response)\b\]?|"
    r"automatic reply|automatische antwort|automatisch antwoord|automatisk svar|automatiskt svar|autosvar|"
    r"autoreply|auto:|auto reply|autoresponder|automaattinen vastaus|"
    r"réponse automatique|respuesta autom[áa]tica|risposta automatica|resposta autom[áa]tica|"
    r"odpowiedź automatyczna|autoodpowiedź|automatická odpověď|automatick[áé] odpoveď|автоответ|"
    r"автоматический ответ|автоматична відповідь|"
    r"otomatik yanıt|otomatik cevap|automatikus válasz|răspuns automat|αυτόματη απάντηση|"
    r"自动回复|自動回覆|自動返信|自動応答|"
    r"자동 ?회신|자동 ?응답|자동 ?답장|رد تلقائي|الرد التلقائي|מענה אוטומטי|תשובה אוטומטית|"
    r"out of (?:the )?office|out-of-office|away from (?:the |my )?(?:office|desk|mail)|i am (?:away|out of)|"
    r"ooo\b[: ]|on (?:vacation|holiday|annual leave|leave)(?: until| till| from|:|$)|vacation (?:reply|"
    r"response|message|notice|autoreply|:)|away until|"
    r"abwesenheits|abwesend|nicht im (?:büro|haus)|außer haus|urlaub:|ich bin (?:im urlaub|abwesend)|"
    r"absence(?:\s|:|$)|absent(?:e)? (?:du|jusqu|au bureau)|message d.absence|en congés?|"
    r"fuera de la oficina|ausencia|estoy fuera|fuori (?:sede|ufficio)|assente|fora do escrit[óo]rio|ausente|"
    r"afwezig|niet aanwezig|poissa|frånvaro|fravær|ikke til stede|nieobecno|mimo kancelář|nepřítomn|отсутств|"
    r"вне офиса|ofis dışı|外出|不在|休暇|부재중|خارج المكتب|מחוץ למשרד|"
    r"we(?:'ve| have)? received your (?:message|e-?mail|request|mail)|your (?:e-?mail|message|"
    r"request) (?:has been|was) received))",
    re.IGNORECASE,
)
_STRONG_SUBJECT = re.compile(
    rf"\s*(?:{_EXCHANGE}|"
    r"\[?(?:auto: |automatic reply|auto(?:matic|mated)?[-_ ]?(?:reply|response)|autoreply|"
    r"out of (?:the )?office(?=\s*(?:auto|reply|message|re:|:|-|$))|"
    r"automatische antwort|automatisch antwoord|abwesenheit|réponse automatique|respuesta autom|"
    r"risposta automatica|resposta autom|autosvar|automatisk|自动回复|自動|автоответ|автоматический ответ|자동))",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\bout of (?:the |my )?office\b|\bon (?:vacation|holiday|annual leave|maternity leave|parental leave|"
    r"sick leave)\b|\bi(?:'m| am| will be) (?:currently )?(?:away|out of|on leave|not in the office|"
    r"unavailable)|limited access to (?:my )?e-?mail|"
    r"this is an auto(?:matic|mated)|do not reply to this (?:e-?mail|message)|automatically generated|"
    r"auto-?generated|automatic (?:reply|response)|i(?:'ll| will) (?:reply|respond|"
    r"get back)[^.]{0,40}(?:return|back)|upon my return|"
    r"nicht im (?:büro|haus)|abwesend|im urlaub|automatisch (?:generiert|erzeugt|erstellt)|wieder (?:im büro|"
    r"erreichbar)|absent|en congé|de retour le|message automatique|fuera de la oficina|de vacaciones|"
    r"mensaje autom|fuori (?:sede|ufficio)|in ferie|"
    r"fora do escrit|de férias|mensagem autom|afwezig|op vakantie|poissa|semester|ferie|nieobecn|urlop|dovolen|"
    r"отпуск|отсутств|автоматич|tatilde|otomatik|休暇|不在|自動|休假|自动|부재|휴가|إجازة|חופשה",
    re.IGNORECASE,
)
# A stranger's server asks whether the sender is human before it lets the mail through.
_CHALLENGE = re.compile(
    r"(?:account|mailbox|address|e-?mail) is protected by|(?:click|follow|visit|use)[^.]{0,60}(?:link|url|address)"
    r"[^.]{0,120}(?:allowed|approved|trusted|white) ?list|"
    r"(?:verify|confirm)[^.]{0,40}(?:you are (?:a )?human|you are not a spammer|your (?:message|mail|e-?mail) to)|"
    r"(?:message|mail) (?:is being|has been|was) held (?:until|because|pending)[^.]{0,60}(?:verif|confirm|approv)|"
    r"challenge[-/ ]response",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = (
    "protected by",
    " list",
    "human",
    "spammer",
    "your me",
    "your e",
    "your mail",
    " held ",
    "challenge",
)
_ROBOT = re.compile(
    r"(?:no|do[-_.]?not|not|donot|never)[-_.]?reply|noreply|mailer-?daemon|autoresponder|auto-?reply|"
    r"postmaster|(?:^|[<\s])(?:bounces?|notifications?|alerts?)[@+-]",
    re.IGNORECASE,
)


def is_auto_reply(root: Part, *, subject: str, sender: str, text: str | None) -> bool:
    """Whether a program answered: headers are believed, a subject only together with a second sign. Never raises."""
    submitted = _low(root, "auto-submitted")
    if submitted.startswith(("auto-replied", "auto-notified")):
        return True
    if _has_reply_header(root) or _is_receipt(root):
        return True
    if _is_challenge(root, text or "") or (_has_null_path(root) and _is_bulk(root)):
        return True
    if submitted.startswith("auto-") and (_SUBJECT.match(subject) or root.get("in-reply-to")):
        return bool(_SUBJECT.match(subject)) or bool(_ABSENT.search((text or "")[:1500]))
    if not _SUBJECT.match(subject):
        return _is_vacation_by_precedence(root, text)
    return _second_sign(root, subject, sender, text or "")


def _has_reply_header(root: Part) -> bool:
    if _low(root, "x-autoreply") in {"yes", "true", "1"} or root.get("x-autorespond") or root.get("x-autoreply-from"):
        return True
    if (
        root.get("x-autoresponder")
        or root.get("x-auto-response-type")
        or root.get("x-vacation")
        or root.get("x-mail-autoreply")
    ):
        return True
    if _low(root, "x-auto-reply") not in {"", "no"} or _low(root, "preference") == "auto_reply":
        return True
    if root.get("x-ms-exchange-inbox-rules-loop") and _low(root, "x-auto-response-suppress"):
        return True
    if "vacation" in _low(root, "x-apple-action") or _low(root, "delivered-to").startswith("autoresponder"):
        return True
    if _low(root, "precedence") in {"auto_reply", "auto-reply", "autoreply"} or _low(root, "x-precedence") in {
        "auto_reply",
        "auto-reply",
    }:
        return True
    return _low(root, "x-mailer").startswith(("vacation", "autoresponder", "auto-reply")) or "auto_reply" in _low(
        root, "x-fc-machinegenerated"
    )


def _is_challenge(root: Part, text: str) -> bool:
    if "tmda" in _low(root, "x-delivery-agent"):
        return True
    words = text[:1500].lower()
    if len(text) > 4000 or not any(word in words for word in _CHALLENGE_WORDS):
        return False
    return bool(_CHALLENGE.search(words)) and not root.get("user-agent")


def _has_null_path(root: Part) -> bool:
    return _low(root, "return-path") == "<>"


def _is_bulk(root: Part) -> bool:
    """Whether the sender's program asks not to be answered by another one; lists aside."""
    suppress = _low(root, "x-auto-response-suppress")
    return not is_list_mail(root) and (_low(root, "precedence") in {"bulk", "junk"} or suppress not in {"", "none"})


def _is_receipt(root: Part) -> bool:
    """A read receipt (RFC 8098) or a delivery receipt that tells of no failure."""
    kind = root.type_parameters.get("report-type", "").lower()
    if kind in {"disposition-notification", "delivery-status"}:  # asked after bounces, so no delivery failed
        return True
    return root.content_type == "multipart/report" and any(
        child.content_type in {"message/disposition-notification", "message/delivery-status"} for child in root.children
    )


def _is_vacation_by_precedence(root: Part, text: str | None) -> bool:
    """Old `vacation` programs: Precedence bulk or junk, an answer to a mail, and words of absence."""
    if _low(root, "precedence") not in {"bulk", "junk"} or is_list_mail(root):
        return False
    return bool(root.get("in-reply-to") or root.get("references")) and bool(_ABSENT.search((text or "")[:1500]))


def _second_sign(root: Part, subject: str, sender: str, text: str) -> bool:
    if is_list_mail(root):
        return False
    if _STRONG_SUBJECT.match(subject):
        return True
    if _low(root, "return-path") in {"<>", ""} and root.get("return-path") is not None:
        return True
    if _low(root, "x-auto-response-suppress") not in {"", "none"} or _low(root, "precedence") in {"bulk", "junk"}:
        return True
    return bool(_ROBOT.search(sender)) or (bool(_ABSENT.search(text[:1500])) and bool(root.get("in-reply-to")))


def is_list_mail(root: Part) -> bool:
    """Whether the mail came over a mailing list or is a mass mailing."""
    return any(
        name in {"list-id", "list-post", "x-mailman-version", "x-mailing-list", "x-campaign-id", "x-campaignid"}
        for name, _ in root.fields
    )


def is_automatic(root: Part, *, sender: str) -> bool:
    """Whether a program sent the mail, so that no automatic answer may follow (RFC 3834, section 2). Never raises."""
    submitted = _low(root, "auto-submitted")
    if submitted and not submitted.startswith("no"):
        return True
    if (
        is_list_mail(root)
        or root.get("list-unsubscribe")
        or _low(root, "precedence") in {"bulk", "junk", "list", "auto_reply"}
    ):
        return True
    if any(word in _low(root, "x-auto-response-suppress") for word in ("all", "autoreply")):
        return True
    if root.get("feedback-id") or root.get("x-loop") or (root.get("return-path") or b"x").strip() == b"<>":
        return True
    return bool(_ROBOT.search(sender))


def _low(root: Part, name: str) -> str:
    raw = root.get(name)
    return raw_text(raw).strip().lower() if raw else ""
