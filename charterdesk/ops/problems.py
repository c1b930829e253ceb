"""What an operator can mend: the text says what is wrong and what to do, and is all they get to see."""


class Problem(Exception):
    """Raised where charterdesk can't go on; the command line prints the text and ends with code 2."""
