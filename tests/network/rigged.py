"""A network whose answers a test can dictate: the brightest of an image's first ten pixels is its class."""

import numpy as np

from genfigs.network.layers import Dense, Flatten, Softmax
from genfigs.network.sequential import Sequential

network = Sequential(Flatten(), Dense(10), Softmax())
params = {"dense": {"kernel": np.eye(784, 10, dtype=np.float32), "bias": np.zeros(10, np.float32)}}


def images(answers):
    drawn = np.zeros((len(answers), 28, 28), np.uint8)
    drawn[np.arange(len(answers)), 0, answers] = 255
    return drawn
