"""Published lists of codes (CPV, NUTS, eForms): bytes in, codes with their French and English."""
