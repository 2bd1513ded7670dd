"""The demonstration: an invented cluster, its calls and its bids, told through the services."""
