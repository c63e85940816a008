"""Training of the network that decides what a letter asks for; needs the extra `training` (torch)."""
