"""Did we serve well? Measures kept day by day, and reports of them."""
