"""Comments below articles in public: from people without an account too, and never from machines."""

from datetime import timedelta

import pytest
from django.test import Client

from charterdesk.comments.actions.terms import close, set_terms
from charterdesk.comments.models import Comment, CommentReport
from charterdesk.comments.testing import make_comment
from charterdesk.community.testing import make_profile
from charterdesk.knowledge.testing import make_text
from charterdesk.people.testing import make_contact
from charterdesk.portal import spam
from charterdesk.portal.spam import make_pass

pytestmark = pytest.mark.django_db
AT = "/help/en/your-meter"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "QUICKEST", timedelta(seconds=-1))


def page(client: Client) -> str:
    return client.get(AT).content.decode()


def test_a_visitor_comments_where_the_desk_allows_it_and_their_address_is_never_shown() -> None:
    text = make_text("Your meter")
    visitor, said = (
        Client(REMOTE_ADDR="10.9.9.9"),
        {"text": "It is <b>blue</b>", "name": "J.", "address": "j@x.example"},
    )
    assert 'id="write-comment"' not in page(visitor)
    assert visitor.post(f"{AT}/comments", said).status_code == 401, "what they wrote is kept while they sign in"

    set_terms(open_to="everybody", by="system")
    assert visitor.post(f"{AT}/comments", said).status_code == 422, "nobody writes without having seen the form"
    machine = said | {"website": "http://spam.example", "form_pass": make_pass()}
    assert visitor.post(f"{AT}/comments", machine).status_code == 422
    wrong = visitor.post(f"{AT}/comments", said | {"address": "x", "form_pass": make_pass()})
    assert wrong.status_code == 422 and "It is &lt;b&gt;blue&lt;/b&gt;" in wrong.content.decode()
    sent = said | {"form_pass": make_pass()}
    for _twice in range(2):
        assert visitor.post(f"{AT}/comments", sent)["Location"] == f"{AT}?commented=1#comments"
    comment = Comment.objects.get()
    assert (comment.state, comment.body) == ("waiting", "<p>It is &lt;b&gt;blue&lt;/b&gt;</p>")
    assert "blue" not in page(visitor)
    Comment.objects.update(state="shown")
    assert "J." in page(visitor) and "j@x.example" not in page(visitor)
    close(text.article, by="system")
    assert "Comments are closed" in page(visitor)
    assert visitor.post(f"{AT}/comments", said | {"form_pass": make_pass()}).status_code == 409


def test_a_comment_helped_each_reader_once_and_its_writer_does_not_vote() -> None:
    mia, ben = make_contact("Mia", login=True), make_contact("Ben", login=True)
    assert mia.login is not None and ben.login is not None
    comment = make_comment(make_text("Your meter"), author=make_profile("Mia", contact=mia))
    make_profile("Ben", contact=ben)
    writer, reader, at = Client(), Client(), f"/help/comments/{comment.pk}/vote"
    writer.force_login(mia.login)
    reader.force_login(ben.login)
    assert at in page(reader) and at not in page(writer)
    assert writer.post(at).status_code == 403
    for _twice in range(2):
        assert reader.post(at)["Location"] == f"{AT}#comment-{comment.pk}"
    comment.refresh_from_db()
    assert comment.votes == 1
    assert 'aria-pressed="true"' in page(reader) and "It helped 1 person" in page(Client())
    taken = reader.post(at, {"off": "1"}, headers={"HX-Request": "true"}).content.decode()
    comment.refresh_from_db()
    assert comment.votes == 0 and 'aria-pressed="false"' in taken


def test_readers_report_what_others_wrote_and_take_back_their_own() -> None:
    text, mia = make_text("Your meter"), make_contact("Mia", login=True)
    assert mia.login is not None
    mine, other = make_comment(text, author=make_profile("Mia M", contact=mia)), make_comment(text, "<p>Buy!</p>")
    client = Client()
    client.force_login(mia.login)
    client.post(f"/help/comments/{other.pk}/report", {"reason": "spam", "words": "an advertisement"})
    assert CommentReport.objects.values_list("comment", "reason", "words").get() == (
        other.pk, "spam", "an advertisement",
    )  # fmt: skip
    assert client.post(f"/help/comments/{other.pk}/removal").status_code == 403
    client.post(f"/help/comments/{mine.pk}/removal")
    assert list(Comment.objects.order_by("pk").values_list("state", flat=True)) == ["removed", "shown"]
