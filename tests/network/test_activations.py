"""One image's tensors, stage by stage."""

import jax
import numpy as np

from genfigs.network.activations import activations, preprocess
from genfigs.network.tiny_cnn import network

IMAGE = np.random.default_rng(0).integers(0, 256, (28, 28)).astype(np.uint8)


def test_pixels_become_numbers_from_0_to_1_with_a_channel():
    pixels = preprocess(np.uint8([[[0, 51], [102, 255]]]))
    np.testing.assert_allclose(pixels, np.float32([[[[0], [0.2]], [[0.4], [1]]]]))


def test_activations_are_every_stages_tensor_without_the_batch():
    tensors = activations(network, network.init(jax.random.key(0)), IMAGE)
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        stage.name: stage.shape for stage in network.stages
    }
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(tensors["input"][..., 0] * 255, IMAGE, atol=1e-4)
    np.testing.assert_array_equal(tensors["flatten"], tensors["pool2"].ravel())
    np.testing.assert_array_equal(tensors["relu1"], np.maximum(tensors["conv1"], 0))
