"""The part of people in what we keep, allauth's ways in included: passwords hashed, keys as it keeps them."""

from charterdesk.base.exported import exported

exported("people", "account")
