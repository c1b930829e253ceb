"""The demo world: Aldermouth Water, its customers and two years of their letters, from a fixed seed."""
