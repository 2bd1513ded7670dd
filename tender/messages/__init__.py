"""Letters to send: rows; workers post them."""
