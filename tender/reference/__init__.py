"""Lists of codes with their labels: built in, or loaded whole and versioned."""
