"""What is settled of money and of support that costs, by API."""

from decimal import Decimal

import pytest

from charterdesk.api.tests.conftest import Program
from charterdesk.billing.models import Order, RefundLimit
from charterdesk.people.models import Agent, Team
from charterdesk.people.testing import make_agent


@pytest.fixture
def boss(team: Team) -> Program:
    """A program of an administrator's."""
    return Program(make_agent("Amy", role=Agent.ADMINISTRATOR, teams=(team,)))


def test_who_sells_is_settled_with_limits_of_refunds(boss: Program, program: Program) -> None:
    before = boss.get("/seller")
    given = {"name": "River Works", "country": "ie", "iban": "ie29 aibk", "limits": {"lead": "100"}}
    settled = boss.ask("PATCH", "/seller", given, If_Match=before.headers["ETag"])

    limits = {"lead": "100.00", "manager": None, "administrator": None}
    changed = {"name": "River Works", "country": "IE", "iban": "IE29AIBK", "limits": limits}
    assert settled.json() == {**before.json(), **changed}
    assert RefundLimit.objects.get().amount == Decimal(100)
    assert boss.ask("PATCH", "/seller", {"name": "x"}, If_Match=before.headers["ETag"]).status_code == 412
    alike = boss.ask("PATCH", "/seller", {"credit_prefix": "INV-"})
    assert (alike.status_code, alike.json()["code"]) == (409, "billing.same_prefix")
    assert boss.ask("PATCH", "/seller", {"limits": {"lead": None}, "alone": "5"}).json()["alone"] == "5.00"
    assert boss.get("/seller").json()["limits"]["lead"] is None
    wrong = boss.ask("PATCH", "/seller", {"payment_days": 999})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "payment_days")
    assert (program.get("/seller").status_code, program.ask("PATCH", "/seller", {}).status_code) == (403, 403)


def test_a_tax_keeps_its_history(boss: Program, program: Program) -> None:
    new = {"name": "Reduced", "percent": "13.5", "valid_from": "2026-01-01"}
    made = boss.post("/tax-rates", new)
    path = f"/tax-rates/{made.json()['id']}"
    first = {"percent": "13.5", "valid_from": "2026-01-01"}

    assert (made.status_code, made.json()["versions"]) == (201, [first]), made.content
    assert boss.post("/tax-rates", new).json()["code"] == "billing.tax_taken"
    named = boss.ask("PATCH", path, {"name": "Low"})
    assert (named.json()["name"], named.json()["versions"]) == ("Low", [first])
    raised = boss.ask("PATCH", path, {"percent": "14", "valid_from": "2100-01-01"}).json()
    assert raised["versions"] == [{"percent": "14", "valid_from": "2100-01-01"}, first]
    assert len(boss.ask("PATCH", path, {"is_default": True}).json()["versions"]) == 2
    assert boss.ask("PATCH", path, {"category": "E", "percent": "0"}).json()["code"] == "billing.no_tax_reason"
    assert boss.ask("PATCH", path, {"percent": "101"}).json()["errors"][0]["field"] == "percent"
    assert program.post("/tax-rates", new).status_code == 403


def test_reasons_for_free_and_charged_are_set_up(boss: Program, program: Program) -> None:
    new = {"kind": "rate", "name": "By the hour", "price": "60", "per": "hour", "words": {"en": " each hour "}}
    made = boss.post("/cost-reasons", new)
    path = f"/cost-reasons/{made.json()['id']}"

    assert (made.status_code, made.json()["price"], made.json()["words"]) == (201, "60.00", {"en": "each hour"})
    changed = boss.ask("PATCH", path, {"tags": ["Leak", "leak "]}, If_Match=made.headers["ETag"])
    assert changed.json()["tags"] == ["leak"]
    assert boss.ask("PATCH", path, {"price": None}).json()["code"] == "billing.no_price"
    assert boss.post("/cost-reasons", {"kind": "cause", "name": "Ours"}).json()["code"] == "billing.no_condition"
    assert boss.post("/cost-reasons", {**new, "price": "much"}).json()["errors"][0]["field"] == "price"
    assert program.get("/cost-reasons").status_code == 403
    assert boss.ask("DELETE", path).status_code == 204
    assert boss.get("/cost-reasons").json()["items"] == []


def test_regulars_go_earlier(boss: Program, program: Program) -> None:
    made = boss.post("/loyalty-tiers", {"name": "Regulars", "orders": 5})
    path = f"/loyalty-tiers/{made.json()['id']}"

    assert (made.status_code, made.json()["margin_seconds"]) == (201, 7200)
    assert boss.post("/loyalty-tiers", {"name": "Others", "orders": 5}).json()["code"] == "billing.tier_taken"
    assert boss.ask("PATCH", path, {"margin_seconds": 600}).json()["margin_seconds"] == 600
    assert boss.ask("PATCH", path, {"classes": 4}).json()["errors"][0]["field"] == "classes"
    assert program.ask("DELETE", path).status_code == 403
    assert boss.ask("DELETE", path).status_code == 204
    assert boss.get("/loyalty-tiers").json()["items"] == []


def test_orders_come_from_sources_and_lists(boss: Program, program: Program) -> None:
    shop = {"name": "Our shop", "slug": "shop", "kind": "shopify"}
    assert boss.post("/order-sources", shop).json()["code"] == "billing.no_secret"
    made = boss.post("/order-sources", {**shop, "secret": "alder-and-reed"})
    assert (made.status_code, made.json()["has_secret"], "alder-and-reed" in made.content.decode()) == (
        201,
        True,
        False,
    )
    assert made.json()["hook"].endswith("/hooks/orders/shop")
    assert boss.post("/order-sources", {**shop, "secret": "x"}).json()["code"] == "billing.source_taken"
    assert boss.ask("PATCH", "/order-sources/shop", {"slug": "A B"}).json()["errors"][0]["field"] == "slug"
    assert boss.ask("PATCH", "/order-sources/shop", {"support_days": 60}).json()["support_days"] == 60
    orders = ["A1,mia@home.example,2026-11-20", "A2,nobody,2026-11-20", "A3,mia@home.example,0001-01-01"]
    sheet = "\n".join(["number,email,ordered_at", *orders])
    taken = boss.client.generic("POST", "/api/v1/order-sources/shop/lists", sheet, content_type="text/csv").json()
    assert (taken["kept"], [each["line"] for each in taken["wrong"]]) == (1, [3, 4])
    assert Order.objects.get().number == "A1"
    assert boss.post("/order-sources/shop/lists").json()["code"] == "billing.bad_list"
    assert program.get("/order-sources").status_code == 403


def test_an_offer_has_hours_of_its_own(boss: Program, team: Team) -> None:
    made = boss.post("/offers", {"name": "Care", "incidents": 5, "calendar_id": team.calendar_id, "remind_days": 14})

    assert (made.json()["calendar_id"], made.json()["remind_days"]) == (team.calendar_id, 14), made.content
    path = f"/offers/{made.json()['id']}"
    assert boss.ask("PATCH", path, {"calendar_id": 999999}).json()["code"] == "api.no_such_calendar"
    assert boss.ask("PATCH", path, {"calendar_id": None, "position": 3}).json()["calendar_id"] is None
