"""What comments forget of a person who is erased: who it was, and, where they chose so, what they said."""

from django.db.models import Q

from charterdesk.base.keys import SYSTEM
from charterdesk.comments.actions.moderating import remove
from charterdesk.comments.models import Comment, CommentFollow, CommentReport
from charterdesk.community.models import Profile
from charterdesk.knowledge.models import Correction
from charterdesk.people.erasing import LONG_NAME, NOTHING, Person, erases, without
from charterdesk.search.forgetting import forget
from charterdesk.search.index import note


@erases
def forget_in_comments(person: Person) -> None:
    """Take `person` out of what they wrote with and without an account, and out of what others wrote of them.

    It runs before the community forgets, while the profile still says who it was. Some eight statements, and one or
    two for each comment that names them or was theirs.
    """
    profile = Profile.objects.filter(contact_id=person.contact_id).first()
    theirs = Q(address__in=person.addresses)
    if profile is not None:
        theirs |= Q(author=profile)
        CommentReport.objects.filter(profile=profile).update(words="")
    mine = list(Comment.objects.filter(theirs))
    ids = [comment.pk for comment in mine]
    CommentReport.objects.filter(comment__in=ids).update(words="")
    Correction.objects.filter(about__in=[comment.key for comment in mine]).update(reason=NOTHING)
    if person.takes_words or (profile is not None and profile.after_erasure == Profile.DELETE):
        for comment in mine:
            remove(comment, by=SYSTEM)
        Comment.objects.filter(pk__in=ids).update(body=NOTHING, words=NOTHING, removed_why="")
    # A short name without an account may be anybody's word.
    named = {comment.name for comment in mine if " " in comment.name or len(comment.name) >= LONG_NAME}
    named |= {f"@{profile.name}"} if profile else set()
    near = Q(pk__in=ids) | Q(text__in=[comment.text_id for comment in mine]) | person.addressed_in("words")
    cleaned = _clean(near, [*person.traces, *sorted(named)])
    Comment.objects.filter(pk__in=ids).update(name="", address="")
    keys = [f"comment:{pk}" for pk in {*ids, *cleaned}]
    forget(sources=keys)
    note(*keys)
    gone = Q(address__in=person.addresses) | (Q(profile=profile) if profile else Q())
    CommentFollow.objects.filter(gone).delete()


def _clean(near: Q, traces: list[str]) -> list[int]:
    """Take `traces` out of what they wrote, of others below the same texts and of what names an address of theirs.

    Return those that held any.
    """
    found = []
    for comment in Comment.objects.filter(near):
        body, words = without(comment.body, traces), without(comment.words, traces)
        if (body, words) != (comment.body, comment.words):
            Comment.objects.filter(pk=comment.pk).update(body=body, words=words)
            found.append(comment.pk)
    return found
