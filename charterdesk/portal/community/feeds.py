"""The community for programs: what is new, as Atom and RSS."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _

from charterdesk.community.models import Forum, Topic
from charterdesk.community.queries.talk import LATEST, Asked, topics_for, with_extract
from charterdesk.people.viewer import NOBODY
from charterdesk.portal.charter_paper import language_of
from charterdesk.portal.community.paths import address_of_topic
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.ui.brand import brand_of

NEWEST, EXTRACT = 30, 400
FIVE_MINUTES = 300


def _feed(request: PortalRequest, kind: type[SyndicationFeed], content_type: str) -> HttpResponse:
    """The newest public topics, of one forum (`forum`) or of all. Two statements."""
    brand = brand_of(request).brand
    forums = Forum.objects.visible_to(NOBODY).shown_on(brand, NOBODY)
    forum = forums.filter(slug=request.GET.get("forum", "").replace("\x00", "")).first()
    with translation.override(language_of(request)):
        name = _("Community of %(name)s") % {"name": brand_of(request).name}
        feed = kind(
            title=f"{forum.name} · {name}" if forum else name,
            link=request.build_absolute_uri(reverse("portal:community")),
            description="",
            feed_url=request.build_absolute_uri(),
        )
        for topic in with_extract(topics_for(NOBODY, Asked(order=LATEST), brand, forum))[:NEWEST]:
            _add(request, feed, topic)
        response = HttpResponse(feed.writeString("utf-8"), content_type=content_type)
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def _add(request: PortalRequest, feed: SyndicationFeed, topic: Topic) -> None:
    address = request.build_absolute_uri(address_of_topic(topic))
    feed.add_item(
        title=topic.title,
        link=address,
        description=topic.extract[:EXTRACT],  # type: ignore[attr-defined]  # annotated just above
        author_name=str(topic.author),
        pubdate=topic.created_at,
        updateddate=topic.last_at,
        unique_id=address,
        categories=[topic.forum.name, *topic.tags],
    )


def atom(request: PortalRequest) -> HttpResponse:
    """GET community/feed.atom?forum=&lang=: what is new, as Atom (RFC 4287)."""
    return _feed(request, Atom1Feed, "application/atom+xml; charset=utf-8")


def rss(request: PortalRequest) -> HttpResponse:
    """GET community/feed.rss?forum=&lang=: what is new, as RSS 2.0."""
    return _feed(request, Rss201rev2Feed, "application/rss+xml; charset=utf-8")


urls = [
    portal_path("community/feed.atom", atom, "community_atom"),
    portal_path("community/feed.rss", rss, "community_rss"),
]
