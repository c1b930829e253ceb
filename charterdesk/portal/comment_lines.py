"""Comments as they stand below an article: what was said, and who may say more."""

from typing import Any

from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from charterdesk.comments.models import Comment, CommentTerms
from charterdesk.comments.policies import is_closed, may_comment, may_keep, may_take_back, may_vote, open_to
from charterdesk.comments.queries.reading import comments_on, follows, shown_on, voted_by
from charterdesk.community.actions.profiles import profile_of
from charterdesk.community.models import PostReport, Profile
from charterdesk.community.policies import is_own, may_take_part
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.viewer import Viewer
from charterdesk.portal.community.forms import Signed
from charterdesk.portal.community.paths import number_of
from charterdesk.portal.customers import PortalRequest
from charterdesk.portal.spam import make_pass

PER_PAGE = 50


class CommentForm(Signed):
    """A comment; who has no account gives a name, and an address to hear of answers."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address, to hear of answers"),
        help_text=gettext_lazy("Only if you want to. Nobody sees it."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, profile: Profile | None, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, viewer=viewer, **kwargs)
        del self.fields["attachments"]
        if may_take_part(viewer):
            del self.fields["address"]


def comments_below(request: PortalRequest, text: ArticleText, form: CommentForm | None = None) -> dict[str, Any]:
    """What the section needs, with what was written so far where it could not be kept. Three statements, or six.

    The article's category has to be loaded.
    """
    viewer, page = request.viewer, number_of(request, "page")
    rows = list(comments_on(text, viewer)[page * PER_PAGE : (page + 1) * PER_PAGE + 1])
    has_more = len(rows) > PER_PAGE
    allowed, is_shut, profile = open_to(), is_closed(text.article), profile_of(viewer)
    voted = voted_by(profile, rows)
    return {
        "comments": [_line(comment, viewer, is_voted=comment.pk in voted) for comment in rows[:PER_PAGE]],
        "comment_count": shown_on(text) if has_more or page else sum(each.state == "shown" for each in rows),
        "comments_closed": is_shut,
        "may_comment": not is_shut and may_comment(viewer, allowed),
        "may_sign_in_to_comment": not is_shut and allowed == CommentTerms.SIGNED_IN and not may_take_part(viewer),
        "comment_form": form or CommentForm(profile=profile, viewer=viewer),
        "comment_pass": make_pass(),
        "has_commented": "commented" in request.GET,
        "hears_comments": follows(profile, text),
        "may_take_part": may_take_part(viewer),
        "may_keep_comments": may_keep(viewer, text.article),
        "has_comment_feed": text.article.is_public,
        "reasons": PostReport.REASONS,
        "page": page,
        "next_page": page + 1 if has_more else None,
    }


def _line(comment: Comment, viewer: Viewer, *, is_voted: bool) -> dict[str, Any]:
    return {
        "comment": comment,
        "html": mark_safe(comment.body),  # made safe when it was kept
        "is_own": comment.author is not None and is_own(viewer, comment.author),
        "may_take_back": may_take_back(viewer, comment),
        "may_vote": may_vote(viewer, comment),
        "is_voted": is_voted,
    }
