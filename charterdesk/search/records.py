"""The part of search in what we keep: nothing. The index is made again from what it finds."""

from charterdesk.base.exported import emptied

emptied(
    "search_counted",
    "search_document",
    "search_noted",
    "search_rebuild",
    "search_tagword",
    "search_word",
    why="the index is made again after an import",
)
