"""Universal search as pages and the API show it: families of documents, where each is read, one ranking."""
