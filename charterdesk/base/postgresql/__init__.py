"""Django's PostgreSQL, with three things done faster: times are read in C, a connection in use is not asked first, and
statements that never change are kept by the server."""
