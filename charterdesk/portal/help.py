"""The help centre: shelves, an article, and what readers say of it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.knowledge.actions.counting import count
from charterdesk.knowledge.actions.feedback import rate, reader_mark
from charterdesk.knowledge.bodies import shown
from charterdesk.knowledge.models import Article, ArticleFile, ArticleText, Category, Feedback, Redirect
from charterdesk.knowledge.queries.shelves import (
    Shelf,
    best_language,
    languages_of,
    most_read,
    readable,
    related,
    shelves,
)
from charterdesk.people.models import LANGUAGES
from charterdesk.people.viewer import Viewer
from charterdesk.portal.comment_lines import CommentForm, comments_below
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.requests import FileLine
from charterdesk.portal.spam import is_machine, is_too_many
from charterdesk.ui.brand import brand_of
from charterdesk.ui.files import SHOWN_IN_PLACE, file_response

MOST_READ, RATINGS_PER_HOUR = 6, 60
WORDS_PER_MINUTE = 200


def languages_for(request: PortalRequest) -> list[str]:
    """What to look for first: the reader's language, then English."""
    return list(dict.fromkeys([(get_language() or "en")[:2], "en"]))


def address_of_text(text: ArticleText) -> str:
    """Where it is read."""
    return reverse("portal:article", args=[text.language, text.slug])


def home(request: PortalRequest) -> HttpResponse:
    """GET help/: every shelf with what stands on it, and what is read most. Four statements."""
    brand, languages = brand_of(request).brand, languages_for(request)
    context = {
        "shelves": shelves(request.viewer, brand, languages),
        "most_read": most_read(request.viewer, brand, languages, MOST_READ),
        "place": "help",
    }
    return render(request, "portal/help/home.html", context)


def category(request: PortalRequest, slug: str) -> HttpResponse:
    """GET help/c/<slug>: what stands on one shelf; questions with their answers. Five statements."""
    brand, languages = brand_of(request).brand, languages_for(request)
    found = _category(request, slug)
    if isinstance(found, HttpResponse):
        return found
    texts = readable(request.viewer, brand).filter(article__category=found)
    inner = readable(request.viewer, brand).filter(article__category__parent=found)
    here = _ordered(best_language(texts, languages))
    within: dict[int, Shelf] = {}
    for text in _ordered(best_language(inner, languages)):
        shelf = within.setdefault(text.article.category_id, Shelf(category=text.article.category))
        shelf.texts.append(text)
    if not here and not within:
        raise Http404
    asked = [text.pk for text in here if text.article.kind == Article.FAQ]
    bodies = dict(ArticleText.objects.filter(pk__in=asked).values_list("pk", "body")) if asked else {}
    faqs = [(text, shown(bodies[text.pk])[0]) for text in here if text.pk in bodies]
    context = {
        "category": found,
        "texts": [text for text in here if text.pk not in bodies],
        "faqs": faqs,
        "within": sorted(within.values(), key=lambda each: (each.category.position, each.category.pk)),
        "data": _questions(faqs) if faqs else None,
        "place": "help",
    }
    return render(request, "portal/help/category.html", context)


def _ordered(texts: list[ArticleText]) -> list[ArticleText]:
    return sorted(texts, key=lambda text: (text.article.position, text.article_id))


def _category(request: PortalRequest, slug: str) -> Category | HttpResponse:
    """The category, or the way to where it stands now."""
    found = Category.objects.select_related("parent").filter(slug=slug).first()
    if found is None:
        led = get_object_or_404(Redirect.objects.select_related("category"), language="", slug=slug)
        assert led.category is not None
        return redirect("portal:help_category", led.category.slug, permanent=True)
    if found.brand_id is not None and found.brand_id != getattr(brand_of(request).brand, "pk", None):
        raise Http404
    return found


def article(request: PortalRequest, language: str, slug: str) -> HttpResponse:
    """GET help/<language>/<slug>: one article. At most eleven statements; signed in, thirteen."""
    text = text_at(request, language, slug)
    if isinstance(text, HttpResponse):
        return text
    _speak(request, language)
    _count(request, text)
    return show_article(request, text)


def show_article(
    request: PortalRequest, text: ArticleText, *, comment_form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of an article, with a comment written so far where it could not be kept."""
    context = _context(request, text, comment_form)
    return render(request, "portal/help/article.html", context, status=status)


def text_at(request: PortalRequest, language: str, slug: str) -> ArticleText | HttpResponse:
    """The text that stands there, or the way to where it stands now. Raises `Http404`."""
    text = found_at(request, language, slug, viewer=request.viewer)
    return text if text.slug == slug else redirect(address_of_text(text), permanent=True)


def found_at(request: PortalRequest, language: str, slug: str, *, viewer: Viewer) -> ArticleText:
    """The text that stands there or stood there once, if `viewer` may read it. Raises `Http404`. Two statements."""
    if language not in dict(LANGUAGES):
        raise Http404
    seen = ArticleText.objects.visible_to(viewer).live().of_brand(brand_of(request).brand)
    found = seen.select_related("article__category__parent").filter(language=language, slug=slug).first()
    if found is not None:
        return found
    led = Redirect.objects.select_related("text").filter(language=language, slug=slug, text__in=seen).first()
    if led is None or led.text is None:
        raise Http404
    return led.text


def _speak(request: PortalRequest, language: str) -> None:
    """Who came by a link from elsewhere and chose no language reads the page around it in the article's."""
    if not request.viewer.contact_id and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)


def _count(request: PortalRequest, text: ArticleText) -> None:
    """Count a reader: no machine, and nobody of the house."""
    if request.method != "GET" or request.viewer.is_staff or is_machine(request):
        return
    count(text.pk, "views")


def _context(request: PortalRequest, text: ArticleText, comment_form: CommentForm | None = None) -> dict[str, Any]:
    html, headings = shown(text.body)
    files = [each for each in text.article.files.order_by("pk") if not each.is_inline]
    return {
        "text": text,
        "html": html,
        "headings": [each for each in headings if each.level == 2] if len(headings) > 2 else [],
        "languages": [(each, dict(LANGUAGES)[each.language]) for each in languages_of(text, request.viewer)],
        "files": [
            FileLine(name=each.filename, size=each.size, url=_file_url(each), thumbnail_url="") for each in files
        ],
        "related": related(text, request.viewer, brand_of(request).brand),
        "minutes": max(1, round(len(text.text.split()) / WORDS_PER_MINUTE)),
        "is_rtl": text.language == "ar",
        "is_asking": "asking" in request.GET,
        "data": _questions([(text, html)]) if text.article.kind == Article.FAQ else _article_data(request, text),
        "place": "help",
        **comments_below(request, text, comment_form),
    }


def _file_url(file: ArticleFile) -> str:
    return reverse("portal:help_file", args=[file.pk])


def _questions(faqs: list[tuple[ArticleText, Any]]) -> dict[str, Any]:
    """What search engines read of questions: https://schema.org/FAQPage."""
    asked = [
        {"@type": "Question", "name": text.title, "acceptedAnswer": {"@type": "Answer", "text": str(html)}}
        for text, html in faqs
    ]
    return {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": asked}


def _article_data(request: PortalRequest, text: ArticleText) -> dict[str, Any]:
    """What search engines read of an article: https://schema.org/TechArticle."""
    brand = brand_of(request)
    return {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": text.title,
        "description": text.summary,
        "inLanguage": text.language,
        "datePublished": text.published_at.isoformat() if text.published_at else None,
        "dateModified": text.changed_at.isoformat(),
        "url": request.build_absolute_uri(address_of_text(text)),
        "publisher": {"@type": "Organization", "name": brand.name},
    }


@require_POST
def say(request: PortalRequest, language: str, slug: str) -> HttpResponse:
    """POST help/<language>/<slug>/feedback: whether it helped; then, in words, what is missing or out of date."""
    text = text_at(request, language, slug)
    if isinstance(text, HttpResponse):
        return text
    if is_too_many(request, what="help", limit=RATINGS_PER_HOUR):
        return render(request, "portal/help/feedback.html", {"text": text, "said": "helpful"}, status=429)
    viewer = request.viewer
    kind = request.POST.get("kind", "")
    once = viewer.key if viewer.contact_id else f"{request.META.get('REMOTE_ADDR')}{request.headers.get('User-Agent')}"
    words = request.POST.get("words", "")
    given = rate(text, kind=kind, once=reader_mark(text, once), by=viewer, words=words, contact_id=viewer.contact_id)
    context = {"text": text, "said": given.kind, "has_words": bool(words.strip()), "kinds": Feedback.KINDS}
    if "HX-Request" in request.headers:
        return render(request, "portal/help/feedback.html", context)
    return render(request, "portal/help/article.html", _context(request, text) | context)


def file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """GET help/files/<id>: a picture or a file of an article the reader may read; staff see those of drafts."""
    seen = ArticleText.objects.visible_to(request.viewer)
    found = get_object_or_404(ArticleFile.objects.filter(article__texts__in=seen).distinct(), pk=pk)
    is_shown = found.is_inline and found.content_type in SHOWN_IN_PLACE
    return file_response(found.sha256, filename=found.filename, content_type=found.content_type, in_place=is_shown)


def title_of_help(request: PortalRequest) -> str:
    """How the help centre is called in feeds."""
    return _("Help of %(name)s") % {"name": brand_of(request).name}


urls = [
    portal_path("help/", home, "help"),
    portal_path("help/c/<str:slug>", category, "help_category"),
    portal_path("help/files/<int:pk>", file, "help_file"),
    portal_path("help/<str:language>/<str:slug>", article, "article"),
    portal_path("help/<str:language>/<str:slug>/feedback", say, "rate_article"),
]
