"""The chapter's network in PyTorch, where channels come before rows and columns."""

from torch import Tensor, nn


class ChannelsLast(nn.Module):
    """Without this, `Flatten` would go channel, row, column; the chapter goes row, column, channel."""

    def forward(self, maps: Tensor) -> Tensor:
        """Return (batch, row, column, channel)."""
        return maps.permute(0, 2, 3, 1)


network = nn.Sequential(
    nn.Conv2d(1, 8, kernel_size=3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, kernel_size=3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    ChannelsLast(),
    nn.Flatten(),
    nn.Linear(400, 10),
    nn.Softmax(dim=1),
)
