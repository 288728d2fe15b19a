"""Ways of writing the ten digits, as tables that turn control points into points along the strokes."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from jaxtyping import Bool, Float, Float32, Int

POINTS = 64  # along all strokes of a digit together: closer than a pen is wide, at any size drawn here
STEPS = 32  # per curve segment, when measuring its length

Stroke = Float[np.ndarray, "_ 2"]


@dataclass(frozen=True)
class Skeletons:
    """Every skeleton at once, padded to the largest number of control points.

    A skeleton's points are `curves @ controls`: linear in the control points, which may thus be moved per image.
    Variants are skeletons that lift the pen at the same points, so that a blend of two is a digit again.
    Units: the unit square, x right and y down.
    """

    controls: Float32[np.ndarray, "skeletons controls 2"]
    curves: Float32[np.ndarray, "skeletons points controls"]
    weights: Float32[np.ndarray, " skeletons"]
    digits: Int[np.ndarray, " skeletons"]
    variants: Bool[np.ndarray, "skeletons skeletons"]


@cache
def load() -> Skeletons:
    """Return the table of skeletons."""
    entries = json.loads(files(__package__).joinpath("skeletons.json").read_text(encoding="utf-8"))
    drawn = [[np.array(stroke) for stroke in entry["strokes"]] for entry in entries]
    kinds = [
        (entry["digit"], entry["family"], len(strokes)) for entry, strokes in zip(entries, drawn, strict=True)
    ]
    shares = _shares(kinds, drawn)
    most = max(sum(map(len, strokes)) for strokes in drawn)
    controls = np.zeros((len(drawn), most, 2), np.float32)
    curves = np.zeros((len(drawn), POINTS, most), np.float32)
    for index, (kind, strokes) in enumerate(zip(kinds, drawn, strict=True)):
        matrix = _curves(strokes, shares[kind])
        controls[index, : matrix.shape[1]] = np.concatenate(strokes)
        curves[index, :, : matrix.shape[1]] = matrix
    weights = np.array([entry["weight"] for entry in entries], np.float32)
    variants = np.array([[one == other for other in kinds] for one in kinds])
    return Skeletons(controls, curves, weights, np.array([entry["digit"] for entry in entries]), variants)


def catmull_rom(positions: Float[np.ndarray, " points"], count: int) -> Float[np.ndarray, "points {count}"]:
    """Return the matrix that takes `count` control points to the curve through them, at `positions` in [0, count - 1].

    Source: E. Catmull and R. Rom, A class of local interpolating splines, 1974; the end points are doubled.
    """
    start = np.clip(positions.astype(int), 0, count - 2)
    t = positions - start
    basis = (
        np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2]) / 2
    )
    matrix = np.zeros((len(positions), count))
    for offset, column in enumerate(basis):
        np.add.at(matrix, (np.arange(len(positions)), np.clip(start + offset - 1, 0, count - 1)), column)
    return matrix


def _lengths(stroke: Stroke) -> Float[np.ndarray, " positions"]:
    """Return the length of the curve from its start up to every `1 / STEPS` of a segment."""
    positions = np.linspace(0, len(stroke) - 1, (len(stroke) - 1) * STEPS + 1)
    steps = np.diff(catmull_rom(positions, len(stroke)) @ stroke, axis=0)
    return np.concatenate([[0.0], np.cumsum(np.hypot(*steps.T))])


def _shares(
    kinds: Sequence[tuple[int, str, int]], drawn: Sequence[list[Stroke]]
) -> dict[tuple[int, str, int], list[int]]:
    """Return how many of the points each stroke gets: in proportion to its mean length over all variants."""
    lengths = defaultdict(list)
    for kind, strokes in zip(kinds, drawn, strict=True):
        lengths[kind].append([_lengths(stroke)[-1] for stroke in strokes])
    ends = {kind: np.cumsum(np.sum(group, axis=0)) / np.sum(group) for kind, group in lengths.items()}
    return {
        kind: np.diff(np.rint(end * POINTS).astype(int), prepend=0).tolist() for kind, end in ends.items()
    }


def _curves(strokes: list[Stroke], shares: list[int]) -> Float[np.ndarray, "points controls"]:
    """Return the matrix from all control points to points evenly spaced along each stroke."""
    matrix = np.zeros((POINTS, sum(map(len, strokes))))
    row = column = 0
    for stroke, count in zip(strokes, shares, strict=True):
        lengths = _lengths(stroke)
        positions = np.interp(np.linspace(0, lengths[-1], count), lengths, np.arange(len(lengths)) / STEPS)
        matrix[row : row + count, column : column + len(stroke)] = catmull_rom(positions, len(stroke))
        row, column = row + count, column + len(stroke)
    return matrix
