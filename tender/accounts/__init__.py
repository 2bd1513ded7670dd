"""How a person proves who they are: passwords, second factors, sessions, one-time links."""
