"""Six networks that an author might try instead of the chapter's: each a complete `tiny_cnn.py`."""

HEAD = '''"""Another network."""

from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential

network = Sequential(
    {layers},
    Flatten(),
    Dense(10),
    Softmax(),
)
'''

LAYERS = {
    "wide kernels and 4 filters": ("Conv2D(4, 5), ReLU(), MaxPool2D(2), Conv2D(8, 5), ReLU(), MaxPool2D(2)"),
    "12 filters and average pooling": (
        "Conv2D(12, 3), ReLU(), AveragePool2D(2), Conv2D(16, 3), ReLU(), AveragePool2D(2)"
    ),
    "a third convolution": (
        "Conv2D(8, 3), ReLU(), MaxPool2D(2), Conv2D(16, 3), ReLU(), MaxPool2D(2), Conv2D(32, 3), ReLU()"
    ),
    "strided convolutions instead of pooling": (
        "Conv2D(8, 3, strides=2), ReLU(), Conv2D(16, 3, strides=2), ReLU()"
    ),
    "no second convolution": "Conv2D(8, 3), ReLU(), MaxPool2D(2)",
    "padding that keeps the border": (
        'Conv2D(8, 3, padding="same"), ReLU(), MaxPool2D(2), '
        'Conv2D(16, 3, padding="same"), ReLU(), MaxPool2D(2)'
    ),
}

LISTINGS = {name: HEAD.format(layers=layers) for name, layers in LAYERS.items()}
