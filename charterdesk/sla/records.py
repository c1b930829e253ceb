"""The part of sla in what we keep."""

from charterdesk.base.exported import exported

exported("sla")
