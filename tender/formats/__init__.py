"""Published notices (eForms, BOAMP): bytes in, one neutral value out; nothing else of ours."""
