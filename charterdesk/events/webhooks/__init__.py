"""Webhooks: other systems hear of events (Standard Webhooks 1.0), at least once each, however long they were away."""
