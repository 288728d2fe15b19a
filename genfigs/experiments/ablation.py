"""What pooling and depth buy: the network with a part taken away or added, trained and tested the same way."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from genfigs.errors import UserError
from genfigs.experiments import Study, Value
from genfigs.experiments._contest import lessons, point
from genfigs.network.cost import total_multiplications
from genfigs.network.ensemble import accuracies, train_together
from genfigs.network.layers import AveragePool2D, Conv2D, Dense, Flatten, Layer, MaxPool2D, ReLU
from genfigs.network.sequential import Sequential

SEEDS, QUICK_SEEDS = 3, 1
IMAGES, UPDATES = 10_000, 300  # two passes: without pooling, every pass takes five times as long
QUICK_IMAGES, QUICK_UPDATES = 1_000, 50
NAMES = {
    "whole": "as it is",
    "unpooled": "no pooling",
    "strided": "strides instead of pooling",
    "shallow": "one convolution",
    "deep": "three convolutions",
}


def measure(study: Study) -> dict[str, Value]:
    """Return mean accuracy, spread, parameters and multiplications of each variant that can be built.

    Variants: `whole` (as it is), `unpooled`, `strided` (strides instead of pooling), `shallow` (one
    convolution) and `deep` (three). `variants` names those there are. `<variant>_gain` is its mean accuracy less
    that of `whole`, with the spread of the differences.
    """
    members = QUICK_SEEDS if study.quick else SEEDS
    images, updates = (QUICK_IMAGES, QUICK_UPDATES) if study.quick else (IMAGES, UPDATES)
    batches = lessons(study, images, updates, members)
    networks = variants(study.network)
    values: dict[str, Value] = {"seeds": members, "images": images, "variants": list(networks)}
    scores = {}
    for name, network in networks.items():
        trained = train_together(network, study.dataset.train, batches, seed=study.seed)
        scores[name] = accuracies(network, trained, study.dataset.test)
        values |= point(name, scores[name]) | point(f"{name}_gain", scores[name] - scores["whole"])
        values[f"{name}_parameters"] = network.parameters
        values[f"{name}_multiplications"] = total_multiplications(network)
    return values


def variants(network: Sequential) -> dict[str, Sequential]:
    """Return the network and its variants by name; one that is no change or cannot be built is left out."""
    body, head = split(network)
    changed = [
        ("whole", body),
        ("unpooled", [layer for layer in body if not isinstance(layer, MaxPool2D | AveragePool2D)]),
        ("strided", list(strides_for_pooling(body))),
        ("shallow", first_block(body)),
        ("deep", deepened(body)),
        ("deep", deepened(body, padding="same")),  # where the maps have become smaller than its kernel
    ]
    built: dict[str, Sequential] = {}
    for name, layers in changed:
        try:
            variant = Sequential(*layers, *head, input_shape=network.stages[0].shape)
        except UserError:  # the maps have become smaller than a kernel or a block
            continue
        if name not in built and variant not in built.values():
            built[name] = variant
    return built


def split(network: Sequential) -> tuple[list[Layer], list[Layer]]:
    """Return the layers that work on images, and those from the first `Flatten` or `Dense` on."""
    layers = list(network.layers)
    flat = [isinstance(layer, Flatten | Dense) for layer in layers]
    cut = flat.index(True) if any(flat) else len(layers) - 1
    return layers[:cut], layers[cut:]


def strides_for_pooling(body: list[Layer]) -> Iterator[Layer]:
    """Yield the layers without pooling; the convolution before a pooling takes steps of its size instead."""
    for index, layer in enumerate(body):
        if isinstance(layer, Conv2D):
            yield replace(layer, strides=layer.strides * pooled_by(body[index + 1 :]))
        elif not isinstance(layer, MaxPool2D | AveragePool2D):
            yield layer


def pooled_by(rest: list[Layer]) -> int:
    """Return the size of the pooling that comes before the next convolution; 1 if none does."""
    for layer in rest:
        match layer:
            case MaxPool2D() | AveragePool2D():
                return layer.pool_size
            case Conv2D():
                break
    return 1


def first_block(body: list[Layer]) -> list[Layer]:
    """Return the layers before the second convolution."""
    places = [index for index, layer in enumerate(body) if isinstance(layer, Conv2D)]
    return body[: places[1]] if len(places) > 1 else body


def deepened(body: list[Layer], **changes: Any) -> list[Layer]:
    """Return the layers with a third convolution, of twice as many filters as the last; as they are, if not two."""
    convolutions = [layer for layer in body if isinstance(layer, Conv2D)]
    if len(convolutions) != 2:
        return body
    last = convolutions[-1]
    return [*body, replace(last, filters=2 * last.filters, strides=1, **changes), ReLU()]
