"""Orders from shops: signed, taken once, in any order; and the shapes they come in."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.orders import GivenLine, GivenOrder, name_order, save_source, secret_of, take_order
from charterdesk.billing.models import Order, OrderNamed, OrderSource
from charterdesk.billing.order_lists import take_list
from charterdesk.billing.shops import is_signed, read_order
from charterdesk.billing.testing_bought import make_order
from charterdesk.events.models import LoggedEvent
from charterdesk.people.models import Contact
from charterdesk.people.testing import make_contact

pytestmark = pytest.mark.django_db

# What both shops document of an order, but for what nobody reads here.
SHOPIFY: dict[str, Any] = {
    "id": 820982911946154508,
    "admin_graphql_api_id": "gid://shopify/Order/820982911946154508",
    "cancelled_at": None,
    "contact_email": "jon@example.com",
    "created_at": "2026-11-02T10:15:00-05:00",
    "currency": "USD",
    "current_total_price": "398.00",
    "customer": {"id": 115310627314723954, "email": "jon@example.com", "first_name": "Jon", "last_name": "Smith"},
    "email": "jon@example.com",
    "financial_status": "paid",
    "fulfillment_status": None,
    "line_items": [
        {"id": 866550311766439020, "name": "Filter jug - Blue", "price": "199.00", "quantity": 2, "sku": "JUG-B"},
    ],
    "name": "#9999",
    "order_number": 1234,
    "processed_at": "2026-11-02T10:15:00-05:00",
    "total_price": "398.00",
    "updated_at": "2026-11-02T10:15:00-05:00",
}
WOOCOMMERCE: dict[str, Any] = {
    "id": 727,
    "number": "727",
    "status": "processing",
    "currency": "EUR",
    "date_created": "2026-11-03T13:28:05",
    "date_created_gmt": "2026-11-03T12:28:05",
    "date_modified": "2026-11-03T13:28:08",
    "date_modified_gmt": "2026-11-03T12:28:08",
    "total": "29.35",
    "billing": {"first_name": "Ana", "last_name": "Ruiz", "email": "ana@example.com", "country": "ES"},
    "line_items": [{"id": 315, "name": "Tap", "quantity": 2, "total": "20.00", "sku": "TAP", "price": 10.0}],
}


def given(**fields: Any) -> GivenOrder:
    told: dict[str, Any] = {
        "external_id": "A1",
        "number": "1042",
        "email": "mia@home.example",
        "ordered_at": datetime(2026, 11, 1, tzinfo=UTC),
        "changed_at": datetime(2026, 11, 1, tzinfo=UTC),
        "lines": [GivenLine(name="Tap", price=Decimal("9.90"), quantity=Decimal(2))],
    }
    return GivenOrder(**(told | fields))


@pytest.fixture
def shop() -> OrderSource:
    return save_source(
        None, by="system", name="Shop", slug="shop", kind=OrderSource.SHOPIFY, secret="hush", support_days=30
    )


def test_the_secret_of_a_shop_is_kept_encrypted_and_left_alone_where_none_is_given(shop: OrderSource) -> None:
    assert b"hush" not in bytes(shop.sealed_secret)
    save_source(shop, by="system", name="Our shop")
    assert secret_of(OrderSource.objects.get()) == "hush"


def test_a_shop_without_a_secret_is_refused() -> None:
    with pytest.raises(Refused, match="Enter the secret"):
        save_source(None, by="system", name="Shop", slug="shop", kind=OrderSource.WOOCOMMERCE)
    assert not OrderSource.objects.exists()


def test_only_the_body_that_was_signed_with_the_secret_is_believed() -> None:
    body = json.dumps(SHOPIFY).encode()
    signature = base64.b64encode(hmac.new(b"hush", body, hashlib.sha256).digest()).decode()

    assert is_signed(body, signature, "hush")
    assert not is_signed(body + b" ", signature, "hush")
    assert not is_signed(body, signature, "other")
    assert not is_signed(body, "", "hush")
    assert not is_signed(body, base64.b64encode(hmac.new(b"", body, hashlib.sha256).digest()).decode(), "")


def test_an_order_of_shopify_is_read_as_it_documents_them(shop: OrderSource) -> None:
    told = read_order(OrderSource.SHOPIFY, SHOPIFY)
    assert told
    order, is_new = take_order(shop, told, by="system")

    assert is_new
    assert (order.number, order.status, str(order.total)) == ("9999", Order.PAID, "398.00 USD")
    assert order.supported_until == datetime(2026, 12, 2, 15, 15, tzinfo=UTC)
    assert (str(order.contact), order.contact.email) == ("Jon Smith", "jon@example.com")
    assert [(line.sku, str(line.sum)) for line in order.lines.all()] == [("JUG-B", "398.00 USD")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"cancelled_at": "2026-11-04T10:00:00-05:00"}, Order.CANCELLED),
        ({"financial_status": "refunded"}, Order.REFUNDED),
        ({"fulfillment_status": "fulfilled"}, Order.FULFILLED),
        ({"financial_status": "pending"}, Order.OPEN),
    ],
)
def test_the_status_of_an_order_of_shopify(fields: dict[str, Any], status: str) -> None:
    told = read_order(OrderSource.SHOPIFY, SHOPIFY | fields)
    assert told and told.status == status


def test_an_order_of_woocommerce_is_read_as_it_documents_them(shop: OrderSource) -> None:
    told = read_order(OrderSource.WOOCOMMERCE, WOOCOMMERCE)
    assert told
    order, _is_new = take_order(shop, told, by="system")

    assert (order.number, order.status, str(order.total)) == ("727", Order.PAID, "29.35 EUR")
    assert order.changed_at == datetime(2026, 11, 3, 12, 28, 8, tzinfo=UTC)
    assert [str(line.sum) for line in order.lines.all()] == ["20.00 EUR"]


@pytest.mark.parametrize(
    "data", [[], {}, {"id": "x", "name": "y"}, SHOPIFY | {"id": []}, SHOPIFY | {"current_total_price": "NaN"}]
)
def test_what_is_no_order_is_refused_with_a_word(data: Any) -> None:
    with pytest.raises(Refused, match="no order as this shop sends them"):
        read_order(OrderSource.SHOPIFY, data)


def test_an_order_without_an_address_and_a_deleted_one_are_left_alone() -> None:
    nobody = SHOPIFY | {"email": "", "contact_email": None, "customer": None}
    assert read_order(OrderSource.SHOPIFY, nobody) is None
    assert read_order(OrderSource.WOOCOMMERCE, {"id": 727}) is None


def test_an_order_told_twice_is_one_and_published_once(shop: OrderSource) -> None:
    first, is_new = take_order(shop, given(), by="system")
    second, is_new_again = take_order(shop, given(), by="system")

    assert (first.pk, is_new, is_new_again) == (second.pk, True, False)
    assert [e.code for e in LoggedEvent.objects.filter(subject=first.key)] == ["order.taken"]
    assert first.lines.count() == 1


def test_what_comes_late_changes_nothing_that_is_newer(shop: OrderSource) -> None:
    later = given(status=Order.CANCELLED, changed_at=datetime(2026, 11, 5, tzinfo=UTC))
    take_order(shop, later, by="system")
    order, _is_new = take_order(shop, given(status=Order.PAID), by="system")

    assert Order.objects.get(pk=order.pk).status == Order.CANCELLED


def test_a_change_is_published_with_what_it_was_before(shop: OrderSource) -> None:
    order, _is_new = take_order(shop, given(), by="system")
    take_order(shop, given(status=Order.PAID, changed_at=datetime(2026, 11, 2, tzinfo=UTC)), by="system")

    changed = LoggedEvent.objects.get(subject=order.key, code="order.changed")
    assert (changed.data["former"], changed.data["status"]) == ("open", "paid")


def test_whoever_bought_is_the_customer_we_know_by_that_address(shop: OrderSource) -> None:
    mia = make_contact(email="mia@home.example")
    order, _is_new = take_order(shop, given(email=" Mia@Home.example"), by="system")

    assert order.contact == mia
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "nobody"}, "needs the e-mail address"),
        ({"currency": "XXX"}, "is no currency"),
        ({"status": "lost"}, "is no status"),
        ({"number": " "}, "needs a number"),
        ({"support_days": 9999}, "from 0 to 3660"),
        ({"total": Decimal(10**15)}, "too large"),
    ],
)
def test_what_can_not_be_kept_is_refused_and_leaves_nothing(
    shop: OrderSource, fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        take_order(shop, given(**fields), by="system")
    assert not Order.objects.exists()
    assert not Contact.objects.exists()


def test_a_request_is_about_one_order_or_none() -> None:
    contact = make_contact()
    first, second = (make_order(contact, ordered_at=now() - timedelta(days=day)) for day in (1, 2))
    for order in (first, second, second):
        name_order("ticket:9", order, by="system")

    assert OrderNamed.objects.get().order == second
    name_order("ticket:9", None, by="system")
    assert not OrderNamed.objects.exists()
    assert LoggedEvent.objects.filter(code="request_order.named").count() == 3


def test_a_list_keeps_what_can_be_kept_and_says_of_the_rest_why(shop: OrderSource) -> None:
    text = (
        "number;email;ordered_at;item;quantity;price\n"
        "1;mia@home.example;2026-11-01;Tap;2;9.90\n"
        "1;mia@home.example;2026-11-01;Hose;1;5\n"
        "2;nobody;2026-11-01;Tap;1;9.90\n"
        "3;omar@home.example;yesterday;Tap;1;9.90\n"
    )
    kept, wrong = take_list(shop, text.encode(), by="system")

    assert kept == 1
    assert [(line, why[:26]) for line, why in wrong] == [
        (4, "An order needs the e-mail "),
        (5, "A date, an amount or a num"),
    ]
    order = Order.objects.get()
    assert (order.number, str(order.total), order.lines.count()) == ("1", "24.80 EUR", 2)
    with pytest.raises(Refused, match="needs a head"):
        take_list(shop, b"a,b\n1,2\n", by="system")


def hook(client: Client, body: bytes, secret: str, header: str = "X-Shopify-Hmac-Sha256", slug: str = "shop") -> Any:
    """What is answered to a call of a shop that signs with `secret`."""
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    return client.post(f"/hooks/orders/{slug}", body, "application/json", headers={header: signature})


def test_a_shop_that_signs_is_believed_however_often_it_calls(shop: OrderSource, client: Client) -> None:
    body = json.dumps(SHOPIFY).encode()

    assert [hook(client, body, "hush").status_code for _ in range(3)] == [200, 200, 200]
    assert Order.objects.get().number == "9999"


def test_who_does_not_sign_changes_nothing(shop: OrderSource, client: Client) -> None:
    body = json.dumps(SHOPIFY).encode()

    assert hook(client, body, "other").status_code == 401
    assert hook(client, body, "hush", header="X-WC-Webhook-Signature").status_code == 401
    assert hook(client, body, "hush", slug="elsewhere").status_code == 404
    assert client.get("/hooks/orders/shop").status_code == 405
    assert hook(client, b"{}", "hush").status_code == 422
    assert hook(client, b"no json", "hush").status_code == 422
    save_source(shop, by="system", is_active=False)
    assert hook(client, body, "hush").status_code == 404
    assert not Order.objects.exists()


def test_woocommerce_asks_first_whether_anybody_is_here(client: Client) -> None:
    save_source(None, by="system", name="Woo", slug="woo", kind=OrderSource.WOOCOMMERCE, secret="hush")
    body = json.dumps(WOOCOMMERCE).encode()

    form = "application/x-www-form-urlencoded"
    assert client.post("/hooks/orders/woo", "webhook_id=7", form).status_code == 200
    assert not Order.objects.exists()
    assert hook(client, body, "hush", header="X-WC-Webhook-Signature", slug="woo").status_code == 200
    assert Order.objects.get().number == "727"
