"""Stand-in: the image, and how far it is from each class."""

import numpy as np


def activations(network, params, image):
    return {"input": image[..., None] / 255, "dense": -np.abs(params["dense"]["means"] - image.mean())}
