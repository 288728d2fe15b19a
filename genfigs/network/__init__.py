"""The network as mathematics: layers, training, what it computes for an image, how often it is right."""
