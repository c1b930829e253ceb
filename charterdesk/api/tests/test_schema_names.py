"""Each schema has a name of its own: of two with the same one, the description would show only the latter."""

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from charterdesk.api.urls import api


def schemas(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in of.__subclasses__():
        yield one
        yield from schemas(one)


def test_no_two_schemas_have_the_same_name():
    assert api.described()["components"]["schemas"]
    ours = {one for one in schemas(BaseModel) if one.__module__.startswith("charterdesk.api.")}

    names = Counter(one.__name__ for one in ours)
    assert len(names) > 50
    assert [name for name, count in names.items() if count > 1] == []
