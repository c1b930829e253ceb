"""The part of channels in what we keep. Passwords of mail accounts stay sealed with the key of their installation."""

from charterdesk.base.exported import exported

exported("channels")
