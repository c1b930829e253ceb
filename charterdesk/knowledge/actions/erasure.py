"""What the help centre forgets of a person who is erased: their words; that somebody found it helpful stays."""

from collections.abc import Collection

from charterdesk.events.timers import cancel_timer
from charterdesk.knowledge.actions.writing import timer_name
from charterdesk.knowledge.models import Article, ArticleText, Correction, Feedback, Taken
from charterdesk.people.erasing import NOTHING, Person, erases, without


@erases
def forget_in_knowledge(person: Person) -> None:
    """Take out what `person` wrote about articles, who it was, and their addresses wherever readers left them.

    Six statements, and one for each line that names them.
    """
    given = list(Feedback.objects.filter(contact_id=person.contact_id).values_list("pk", flat=True))
    Correction.objects.filter(about__in=[f"feedback:{pk}" for pk in given]).update(reason=NOTHING)
    Feedback.objects.filter(pk__in=given).update(words="", contact=None)
    for line in Feedback.objects.filter(person.addressed_in("words")):
        Feedback.objects.filter(pk=line.pk).update(words=without(line.words, person.traces))
    for task in Correction.objects.filter(person.addressed_in("reason") | person.addressed_in("result")):
        reason, result = without(task.reason, person.traces), without(task.result, person.traces)
        Correction.objects.filter(pk=task.pk).update(reason=reason, result=result)
    Taken.objects.filter(contact_id=person.contact_id).update(contact=None, marks=[])


def forget_made_of(keys: Collection[str]) -> None:
    """Forget what was drafted of some tickets or messages and never published: it may hold what is personal.

    What readers see stays: somebody approved it, cleaned. Its drafts go, and so does the way back to the ticket. One
    statement where there is nothing.
    """
    for article in Article.objects.filter(about__in=list(keys)).prefetch_related("texts"):
        for text in article.texts.all():
            _forget_drafts(text)
        if article.texts.exists():
            Article.objects.filter(pk=article.pk).update(about="")
        else:
            article.delete()


def _forget_drafts(text: ArticleText) -> None:
    cancel_timer(timer_name(text))
    if not text.live_number:
        text.delete()
        return
    text.versions.filter(published_at=None).delete()
    text.newest_number, text.publish_at = text.live_number, None
    text.state = ArticleText.PUBLISHED if text.is_live else ArticleText.WITHDRAWN
    text.save(update_fields=["newest_number", "publish_at", "state"])
