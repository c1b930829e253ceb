"""The part of surges in what we keep. What is kept of a person stands on their tickets."""

from charterdesk.base.exported import exported

exported("surges")
