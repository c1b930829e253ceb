"""The tables of the community."""

from charterdesk.community.models.forums import Forum, ForumTerms
from charterdesk.community.models.people import Follow, ForumFollow, Profile
from charterdesk.community.models.proposals import ForumProposal
from charterdesk.community.models.talk import Post, PostFile, PostReport, PostVersion, QueueNews, Topic, Vote

__all__ = [
    "Follow",
    "Forum",
    "ForumFollow",
    "ForumProposal",
    "ForumTerms",
    "Post",
    "PostFile",
    "PostReport",
    "PostVersion",
    "Profile",
    "QueueNews",
    "Topic",
    "Vote",
]
