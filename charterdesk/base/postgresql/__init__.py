"""Django's PostgreSQL, with two things done faster: times are read in C, and a connection in use is not asked first."""
