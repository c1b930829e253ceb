"""What people write about: which team's work it is, how often it comes, and what it looks like.

How it is told, in five languages, is in `content/`.
"""

from dataclasses import dataclass

HOME, FIRM, PUBLIC, LANDLORD = "home", "firm", "public", "landlord"
ANYBODY = (HOME, FIRM, PUBLIC, LANDLORD)


@dataclass(frozen=True)
class Situation:
    """One kind of request.

    `weight` is how often it comes, relative to the others; `tones` weighs polite, worried, angry, terse;
    `priority` is the usual one, 1 urgent to 4 low; `file` what the customer may attach, `ours` what our solution may.
    """

    key: str
    team: str
    type: str
    weight: int
    tags: tuple[str, ...]
    tones: tuple[int, int, int, int]
    priority: int = 3
    who: tuple[str, ...] = ANYBODY
    file: str = ""
    ours: str = ""


_CALM, _UPSET, _AFRAID = (60, 10, 8, 22), (25, 10, 50, 15), (25, 60, 10, 5)
_OWNERS = (HOME, LANDLORD)
_TRADE = (FIRM, PUBLIC, LANDLORD)


def _row(
    key: str, team: str, type: str, weight: int, tags: str, tones: tuple[int, int, int, int], **more: object
) -> Situation:
    return Situation(key, team, type, weight, tuple(tags.split()), tones, **more)  # type: ignore[arg-type]


SITUATIONS = (
    _row("high_bill", "billing", "question", 70, "bill high-use", (40, 15, 30, 15), file="bill"),
    _row("double_debit", "billing", "problem", 22, "payment direct-debit", _UPSET, priority=2, file="statement"),
    _row("instalments", "billing", "order", 34, "payment instalments", (55, 35, 2, 8), who=_OWNERS),
    _row("change_bank", "billing", "order", 40, "direct-debit master-data", _CALM),
    _row("moving_out", "billing", "order", 55, "moving final-bill", _CALM, who=_OWNERS),
    _row("moving_in", "billing", "order", 58, "moving new-contract", _CALM, who=_OWNERS),
    _row("credit_refund", "billing", "question", 28, "payment credit", (45, 10, 30, 15)),
    _row("invoice_copy", "billing", "order", 26, "bill copy", _CALM, priority=4, ours="bill"),
    _row("reminder_paid", "billing", "problem", 30, "payment reminder", _UPSET, file="statement"),
    _row("tenant_split", "billing", "order", 18, "bill landlord", _CALM, who=(LANDLORD,), file="record"),
    _row("social_tariff", "billing", "order", 16, "tariff hardship", (55, 40, 2, 3), who=(HOME,), file="scan"),
    _row("send_reading", "metering", "order", 80, "reading", (40, 2, 3, 55), priority=4, file="meter"),
    _row("estimated_reading", "metering", "problem", 34, "reading estimate", _UPSET, file="meter"),
    _row("meter_exchange", "metering", "order", 36, "meter appointment", _CALM),
    _row("meter_broken", "metering", "incident", 16, "meter defect", _CALM, file="meter"),
    _row("missed_reader", "metering", "question", 30, "reading appointment", _CALM, priority=4, who=_OWNERS),
    _row("street_leak", "emergencies", "incident", 36, "leak street", (40, 35, 10, 15), priority=2, file="street"),
    _row("burst_main", "emergencies", "incident", 12, "burst outage", _AFRAID, priority=1, file="street"),
    _row("no_water", "emergencies", "incident", 26, "outage", _AFRAID, priority=1),
    _row("low_pressure", "emergencies", "incident", 24, "pressure", _CALM),
    _row("damage_claim", "emergencies", "complaint", 10, "damage insurance", _UPSET, priority=2, file="damage"),
    _row("planned_work", "emergencies", "question", 26, "planned-work", _CALM),
    _row("hidden_leak", "billing", "question", 16, "leak allowance", (55, 30, 8, 7), who=_OWNERS, file="scan"),
    _row("brown_water", "quality", "incident", 30, "colour", _AFRAID, priority=2, file="glass"),
    _row("chlorine_smell", "quality", "incident", 14, "smell chlorine", _AFRAID),
    _row("hardness", "quality", "question", 34, "hardness", _CALM, priority=4),
    _row("lead_pipes", "quality", "question", 10, "lead sampling", _AFRAID, who=_OWNERS),
    _row("baby_water", "quality", "question", 14, "analysis", (60, 38, 1, 1), who=(HOME,), ours="analysis"),
    _row("legionella", "quality", "order", 9, "legionella sampling", _CALM, who=_TRADE, file="record", ours="notice"),
    _row("new_connection", "connections", "order", 20, "connection offer", _CALM, file="plan", ours="offer"),
    _row("connection_status", "connections", "question", 14, "connection delay", _UPSET, priority=2),
    _row("site_water", "connections", "order", 12, "standpipe", _CALM),
    _row("garden_meter", "connections", "order", 16, "meter garden", _CALM, who=_OWNERS, file="garden"),
    _row("hydrant_capacity", "connections", "order", 6, "fire-water", _CALM, who=_TRADE, file="plan", ours="notice"),
    _row("business_offer", "business", "order", 14, "tariff offer", _CALM, who=(FIRM, PUBLIC), ours="offer"),
    _row("collective_invoice", "business", "order", 9, "bill e-invoice", _CALM, who=_TRADE, file="list", ours="table"),
    _row("consumption_data", "business", "order", 9, "data smart-meter", _CALM, who=_TRADE, ours="table"),
    _row("trade_effluent", "business", "order", 7, "effluent deduction", _CALM, who=(FIRM,), file="list"),
    _row("fountains", "business", "order", 7, "fountain sampling", _CALM, who=(PUBLIC,), ours="notice"),
    _row("rude_staff", "complaints", "complaint", 8, "courtesy", (10, 5, 80, 5), priority=2),
    _row("waiting_desk", "complaints", "complaint", 9, "waiting-time", _UPSET),
    _row("broken_appointment", "complaints", "complaint", 14, "appointment", _UPSET, priority=2),
    _row("pavement", "complaints", "complaint", 12, "street repair", (25, 15, 50, 10), file="street"),
    _row("praise", "desk", "question", 9, "praise", (90, 0, 0, 10), priority=4),
    _row("login_lost", "online", "problem", 44, "login", (35, 10, 20, 35)),
    _row("app_error", "online", "problem", 26, "upload defect", (35, 5, 25, 35), file="screen"),
    _row("email_change", "desk", "order", 34, "master-data", _CALM, priority=4),
    _row("paperless", "desk", "order", 28, "e-invoice", _CALM, priority=4),
    _row("data_request", "desk", "order", 8, "privacy", (45, 5, 25, 25)),
    _row("phishing", "desk", "incident", 12, "fraud", _AFRAID, priority=2, file="letter"),
)
BY_KEY = {situation.key: situation for situation in SITUATIONS}
BURST = BY_KEY["burst_main"]
AFTER_BURST = tuple(BY_KEY[key] for key in ("burst_main", "no_water", "brown_water", "low_pressure", "damage_claim"))
