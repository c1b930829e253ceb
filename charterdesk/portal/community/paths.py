"""What the pages of the community share: where things stand, and who may see them."""

from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from charterdesk.community.models import Forum, Post, Profile, Topic
from charterdesk.community.models.forums import ForumQuerySet
from charterdesk.community.models.talk import PostQuerySet, TopicQuerySet
from charterdesk.portal.customers import PortalRequest
from charterdesk.ui.brand import brand_of
from charterdesk.ui.signed_out import sign_in_first

Q = TypeVar("Q", ForumQuerySet, TopicQuerySet, PostQuerySet)


def address_of_topic(topic: Topic) -> str:
    """Where it is read."""
    return reverse("portal:topic", args=[topic.pk, topic.slug])


def address_of_post(post: Post) -> str:
    """Where it stands; the topic has to be loaded."""
    return f"{address_of_topic(post.topic)}#post-{post.pk}"


def to_sign_in(request: HttpRequest, onward: str) -> HttpResponse:
    """The door, for who is not signed in, with what they wrote; then `onward`."""
    return sign_in_first(request, onward)


def number_of(request: HttpRequest, name: str, most: int = 1000) -> int:
    """A small number in the address; 0 for anything else."""
    given = request.GET.get(name, "")
    return min(int(given), most) if given.isdecimal() and len(given) < 10 else 0


def _here(request: PortalRequest, found: Q) -> Q:
    """Of `found`, what stands on the pages of the brand whose host this is."""
    return found.shown_on(brand_of(request).brand, request.viewer)


def forum_for(request: PortalRequest, slug: str) -> Forum:
    """A forum the reader may read. Raises `Http404`. One query."""
    return get_object_or_404(_here(request, Forum.objects.visible_to(request.viewer)), slug=slug)


def topic_for(request: PortalRequest, pk: int) -> Topic:
    """A topic the reader may read. Raises `Http404`. One query."""
    found = _here(request, Topic.objects.visible_to(request.viewer)).select_related("forum", "author", "merged_into")
    return get_object_or_404(found, pk=pk)


def post_for(request: PortalRequest, pk: int) -> Post:
    """A post the reader may read. Raises `Http404`. One query."""
    found = _here(request, Post.objects.visible_to(request.viewer)).select_related(
        "topic__forum", "topic__author", "author"
    )
    return get_object_or_404(found, pk=pk)


def profile_for(pk: int) -> Profile:
    """Somebody who takes part; not who was erased. Raises `Http404`. One query."""
    found = get_object_or_404(Profile, pk=pk)
    if found.is_gone:
        raise Http404
    return found
