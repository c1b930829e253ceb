"""What the utility told its customers: parts of the service, an outage that is over, planned work, changed terms."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.notices.actions.announcements import save_announcement, schedule_announcement
from charterdesk.notices.actions.status import open_incident, save_component, update_incident
from charterdesk.notices.models import Announcement, Component, Incident, IncidentUpdate, Recipient
from charterdesk.people.models import Contact, Team

MANY = 400
"""So many customers were told of the changed terms."""
LANGUAGES = ("en", "de", "es", "fr", "ar")
PARTS = (
    ("Water supply", "Wasserversorgung", "Suministro de agua", "Eau potable", "إمداد المياه"),
    ("Water quality", "Wasserqualität", "Calidad del agua", "Qualité de l’eau", "جودة المياه"),
    ("Customer portal", "Kundenportal", "Portal de clientes", "Portail clients", "بوابة العملاء"),
    ("Telephone", "Telefon", "Teléfono", "Téléphone", "الهاتف"),
)
SAID = (
    (
        Incident.LOOKING, 0,
        {"en": "Homes on Quay Street have little or no water. A crew is on its way.",
         "de": "Häuser in der Quay Street haben wenig oder kein Wasser. Ein Trupp ist unterwegs."},
    ),
    (
        Incident.FOUND, 40,
        {"en": "A main broke near the bridge. We have shut the valve and dig. Two tankers stand at the fish hall.",
         "de": "Nahe der Brücke brach eine Hauptleitung. Der Schieber ist zu. An der Fischhalle stehen "
               "zwei Tankwagen."},
    ),
    (
        Incident.WATCHING, 215,
        {"en": "The pipe is mended and the water runs again. It may look milky for an hour: that is air.",
         "de": "Das Rohr ist geflickt, das Wasser läuft wieder. Es kann eine Stunde lang milchig sein: das ist Luft."},
    ),
    (
        Incident.OVER, 330,
        {"en": "Pressure is as it should be everywhere. We are sorry for the trouble.",
         "de": "Der Druck ist überall, wie er sein soll. Wir bedauern die Umstände."},
    ),
)  # fmt: skip
WORKS = {
    "en": "New valves in Alder Hill: no water from 22:00 to 04:00",
    "de": "Neue Schieber in Alder Hill: kein Wasser von 22 bis 4 Uhr",
    "ar": "صمامات جديدة في ألدر هيل: لا ماء من 22:00 إلى 04:00",
}
WORKS_TEXT = {
    "en": "We replace six valves. Please keep some water for the night. Homes outside Alder Hill notice nothing.",
    "de": "Wir tauschen sechs Schieber. Bitte halten Sie etwas Wasser für die Nacht bereit. Anderswo merkt man nichts.",
    "ar": "نستبدل ستة صمامات. يُرجى الاحتفاظ ببعض الماء لليل. لن تلاحظ المنازل خارج ألدر هيل شيئًا.",
}
TERMS = {
    "en": {
        "subject": "New terms of supply from 1 January",
        "text": "Dear {{ customer }},\n\nfrom 1 January our terms of supply change in two places: you may end your "
        "contract with two weeks’ notice instead of six, and we answer for damage by our works from the first euro. "
        "All else stays as it is.",
    },
    "de": {
        "subject": "Neue Lieferbedingungen ab 1. Januar",
        "text": "Guten Tag {{ customer }},\n\nab 1. Januar ändern sich unsere Lieferbedingungen an zwei Stellen: Sie "
        "können mit zwei statt sechs Wochen Frist kündigen, und wir haften für Schäden durch unsere Arbeiten ab dem "
        "ersten Euro. Alles andere bleibt, wie es ist.",
    },
}


def make_announcements(say: Callable[[str], object]) -> None:
    """Keep the status page, and announce. A few dozen statements."""
    say("telling customers")
    team = Team.objects.order_by("pk").first()
    if team is None:
        return
    with transaction.atomic():
        named = [dict(zip(LANGUAGES, names, strict=True)) for names in PARTS]
        parts = [save_component(None, by=SYSTEM, names=names, position=10 * n) for n, names in enumerate(named, 1)]
        _outage(parts)
        begin = (now() + timedelta(days=3)).replace(hour=22, minute=0, second=0, microsecond=0)
        open_incident(
            by=SYSTEM, kind=Incident.WORKS, titles=WORKS, texts=WORKS_TEXT, components=parts[:1], starts_at=begin,
            ends_at=begin + timedelta(hours=6),
        )  # fmt: skip
        _terms(team)
        _news(team)


def _outage(parts: list[Component]) -> None:
    """A pipe broke two weeks ago, and what was said of it until all was well."""
    begin = now() - timedelta(days=13, hours=5)
    titles = {"en": "No water on Quay Street", "de": "Kein Wasser in der Quay Street"}
    outage = open_incident(
        by=SYSTEM, kind=Incident.OUTAGE, impact=Incident.WHOLLY, titles=titles, texts=SAID[0][2],
        components=parts[:1], starts_at=begin,
    )  # fmt: skip
    for stage, _minutes, texts in SAID[1:]:
        update_incident(outage, by=SYSTEM, texts=texts, stage=stage)
    for update, (_stage, minutes, _texts) in zip(outage.updates.order_by("pk"), SAID, strict=True):
        IncidentUpdate.objects.filter(pk=update.pk).update(at=begin + timedelta(minutes=minutes))
    Incident.objects.filter(pk=outage.pk).update(ended_at=begin + timedelta(minutes=SAID[-1][1]))


def _terms(team: Team) -> None:
    """The terms change: sent a week ago, read by many and confirmed by most of these."""
    fields = {"kind": Announcement.POLICY, "policy": "Terms of supply", "is_contractual": True, "asks_receipt": True}
    terms = save_announcement(None, by=SYSTEM, team=team, texts=TERMS, **fields)
    at = now() - timedelta(days=7)
    whom = list(Contact.objects.filter(erased_at=None, merged_into=None).order_by("pk")[:MANY])
    Recipient.objects.bulk_create(
        Recipient(
            announcement=terms,
            contact=one,
            language=terms.language_for(one.language),
            state=Recipient.RETURNED if number % 97 == 96 else Recipient.MAILED,
            told_at=at,
            read_at=at + timedelta(hours=1 + number % 40) if number % 3 else None,
            confirmed_at=at + timedelta(hours=1 + number % 40) if number % 3 == 1 else None,
        )
        for number, one in enumerate(whom)
    )
    Announcement.objects.filter(pk=terms.pk).update(
        state=Announcement.DONE,
        version=1,
        total=len(whom),
        position=whom[-1].pk if whom else 0,
        started_at=at,
        ended_at=at + timedelta(minutes=2),
        effective_on=(now() + timedelta(days=40)).date(),
    )


def _news(team: Team) -> None:
    """Something that goes out tomorrow, and a draft."""
    planned = save_announcement(
        None,
        by=SYSTEM,
        team=team,
        kind=Announcement.WORKS,
        texts={code: {"subject": WORKS[code], "text": WORKS_TEXT[code]} for code in WORKS},
    )
    schedule_announcement(planned, by=SYSTEM, at=now() + timedelta(days=1))
    said = {"en": {"subject": "Read your meter by telephone", "text": "Call us and say the figures."}}
    save_announcement(None, by=SYSTEM, team=team, texts=said)
