"""Published notices (eForms, TED, BOAMP, OCDS, DECP): bytes in, one neutral value out."""
