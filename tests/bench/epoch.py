"""How long an epoch takes here, in PyTorch and in Keras on JAX: one network, the same images and optimiser.

Every contestant is a process of its own that waits for its turn, so that the machine's moods hit all alike: a
round is one epoch of each. Run `python tests/bench/epoch.py`; it needs `torch` and `keras` installed.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

IMAGES, BATCH, CLASSES = 8960, 128, 10
LEARNING_RATE = 1e-3
ROUNDS = 5
OURS, TORCH, TORCH_LAST, KERAS = "epoch_s", "pytorch_nchw_s", "pytorch_channels_last_s", "keras_jax_s"


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Return each contestant's median seconds, and the medians of our time as a share of the others'."""
    workers = {name: start(name) for name in CONTESTANTS}
    times = [{name: run_epoch(worker) for name, worker in workers.items()} for _ in range(rounds)]
    for worker in workers.values():
        worker.communicate()
    figures = {name: median(turn[name] for turn in times) for name in CONTESTANTS}
    figures["ratio_pytorch"] = median(turn[OURS] / min(turn[TORCH], turn[TORCH_LAST]) for turn in times)
    figures["ratio_keras_jax"] = median(turn[OURS] / turn[KERAS] for turn in times)
    return {name: round(value, 4) for name, value in figures.items()}


def start(name: str) -> subprocess.Popen[str]:
    """Return the contestant's process, warmed up."""
    command = [sys.executable, __file__, "--contestant", name]
    environment = {**os.environ, "KERAS_BACKEND": "jax"}
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)
    assert worker.stdout
    if worker.stdout.readline() != "ready\n":
        raise SystemExit(f"the contestant `{name}` did not start; install `torch` and `keras`")
    return worker


def run_epoch(worker: subprocess.Popen[str]) -> float:
    """Return the seconds of one epoch."""
    assert worker.stdin
    assert worker.stdout
    print("go", file=worker.stdin, flush=True)
    return float(worker.stdout.readline())


def take_turns(epoch: Callable[[], None]) -> None:
    """Run one epoch to warm up, then one for each line of standard input, and print its seconds."""
    epoch()
    print("ready", flush=True)
    for _ in sys.stdin:
        begin = perf_counter()
        epoch()
        print(perf_counter() - begin, flush=True)


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return noise in the shape of the chapter's images, and labels; speed does not depend on the values."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (IMAGES, 28, 28)).astype(np.uint8)
    return images, random.integers(0, CLASSES, IMAGES).astype(np.uint8)


def ours() -> None:
    """Train the chapter's network as a build does; each epoch waits in the report of the one before."""
    from genfigs.data import Dataset, Split
    from genfigs.network.tiny_cnn import network
    from genfigs.network.training import train, use_all_cores

    use_all_cores()
    split = Split(*digits())
    few = split.take(slice(10))
    data = Dataset("noise", tuple("0123456789"), split, few, few)
    begin = 0.0

    def report(epoch: int, *_: float) -> None:
        nonlocal begin
        print(perf_counter() - begin if epoch > 1 else "ready", flush=True)
        if not sys.stdin.readline():
            raise SystemExit
        begin = perf_counter()

    train(network, data, seed=0, epochs=1000, batch_size=BATCH, learning_rate=LEARNING_RATE, report=report)


def pytorch(*, channels_last: bool) -> None:
    """Train the same network in PyTorch."""
    import torch
    from torch import nn

    convolutions = (
        nn.Conv2d(1, 8, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(400, CLASSES)).to(memory_format=layout)
    images, labels = digits()
    x = (torch.from_numpy(images)[:, None] / 255).contiguous(memory_format=layout)
    y = torch.from_numpy(labels).long()
    optimiser, loss = torch.optim.Adam(model.parameters(), LEARNING_RATE), nn.CrossEntropyLoss()

    def epoch() -> None:
        for batch in torch.randperm(IMAGES).split(BATCH):
            optimiser.zero_grad()
            loss(model(x[batch]), y[batch]).backward()
            optimiser.step()

    torch.set_num_threads(os.cpu_count() or 1)
    take_turns(epoch)


def keras_jax() -> None:
    """Train the same network in Keras on JAX."""
    import keras
    from keras import layers

    convolutions = [
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPool2D(),
        layers.Conv2D(16, 3, activation="relu"),
    ]
    head = [layers.MaxPool2D(), layers.Flatten(), layers.Dense(CLASSES)]
    model = keras.Sequential([layers.Input((28, 28, 1)), *convolutions, *head])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(LEARNING_RATE), loss)
    images, labels = digits()
    x = images[..., None] / np.float32(255)
    take_turns(lambda: model.fit(x, labels, batch_size=BATCH, verbose=0) and None)


CONTESTANTS: dict[str, Callable[[], None]] = {
    OURS: ours,
    TORCH: lambda: pytorch(channels_last=False),
    TORCH_LAST: lambda: pytorch(channels_last=True),
    KERAS: keras_jax,
}


def main() -> None:
    """Print the figures, or take part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--contestant", choices=CONTESTANTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.contestant:
        CONTESTANTS[options.contestant]()
        return
    figures = measure()
    print(
        json.dumps(figures)
        if options.json
        else "\n".join(f"{name:24} {value}" for name, value in figures.items())
    )


if __name__ == "__main__":
    main()
