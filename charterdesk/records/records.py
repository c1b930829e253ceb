"""The part of records in what we keep."""

from charterdesk.base.exported import exported

exported("records")
