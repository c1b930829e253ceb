"""Junk by the agents' own judgement: words learned from what they called junk, and from what they solved.

Naive Bayes on the presence of words, as P. Graham described it ("A Plan for Spam", 2002): the fifteen most telling
words decide, and a word has to have been seen often enough to tell anything.
"""

import math
import re
from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import F, Q

from charterdesk.channels.email.reading.mail import ReadMail, read_mail
from charterdesk.channels.models import BlockedSender, JunkWord, RawMail
from charterdesk.tickets.models import Message

TOTAL = "*"
"""The row that counts mails instead of words."""
ENOUGH_MAILS, ENOUGH_SEEN, TELLING = 10, 3, 15
MAXWORDS = 600
WORD = re.compile(r"[^\W_][\w'’.-]{2,38}")


def is_blocked(address: str) -> bool:
    """Whether somebody blocked this address or its domain. One query."""
    domain = address.rpartition("@")[2]
    return BlockedSender.objects.filter(Q(pattern=address.lower()) | Q(pattern=f"@{domain.lower()}")).exists()


def blocked_among(addresses: Sequence[str]) -> set[str]:
    """Those of `addresses` that somebody blocked, or their domain. One query."""
    patterns = {address: {address.lower(), f"@{address.rpartition('@')[2].lower()}"} for address in addresses}
    wanted = set().union(*patterns.values()) if patterns else set()
    found = set(BlockedSender.objects.filter(pattern__in=wanted).values_list("pattern", flat=True)) if wanted else set()
    return {address for address in addresses if patterns[address] & found}


def words_of(read: ReadMail) -> frozenset[str]:
    """The words the filter goes by: subject, text, the sender's domain."""
    text = f"{read.subject or ''} {read.body_text or ''}".lower()
    domain = (read.sender.address or "").rpartition("@")[2] if read.sender else ""
    return frozenset([*WORD.findall(text)[:MAXWORDS], f"from:{domain}"[:40]])


def junk_score(read: ReadMail) -> float:
    """How much the mail reads like junk, 0 to 1; 0 until enough of both kinds was learned. At most two queries."""
    return junk_scores([read])[0]


def junk_score_of(text: str) -> float:
    """As `junk_score` for a text that came otherwise than by mail."""
    return _scores([frozenset(WORD.findall(text.lower())[:MAXWORDS])])[0]


def junk_scores(reads: Sequence[ReadMail]) -> list[float]:
    """The `junk_score` of each mail. One query, and one more once enough of both kinds was learned."""
    return _scores([words_of(read) for read in reads]) if reads else []


def _scores(words: Sequence[frozenset[str]]) -> list[float]:
    junk_mails, good_mails = JunkWord.objects.filter(word=TOTAL).values_list("junk", "good").first() or (0, 0)
    if min(junk_mails, good_mails) < ENOUGH_MAILS:
        return [0.0] * len(words)
    rows = JunkWord.objects.filter(word__in=set().union(*words), junk__gte=ENOUGH_SEEN - F("good"))
    chances = {
        word: min(0.99, max(0.01, (junk / junk_mails) / (junk / junk_mails + good / good_mails)))
        for word, junk, good in rows.values_list("word", "junk", "good")
    }
    return [_combined([chances[word] for word in sorted(one) if word in chances]) for one in words]


def _combined(chances: Sequence[float]) -> float:
    """What the most telling words say together."""
    telling = sorted(chances, key=lambda chance: -abs(chance - 0.5))[:TELLING]
    odds = sum(math.log(chance / (1 - chance)) for chance in telling)
    return 1 / (1 + math.exp(-odds)) if telling else 0.0


def learn(read: ReadMail, *, is_junk: bool, again: bool = False) -> None:
    """Learn from an agent's judgement; `again` takes the opposite one back first. One statement."""
    words = sorted([TOTAL, *words_of(read)])
    junk, good = (1, -1 if again else 0) if is_junk else (-1 if again else 0, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO channels_junkword AS kept (word, junk, good)
               SELECT word, greatest(%(junk)s, 0), greatest(%(good)s, 0) FROM unnest(%(words)s::text[]) AS word
               ON CONFLICT (word) DO UPDATE SET junk = greatest(kept.junk + %(junk)s, 0),
                                                good = greatest(kept.good + %(good)s, 0)""",
            {"junk": junk, "good": good, "words": words},
        )


@transaction.atomic
def learn_from_ticket(ticket_id: int, *, is_junk: bool) -> None:
    """Learn from the mail that opened a ticket, as its agents judged it: once, and anew when they think again."""
    opening = Message.objects.filter(ticket_id=ticket_id, direction=Message.IN).order_by("pk").first()
    mail = RawMail.objects.select_for_update().filter(message=opening).order_by("pk").first() if opening else None
    judged = "junk" if is_junk else "good"
    if mail is None or mail.verdicts.get("learned") == judged:
        return
    learn(read_mail(mail.content), is_junk=is_junk, again="learned" in mail.verdicts)
    mail.verdicts["learned"] = judged
    mail.save(update_fields=["verdicts"])
