"""A process that holds the SMPP sessions of a desk, to be killed by a test."""

import os
import threading

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "charterdesk.settings")
    django.setup()
    from charterdesk.channels.sms.smpp_part import watch_numbers

    watch_numbers(threading.Event())
