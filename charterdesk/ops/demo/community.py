"""What the utility's customers tell each other: two forums, believable talk in five languages, one post to look at."""

import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Min

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.community.actions.answering import accept, make_official, vote
from charterdesk.community.actions.forums import ForumAsked, save_forum, set_terms
from charterdesk.community.actions.profiles import take_part
from charterdesk.community.actions.proposing import Wished, propose_forum
from charterdesk.community.actions.writing import NewTopic, answer, open_topic
from charterdesk.community.models import Forum, Post, Profile, Topic
from charterdesk.people.cast import CONTACTS
from charterdesk.people.models import Agent, Contact
from charterdesk.people.viewer import CUSTOMER, Viewer, viewer_of_agent

CONTENT = Path(__file__).parent / "content" / "community.toml"
STAFF, KNOWN = "staff", 5
BUSY = 1000
"""So many posts an hour while the past is written."""


def make_community(say: Callable[[str], object]) -> None:
    """Write what was said and voted over six weeks, and a forum somebody would like. About a second."""
    say("letting customers talk")
    told = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    agent = Agent.objects.filter(role=Agent.AGENT, is_active=True).order_by("pk").first()
    if agent is None:
        return
    with transaction.atomic():
        set_terms(by=SYSTEM, posts_per_hour=BUSY)
        people = {name: _profile(name, place) for place, name in enumerate(told["people"])}
        Profile.objects.update(shown=KNOWN)
        spammer = next(topic["who"] for topic in told["topic"] if topic["who"] not in (*people, STAFF))
        people |= {spammer: _profile(spammer, len(people)), STAFF: take_part(viewer_of_agent(agent))}
        forums = {each["key"]: _forum(each) for each in told["forum"]}
        for each in sorted(told["topic"], key=lambda one: -int(one["days"])):
            _topic(each, forums[each["forum"]], people)
        _came(people.values())
        set_terms(by=SYSTEM, posts_per_hour=10)
        author = people[told["proposal"]["who"]]
        wished = Wished(name=told["proposal"]["name"], purpose=told["proposal"]["purpose"])
        propose_forum(wished, author=author, by=author)


def _profile(name: str, place: int) -> Profile:
    """The customer at `place` by this name; the first is who signs in on the portal."""
    signs_in = next(each.email for each in CONTACTS if each.key == "rosalind")
    first = Contact.objects.filter(identities__value=signs_in)
    others = Contact.objects.exclude(pk__in=first.values("pk")).filter(erased_at=None, merged_into=None)
    contact = first.first() if place == 0 else others.order_by("pk")[place]
    assert contact is not None
    viewer = Viewer(key=contact.key, name=name, role=CUSTOMER, contact_id=contact.pk)
    return take_part(viewer, name=name)


def _forum(told: dict[str, Any]) -> Forum:
    return save_forum(by=SYSTEM, asked=ForumAsked(names=told["names"], intros=told["intros"]))


def _topic(told: dict[str, Any], forum: Forum, people: dict[str, Profile]) -> None:
    author = people[told["who"]]
    new = NewTopic(
        title=told["title"],
        body=told["body"],
        kind=told.get("kind", Topic.QUESTION),
        language=told.get("language", "en"),
        tags=told["tags"],
    )
    topic = open_topic(forum, new, author=author, by=author)
    posts = [Post.objects.get(topic=topic)]
    for each in told["answers"]:
        posts.append(answer(topic, body=each["body"], author=people[each["who"]], by=people[each["who"]]))
    _judge(told, posts, people, author)
    times = [_ago(told["days"], 0), *(_ago(each["days"], number) for number, each in enumerate(told["answers"], 1))]
    for post, at in zip(posts, times, strict=True):
        Post.objects.filter(pk=post.pk).update(created_at=at, shown_at=at if post.shown_at else None)
    Topic.objects.filter(pk=topic.pk).update(
        created_at=times[0], last_at=max(times), is_pinned=told.get("pinned", False)
    )


def _came(people: Iterable[Profile]) -> None:
    """They are here since they first said something."""
    for profile in people:
        first = Post.objects.filter(author=profile).aggregate(at=Min("created_at"))["at"]
        Profile.objects.filter(pk=profile.pk).update(since=first or profile.since)


def _judge(told: dict[str, Any], posts: list[Post], people: dict[str, Profile], author: Profile) -> None:
    """What others think of it."""
    counts = [told["votes"], *(each["votes"] for each in told["answers"])]
    for post, number in zip(posts, counts, strict=True):
        voters = [one for one in people.values() if one.pk != post.author_id]
        for profile in voters[:number]:
            vote(post, profile=profile)
    if "official" in told:
        make_official(posts[told["official"]], by=people[STAFF])
    if "accepted" in told:
        accept(posts[told["accepted"]], by=author)


def _ago(days: int, place: int) -> datetime:
    """So many days ago, each answer some time after the one before."""
    return now() - timedelta(days=days, hours=3) + timedelta(minutes=37 * place)
