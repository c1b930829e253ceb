"""Every page of both webs as a picture, for `docs/pages/`: `python -m tests.album`."""
