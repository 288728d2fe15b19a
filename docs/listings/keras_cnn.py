"""The chapter's network in Keras."""

from keras import Input, Sequential, layers

network = Sequential(
    [
        Input((28, 28, 1)),
        layers.Conv2D(filters=8, kernel_size=3),
        layers.ReLU(),
        layers.MaxPooling2D(2),
        layers.Conv2D(filters=16, kernel_size=3),
        layers.ReLU(),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10),
        layers.Softmax(),
    ]
)
