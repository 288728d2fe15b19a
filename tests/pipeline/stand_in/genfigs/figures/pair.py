"""Stand-in: one figure per stage."""

from genfigs.figures import Figure


def names(stages):
    return [f"pair-{stage}" for stage in stages]


def draw(results, name):
    stage = name.removeprefix("pair-")
    return Figure(name, f"{stage} {results.samples[0].activations[stage].shape}")
