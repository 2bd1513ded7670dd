"""Member companies, their people, seats and relationships."""
