"""The part of access in what we keep, with the second factors and single sign-on of allauth.

Keys of second factors and client secrets stay sealed with the secret key of their installation.
"""

from charterdesk.base.exported import emptied, exported

exported("access", "mfa", "socialaccount")
emptied("access_opensession", why="everybody signs in again")
emptied("access_tries", why="counted for some minutes")
