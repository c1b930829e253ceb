"""The part of search in what we keep: words that mean the same, and what was not found. The index is made again."""

from charterdesk.base.exported import Part, emptied, exported_as

exported_as(Part("search_synonyms"))
exported_as(Part("search_missed"))

emptied(
    "search_counted",
    "search_document",
    "search_embedded",
    "search_meaning",
    "search_noted",
    "search_rebuild",
    "search_tagword",
    "search_word",
    why="the index is made again after an import",
)
