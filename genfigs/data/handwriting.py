"""Handwritten digits drawn by code: a skeleton, an unsteady hand, a pen."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import random
from jaxtyping import Array, Float, Int, Key, PRNGKeyArray, UInt8

from genfigs.data import pen, skeletons
from genfigs.data.split import DIGITS, QUICK_COUNTS, Dataset, Split

COUNTS = {"train": 60_000, "validation": 2_000, "test": 4_000}
CHUNK = 500  # images drawn at once: one compilation serves every count
STEADY = 0.25  # a hand whose every digit is easy to read; 1 trains best

# How unsteady a hand of jitter 1 is.
SHAKE = 0.08  # largest standard deviation of a control point, in heights of a digit
BLEND = 0.5  # furthest that one skeleton is moved towards, or away from, a variant: half the way
TURN = (0.0, 0.05)  # radians, clockwise: mean and standard deviation over images
# How people write each digit, 0 to 9. Width and slant: mean and standard deviation over writers; the width is a
# logarithm, relative to the skeleton's, the slant the tangent of the angle to the right. Pen: least and most radius
# in pixels. They bring the ink's width, slant and thickness to the averages of real handwriting, digit by digit.
WIDTH = (
    *((-0.06, 0.23), (-0.29, 0.19), (-0.11, 0.27), (-0.19, 0.23), (-0.2, 0.22)),
    *((-0.02, 0.2), (-0.18, 0.23), (-0.27, 0.28), (-0.21, 0.21), (-0.2, 0.15)),
)
SLANT = (
    *((0.23, 0.29), (0.25, 0.3), (0.05, 0.24), (-0.02, 0.26), (0.23, 0.3)),
    *((0.05, 0.3), (0.13, 0.15), (0.0, 0.26), (0.08, 0.23), (0.06, 0.2)),
)
RADIUS = (
    *((0.76, 2.09), (0.6, 2.7), (0.75, 1.91), (0.64, 1.9), (0.73, 1.68)),
    *((0.59, 1.75), (0.7, 1.81), (0.74, 1.88), (0.63, 1.7), (0.78, 1.59)),
)
EDGE = (0.8, 1.4)  # pixels over which a pen's ink fades out: least and most


def load(*, seed: int, quick: bool = False) -> Dataset:
    """Return drawn digits; the splits come from independent keys, so that no image is in two of them."""
    counts = QUICK_COUNTS if quick else COUNTS
    keys = random.split(random.key(seed), len(counts))
    splits = {name: _split(count, key) for (name, count), key in zip(counts.items(), keys, strict=True)}
    return Dataset("handwriting", DIGITS, **splits)


def draw(
    labels: UInt8[np.ndarray, " count"], seed: int, *, jitter: float = STEADY
) -> UInt8[np.ndarray, "count 28 28"]:
    """Return one drawn digit for every label; the same `seed` gives the same digits.

    Units: `jitter` from 0, the skeletons as they are, to 1, the hand that trains best and is sometimes ugly.
    """
    return _draw(labels, random.key(seed), jitter)


def _split(count: int, key: PRNGKeyArray) -> Split:
    """Return `count` digits, every class equally often, in random order."""
    order_key, draw_key = random.split(key)
    labels = np.asarray(random.permutation(order_key, (np.arange(count) % 10).astype(np.uint8)))
    return Split(_draw(labels, draw_key, 1.0), labels)


def _draw(
    labels: UInt8[np.ndarray, " count"], key: PRNGKeyArray, jitter: float
) -> UInt8[np.ndarray, "count 28 28"]:
    images = np.empty((len(labels), pen.SIDE, pen.SIDE), np.uint8)
    for index, start in enumerate(range(0, len(labels), CHUNK)):
        part = labels[start : start + CHUNK]
        keys = random.split(random.fold_in(key, index), CHUNK)
        drawn = _draw_chunk(keys, np.resize(part, CHUNK), jnp.float32(jitter))
        images[start : start + CHUNK] = np.asarray(drawn)[: len(part)]
    return images


@jax.jit
def _draw_chunk(
    keys: Key[Array, " chunk"], labels: UInt8[Array, " chunk"], jitter: Float[Array, ""]
) -> UInt8[Array, "chunk 28 28"]:
    return jax.vmap(_draw_one, in_axes=(0, 0, None))(keys, labels, jitter)


def _draw_one(key: PRNGKeyArray, label: UInt8[Array, ""], jitter: Float[Array, ""]) -> UInt8[Array, "28 28"]:
    """Return one digit by a new writer with a new pen."""
    shape_key, posture_key, pen_key = random.split(key, 3)
    points = _shape(shape_key, label, jitter) @ _posture(posture_key, label).T
    low, high = jnp.stack([jnp.array(EDGE), jnp.array(RADIUS)[label]]).T
    edge, radius = low + (high - low) * random.uniform(pen_key, (2,))
    return pen.draw(points, radius, edge)


def _shape(key: PRNGKeyArray, label: UInt8[Array, ""], jitter: Float[Array, ""]) -> Float[Array, "points 2"]:
    """Return points along the strokes: a skeleton of the digit, blended with a variant, its control points moved."""
    table = skeletons.load()
    choice_key, variant_key, blend_key, amount_key, shake_key = random.split(key, 5)
    choice = _choose(choice_key, jnp.asarray(table.digits) == label)
    variant = _choose(variant_key, jnp.asarray(table.variants)[choice])
    curves, controls = jnp.asarray(table.curves), jnp.asarray(table.controls)
    shake = jitter * SHAKE * random.uniform(amount_key) * _bounded(shake_key, controls.shape[1:])
    points = curves[choice] @ (controls[choice] + shake)
    share = jitter * BLEND * random.uniform(blend_key, minval=-1.0)
    return (1 - share) * points + share * (curves[variant] @ controls[variant])


def _choose(key: PRNGKeyArray, allowed: Array) -> Int[Array, ""]:
    """Return one of the allowed skeletons, common ones more often."""
    weights = jnp.asarray(skeletons.load().weights)
    return random.categorical(key, jnp.where(allowed, jnp.log(weights), -jnp.inf))


def _posture(key: PRNGKeyArray, label: UInt8[Array, ""]) -> Float[Array, "2 2"]:
    """Return how a writer of `label` holds the pen and turns the page, as a matrix on (x, y)."""
    mean, deviation = jnp.stack([jnp.array(WIDTH)[label], jnp.array(SLANT)[label], jnp.array(TURN)]).T
    width, slant, turn = mean + deviation * _bounded(key, (3,))
    cos, sin = jnp.cos(turn), jnp.sin(turn)
    return jnp.array([[cos, -sin], [sin, cos]]) @ jnp.array([[jnp.exp(width), -slant], [0.0, 1.0]])


def _bounded(key: PRNGKeyArray, shape: tuple[int, ...]) -> Array:
    """Return normal numbers without the rare large ones, which would make scrawls of digits."""
    return random.truncated_normal(key, -2.0, 2.0, shape)
