"""What developers run beside the product: catalogues, measurements."""
