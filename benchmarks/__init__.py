"""How long the main job takes, beside a peer in the same run. Prints, asserts nothing."""
