"""One cause behind many requests: they are noticed to be many, become one problem, and one answer reaches all."""
