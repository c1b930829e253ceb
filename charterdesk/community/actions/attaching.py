"""Files put on a post that is there, and taken off again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.files import NewFile, keep_file, require_few
from charterdesk.community.actions.writing import about, hold, lock
from charterdesk.community.events import PostFileAdded, PostFileRemoved
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Post, PostFile
from charterdesk.community.models.people import NEW
from charterdesk.community.models.talk import REMOVED, SHOWN
from charterdesk.events.log import publish


@transaction.atomic
def add_files(post: Post, files: Sequence[NewFile], *, by: Actor) -> None:
    """Put files on a post; what somebody new wrote waits again until somebody looked at them.

    Raises `Refused`: `community.removed`, and as `keep_files`, with the files that are there counted.
    """
    lock(post)
    if post.state == REMOVED:
        raise Refused("community.removed", _("It was removed."))
    if not files:
        return
    require_few(post.files.count() + len(files))
    for file in files:
        keep_file(post, file)
    publish(PostFileAdded(**about(post)), on=post.topic, by=by)
    terms = terms_in_force()
    if post.state == SHOWN and terms.holds_new and post.author.level(terms) == NEW:
        hold(post, reason=Post.NEW, by=by)


@transaction.atomic
def remove_file(file: PostFile, *, by: Actor) -> None:
    """Take a file off its post. Raises `Refused("community.nothing_said")` where nothing else is left of the post."""
    post = file.post
    lock(post)
    if not post.text.strip() and post.files.count() == 1:
        raise Refused("community.nothing_said", _("Nothing would be left. Remove the post instead."))
    sha256 = file.sha256
    file.delete()
    publish(PostFileRemoved(sha256=sha256, **about(post)), on=post.topic, by=by)
