"""The part of scanning in what we keep: nothing, for files are looked at again by the scanner of their new place."""

from charterdesk.base.exported import emptied

emptied("scanning_filescan", why="files are looked at again")
