"""What channels forget of a person who is erased: mails as they came and went, and what the filters keep."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import BinaryField, F, Func, IntegerField, Q, Value
from django.db.models.functions import Greatest

from charterdesk.channels.email.addresses import COMMENT, NOTICE, POST, make_message_id
from charterdesk.channels.email.junk import ENOUGH_SEEN, WORD, words_of
from charterdesk.channels.email.reading.mail import read_mail
from charterdesk.channels.models import (
    EMPTY_MAIL,
    AutomaticCount,
    BlockedSender,
    JunkWord,
    MailReference,
    Outgoing,
    PicturesFrom,
    RawMail,
    SmsIn,
    SmsOut,
    SmsStop,
)
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.community.models import Follow, Post
from charterdesk.people.actions.notices import TOLD_WITH
from charterdesk.people.erasing import Person
from charterdesk.people.models import Notice
from charterdesk.tickets.letting_go import let_go
from charterdesk.tickets.models import Copied, Message, SideThread, Ticket


def forget_in_channels(person: Person) -> None:
    """Empty every mail from, to and about `person`; what still waits to go to them is not sent.

    It runs before tickets forget (top layer first), while messages still say who wrote them.
    """
    messages = _messages(person)
    mails = RawMail.objects.filter(message__in=messages)
    aside = RawMail.objects.exclude(state__in=(RawMail.READ, RawMail.WAITING))
    aside = aside.filter(Q(from_address__in=person.addresses) | Q(sender__in=person.addresses))
    _unlearn(person, [*mails.filter(verdicts__has_key="learned"), *aside.filter(verdicts__has_key="learned")])
    kept = {*mails.values_list("kept_as", flat=True), *aside.values_list("kept_as", flat=True)}
    mails.update(**EMPTY_MAIL)
    aside.update(**EMPTY_MAIL)
    let_go(kept)
    MailReference.objects.filter(message__in=messages, is_ours=False).delete()
    _forget_outgoing(person, messages)
    _forget_texts(person, messages)
    AutomaticCount.objects.filter(address__in=person.addresses | person.phones).delete()
    BlockedSender.objects.filter(pattern__in=person.addresses).delete()
    PicturesFrom.objects.filter(address__in=person.addresses).delete()


def _messages(person: Person) -> Sequence[int]:
    """All on their tickets, all they wrote, and all on tickets of which they got copies or were asked about."""
    near = [
        Ticket.objects.filter(contact_id=person.contact_id).values_list("pk", flat=True),
        Copied.objects.filter(address__in=person.addresses).values_list("ticket_id", flat=True),
        SideThread.objects.filter(address__in=person.addresses).values_list("ticket_id", flat=True),
        Message.objects.filter(contact_id=person.contact_id).values_list("ticket_id", flat=True),
    ]
    tickets = {pk for found in near for pk in found}
    return list(Message.objects.filter(ticket__in=tickets).values_list("pk", flat=True))


def _forget_outgoing(person: Person, messages: Sequence[int]) -> None:
    """Empty what went out; what has not gone is dropped, and its job finds nothing to send."""
    about = Outgoing.objects.filter(
        Q(message__in=messages)
        | Q(header__in=[*_notices_about(person), *_told_of_talks(person), *_told_of_comments(person)])
        | Q(recipients__overlap=list(person.addresses))
        | Q(pk__in=mails_to(person.addresses))
    )
    about.exclude(state__in=(Outgoing.SENT, Outgoing.IN_FLIGHT)).delete()
    about.update(raw=b"", note="", refused={})
    about.filter(state=Outgoing.SENT).update(recipients=[])


def mails_to(addresses: Iterable[str]) -> Collection[int]:
    """Mails of no ticket that say one of `addresses`: codes to sign in, news of the status, what else went there.

    Once a mail is sent, only the mail itself still says where it went. One statement for each address, over all mails
    of no ticket that are still kept.
    """
    loose = Outgoing.objects.filter(message=None).exclude(raw=b"")
    saying = (loose.annotate(at=_position(address)).filter(at__gt=0) for address in addresses)
    return {pk for found in saying for pk in found.values_list("pk", flat=True)}


def _position(address: str) -> Func:
    """Where a mail as it went out says `address`, 0 where it does not."""
    needle = Value(address.encode(), output_field=BinaryField())
    return Func(needle, F("raw"), template="position(%(expressions)s)", arg_joiner=" in ", output_field=IntegerField())


def _forget_texts(person: Person, messages: Sequence[int]) -> None:
    """Empty text messages from and to them; what has not gone is dropped, and its job finds nothing to send."""
    came = SmsIn.objects.filter(Q(message__in=messages) | Q(sender__in=person.phones))
    went = SmsOut.objects.filter(Q(message__in=messages) | Q(to__in=person.phones))
    known = {*person.phones, *came.values_list("sender", flat=True)}
    SmsStop.objects.filter(phone__in=known).delete()
    came.update(sender="", text="", media=[], bundle="")
    went.exclude(state__in=(SmsOut.SENT, SmsOut.DELIVERED, SmsOut.IN_FLIGHT)).delete()
    went.update(to="", text="", note="")


def _told_of_talks(person: Person) -> Iterable[str]:
    """The Message-IDs of the mails that told others of talks they took part in or are named in: these quote it."""
    near = Q(author__contact=person.contact_id) | person.addressed_in("text")
    talks = list(Post.objects.filter(near).values_list("topic_id", flat=True).distinct())
    posts = Post.objects.filter(topic__in=talks).values_list("topic_id", "pk")
    follows = Follow.objects.filter(topic__in=talks).values_list("topic_id", "pk")
    return [make_message_id(POST, follow, post) for of, follow in follows for topic, post in posts if topic == of]


def _told_of_comments(person: Person) -> Iterable[str]:
    """The Message-IDs of the mails that told others of comments below articles where they wrote or are named."""
    theirs = Q(author__contact=person.contact_id) | Q(address__in=person.addresses) | person.addressed_in("words")
    texts = Comment.objects.filter(theirs).values("text_id")
    comments = Comment.objects.filter(text__in=texts).values_list("text_id", "pk")
    follows = CommentFollow.objects.filter(text__in=texts).values_list("text_id", "pk")
    return [make_message_id(COMMENT, follow, pk) for of, follow in follows for text, pk in comments if text == of]


def _notices_about(person: Person) -> Iterable[str]:
    """The Message-IDs of the mails that told agents of their tickets: these quote what was written."""
    numbers = dict(Ticket.objects.filter(contact_id=person.contact_id).values_list("pk", "number"))
    about = {f"ticket:{pk}": number for pk, number in numbers.items()}
    notices = list(Notice.objects.filter(about__in=list(about)).values_list("pk", "about", f"data__{TOLD_WITH}"))
    alone = [make_message_id(NOTICE, pk, about[key]) for pk, key, _first in notices]
    return alone + [make_message_id(NOTICE, first, 0) for first in {first for *_notice, first in notices if first}]


def _unlearn(person: Person, mails: Iterable[RawMail]) -> None:
    """Take back what the junk filter learned from them; words it saw too seldom to go by, and their name, go whole."""
    for mail in mails:
        words = words_of(read_mail(mail.content))
        side = "junk" if mail.verdicts["learned"] == "junk" else "good"
        JunkWord.objects.filter(word__in=words).update(**{side: Greatest(F(side) - 1, 0)})
        JunkWord.objects.filter(word__in=words).annotate(seen=F("junk") + F("good")).filter(
            seen__lt=ENOUGH_SEEN
        ).delete()
    JunkWord.objects.filter(word__in={word for trace in person.traces for word in WORD.findall(trace.lower())}).delete()
