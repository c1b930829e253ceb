"""What we know: categories, articles and questions, in several languages, reviewed, kept fresh, and found."""
