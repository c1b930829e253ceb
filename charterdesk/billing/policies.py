"""Who may see and move money."""

from charterdesk.people.permissions import (
    AGREE_CONTRACTS,
    APPROVE_REFUNDS,
    READ_LEDGER,
    READ_MONEY,
    SET_BILLING,
    SET_MONEY,
    WORK_ON_MONEY,
)
from charterdesk.people.viewer import Viewer


def may_read_money(viewer: Viewer) -> bool:
    """Whether `viewer` may look at invoices, payments and credit of all customers."""
    return viewer.is_staff and viewer.may(READ_MONEY)


def may_work_on_money(viewer: Viewer) -> bool:
    """Whether `viewer` may write invoices, record payments, give credit and ask for refunds."""
    return may_read_money(viewer) and viewer.may(WORK_ON_MONEY)


def may_approve_refunds(viewer: Viewer) -> bool:
    """Whether `viewer` may say yes or no to refunds; up to how much alone, the action knows."""
    return may_read_money(viewer) and viewer.may(APPROVE_REFUNDS)


def may_read_ledger(viewer: Viewer) -> bool:
    """Whether `viewer` may read the totals of the ledger."""
    return viewer.is_staff and viewer.may(READ_LEDGER)


def may_set_money(viewer: Viewer) -> bool:
    """Whether `viewer` may settle who sells, taxes, terms and limits."""
    return viewer.is_staff and viewer.may(SET_MONEY)


def may_see_bought(viewer: Viewer) -> bool:
    """Whether `viewer` may look up what any customer bought: everybody of the desk, as anybody may ask about it."""
    return viewer.is_staff


def may_agree_contracts(viewer: Viewer) -> bool:
    """Whether `viewer` may give customers contracts and end them."""
    return viewer.is_staff and viewer.may(AGREE_CONTRACTS)


def may_set_billing(viewer: Viewer) -> bool:
    """Whether `viewer` may set up offers, reasons, tiers and sources, and take orders in from files and programs."""
    return viewer.is_staff and viewer.may(SET_BILLING)
