"""Search over a hundred thousand documents of every kind: articles, solutions, topics, answers, comments, tickets.

    python bench/universal.py --tickets 12000 --others 45000 [--data FOLDER] [--each 20] [--json FILE]
    python bench/universal.py --made 1000000 --each 4

The demo world with as many articles and community posts again, read as a visitor, a customer, an agent and a manager
would, by what every search page asks (`looking.look`: ranking, counts, best answer, places). Beside it stands
PostgreSQL's own `ts_rank` over the same table and filter. First the whole index is made anew.

With `--made` the documents of every kind are generated words in one table; the world's people look for them. Where each
is read is then not asked, which is at most five statements by primary key.
"""

import argparse
import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

from desk import Figures, arguments, computed, machine, on_a_world, report

on_a_world(__file__, tickets=12_000)

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from made import write_made  # noqa: E402
from proofs.search_corpus import FILLERS, Message, messages  # noqa: E402
from search import KEYSTROKES, TYPISTS, execute, keystrokes, plainly, timed  # noqa: E402

from charterdesk.base.clock import now  # noqa: E402
from charterdesk.comments.models import Comment  # noqa: E402
from charterdesk.community.models import Forum, Post, Profile, Topic  # noqa: E402
from charterdesk.knowledge.models import Article, ArticleText, Category  # noqa: E402
from charterdesk.people.models import Agent, Contact, Team  # noqa: E402
from charterdesk.people.search import reader_of  # noqa: E402
from charterdesk.people.viewer import CUSTOMER, NOBODY, Viewer, viewer_of_agent  # noqa: E402
from charterdesk.search.audience import Reader, staff  # noqa: E402
from charterdesk.search.queries import Hit, Manner, find  # noqa: E402
from charterdesk.search.rebuild import rebuild_all  # noqa: E402
from charterdesk.ui.finding.families import Asker  # noqa: E402
from charterdesk.ui.finding.looking import ANSWERS, look  # noqa: E402

LENGTHS = (1, 2, 3, 5, 8)
AUDIENCES = (Article.PUBLIC,) * 7 + (Article.SIGNED_IN,) * 2 + (Article.STAFF,)
SHARES = {Article.ARTICLE: 0.3, Article.SOLUTION: 0.1, "topic": 0.15, "post": 0.3, "comment": 0.15}
PAGE = Manner()
SLUG = "bench-"
BATCH = 2_000
INDEX = "search_document, search_meaning, search_word, search_tagword, search_counted, search_rebuild, search_noted"


def options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--data", metavar="FOLDER", help="of a demo world, kept afterwards")
    parser.add_argument("--tickets", type=int, default=12_000, help="some 4.5 documents each")
    parser.add_argument("--others", type=int, default=45_000, help="documents of the other kinds")
    parser.add_argument("--made", type=int, default=0, help="so many made documents in place of a world's")
    parser.add_argument("--each", type=int, default=20, help="searches of each reader and length")


def write_others(count: int) -> None:
    """So many documents of the other kinds, straight into their tables; once for a world."""
    if ArticleText.objects.filter(slug__startswith=SLUG).exists():
        return
    said = messages(0, count)
    take = {kind: int(count * share) for kind, share in SHARES.items()}
    for kind in (Article.ARTICLE, Article.SOLUTION):
        _write_articles(list(itertools.islice(said, take[kind])), kind)
    topics = _write_topics(list(itertools.islice(said, take["topic"])))
    author = Profile.objects.filter(agent=None).order_by("pk").first()
    Post.objects.bulk_create(
        [
            Post(topic=topics[one.id % len(topics)], author=author, body=one.body, text=one.body, votes=one.id % 9)
            for one in itertools.islice(said, take["post"])
        ],
        batch_size=BATCH,
    )
    texts = list(ArticleText.objects.filter(slug__startswith=SLUG, article__kind=Article.ARTICLE).order_by("pk"))
    Comment.objects.bulk_create(
        [Comment(text=texts[one.id % len(texts)], author=author, body=one.body, words=one.body) for one in said],
        batch_size=BATCH,
    )


def _title(one: Message) -> str:
    return " ".join(one.body.split()[:6])[:200]


def _write_articles(said: Sequence[Message], kind: str) -> None:
    shelves, at = list(Category.objects.order_by("pk")), now()
    made = Article.objects.bulk_create(
        [
            Article(
                category=shelves[one.id % len(shelves)],
                kind=kind,
                audience=AUDIENCES[one.id % len(AUDIENCES)],
                language=one.language,
            )
            for one in said
        ],
        batch_size=BATCH,
    )
    ArticleText.objects.bulk_create(
        [
            ArticleText(
                article=article, language=one.language, slug=f"{SLUG}{one.id}", state=ArticleText.PUBLISHED,
                title=_title(one), body=one.body, text=one.body, is_live=True, live_number=1, newest_number=1,
                source_number=1, published_at=at - timedelta(minutes=one.at), helpful=one.id % 40, unhelpful=one.id % 7,
            )
            for article, one in zip(made, said, strict=True)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _write_topics(said: Sequence[Message]) -> list[Topic]:
    forums, author = list(Forum.objects.order_by("pk")), Profile.objects.filter(agent=None).order_by("pk").first()
    topics = Topic.objects.bulk_create(
        [
            Topic(forum=forums[one.id % len(forums)], title=_title(one), language=one.language, author=author)
            for one in said
        ],
        batch_size=BATCH,
    )
    Post.objects.bulk_create(
        [
            Post(topic=topic, author=author, is_first=True, body=one.body, text=one.body)
            for topic, one in zip(topics, said, strict=True)
        ],
        batch_size=BATCH,
    )
    return topics


def reindex() -> Figures:
    """The whole index from nothing, beside nobody; also by seconds of processor, which a busy machine changes less."""
    execute(f"TRUNCATE {INDEX}")
    began, worked = time.perf_counter(), computed(connection.connection)
    rebuild_all()
    seconds, spent = time.perf_counter() - began, computed(connection.connection) - worked
    rows = execute("SELECT split_part(source, ':', 1), count(*) FROM search_document GROUP BY 1 ORDER BY 1")
    count = sum(number for _kind, number in rows)
    return {
        "documents": count,
        "of": dict(rows),
        "seconds": round(seconds, 1),
        "documents_per_second": round(count / seconds),
        "documents_per_second_of_processor": round(count / spent),
    }


def readers() -> dict[str, Viewer]:
    """One of each sort of reader, of this world."""
    agents = {role: Agent.objects.filter(role=role).order_by("pk").first() for role in (Agent.AGENT, Agent.MANAGER)}
    customer = Contact.objects.order_by("pk").first()
    assert customer is not None
    contact = Viewer(key=customer.key, name="", role=CUSTOMER, contact_id=customer.pk, belongs_to=None)
    return {
        "visitor": NOBODY,
        "customer": contact,
        **{role: viewer_of_agent(agent) for role, agent in agents.items() if agent},
    }


_TEXT = "SELECT title || ' ' || body FROM search_document WHERE id >= %s ORDER BY id LIMIT 1"


def questions(count: int, seed: int) -> Iterator[str]:
    """Words of documents, fillers left out: `count` of each length."""
    chosen = random.Random(seed)
    ((highest,),) = execute("SELECT max(id) FROM search_document")
    fillers = {filler for words in FILLERS.values() for filler in words}
    for length in LENGTHS:
        made = 0
        while made < count:
            place = chosen.randrange(highest)
            rows = execute(
                "SELECT title || ' ' || body FROM search_document WHERE id >= %s ORDER BY id LIMIT 1", [place]
            )
            words = sorted(word for word in set(rows[0][0].split()) - fillers if word.isalpha())
            if len(words) >= length:
                made += 1
                yield " ".join(chosen.sample(words, length))


def spread(times: Sequence[float]) -> Figures:
    """p50 and p95."""
    ordered = sorted(times)
    return {"p50": round(statistics.median(ordered), 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1)}


Asking = Callable[..., bool]
"""Asks for a text, in a manner, and answers whether anything was found."""


def asking(viewer: Viewer, *, is_made: bool) -> Asking:
    """A search of one reader as a page has it; of made documents all but where they are read."""
    asker, reader = Asker(viewer=viewer), reader_of(viewer)

    def looked(text: str, manner: Manner = PAGE) -> bool:
        return bool(look(text, asker, manner=manner).everything)

    def found(text: str, manner: Manner = PAGE) -> bool:
        results = find(text, reader=reader, manner=replace(manner, is_grouped=True, answers=ANSWERS, language="en"))
        return bool(results.hits)

    return found if is_made else looked


def ask(viewer: Viewer, search: Asking, each: int) -> Figures:
    """Searches of one reader; the second time counts, for both."""
    columns: list[list[float]] = [[], [], [], []]
    empty = most = 0
    for text in questions(each, seed=7):
        search(text)
        clock, cpu, is_found = timed(search, text)
        plainly(text, reader_of(viewer))
        plain, plain_cpu, _nothing = timed(plainly, text, reader_of(viewer))
        for column, value in zip(columns, (clock, cpu, plain, plain_cpu), strict=True):
            column.append(value)
        with CaptureQueriesContext(connection) as captured:
            search(text)
        most, empty = max(most, len(captured)), empty + (not is_found)
    names = ("ours", "ours_cpu", "plain", "plain_cpu")
    figures: Figures = {name: spread(column) for name, column in zip(names, columns, strict=True)}
    return figures | {"statements_at_most": most, "searches": len(columns[0]), "without_result": empty}


def typing(search: Asking, seconds: float = 10) -> Figures:
    """`KEYSTROKES` a second, come what may, from the key to its answer, waiting included; and one after the other."""
    keys, suggest = keystrokes(int(KEYSTROKES * seconds)), partial(search, manner=Manner(limit=6, is_typing=True))
    alone = [timed(suggest, key)[:2] for key in keys[:100]]
    began = time.perf_counter() + 0.1

    def press(number: int) -> float:
        pressed = began + number / KEYSTROKES
        time.sleep(max(0.0, pressed - time.perf_counter()))
        suggest(keys[number])
        return 1000 * (time.perf_counter() - pressed)

    with ThreadPoolExecutor(TYPISTS) as pool:
        at_once = list(pool.map(press, range(len(keys))))
    return {
        "alone": spread([clock for clock, _cpu in alone]),
        "alone_cpu": spread([cpu for _clock, cpu in alone]),
        "at_once": spread(at_once),
        "a_second": KEYSTROKES,
    }


def _shown(hits: Sequence[Hit]) -> set[str]:
    """Everything: what is measured is the filter of the index alone."""
    return {hit.source for hit in hits}


def filter_cost(each: int) -> Figures:
    """What the filter costs staff of every team beside somebody who is not filtered: processor, of the same finds."""
    every = {"filtered": staff(list(Team.objects.values_list("pk", flat=True))), "unfiltered": Reader(everything=True)}
    manner, spent = Manner(is_grouped=True, last_word=_shown), dict.fromkeys(every, 0.0)
    texts = list(questions(each, seed=11))
    for text in texts:
        for name, reader in every.items():
            find(text, reader=reader, manner=manner)
            spent[name] += timed(find, text, reader=reader, manner=manner)[1]
    return {
        **{f"{name}_cpu_ms": round(ms / len(texts), 2) for name, ms in spent.items()},
        "cost_percent": round(100 * (spent["filtered"] / spent["unfiltered"] - 1), 1),
    }


def main() -> None:
    """Fill, make the index, search, print."""
    chosen = arguments(__doc__, options)
    if chosen.made:
        write_made(chosen.made, list(Team.objects.order_by("pk").values_list("pk", flat=True)))
    else:
        write_others(chosen.others)
    figures: Figures = {"machine": machine(), "reindex": reindex()}
    people = readers()
    search = {name: asking(viewer, is_made=bool(chosen.made)) for name, viewer in people.items()}
    figures["searches"] = {name: ask(viewer, search[name], chosen.each) for name, viewer in people.items()}
    figures["typing"] = {name: typing(search[name]) for name in ("visitor", Agent.AGENT)}
    figures["filter"] = filter_cost(chosen.each)
    lines = [(f"{name}, ms", str(each)) for name, each in figures["searches"].items()]
    lines += [(f"a key, {name}, ms", str(each)) for name, each in figures["typing"].items()]
    lines += [(name, str(figures[name])) for name in ("filter", "reindex", "machine")]
    report("search over every kind; cpu: of processor, whatever else the machine does", figures, lines, chosen.json)


if __name__ == "__main__":
    main()
