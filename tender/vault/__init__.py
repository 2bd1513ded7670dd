"""A company's papers and their validity."""
