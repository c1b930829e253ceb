"""The help centre for programs: what is new and what readers say as feeds; every public page for search engines."""

from xml.sax.xmlreader import AttributesImpl

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from charterdesk.comments.queries.reading import newest_below
from charterdesk.community.queries.talk import Asked, topics_for
from charterdesk.knowledge.models import ArticleText
from charterdesk.knowledge.queries.shelves import readable
from charterdesk.people.viewer import NOBODY
from charterdesk.portal.charter_paper import language_of
from charterdesk.portal.community.paths import address_of_topic
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.help import address_of_text, found_at, title_of_help
from charterdesk.ui.brand import brand_of

NEWEST, MOST_PAGES = 30, 50_000
FIVE_MINUTES = 300
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def _feed(request: PortalRequest, kind: type[SyndicationFeed], content_type: str) -> HttpResponse:
    """What is public and new in the language `lang`. Two statements."""
    language = language_of(request)
    with translation.override(language):
        feed = kind(
            title=title_of_help(request),
            link=request.build_absolute_uri(reverse("portal:help")),
            description="",
            language=language,
            feed_url=request.build_absolute_uri(),
        )
        texts = readable(NOBODY, brand_of(request).brand).filter(language=language).order_by("-changed_at")
        for text in texts[:NEWEST]:
            address = request.build_absolute_uri(address_of_text(text))
            feed.add_item(
                title=text.title,
                link=address,
                description=text.summary,
                pubdate=text.published_at,
                updateddate=text.changed_at,
                unique_id=address,
                categories=[text.article.category.name],
            )
        response = HttpResponse(feed.writeString("utf-8"), content_type=content_type)
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def atom(request: PortalRequest) -> HttpResponse:
    """GET help/feed.atom?lang=: what is new, as Atom (RFC 4287)."""
    return _feed(request, Atom1Feed, "application/atom+xml; charset=utf-8")


def rss(request: PortalRequest) -> HttpResponse:
    """GET help/feed.rss?lang=: what is new, as RSS 2.0."""
    return _feed(request, Rss201rev2Feed, "application/rss+xml; charset=utf-8")


def comments(request: PortalRequest, language: str, slug: str) -> HttpResponse:
    """GET help/<language>/<slug>/comments.atom: what readers said below an article, the newest first. Three statements.

    Only below what everybody may read: feed readers don't sign in.
    """
    text = found_at(request, language, slug, viewer=NOBODY)
    if text.slug != slug:
        return redirect("portal:comments_atom", text.language, text.slug, permanent=True)
    address = request.build_absolute_uri(address_of_text(text))
    with translation.override(language):
        feed = Atom1Feed(
            title=_("Comments on “%(title)s”") % {"title": text.title},
            link=address,
            description="",
            language=language,
            feed_url=request.build_absolute_uri(),
        )
        for comment in newest_below(text, NOBODY)[:NEWEST]:
            feed.add_item(
                title=_("%(name)s on “%(title)s”") % {"name": comment.signed, "title": text.title},
                link=f"{address}#comment-{comment.pk}",
                description=comment.body,
                author_name=comment.signed,
                pubdate=comment.shown_at,
                updateddate=comment.shown_at,
                unique_id=f"{address}#comment-{comment.pk}",
            )
        response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def sitemap(request: PortalRequest) -> HttpResponse:
    """GET sitemap.xml: every page everybody may read, with its other languages. Four statements."""
    texts = list(readable(NOBODY, brand_of(request).brand).order_by("pk")[:MOST_PAGES])
    of_article: dict[int, list[ArticleText]] = {}
    for text in texts:
        of_article.setdefault(text.article_id, []).append(text)
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": SITEMAP, "xmlns:xhtml": XHTML}))
    for path in ("portal:home", "portal:help"):
        _page(xml, request.build_absolute_uri(reverse(path)), "", [])
    for text in texts:
        others = of_article[text.article_id]
        links = [(each.language, request.build_absolute_uri(address_of_text(each))) for each in others]
        address = request.build_absolute_uri(address_of_text(text))
        _page(xml, address, text.changed_at.date().isoformat(), links if len(links) > 1 else [])
    for topic in topics_for(NOBODY, Asked(), brand_of(request).brand)[: MOST_PAGES - len(texts)]:
        _page(xml, request.build_absolute_uri(address_of_topic(topic)), topic.last_at.date().isoformat(), [])
    xml.endElement("urlset")
    xml.endDocument()
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}"
    return response


def _page(xml: SimplerXMLGenerator, address: str, changed: str, links: list[tuple[str, str]]) -> None:
    xml.startElement("url", AttributesImpl({}))
    xml.addQuickElement("loc", address)
    if changed:
        xml.addQuickElement("lastmod", changed)
    for language, other in links:
        xml.addQuickElement("xhtml:link", attrs={"rel": "alternate", "hreflang": language, "href": other})
    xml.endElement("url")


urls = [
    portal_path("sitemap.xml", sitemap, "sitemap"),
    portal_path("help/feed.atom", atom, "help_atom"),
    portal_path("help/feed.rss", rss, "help_rss"),
    portal_path("help/<str:language>/<str:slug>/comments.atom", comments, "comments_atom"),
]
