"""Stand-in: the network."""

from genfigs.network.sequential import Sequential, Stage

network = Sequential((Stage("input", "input", (28, 28, 1), 0), Stage("dense", "dense", (10,), 10)))
