"""Test the trained network on a folder of images."""

from pathlib import Path
from typing import Any

from genfigs.data import read_test_folder
from genfigs.network.evaluation import evaluate
from genfigs.network.tiny_cnn import network
from genfigs.pipeline.storage import read_params


def count_images(folder: str) -> int:
    """Return how many images `folder` holds. Raises: UserError when it cannot be read."""
    return len(read_test_folder(folder).labels)


def evaluate_folder(cache: Path, folder: str) -> dict[str, Any]:
    """Return accuracy, count and confusion of the parameters in `cache` on all images of `folder`."""
    tested = evaluate(network, read_params(cache), read_test_folder(folder))
    return {"accuracy": tested.accuracy, "count": tested.count, "confusion": tested.confusion}
