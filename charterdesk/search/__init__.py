"""One index over everything, filtered by audience; domains register what is findable."""
