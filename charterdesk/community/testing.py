"""A community for tests: forums and people, and what they say; trusted, unless the test is about the queue."""

from itertools import count

from charterdesk.community.actions.forums import ForumAsked, save_forum
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.actions.writing import NewTopic, answer, open_topic
from charterdesk.community.models import Forum, Post, Profile, Topic
from charterdesk.community.models.forums import PUBLIC
from charterdesk.people.models import Agent, Contact
from charterdesk.people.testing import make_contact
from charterdesk.people.viewer import CUSTOMER, Viewer, viewer_of_agent

_numbers = count(1)


def make_forum(name: str = "Meters", *, audience: str = PUBLIC, organisation_ids: tuple[int, ...] = ()) -> Forum:
    """A forum with an English name."""
    asked = ForumAsked(names={"en": name}, intros={}, audience=audience, organisation_ids=organisation_ids)
    return save_forum(by="system", asked=asked)


def viewer_of_contact(contact: Contact) -> Viewer:
    """The viewer a signed-in customer is."""
    belongs_to = contact.organisation_id
    return Viewer(key=contact.key, name=str(contact), role=CUSTOMER, contact_id=contact.pk, belongs_to=belongs_to)


def make_profile(name: str = "", *, contact: Contact | None = None, is_known: bool = True) -> Profile:
    """A customer who takes part; `is_known`: their posts are shown at once."""
    display = name or f"Neighbour {next(_numbers)}"
    profile = take_part(viewer_of_contact(contact or make_contact()), name=display)
    if is_known:
        Profile.objects.filter(pk=profile.pk).update(shown=10)
        profile.refresh_from_db()
    return profile


def staff_profile(agent: Agent) -> Profile:
    """The profile of a colleague."""
    return take_part(viewer_of_agent(agent))


def make_topic(
    title: str = "Why does my meter tick?",
    *,
    body: str = "<p>It ticks at night.</p>",
    forum: Forum | None = None,
    author: Profile | None = None,
    kind: str = Topic.QUESTION,
    **more: object,
) -> Topic:
    """A topic with its first post."""
    home = forum or Forum.objects.first() or make_forum()
    new = NewTopic(title=title, body=body, kind=kind, **more)  # type: ignore[arg-type]
    return open_topic(home, new, author=author or make_profile(), by="system")


def make_answer(topic: Topic, body: str = "<p>Close the tap.</p>", *, author: Profile | None = None) -> Post:
    """An answer on it."""
    return answer(topic, body=body, author=author or make_profile(), by="system")
