"""Whether a post is shown at once or waits for somebody to look.

A package above that knows more of junk (the mail filter learns from what agents call junk) registers a judge: it is
given the text and answers how much it reads like junk, from 0 to 1.
"""

from collections.abc import Callable

from charterdesk.community.bodies import has_links
from charterdesk.community.models import ForumTerms, Post, Profile
from charterdesk.community.models.people import NEW, OF_STAFF, REGULAR

Judge = Callable[[str], float]
THRESHOLD = 0.9
_judges: list[Judge] = []


def judges(judge: Judge) -> Judge:
    """Have `judge` asked about every post of somebody who is not of the desk."""
    if judge not in _judges:
        _judges.append(judge)
    return judge


def terms_in_force() -> ForumTerms:
    """The terms of the desk, or the usual ones. One query."""
    return ForumTerms.objects.order_by("pk").first() or ForumTerms()


def reads_like_junk(text: str) -> bool:
    """Whether a judge is all but sure."""
    return any(judge(text) > THRESHOLD for judge in _judges)


def why_held(profile: Profile, *, body: str, text: str, terms: ForumTerms) -> str:
    """Why a post of `profile` waits: new, links or junk; "" where it may be shown. What the judges ask besides."""
    level = profile.level(terms)
    if level == OF_STAFF:
        return ""
    if reads_like_junk(text):
        return Post.JUNK
    if level == NEW and terms.holds_new:
        return Post.NEW
    if level != REGULAR and terms.holds_links and has_links(body):
        return Post.LINKS
    return ""
