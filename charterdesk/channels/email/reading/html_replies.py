"""The writer's own words in an HTML mail: mail programs mark what they quote, each with marks of its own."""

import re
from functools import lru_cache

import nh3

from charterdesk.base.html import html_to_text, tamed, tidy_html_to_text
from charterdesk.channels.email.reading.replies import Reply, read_reply
from charterdesk.channels.email.reading.reply_words import FORWARD_BEGINS, FORWARD_SUBJECT, FORWARDED

_TAGS = set(nh3.ALLOWED_TAGS) | {
    "font",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "body",
    "address",
    "u",
    "big",
}
_shape = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "title", "head", "noscript", "template", "svg", "math"},
    attributes={"*": {"class", "id", "style", "type", "data-marker", "name"}, "img": {"alt"}, "ol": {"start"}},
    link_rel=None,
    strip_comments=True,
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^\s=<>\"]+(?:=\"[^\"]*\")?)*)\s*/?>")
MAX_MARKS = 200  # marked elements looked at: a longer thread has told enough by then
_VOID = {"br", "hr", "img", "wbr", "col"}

# Elements that hold a quote and nothing else.
_QUOTE = re.compile(
    r'class="[^"]*\b(?:x_)?(?:gmail_quote|gmail_quote_container|gmail_attr|yahoo_quoted|yahoo-quoted-begin|'
    r"protonmail_quote|tutanota_quote|zmail_extra|"
    r"moz-cite-prefix|moz-email-headers-table|moz-forward-container_|spark_quote|WM_quote|airmail_on|"
    r"bloop_original_html|front-blockquote|edo_quote|mailbox_signature_quote|"
    r"quoted-text|quotedtext|gmail_extra_quote|freshdesk_quote|zd-quoted|history_container|ox-quote|"
    r'cyrus_quote|mcntmcntquote)\b[^"]*"|'
    r'id="[^"]*(?:yahoo_quoted|reply-intro|qt$|olk_src_body_section|mail-editor-reference-message-container|'
    r'zmail_history|isForwardContent_|original-content|ms-outlook-mobile-reference|OLK_SRC_BODY_SECTION)[^"]*"|'
    r'data-marker="__QUOTED_TEXT__"|type="cite"|name="(?:quote|messageReplySection)"',
    re.IGNORECASE,
)
# Elements after which, to the end of the mail, all is quote.
_FROM_HERE = re.compile(
    r'id="(?:x_)*(?:divRplyFwdMsg|appendonsend|stopSpelling|divRpF\d+|reply-?_?header|_rply|replySplit|'
    r'mail-editor-reference-message-container|yahoo_quoted_\d+)"|'
    r'class="[^"]*\b(?:OutlookMessageHeader|replyheader|reply-?separator|hmmessage_quote|'
    r'ms-outlook-mobile-reference-message|moz-email-headers-table|zmail_extra_hr)\b[^"]*"|'
    r'name="(?:_MailOriginal|OriginalMessage)"|data-marker="__DIVIDER__"|'
    r'style="[^"]*border:\s?none;\s?border-top:\s?solid #(?:E1E1E1|B5C4DF|B5C4DF) [13]\.0pt[^"]*"',
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r'class="[^"]*\b(?:x_)?(?:gmail_signature|moz-signature|protonmail_signature_block(?!-empty)|'
    r"tutanota_signature|bloop_sign|gmail_signature_prefix|ydp\w*signature|outlook-signature|"
    r'elementToProof_sign)\b[^"]*"|'
    r'id="(?:x_)*(?:Signature|ms-outlook-mobile-signature|AppleMailSignature|lineBreakAtBeginningOfSignature|'
    r"bloop_sign_\d+|_?AppleMailSignature|composer_signature|signature|mobile-signature|"
    r'protonmail_mobile_signature_block)"|class="signature"|name="messageSignatureSection"',
    re.IGNORECASE,
)


def reply_of_html(html: str, *, subject: str | None = None, as_text: str | None = None) -> Reply:
    """The writer's own words in `html`, as plain text. Never raises.

    What mail programs mark as quote or signature goes first; what is left is read like a plain text. `as_text` is the
    whole of it as text, where the caller has that already.
    """
    own, dropped = ("", False) if subject and FORWARD_SUBJECT.match(subject) else _without_marked(_shaped(html))
    if dropped:
        reply = read_reply(tidy_html_to_text(own), subject=subject)
        if reply.text:
            return Reply(reply.text, True)
    return read_reply(html_to_text(html) if as_text is None else as_text, subject=subject)


def _shaped(html: str) -> str:
    return _shape.clean(tamed(html))


def _without_marked(shaped: str) -> tuple[str, bool]:
    """The HTML without elements that are quote or signature by their marks; whether there were any."""
    kept: list[str] = []
    start = place = 0
    dropped = False
    looked_at = 0
    interleaved = False  # the writer answers point by point, so the quotes between the answers stay
    while (match := _TAG.search(shaped, place)) and looked_at < MAX_MARKS:
        place = match.end()
        if match[1] or not match[3]:
            continue
        mark = _mark_in(match[3])
        if mark == "from here":
            kept.append(shaped[start : match.start()])
            return "".join(kept), True
        if not mark:
            continue
        is_quote = mark == "quote"
        looked_at += 1
        end = _end_of_element(shaped, match)
        interleaved = interleaved or (is_quote and _answered_below(shaped[end:]))
        if is_quote and (_is_forward(shaped, match) or (interleaved and _says(shaped[end:]))):
            place = end
            continue
        kept.append(shaped[start : match.start()])
        start = place = end
        dropped = True
    kept.append(shaped[start:])
    return "".join(kept), dropped


@lru_cache(maxsize=4096)
def _mark_in(attributes: str) -> str:
    """What an element's attributes tell: `from here`, `quote`, `signature` or "". Mails repeat the same few a lot."""
    if _FROM_HERE.search(attributes):
        return "from here"
    if _QUOTE.search(attributes):
        return "quote"
    return "signature" if _SIGNATURE.search(attributes) else ""


def _end_of_element(shaped: str, opening: re.Match[str]) -> int:
    if opening[2] in _VOID:
        return opening.end()
    depth = 1
    for match in re.compile(rf"<(/?){opening[2]}(?=[\s>/])[^>]*>").finditer(shaped, opening.end()):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.end()
    return len(shaped)


def _is_forward(shaped: str, opening: re.Match[str]) -> bool:
    """Whether what stands in the element, or right above it, says that it was forwarded."""
    begin = re.sub(r"<[^>]*>", "", shaped[opening.end() : opening.end() + 400])
    above = re.sub(r"<[^>]*>?", "\n", shaped[max(opening.start() - 400, 0) : opening.start()]).strip()
    return bool(FORWARD_BEGINS.search(begin.strip()) or FORWARDED.match(above.rpartition("\n")[2]))


def _says(html: str) -> bool:
    """Whether any words stand in `html`, not counting what is quoted."""
    match = _QUOTE.search(html)
    return bool(re.sub(r"<[^>]*>?", "", html[: match.start()] if match else html).strip())


def _answered_below(rest: str) -> bool:
    """Whether more quotes follow with text between them: then the writer answers point by point."""
    match = _QUOTE.search(rest)
    if not match:
        return False
    between = re.sub(r"<[^>]*>?", "", rest[: match.start()])
    return bool(between.strip()) and not re.search(r"wrote\s*:|schrieb|écrit|escribió", between)
