"""The order of edge-likeness, and the filter shown beside each kernel."""

import numpy as np

from genfigs.experiments.edges import sobel
from genfigs.figures import edges
from tests.figures import exhibits


def test_the_most_edge_like_kernel_comes_first_with_the_edge_it_is():
    network = exhibits.NETWORKS["4 filters"]
    params = exhibits.results(network).params
    right, up = sobel(3)
    kernels = [np.ones((3, 3)), up + 0.2, right, np.eye(3)]
    params["conv1"]["kernel"] = np.stack(kernels, axis=-1)[:, :, None].astype(np.float32)
    figure = edges.draw(exhibits.results(network, params=params), "edges")
    assert [row[0] for row in figure.table[1:]][:2] == ["3", "2"]
    assert figure.table[1] == ("3", "1.000", "0°")
    learned, best = figure.picture.tiles[:2]
    assert np.allclose(learned.picture.values, best.picture.values, atol=1e-6)


def test_only_what_beats_chance_is_lit():
    results = exhibits.results(exhibits.NETWORKS["12 filters"])
    words = [word for word in edges.draw(results, "edges").picture.words if word.mono]
    lit = [word for word in words if word.role == "accent"]
    assert len(words) == 12
    assert len(lit) == results.values["edges.edge_like"]
