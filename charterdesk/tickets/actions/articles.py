"""Articles and tickets: given as an answer, made of a solution, and said to be wrong."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Window
from django.utils.html import linebreaks
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.knowledge.actions.feedback import open_correction
from charterdesk.knowledge.actions.writing import SUMMARY, Words, begin_article
from charterdesk.knowledge.models import Article, ArticleText, Category, Correction
from charterdesk.people.models import Agent
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.cleaning import cleaned, language_of, told_on
from charterdesk.tickets.events import ArticleUsed
from charterdesk.tickets.models import ArticleUse, Message, PassedOver, Ticket


@transaction.atomic
def use_articles(ticket: Ticket, *, text_ids: Iterable[int], by: Actor) -> None:
    """Note that articles were given on `ticket`, each once. Nothing happens for those readers can't see."""
    texts = ArticleText.objects.filter(pk__in=list(text_ids), is_live=True).defer("body", "text")
    for text in texts:
        _use, is_new = ArticleUse.objects.get_or_create(
            ticket=ticket, text=text, defaults={"number": text.live_number, "used_by": key_of(by)}
        )
        if is_new:
            event = ArticleUsed(ticket_id=ticket.pk, team_id=ticket.team_id, text_id=text.pk, number=text.live_number)
            publish(event, on=ticket, by=by)


@transaction.atomic
def draft_article(
    ticket: Ticket, *, by: Actor, category: Category, owner: Agent | None, reply: Message | None = None
) -> ArticleText:
    """Begin an article of what solved `ticket`, or of a `reply` on it, cleaned, for staff until somebody approved it.

    Once for a ticket and for a reply: then the same draft. Raises `Refused("tickets.no_solution")`.
    """
    about = reply.key if reply else ticket.key
    known = _lock_and_look(ticket, about, Article.ARTICLE)
    if known is not None:
        return known
    told = cleaned(ticket, told_on(ticket, answer=reply.body_text if reply else ""))
    words = Words(title=told.title, body=_body(told.answer), note=_note(ticket))
    language = language_of(ticket)
    return begin_article(
        words, by=by, category=category, language=language, audience=Article.STAFF, owner=owner, about=about
    )


@transaction.atomic
def draft_solution(ticket: Ticket, *, by: Actor, category: Category, owner: Agent | None) -> ArticleText:
    """Begin what customers may find of `ticket`: its question and solution, cleaned, until somebody approved it.

    Once for a ticket: then the same draft. Raises `Refused("tickets.no_solution")`.
    """
    known = _lock_and_look(ticket, ticket.key, Article.SOLUTION)
    if known is not None:
        return known
    told = cleaned(ticket, told_on(ticket))
    asked = Truncator(told.question).chars(SUMMARY)
    words = Words(title=told.title, summary=asked, body=_body(told.answer), note=_("Cleaned by the desk"))
    language = language_of(ticket)
    return begin_article(
        words, by=by, category=category, language=language, kind=Article.SOLUTION, owner=owner, about=ticket.key
    )


def _lock_and_look(ticket: Ticket, about: str, kind: str) -> ArticleText | None:
    """What was made before. Raises `Refused("tickets.no_solution")` where nothing can be made."""
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    found = _made_of(about, kind)
    if found is None and about == ticket.key and not ticket.solution.strip():
        raise Refused("tickets.no_solution", _("Solve it first: the article is made of the solution."))
    return found


def _body(answer: str) -> str:
    return str(linebreaks(answer, autoescape=True))


def _note(ticket: Ticket) -> str:
    return _("Made of ticket %(number)d") % {"number": ticket.number}


@transaction.atomic
def pass_over(ticket: Ticket, *, by: Actor) -> None:
    """Say that what solved `ticket` is not for customers. Once; nothing of the ticket changes."""
    PassedOver.objects.get_or_create(ticket=ticket, defaults={"by": key_of(by)})


def article_of(ticket: Ticket) -> ArticleText | None:
    """The article that was made of `ticket`. One query."""
    return _made_of(ticket.key, Article.ARTICLE)


def solution_of(ticket: Ticket) -> ArticleText | None:
    """What customers find of `ticket`, or its draft. One query."""
    return _made_of(ticket.key, Article.SOLUTION)


def _made_of(about: str, kind: str) -> ArticleText | None:
    is_solution = kind == Article.SOLUTION
    kinds = [Article.SOLUTION] if is_solution else [code for code, _name in Article.WRITTEN]
    found = ArticleText.objects.filter(article__about=about, article__kind__in=kinds).select_related("article")
    return found.order_by("pk").first()


@transaction.atomic
def say_wrong(ticket: Ticket, *, text: ArticleText, reason: str, by: Actor) -> Correction:
    """Say on `ticket` that what an article told is wrong; its owner puts it right.

    Raises `Refused("knowledge.no_reason")`.
    """
    use_articles(ticket, text_ids=[text.pk], by=by)
    return open_correction(text, reason=reason, by=by, about=ticket.key)


def uses_on(ticket: Ticket) -> list[ArticleUse]:
    """The articles given on `ticket`. One query."""
    return list(ArticleUse.objects.filter(ticket=ticket).select_related("text__article").order_by("pk"))


def tickets_with(article_id: int, viewer: Viewer, *, limit: int) -> tuple[list[Ticket], int]:
    """The latest tickets an article was given on, and on how many: of those `viewer` may see. One query."""
    uses = ArticleUse.objects.filter(text__article_id=article_id)
    seen = Ticket.objects.visible_to(viewer).filter(pk__in=uses.values("ticket_id")).order_by("-pk")
    found = list(seen.annotate(in_all=Window(Count("pk")))[:limit])
    return list(found), found[0].in_all if found else 0  # type: ignore[attr-defined]  # annotated just above
