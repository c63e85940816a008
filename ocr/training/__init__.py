"""Training of the handwriting recogniser; needs the extra `training` (torch)."""
