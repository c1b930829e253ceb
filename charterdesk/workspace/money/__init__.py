"""Money in the workspace: invoices, accounts, refunds, the ledger and the bank's lists."""
