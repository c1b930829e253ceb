"""One look: tokens, components, base templates, the island loader. It knows none of the surfaces built on it."""
