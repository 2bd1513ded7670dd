"""The floor of the house: what every capability stands on, without a word of the domain."""
