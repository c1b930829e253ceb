"""The tables of the community."""

from charterdesk.community.models.forums import Forum, ForumTerms
from charterdesk.community.models.people import Follow, ForumFollow, Profile
from charterdesk.community.models.talk import Post, PostFile, PostReport, PostVersion, Topic, Vote

__all__ = [
    "Follow",
    "Forum",
    "ForumFollow",
    "ForumTerms",
    "Post",
    "PostFile",
    "PostReport",
    "PostVersion",
    "Profile",
    "Topic",
    "Vote",
]
