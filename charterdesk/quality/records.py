"""The part of quality in what we keep."""

from charterdesk.base.exported import exported

exported("quality")
