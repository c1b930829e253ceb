"""The API of charterdesk, typed."""

from charterdesk_client.client import Client
from charterdesk_client.transport import ApiError

__all__ = ["ApiError", "Client"]
