"""Who did what when: append-only, chained by hashes."""
