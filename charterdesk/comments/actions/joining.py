"""What the community is told of comments: that some wait, and how they go on where two people were one."""

from charterdesk.comments.models import Comment, CommentFollow, CommentReport, CommentVote
from charterdesk.comments.queries.reading import newest_waiting
from charterdesk.community.belongings import joins, queues
from charterdesk.community.models import Profile

queues(newest_waiting)


@joins
def join_comments(kept: Profile, gone: Profile) -> None:
    """Have what `gone` wrote, follows, voted for and reported be of `kept`. Seven statements."""
    Comment.objects.filter(author=gone).update(author=kept)
    followed = CommentFollow.objects.filter(profile=kept).values("text_id")
    CommentFollow.objects.filter(profile=gone).exclude(text_id__in=followed).update(profile=kept)
    voted = CommentVote.objects.filter(profile=kept).values("comment_id")
    CommentVote.objects.filter(profile=gone).exclude(comment_id__in=voted).update(profile=kept)
    reported = CommentReport.objects.filter(profile=kept).values("comment_id")
    CommentReport.objects.filter(profile=gone).exclude(comment_id__in=reported).update(profile=kept)
