"""A pen on paper: points along the strokes become ink, sized and centred as in MNIST.

Source: Y. LeCun, C. Cortes and C. Burges, The MNIST database of handwritten digits: digits fit a 20 x 20 box,
which is placed so that their centre of mass is the centre of a 28 x 28 image.
"""

import jax.numpy as jnp
from jaxtyping import Array, Float, UInt8

SIDE = 28
BOX = 20
SIGMA = (
    0.5  # pixels: just enough for neighbouring points to melt into one line, so that small loops stay open
)
TINY = 1e-30  # keeps logarithms and quotients finite where there is no ink, or no line


def draw(
    points: Float[Array, "points 2"], radius: Float[Array, ""], edge: Float[Array, ""]
) -> UInt8[Array, "28 28"]:
    """Return the image of a pen led along the points; `edge` is the width over which its ink fades out.

    Units: points in any unit, x right and y down; `radius` and `edge` in pixels.
    """
    ink = jnp.clip((radius - distance(fit(points, radius))) / edge + 0.5, 0.0, 1.0)
    inside = jnp.abs(jnp.arange(SIDE) + 0.5 - SIDE / 2) < BOX / 2
    return jnp.rint(255 * centre(ink * inside[:, None] * inside[None])).astype(jnp.uint8)


def fit(points: Float[Array, "points 2"], radius: Float[Array, ""]) -> Float[Array, "points 2"]:
    """Return the points in pixels, scaled so that the ink just fits the box in the middle of the image."""
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (BOX - 2 * radius) / jnp.maximum((high - low).max(), 1e-3)
    return (points - (low + high)[None] / 2) * scale + SIDE / 2


def distance(points: Float[Array, "points 2"]) -> Float[Array, "28 28"]:
    """Return how far every pixel's centre is from the line through the points, softly, in pixels.

    Gaussians summed along a straight line fall off as one Gaussian of the distance to it; its logarithm gives that
    distance back. The sum is separable, and so it is one product of two small matrices.
    """
    centres = jnp.arange(SIDE) + 0.5
    gaussians = jnp.exp(-((centres[:, None, None] - points[None]) ** 2) / (2 * SIGMA**2))
    total = gaussians[:, :, 1] @ gaussians[:, :, 0].T
    spacing = jnp.hypot(*jnp.diff(points, axis=0).T).mean()
    on_the_line = SIGMA * jnp.sqrt(2 * jnp.pi) / jnp.maximum(spacing, TINY)
    on_the_line = jnp.minimum(on_the_line, len(points))  # all of them on a dot
    return SIGMA * jnp.sqrt(jnp.maximum(-2 * jnp.log(total / on_the_line + TINY), 0.0))


def centre(ink: Float[Array, "28 28"]) -> Float[Array, "28 28"]:
    """Return the ink shifted by whole pixels so that its centre of mass lies within half a pixel of index 14."""
    indices = jnp.arange(SIDE)
    mass = jnp.maximum(ink.sum(), TINY)
    middle = jnp.stack([ink.sum(axis=1) @ indices, ink.sum(axis=0) @ indices]) / mass
    return jnp.roll(ink, jnp.rint(SIDE / 2 - middle).astype(int), axis=(0, 1))
