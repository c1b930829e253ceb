"""The public JSON API at `/api/v1`: everything the two webs do, for programs."""
