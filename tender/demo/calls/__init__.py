"""The calls for tenders of the demonstration: invented buyers, invented markets, real forms."""
