"""Which company holds which lot, in which role, for which share."""
