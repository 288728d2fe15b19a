"""The chapter's network: 28 × 28 grey levels in, ten probabilities out."""

from genfigs.network.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential

network = Sequential(
    Conv2D(filters=8, kernel_size=3),
    ReLU(),
    MaxPool2D(2),
    Conv2D(filters=16, kernel_size=3),
    ReLU(),
    MaxPool2D(2),
    Flatten(),
    Dense(10),
    Softmax(),
)
