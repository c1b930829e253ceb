"""The part of the community in what we keep."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from charterdesk.base.exported import exported
from charterdesk.community.models import ForumProposal, Post, Profile
from charterdesk.people.models import Contact
from charterdesk.people.personal import Field, PersonalFile, Thing, tells

exported("community")


@tells("community", lambda: _("What you said in the community"))
def tell_community(contact: Contact, with_notes: bool) -> Iterator[Thing]:
    """The name they chose, then what they said, oldest first, and the forums they proposed. Four queries."""
    profile = Profile.objects.filter(contact=contact).first()
    if profile is None:
        return
    yield [
        Field("name", _("Name"), profile.name),
        Field("since", _("Since"), profile.since),
        Field("points", _("Points"), profile.points),
    ]
    for post in Post.objects.filter(author=profile).select_related("topic").prefetch_related("files").order_by("pk"):
        yield [
            Field("at", _("Time"), post.created_at),
            Field("topic", _("Topic"), post.topic.title),
            Field("text", _("Text"), post.text),
            Field("files", _("Files"), [PersonalFile(each.filename, each.sha256) for each in post.files.all()]),
        ]
    for proposal in ForumProposal.objects.filter(author=profile).order_by("pk"):
        yield [
            Field("at", _("Time"), proposal.created_at),
            Field("proposed", _("Forum you proposed"), proposal.name),
            Field("text", _("Text"), proposal.purpose),
            Field("outcome", _("Outcome"), proposal.get_state_display()),
            Field("answer", _("Our answer"), proposal.reason),
        ]
