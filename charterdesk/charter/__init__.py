"""What we owe: the published charter, how its objectives are kept, and the remedies for those that are not."""
