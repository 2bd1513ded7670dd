"""Set-up and supervision of the servers that come from wheels; not used in production."""
