"""What the help centre forgets of a person who is erased: their words; that somebody found it helpful stays."""

from charterdesk.knowledge.models import Correction, Feedback, Taken
from charterdesk.people.erasing import Person, erases

NOTHING = "—"


@erases
def forget_in_knowledge(person: Person) -> None:
    """Take out what `person` wrote about articles, and who it was. Four statements."""
    given = list(Feedback.objects.filter(contact_id=person.contact_id).values_list("pk", flat=True))
    Correction.objects.filter(about__in=[f"feedback:{pk}" for pk in given]).update(reason=NOTHING)
    Feedback.objects.filter(pk__in=given).update(words="", contact=None)
    Taken.objects.filter(contact_id=person.contact_id).update(contact=None)
