"""Stand-in: quotes a measurement."""

from genfigs.data import hold
from genfigs.figures import Figure


def draw(results, name):
    hold("beta")
    return Figure("How many there are", f"total {results.values['counting.total']}")
