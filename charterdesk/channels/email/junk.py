"""Junk by the agents' own judgement: words learned from what they called junk, and from what they solved.

Naive Bayes on the presence of words, as P. Graham described it ("A Plan for Spam", 2002): the fifteen most telling
words decide, and a word has to have been seen often enough to tell anything.
"""

import math
import re

from django.db import connection, transaction
from django.db.models import Q

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


def words_of(read: ReadMail) -> frozenset[str]:
    """The words the filter goes by: subject, text, the sender's domain."""
    text = f"{read.subject or ''} {read.body_text or ''}".lower()
    domain = (read.sender.address or "").rpartition("@")[2] if read.sender else ""
    return frozenset([*WORD.findall(text)[:MAXWORDS], f"from:{domain}"[:40]])


def junk_score(read: ReadMail) -> float:
    """How much the mail reads like junk, 0 to 1; 0 until enough of both kinds was learned. One query."""
    rows = JunkWord.objects.filter(word__in=[TOTAL, *words_of(read)]).values_list("word", "junk", "good")
    seen = {word: (junk, good) for word, junk, good in rows}
    junk_mails, good_mails = seen.pop(TOTAL, (0, 0))
    if min(junk_mails, good_mails) < ENOUGH_MAILS:
        return 0.0
    chances = [
        min(0.99, max(0.01, (junk / junk_mails) / (junk / junk_mails + good / good_mails)))
        for junk, good in seen.values()
        if junk + good >= ENOUGH_SEEN
    ]
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
    learn(read_mail(bytes(mail.raw)), is_junk=is_junk, again="learned" in mail.verdicts)
    mail.verdicts["learned"] = judged
    mail.save(update_fields=["verdicts"])
