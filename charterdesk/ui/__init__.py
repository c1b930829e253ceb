"""One look: tokens, components, base templates, the island loader. Surfaces build on it."""
