"""What was bought: offers, orders, invoices, payments, refunds. Money is never edited, only countered."""
