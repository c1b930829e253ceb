"""The part of the charter in what we keep."""

from charterdesk.base.exported import exported

exported("charter")
