"""Stand-in: a helper of one figure."""

SHADE = "grey"
