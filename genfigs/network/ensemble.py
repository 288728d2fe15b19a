"""Several networks of one architecture, trained by one program: every array has the members as its first axis."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jaxtyping import Array, Float, Int, UInt8

from genfigs.data import Split
from genfigs.network.sequential import Params, Sequential
from genfigs.network.training import State, check_finite, objective, scores

CHUNK = 50  # updates in one call: trainings of any length share one compiled program
IMAGES = 500  # at a time when answering, so that five members need some 60 MB
LEARNING_RATE = 0.01
DEVIATION = 0.8796  # standard deviation of normal numbers between -2 and 2

BRIEFLY = {"xla_cpu_use_fusion_emitters": False}  # compiles in half the time, runs slower

DIRECTION = optax.adam(1.0)  # the learning rate of each update is data, or each length would be compiled


def train_together(
    network: Sequential,
    split: Split,
    batches: Int[np.ndarray, "members updates batch"],
    *,
    seed: int,
    learning_rate: float = LEARNING_RATE,
) -> Params:
    """Return trained parameters; member i starts from its own weights and learns from `batches[i]`, in order.

    Units: `batches` are indices of `split`. Optimiser and loss are those of `training.train`;
    the learning rate falls to zero along half a cosine, which suits short trainings better than averaging.
    Raises: TrainingDiverged if a weight does not stay finite.
    """
    members, updates, _ = batches.shape
    params = starts(network, members, seed)
    state = params, _moments(params)
    rates = np.asarray(_rates(learning_rate, updates))
    images, labels = jnp.asarray(split.images), jnp.asarray(split.labels)
    learn = _learn if updates > CHUNK else _learn_briefly
    for start in range(0, updates, CHUNK):
        part = slice(start, start + CHUNK)
        state = learn(network, state, images, labels, jnp.asarray(batches[:, part]), rates[part])
    trained: Params = jax.device_get(state[0])
    check_finite(0.0, trained, f"after {updates} updates at learning rate {learning_rate:g}")
    return trained


def starts(network: Sequential, members: int, seed: int) -> Params:
    """Return random kernels that the members start from, distributed as `Layer.init` has them, and zero biases.

    NumPy draws them: compiling a generator for every network would take longer than a small training does.
    Source: He et al., Delving Deep into Rectifiers (2015), section 2.2.
    """
    rng = np.random.default_rng(seed)
    params: Params = {}
    for stage in network.stages:
        if stage.layer and stage.parameters:
            shapes = stage.layer.weight_shapes(network.shape_before(stage))
            scale = np.sqrt(2 / np.prod(shapes["kernel"][:-1])) / DEVIATION
            kernel = (scale * _bounded(rng, (members, *shapes["kernel"]))).astype(np.float32)
            params[stage.name] = {"kernel": kernel, "bias": np.zeros((members, *shapes["bias"]), np.float32)}
    return params


def _bounded(rng: np.random.Generator, shape: tuple[int, ...]) -> Float[np.ndarray, "..."]:
    """Return normal numbers of which those beyond ±2 are drawn anew; DEVIATION is theirs."""
    drawn = rng.normal(size=shape)
    while (beyond := np.abs(drawn) > 2).any():
        drawn[beyond] = rng.normal(size=beyond.sum())
    return drawn


# Functions of the module, so that what is compiled for one training serves the next.
_moments = jax.jit(jax.vmap(DIRECTION.init), compiler_options=BRIEFLY)


@partial(jax.jit, static_argnums=(0, 1), compiler_options=BRIEFLY)
def _rates(learning_rate: float, updates: int) -> Float[Array, " updates"]:
    """Return the learning rate of every update."""
    rates: Float[Array, " updates"] = jax.vmap(optax.cosine_decay_schedule(learning_rate, updates))(
        jnp.arange(updates)
    )
    return rates


def _updates(
    network: Sequential,
    state: State,
    images: UInt8[Array, "count height width"],
    labels: UInt8[Array, " count"],
    batches: Int[Array, "members updates batch"],
    rates: Float[Array, " updates"],
) -> State:
    """Return every member's state after `batches`."""

    def update(state: State, now: tuple[Int[Array, " batch"], Float[Array, ""]]) -> tuple[State, None]:
        (params, moments), (batch, rate) = state, now
        loss = partial(objective, network, images=images[batch], labels=labels[batch])
        grads, _ = jax.grad(loss, has_aux=True)(params)
        steps, moments = DIRECTION.update(grads, moments, params)
        return (optax.apply_updates(params, jax.tree.map(lambda step: rate * step, steps)), moments), None

    def member(state: State, batches: Int[Array, "updates batch"]) -> State:
        return jax.lax.scan(update, state, (batches, rates))[0]

    trained: State = jax.vmap(member)(state, batches)
    return trained


_learn = jax.jit(_updates, static_argnums=0)
_learn_briefly = jax.jit(_updates, static_argnums=0, compiler_options=BRIEFLY)


def accuracies(network: Sequential, params: Params, split: Split) -> Float[np.ndarray, " members"]:
    """Return the share of `split` that each member gets right, from 0 to 1."""
    parts = [split.take(slice(start, start + IMAGES)) for start in range(0, len(split), IMAGES)]
    right = [np.asarray(_right(network, params, part.images, part.labels)) for part in parts]
    total: Float[np.ndarray, " members"] = np.sum(right, axis=0) / len(split)
    return total


@partial(jax.jit, static_argnums=0, compiler_options=BRIEFLY)
def _right(
    network: Sequential,
    params: Params,
    images: UInt8[Array, "count height width"],
    labels: UInt8[Array, " count"],
) -> Int[Array, " members"]:
    answers = jax.vmap(lambda params: scores(network, params, images).argmax(axis=-1))(params)
    return (answers == labels[None]).sum(axis=-1)
