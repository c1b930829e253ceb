"""The utility's charter: two versions in five languages, two years of figures counted from the log, a few remedies."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from charterdesk.base.clock import now
from charterdesk.charter.actions.documents import approve_draft, begin_draft, publish_charter
from charterdesk.charter.actions.exclusions import declare_exclusion
from charterdesk.charter.actions.recount import recount_figures
from charterdesk.charter.actions.remedies import approve_remedy, book_remedies
from charterdesk.charter.content import (
    ACKNOWLEDGED,
    ANSWERED,
    APOLOGY,
    CALLED,
    COUNT,
    CREDIT,
    SOLVED,
    Charter,
    Measure,
    Objective,
    Person,
    Remedy,
    Right,
    Words,
)
from charterdesk.charter.in_force import forget
from charterdesk.charter.models import Case, CharterVersion, OwedRemedy
from charterdesk.people import cast
from charterdesk.people.models import Agent, Team
from charterdesk.tickets.models import Ticket

HOUR_S = 3600
YEARS = timedelta(days=800)
SINCE = timedelta(days=120)
"""So long the second version is in force."""
LATELY = timedelta(days=21)


def said(en: str, de: str, es: str, fr: str, ar: str) -> Words:
    """A text in the five languages of the desk."""
    return {"en": en, "de": de, "es": es, "fr": fr, "ar": ar}


def make_charter(say: Callable[[str], object]) -> None:
    """Publish two versions in the past, count what was kept of them, and book a few remedies. Needs the log."""
    say("publishing the charter and counting how it was kept")
    writer = Agent.objects.filter(role=Agent.ADMINISTRATOR).first()
    approver = Agent.objects.filter(role=Agent.MANAGER).first()
    leaks = Team.objects.order_by("pk").first()
    if not writer or not approver or not leaks:
        return
    at = now()
    with transaction.atomic():
        _published(_charter(answer_hours=9, leaks=leaks.pk), writer, approver, at - YEARS)
        _published(_charter(answer_hours=6, leaks=leaks.pk), writer, approver, at - SINCE)
        forget()
        declare_exclusion(
            by=writer,
            begins_at=at - timedelta(days=64),
            ends_at=at - timedelta(days=62),
            reason=said(
                "Flood in the lower town: the pumping station stood still",
                "Hochwasser in der Unterstadt: Das Pumpwerk stand still",
                "Inundación en la parte baja: la estación de bombeo se paró",
                "Crue dans la ville basse : la station de pompage était à l'arrêt",
                "فيضان في المدينة السفلى: توقفت محطة الضخ",
            ),
            objectives=["emergency"],
        )
    recount_figures(until=at, say=say)
    _make_good(at, approver)


def _published(charter: Charter, writer: Agent, approver: Agent, effective_at: datetime) -> None:
    draft = begin_draft(by=writer, content=charter)
    approve_draft(draft, by=approver)
    publish_charter(draft, by=writer)
    CharterVersion.objects.filter(pk=draft.pk).update(
        effective_at=effective_at,
        published_at=effective_at - timedelta(days=14),
        approved_at=effective_at - timedelta(days=16),
    )


def _make_good(at: datetime, approver: Agent) -> None:
    """Remedies for what was broken lately, some approved; the rest waits."""
    broken = Case.objects.filter(state=Case.BROKEN, exclusion=None, decided_at__gt=at - LATELY, ended_at__isnull=False)
    for objective, most in (("emergency", 5), ("answer", 3)):
        for case in broken.filter(objective=objective).order_by("-decided_at")[:most]:
            book_remedies(case.pk)
    waiting = list(OwedRemedy.objects.filter(state=OwedRemedy.WAITING).order_by("pk"))
    for owed in waiting[: len(waiting) // 2]:
        approve_remedy(owed, by=approver)


def _charter(*, answer_hours: int, leaks: int) -> Charter:
    return Charter(
        title=said(
            "Our customer charter",
            "Unsere Kundencharta",
            "Nuestra carta de servicios",
            "Notre charte client",
            "ميثاقنا مع العملاء",
        ),
        intro=said(
            "Water should be the least of your worries. Here is what you may expect of us, by when, and what happens "
            "when we fail.",
            "Wasser soll Ihre kleinste Sorge sein. Hier steht, was Sie von uns erwarten dürfen, bis wann, und was "
            "geschieht, wenn wir es nicht schaffen.",
            "El agua debe ser la menor de sus preocupaciones. Aquí lee qué puede esperar de nosotros, cuándo, y qué "
            "pasa si fallamos.",
            "L'eau doit être le moindre de vos soucis. Voici ce que vous pouvez attendre de nous, dans quel délai, et "
            "ce qui se passe si nous manquons à notre parole.",
            "يجب ألا يقلقكم الماء. هنا تقرؤون ما يمكنكم توقعه منا، ومتى، وماذا يحدث إن أخفقنا.",
        ),
        objectives=_objectives(answer_hours, leaks),
        remedies=_remedies(),
        rights=_rights(),
        measures=[_review()],
        contacts=_contacts(),
        legal=said(
            "This charter binds us towards every customer. It adds to your rights by law and takes none away.",
            "Diese Charta bindet uns gegenüber jedem Kunden. Sie ergänzt Ihre gesetzlichen Rechte und nimmt keines.",
            "Esta carta nos obliga con cada cliente. Se suma a sus derechos legales y no quita ninguno.",
            "Cette charte nous engage envers chaque client. Elle s'ajoute à vos droits légaux et n'en retire aucun.",
            "هذا الميثاق ملزم لنا تجاه كل عميل، ويضاف إلى حقوقكم القانونية ولا ينقص منها شيئًا.",
        ),
    )


def _objectives(answer_hours: int, leaks: int) -> list[Objective]:
    return [
        Objective(
            code="acknowledged",
            title=said(
                "At once acknowledged", "Sofort bestätigt", "Confirmado al momento", "Aussitôt confirmé", "تأكيد فوري"
            ),
            promise=said(
                "You hear within ten minutes that your request has come, day and night.",
                "Sie erfahren binnen zehn Minuten, dass Ihre Anfrage da ist, Tag und Nacht.",
                "En diez minutos sabe que su consulta ha llegado, de día y de noche.",
                "Dans les dix minutes, vous savez que votre demande est arrivée, jour et nuit.",
                "نؤكد لكم وصول طلبكم خلال عشر دقائق، ليلًا ونهارًا.",
            ),
            stop=ACKNOWLEDGED,
            within_s=600,
            always=True,
            target=99.0,
        ),
        Objective(
            code="answer",
            title=said(
                "A person answers",
                "Ein Mensch antwortet",
                "Responde una persona",
                "Une personne répond",
                "يجيبكم إنسان",
            ),
            promise=said(
                f"A person answers you within {answer_hours} working hours.",
                f"Ein Mensch antwortet Ihnen binnen {answer_hours} Arbeitsstunden.",
                f"Una persona le responde en {answer_hours} horas laborables.",
                f"Une personne vous répond en {answer_hours} heures ouvrées.",
                f"يجيبكم إنسان خلال {answer_hours} ساعات عمل.",
            ),
            stop=ANSWERED,
            within_s=answer_hours * HOUR_S,
            target=90.0,
        ),
        Objective(
            code="emergency",
            title=said(
                "Leaks and emergencies settled",
                "Rohrbrüche und Notfälle behoben",
                "Fugas y emergencias resueltas",
                "Fuites et urgences réglées",
                "إصلاح التسربات والطوارئ",
            ),
            promise=said(
                "A leak or an emergency is settled within three days, weekends included.",
                "Ein Rohrbruch oder Notfall ist binnen drei Tagen behoben, auch am Wochenende.",
                "Una fuga o emergencia se resuelve en tres días, también en fin de semana.",
                "Une fuite ou une urgence est réglée en trois jours, week-ends compris.",
                "يُصلَح التسرب أو الطارئ خلال ثلاثة أيام، حتى في عطلة نهاية الأسبوع.",
            ),
            stop=SOLVED,
            within_s=72 * HOUR_S,
            always=True,
            team_ids=[leaks],
            pauses=[Ticket.PENDING],
            target=85.0,
        ),
        Objective(
            code="right",
            title=said(
                "Right first time", "Gleich richtig", "Bien a la primera", "Bon du premier coup", "صحيح من المرة الأولى"
            ),
            promise=said(
                "What we call solved stays solved.",
                "Was wir gelöst nennen, bleibt gelöst.",
                "Lo que damos por resuelto queda resuelto.",
                "Ce que nous disons réglé le reste.",
                "ما نعدّه محلولًا يبقى محلولًا.",
            ),
            measure=COUNT,
            target=90.0,
        ),
        Objective(
            code="picked-up",
            title=said(
                "Calls picked up",
                "Anrufe angenommen",
                "Llamadas atendidas",
                "Appels décrochés",
                "الرد على المكالمات",
            ),
            promise=said(
                "When you call while we are open, somebody picks up within 30 seconds.",
                "Rufen Sie an, während wir geöffnet haben, nimmt binnen 30 Sekunden jemand ab.",
                "Si llama mientras estamos abiertos, alguien atiende en 30 segundos.",
                "Si vous appelez pendant nos heures d'ouverture, quelqu'un décroche en 30 secondes.",
                "عندما تتصلون خلال ساعات عملنا يرد عليكم أحد خلال 30 ثانية.",
            ),
            start=CALLED,
            within_s=30,
            target=70.0,
        ),
    ]


def _remedies() -> list[Remedy]:
    return [
        Remedy(
            code="apology",
            title=said(
                "An apology that says why",
                "Eine Entschuldigung mit Grund",
                "Una disculpa con el motivo",
                "Des excuses et la raison",
                "اعتذار مع بيان السبب",
            ),
            kind=APOLOGY,
            objectives=["answer", "emergency"],
        ),
        Remedy(
            code="credit",
            title=said(
                "Credit on your bill",
                "Gutschrift auf Ihre Rechnung",
                "Abono en su factura",
                "Avoir sur votre facture",
                "رصيد في فاتورتكم",
            ),
            kind=CREDIT,
            objectives=["emergency"],
            amount="30",
            currency="EUR",
            cap_year="120",
            approve_above="20",
            two_above="100",
        ),
        Remedy(
            code="waited",
            title=said(
                "Credit for waiting on the line",
                "Gutschrift für das Warten am Telefon",
                "Abono por la espera al teléfono",
                "Avoir pour l'attente au téléphone",
                "رصيد عن الانتظار على الهاتف",
            ),
            kind=CREDIT,
            objectives=["picked-up"],
            amount="2",
            currency="EUR",
            cap_year="10",
        ),
    ]


def _rights() -> list[Right]:
    return [
        Right(
            code="person",
            title=said(
                "An answer from a person",
                "Antwort von einem Menschen",
                "Respuesta de una persona",
                "Une réponse humaine",
                "جواب من إنسان",
            ),
            text=said(
                "Whatever you ask, a person answers. No request is closed without an answer.",
                "Was immer Sie fragen, ein Mensch antwortet. Keine Anfrage wird ohne Antwort geschlossen.",
                "Pregunte lo que pregunte, responde una persona. Ninguna consulta se cierra sin respuesta.",
                "Quoi que vous demandiez, une personne répond. Aucune demande n'est close sans réponse.",
                "مهما كان سؤالكم يجيبكم إنسان، ولا يُغلق طلب دون جواب.",
            ),
        ),
        Right(
            code="meter",
            title=said(
                "A check of your meter",
                "Prüfung Ihres Zählers",
                "Revisión de su contador",
                "Contrôle de votre compteur",
                "فحص عدادكم",
            ),
            text=said(
                "If you doubt your meter, we have it checked; you pay nothing if it was wrong.",
                "Zweifeln Sie an Ihrem Zähler, lassen wir ihn prüfen; war er falsch, kostet es Sie nichts.",
                "Si duda de su contador, lo hacemos revisar; si fallaba, no paga nada.",
                "Si vous doutez de votre compteur, nous le faisons contrôler ; s'il était faux, vous ne payez rien.",
                "إذا شككتم في عدادكم نفحصه، ولا تدفعون شيئًا إن كان معطلًا.",
            ),
        ),
    ]


def _review() -> Measure:
    return Measure(
        code="review",
        title=said(
            "Weekly review", "Wöchentliche Durchsicht", "Revisión semanal", "Revue hebdomadaire", "مراجعة أسبوعية"
        ),
        text=said(
            "Every broken promise is looked at, and what caused it is changed.",
            "Jedes gebrochene Versprechen wird angesehen und seine Ursache geändert.",
            "Se examina cada promesa rota y se corrige su causa.",
            "Chaque promesse non tenue est examinée et sa cause corrigée.",
            "نراجع كل وعد لم يُوفَ به ونعالج سببه.",
        ),
        rhythm=said("every Monday", "jeden Montag", "cada lunes", "chaque lundi", "كل اثنين"),
        performer=said("the team leads", "die Teamleitungen", "las jefas de equipo", "les responsables", "قادة الفرق"),
        proof=said(
            "a note on each request",
            "eine Notiz an jeder Anfrage",
            "una nota en cada consulta",
            "une note sur chaque demande",
            "ملاحظة على كل طلب",
        ),
    )


def _contacts() -> list[Person]:
    named = {one.role: one for one in reversed(cast.AGENTS)}
    lead, manager = named[Agent.LEAD], named[Agent.MANAGER]
    post = f"{cast.COMPANY}\nWeir Lane 2\n{cast.TOWN}"
    return [
        Person(
            code="complaints",
            name=lead.name,
            email=lead.email,
            phone="+49 555 0190",
            post=post,
            role=said("Complaints", "Beschwerden", "Reclamaciones", "Réclamations", "الشكاوى"),
        ),
        Person(
            code="above",
            name=manager.name,
            level=2,
            email=manager.email,
            post=post,
            role=said(
                "Head of customer service",
                "Leitung Kundenservice",
                "Dirección de atención al cliente",
                "Direction du service client",
                "مديرة خدمة العملاء",
            ),
        ),
    ]
