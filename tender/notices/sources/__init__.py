"""Published calls fetched from where they appear: the BOAMP's API and that of the TED."""
