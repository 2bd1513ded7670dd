"""Award per lot and win rates."""
