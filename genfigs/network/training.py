"""Loss, step, epochs: from random weights to a trained network and the history of how it got there."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from math import gcd

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from jaxtyping import Array, Float, Float32, Int, UInt8

from genfigs.data import Dataset
from genfigs.errors import UserError
from genfigs.network import fast
from genfigs.network.activations import preprocess
from genfigs.network.evaluation import evaluate
from genfigs.network.layers import describe
from genfigs.network.sequential import Params, Sequential

Report = Callable[[int, int, float, float], None]  # epoch, epochs, loss, validation accuracy
State = tuple[Params, optax.OptState]
Averaged = tuple[State, Params, Int[Array, ""]]  # a state, the average of its weights, and the steps so far

EPOCHS = 6
SEEN, MOST_EPOCHS = 200_000, 30  # a small collection is gone through until so many were seen, or so often
FALL = 0.3  # of the learning rate is left at the end: less, and there would be nothing to average
FRESH = 1 / 400  # share of the newest weights in their average, once there have been enough of them


class TrainingDiverged(UserError):  # noqa: N818 (what happened, not a fault of the code)
    """The loss or a weight stopped being a finite number."""


@dataclass(frozen=True)
class History:
    """What happened, epoch by epoch; kernels also before the first."""

    loss: list[float] = field(default_factory=list)  # mean cross-entropy, in nats
    accuracy: list[float] = field(default_factory=list)  # on the training images, while they are learned from
    validation_accuracy: list[float] = field(default_factory=list)
    kernels: list[Float32[np.ndarray, "..."]] = field(default_factory=list)  # of the first layer that has any


@dataclass(frozen=True)
class Training:
    """A trained network's weights and its history."""

    params: Params
    history: History


def epochs_for(images: int) -> int:
    """Return how often to go through a collection of `images`."""
    return max(EPOCHS, min(SEEN // images, MOST_EPOCHS))


def use_all_cores() -> None:
    """Make every processor core a device of its own to JAX; call it before anything else uses JAX."""
    if "xla_force_host_platform_device_count" not in os.environ.get("XLA_FLAGS", ""):
        jax.config.update("jax_num_cpu_devices", os.cpu_count() or 1)


def train(
    network: Sequential,
    dataset: Dataset,
    *,
    seed: int,
    epochs: int = EPOCHS,
    batch_size: int = 128,
    learning_rate: float = 0.015,
    report: Report | None = None,
) -> Training:
    """Return weights that tell the classes of `dataset` apart; one seed, one machine: the same bytes.

    They are a moving average of the weights of the last few hundred steps, which reads strange handwriting better
    than the weights of any one step.
    Source: Polyak & Juditsky, Acceleration of Stochastic Approximation by Averaging (1992).
    Raises: UserError if network and dataset do not fit, TrainingDiverged if the loss does not stay finite.
    """
    check_fit(network, dataset)
    batch_size = min(batch_size, len(dataset.train.labels))
    steps = len(dataset.train.labels) // batch_size
    adam = optimiser(learning_rate, epochs * steps)
    first_key, *epoch_keys = jax.random.split(jax.random.key(seed), epochs + 1)
    params = jax.jit(network.init)(first_key)
    state = (params, adam.init(params)), params, jnp.zeros((), int)
    # where an epoch leaves it: started from elsewhere, the first epoch would be a program of its own
    state = jax.device_put(state, NamedSharding(_mesh(batch_size), PartitionSpec()))
    images, labels = (jnp.asarray(array) for array in (dataset.train.images, dataset.train.labels))
    history = History(kernels=[_first_kernel(params)])
    for epoch, key in enumerate(epoch_keys, start=1):
        batches = jax.random.permutation(key, len(labels))[: steps * batch_size].reshape(steps, batch_size)
        state, loss, accuracy = _run_epoch(network, adam, state, images, labels, batches)
        params = jax.device_get(state[1])
        check_finite(float(loss), params, f"in epoch {epoch} of {epochs} at learning rate {learning_rate:g}")
        validation_accuracy = evaluate(network, params, dataset.validation).accuracy
        history.loss.append(float(loss))
        history.accuracy.append(float(accuracy))
        history.validation_accuracy.append(validation_accuracy)
        history.kernels.append(_first_kernel(params))
        if report:
            report(epoch, epochs, float(loss), validation_accuracy)
    return Training(params, history)


@cache  # the same object again lets JAX compile the epoch once for networks trained alike
def optimiser(learning_rate: float, steps: int) -> optax.GradientTransformation:
    """Return Adam with a learning rate that falls evenly."""
    return optax.adam(optax.linear_schedule(learning_rate, FALL * learning_rate, steps))


@partial(jax.jit, static_argnums=(0, 1))
def _run_epoch(
    network: Sequential,
    optimiser: optax.GradientTransformation,
    state: Averaged,
    images: UInt8[Array, "count height width"],
    labels: UInt8[Array, " count"],
    batches: Int[Array, "steps batch"],
) -> tuple[Averaged, Float[Array, ""], Float[Array, ""]]:
    """Return the state after one pass over `batches`, and the pass's mean loss and accuracy.

    Every device computes the gradients of its share of each batch; their mean moves the weights.
    """

    def step(state: Averaged, batch: Int[Array, " share"]) -> tuple[Averaged, tuple[Array, Array]]:
        (params, moments), average, steps = state
        loss_of = partial(objective, network, images=images[batch], labels=labels[batch])
        results = jax.value_and_grad(loss_of, has_aux=True)(params)
        (loss, accuracy), grads = jax.lax.pmean(results, "batch")
        updates, moments = optimiser.update(grads, moments, params)
        params = optax.apply_updates(params, updates)
        fresh = jnp.maximum(FRESH, 9 / (steps + 10))  # at first the average covers a tenth of all steps
        average = optax.incremental_update(params, average, fresh)
        return ((params, moments), average, steps + 1), (loss, accuracy)

    def share(state: Averaged, batches: Int[Array, "steps share"]) -> tuple[Averaged, tuple[Array, Array]]:
        return jax.lax.scan(step, state, batches)

    mesh = _mesh(batches.shape[1])
    whole, shared = PartitionSpec(), PartitionSpec(None, "batch")
    run = jax.shard_map(share, mesh=mesh, in_specs=(whole, shared), out_specs=whole, check_vma=False)
    state, (losses, accuracies) = run(state, batches)
    return state, losses.mean(), accuracies.mean()


def _mesh(batch_size: int) -> Mesh:
    """Return the devices that share a batch evenly."""
    return Mesh(jax.devices()[: gcd(batch_size, jax.device_count())], ("batch",))


def objective(
    network: Sequential,
    params: Params,
    images: UInt8[Array, "share height width"],
    labels: UInt8[Array, " share"],
) -> tuple[Float[Array, ""], Float[Array, ""]]:
    """Return the mean cross-entropy and the accuracy."""
    logits = scores(network, params, images)
    loss = optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()
    return loss, (logits.argmax(axis=-1) == labels).mean()


def scores(
    network: Sequential, params: Params, images: UInt8[Array, "count height width"]
) -> Float[Array, "count classes"]:
    """Return the network's scores, by the arrangement that suits the machine."""
    logits = fast.logits if jax.default_backend() == "cpu" else Sequential.logits
    return logits(network, params, preprocess(images))


def _first_kernel(params: Params) -> Float32[np.ndarray, "..."]:
    return np.asarray(next(iter(params.values()))["kernel"])


def check_fit(network: Sequential, dataset: Dataset) -> None:
    """Raise UserError unless images fit the network's input and classes its output."""
    image, classes = (*dataset.train.images.shape[1:], 1), len(dataset.class_names)
    if network.stages[0].shape != image:
        raise UserError(
            f"`input_shape` must be {image}, as the images are; got {network.stages[0].shape}; change it"
        )
    if network.stages[-1].shape != (classes,):
        raise UserError(
            f"the network must end in {classes} scores, one per class of {dataset.name}; "
            f"got {describe(network.stages[-1].shape)}; make its last layers `Dense({classes}), Softmax()`"
        )


def check_finite(loss: float, params: Params, where: str) -> None:
    """Raise TrainingDiverged unless every number is finite."""
    if not all(np.isfinite(number).all() for number in jax.tree.leaves((loss, params))):
        raise TrainingDiverged(
            f"the loss must stay finite; got {loss} {where}; train with a smaller learning rate"
        )
