"""What `render` is made of: the private copy, the two engines, their cage, what their PDFs need."""
