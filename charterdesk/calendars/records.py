"""The part of calendars in what we keep."""

from charterdesk.base.exported import exported

exported("calendars")
