"""Each person's own triage of the calls."""
