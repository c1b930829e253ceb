"""Writing templates of the desk's own, going back to what they said, and taking them out."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.html import clean_html, html_to_text
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.events.models import RuleVersion
from charterdesk.people.models import LANGUAGES
from charterdesk.tickets.events import TemplateRemoved, TemplateSaved
from charterdesk.tickets.filling import check
from charterdesk.tickets.models import Macro, Template, TemplateVersion

Texts = Mapping[str, Mapping[str, str]]
LONGEST = 100_000


@transaction.atomic
def save_template(
    template: Template | None, *, by: Actor, name: str, texts: Texts, code: str = "", reason: str = ""
) -> TemplateVersion:
    """Have a template say `texts` from now on ({language: {"subject", "html"}}); None makes one, by `code` or its name.

    HTML is made safe; a language without a text is left out. Nothing new where nothing differs: the newest version is
    returned. Raises `Refused`: `tickets.no_text`, `tickets.template_code`, `tickets.template_taken`, and as
    `filling.check`.
    """
    safe = _safe(texts)
    if template is None:
        template = _make(name, slugify(code or name)[:50])
    else:
        Template.objects.select_for_update().get(pk=template.pk)
        template.name = name.strip()[:120]
        template.save(update_fields=["name"])
    newest = template.versions.order_by("-number").first()
    if newest and newest.texts == safe:
        return newest
    number = (template.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    version = TemplateVersion.objects.create(
        template=template, number=number, texts=safe, actor=key_of(by), reason=reason.strip()[:300]
    )
    publish(TemplateSaved(template_id=template.pk, number=number), on=template, by=by)
    return version


def _safe(texts: Texts) -> dict[str, dict[str, str]]:
    """The texts by language without what is empty or unsafe. Raises `Refused`."""
    safe = {}
    for language, _word in LANGUAGES:
        said = texts.get(language, {})
        subject, html = " ".join(said.get("subject", "").split())[:300], clean_html(said.get("html", "")[:LONGEST])
        if html_to_text(html).strip():
            check(subject, html)
            safe[language] = {"subject": subject, "html": html}
    if not safe:
        raise Refused("tickets.no_text", _("Write a text."))
    return safe


def _make(name: str, code: str) -> Template:
    if not name.strip() or not code:
        raise Refused("tickets.template_code", _("Give it a name, and a code of letters, digits and hyphens."))
    if Template.objects.filter(code=code).exists():
        text = _("There is or was a template with the code “%s”. Choose another.")
        raise Refused("tickets.template_taken", text % code)
    return Template.objects.create(name=name.strip()[:120], code=code)


@transaction.atomic
def restore_template(version: TemplateVersion, *, by: Actor) -> TemplateVersion:
    """Have a template say again what it said in `version`, as a new version, which is returned."""
    reason = _("back to version {number}").format(number=version.number)
    template = version.template
    return save_template(template, by=by, name=template.name, texts=version.texts, reason=reason)


@transaction.atomic
def remove_template(template: Template, *, by: Actor) -> None:
    """Have a template no more; what was sent of it stays. Raises `Refused("tickets.template_used")` while a rule in
    force sends it or a macro takes its text.
    """
    sends = {"then": [{"args": {"template": template.reference}}]}
    using = RuleVersion.objects.filter(active_from__isnull=False, active_until=None, body__contains=sends)
    if names := sorted(using.values_list("rule__name", flat=True)):
        text = _("Rules send it: %s. Change them first.")
        raise Refused("tickets.template_used", text % ", ".join(names))
    saying = Macro.objects.filter(template=template.reference).order_by("name")
    if macros := list(saying.values_list("name", flat=True)):
        text = _("Macros say it: %s. Change them first.")
        raise Refused("tickets.template_used", text % ", ".join(macros))
    if template.removed_at is None:
        template.removed_at = now()
        template.save(update_fields=["removed_at"])
        publish(TemplateRemoved(template_id=template.pk), on=template, by=by)
