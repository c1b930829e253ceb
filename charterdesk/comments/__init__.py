"""What readers say below articles: written, looked at, answered for the house, told to who follows."""
