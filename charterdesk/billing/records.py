"""The part of billing in what we keep."""

from charterdesk.base.exported import exported

exported("billing")
