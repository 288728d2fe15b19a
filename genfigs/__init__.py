"""genfigs: draws digits, trains a tiny convolutional network on them, and pictures every number on its way through."""
