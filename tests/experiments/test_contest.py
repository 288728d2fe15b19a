"""The contests: fair lessons, shifts and shuffles whose result is known, and variants that are what they say."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from genfigs.data import Dataset, Split
from genfigs.experiments import Study, ablation, bill, data_size, locality, shifts
from genfigs.experiments._contest import BATCH, contenders, lessons, point, spread
from genfigs.network.ensemble import accuracies
from genfigs.network.layers import Conv2D, Dense, Flatten, MaxPool2D, ReLU, Softmax
from genfigs.network.sequential import Sequential
from genfigs.network.tiny_cnn import network
from tests.figures.exhibits import NETWORKS, PLAIN
from tests.network.stripes import dataset, split


@pytest.fixture(scope="module")
def study():
    return Study(network, {}, dataset(640), quick=True, seed=0)


def linear(kernel, bias):
    """Return a network of one linear layer, as an ensemble of two equal members."""
    params = {"dense": {"kernel": np.float32(kernel), "bias": np.float32(bias)}}
    return {"linear": PLAIN}, {"linear": jax.tree.map(lambda array: np.stack([array] * 2), params)}


def test_every_seed_has_its_own_sample_and_sees_all_of_it_before_any_image_again(study):
    found = lessons(study, 2 * BATCH, 4, 3)
    assert found.shape == (3, 4, BATCH)
    for member in found:
        once, again = member[:2].ravel(), member[2:].ravel()
        assert len(np.unique(once)) == 2 * BATCH
        assert set(once) == set(again)
    assert set(found[0].ravel()) != set(found[1].ravel())
    np.testing.assert_array_equal(found, lessons(study, 2 * BATCH, 4, 3))


def test_a_sample_is_never_larger_than_the_split(study):
    assert len(np.unique(lessons(study, 10_000, 20, 1))) == 640


def test_the_contenders_have_the_sizes_they_promise():
    sizes = {name: each.parameters for name, each in contenders(network).items()}
    assert sizes == {"cnn": 5258, "dense": 5575, "wide": 104950}


def test_the_spread_is_that_of_a_sample_and_nothing_for_one_score():
    assert spread(np.array([0.1, 0.3])) == pytest.approx(np.sqrt(0.02))
    assert point("cnn", np.array([0.5])) == {"cnn": 0.5, "cnn_spread": 0.0}


def test_sizes_stay_within_what_there_is_and_one_is_always_left(study):
    assert data_size.sizes(replace(study, quick=False)) == [100, 200, 500]
    tiny = replace(study, dataset=dataset(50))
    assert data_size.sizes(tiny) == [50]


def test_more_images_are_learned_from_for_longer_and_never_less_than_150_times():
    assert [data_size.updates(size, quick=False) for size in (100, 1_000, 30_000)] == [200, 200, 1100]


def test_the_needed_size_is_the_first_that_reaches_the_goal_or_more_than_all():
    series = [np.array([0.5, 0.7]), np.array([0.8, 0.8]), np.array([0.9, 0.9])]
    assert data_size.needs([100, 1_000, 10_000], series, 0.8) == "1,000"
    assert data_size.needs([100, 1_000, 10_000], series, 0.95) == "more than 10,000"


def test_a_move_is_undone_by_the_opposite_move_inside_the_field():
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 10:14, 12:15] = np.arange(12).reshape(4, 3) + 1
    for rows, columns in shifts.DIRECTIONS:
        there = shifts.move(image, 8 * rows, 8 * columns)
        assert there[0, 10 + 8 * rows, 12 + 8 * columns] == 1
        np.testing.assert_array_equal(shifts.move(there, -8 * rows, -8 * columns), image)


def test_ink_that_crosses_the_border_is_lost_and_counted():
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 14, 24:28] = 100
    values = shifts.ink(image, [0, 4, 8])
    assert values["ink_lost"] == [0.0, 0.25, 0.25]  # all of it to the right, none elsewhere
    assert values["cut"] == [0.0, 0.25, 0.25]
    assert shifts.move(image, 0, 4).sum() == 0


def test_moved_training_images_are_moved_by_every_distance_in_every_direction():
    images = np.zeros((2000, 28, 28), np.uint8)
    images[:, 14, 14] = 255
    places = np.argwhere(shifts.scatter(images, 3, 0))[:, 1:]
    assert len(places) == 2000
    cross = {(14 + rows * far, 14 + columns * far) for rows, columns in shifts.DIRECTIONS for far in range(4)}
    assert {tuple(place) for place in places} == cross


def test_a_network_that_sums_all_pixels_does_not_care_where_the_digit_is():
    """Class 0 is faint, class 1 dark: the sum tells them apart wherever the ink is."""
    images = np.zeros((40, 28, 28), np.uint8)
    images[:, 12:16, 12:16] = 50
    images[20:, 12:16, 12:16] = 250
    tested = Split(images, np.uint8([0] * 20 + [1] * 20))
    kernel, bias = np.zeros((784, 10)), np.full(10, -1e3)
    kernel[:, 1], bias[:2] = 1, (8.0, 0.0)
    networks, trained = linear(kernel, bias)
    for distance in (0, 4, 8):
        assert shifts.at_distance(networks, trained, tested, distance)["linear"].tolist() == [1.0, 1.0]


def test_a_network_that_reads_one_pixel_is_lost_in_the_directions_it_does_not_read():
    """The pixel four to the right of the centre holds ink only if the dot is moved there."""
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 14, 14] = 255
    kernel, bias = np.zeros((784, 10)), np.arange(10) == 0
    kernel[14 * 28 + 18, 1] = 9
    networks, trained = linear(kernel, bias)
    tested = Split(images, np.ones(10, np.uint8))
    assert shifts.at_distance(networks, trained, tested, 4)["linear"].tolist() == [0.25, 0.25]
    assert shifts.at_distance(networks, trained, tested, 3)["linear"].tolist() == [0.0, 0.0]


def test_the_shuffle_is_a_permutation_and_the_same_for_every_image():
    order = locality.shuffle(784, 0)
    assert sorted(order) == list(range(784))
    assert (order != np.arange(784)).mean() > 0.9
    before = split(5, 0)
    after = locality.shuffled(before, order)
    np.testing.assert_array_equal(
        after.images.reshape(5, -1)[:, np.argsort(order)], before.images.reshape(5, -1)
    )
    np.testing.assert_array_equal(after.labels, before.labels)


def test_a_linear_network_with_shuffled_weights_answers_shuffled_images_the_same():
    order = locality.shuffle(784, 1)
    kernel = np.random.default_rng(0).normal(size=(784, 10))
    tested = split(200, 3)
    for weights, images in ((kernel, tested), (kernel[order], locality.shuffled(tested, order))):
        _, params = linear(weights, np.zeros(10))
        found = accuracies(PLAIN, params["linear"], images)
        assert found == pytest.approx(accuracies(PLAIN, linear(kernel, np.zeros(10))[1]["linear"], tested))


def test_the_chapters_network_has_all_variants():
    built = ablation.variants(network)
    assert list(built) == list(ablation.NAMES)
    assert built["whole"] == network
    assert built["unpooled"].parameters == 80 + 1168 + (24 * 24 * 16 + 1) * 10
    assert [stage.shape for stage in built["strided"].stages[:5]] == [
        (28, 28, 1), (13, 13, 8), (13, 13, 8), (6, 6, 16), (6, 6, 16),
    ]  # fmt: skip
    assert [stage.name for stage in built["shallow"].stages[-4:]] == ["pool1", "flatten", "dense", "softmax"]
    assert [stage.shape for stage in built["deep"].stages if stage.kind == "conv2d"][-1] == (3, 3, 32)


@pytest.mark.parametrize("tried", [*NETWORKS.values(), PLAIN])
def test_variants_that_are_no_change_or_do_not_fit_are_left_out(tried):
    built = ablation.variants(tried)
    assert built["whole"] == tried
    assert len(set(built.values())) == len(built)
    assert all(each.stages[-1].shape == (10,) for each in built.values())


def test_a_plain_network_has_nothing_to_take_away():
    assert list(ablation.variants(PLAIN)) == ["whole"]
    assert "strided" in ablation.variants(
        Sequential(Conv2D(2, 3), MaxPool2D(2), Flatten(), Dense(10), Softmax())
    )


@pytest.mark.parametrize("image", [(28, 28, 1), (40, 30, 3)])
def test_the_bill_is_that_of_layers_built_for_the_image(image):
    counts = bill.bill(Conv2D(8, 3), image)
    plain = Conv2D(8, 3).init(jax.random.key(0), image)
    assert counts["convolution_parameters"] == sum(array.size for array in plain.values())
    inputs = int(np.prod(image))
    assert counts["dense_parameters"] == inputs * inputs + inputs
    assert counts["dense_multiplications"] == inputs**2
    rows, columns = image[0] - 2, image[1] - 2
    assert counts["convolution_multiplications"] == rows * columns * 8 * 9 * image[2]


def test_the_bill_of_a_million_colour_pixels(study):
    values = bill.measure(study)
    assert values["largest_dense_parameters"] == 3_000_000 * 3_000_001
    assert values["largest_convolution_parameters"] == 8 * 28
    assert len(values["images"]) == len(values["dense_parameters"])


def test_other_classes_and_networks_are_measured_too():
    few = Split(split(200, 0).images, split(200, 0).labels % 3)
    data = Dataset("three", ("a", "b", "c"), few, few, few)
    tried = Sequential(Conv2D(2, 5, strides=2), ReLU(), Flatten(), Dense(3), Softmax())
    values = locality.measure(Study(tried, {}, data, quick=True, seed=0))
    assert 0 <= values["cnn_plain"] <= 1
    assert values["dense_parameters"] == contenders(tried)["dense"].parameters


def test_a_third_kernel_larger_than_the_maps_is_padded():
    layers = (
        Conv2D(4, 5),
        ReLU(),
        MaxPool2D(2),
        Conv2D(8, 5),
        ReLU(),
        MaxPool2D(2),
        Flatten(),
        Dense(10),
        Softmax(),
    )
    deep = ablation.variants(Sequential(*layers))["deep"]
    assert [stage.shape for stage in deep.stages if stage.kind == "conv2d"][-1] == (4, 4, 16)
