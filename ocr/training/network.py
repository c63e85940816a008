"""The recogniser: convolutions over the line, bidirectional LSTMs, CTC.

Input (batch, 1, 48, width), ink 1 on paper 0, width a multiple of 4; output
log-probabilities (width / 4, batch, classes).

Strides instead of pooling, and most of the weights where the line is already
a sequence: on a CPU the time goes into touching wide, shallow maps, not into
multiplying.
"""

# mypy: disable-error-code="misc,no-any-return"

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """Channels of the four convolution stages, width of the recurrent part."""

    classes: int
    channels: tuple[int, int, int, int] = (16, 40, 80, 128)
    features: int = 256
    context: int = 3
    layers: int = 2
    hidden: int = 224
    dropout: float = 0.1

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> NetworkConfig:
        return cls(**{**values, "channels": tuple(values["channels"])})


def _stage(inputs: int, outputs: int, stride: tuple[int, int] = (1, 1), size: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride=stride, padding=size // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Residual(nn.Module):
    """Two 3x3 convolutions around a short cut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _stage(channels, channels)
        self.second = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm2d(channels)
        )

    def forward(self, features: Tensor) -> Tensor:
        return torch.relu(features + self.second(self.first(features)))


class Context(nn.Module):
    """A convolution along the line around a short cut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.along = nn.Sequential(
            nn.Conv1d(channels, channels, 3, padding=1, bias=False), nn.BatchNorm1d(channels)
        )

    def forward(self, features: Tensor) -> Tensor:
        return torch.relu(features + self.along(features))


class LineNetwork(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        first, second, third, fourth = config.channels
        self.convolutions = nn.Sequential(
            _stage(1, first, (2, 2), size=5),  # 24 x w/2
            _stage(first, second, (2, 2)),  # 12 x w/4
            Residual(second),
            _stage(second, third, (2, 1)),  # 6 x w/4
            Residual(third),
            _stage(third, fourth, (2, 1)),  # 3 x w/4
            Residual(fourth),
        )
        self.collapse = nn.Sequential(
            nn.Conv2d(fourth, config.features, (3, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(config.features),
            nn.ReLU(inplace=True),
        )
        self.context = nn.Sequential(*(Context(config.features) for _ in range(config.context)))
        self.recurrent = nn.LSTM(
            config.features,
            config.hidden,
            num_layers=config.layers,
            bidirectional=True,
            dropout=config.dropout if config.layers > 1 else 0.0,
        )
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(2 * config.hidden, config.classes)

    def forward(self, lines: Tensor) -> Tensor:
        return self.scores(self.features(lines))

    def features(self, lines: Tensor) -> Tensor:
        """What the last layer tells the letters from: (width / 4, batch, 2 * hidden)."""
        seen = self.context(self.collapse(self.convolutions(lines)).squeeze(2))
        sequence, _ = self.recurrent(self.dropout(seen.permute(2, 0, 1)))
        return self.dropout(sequence)

    def scores(self, features: Tensor) -> Tensor:
        return self.classifier(features).float().log_softmax(-1)


class WithFeatures(nn.Module):
    """The network as it ships: its scores, and the features that a hand's own digits are learnt from."""

    def __init__(self, network: LineNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, lines: Tensor) -> tuple[Tensor, Tensor]:
        features = self.network.features(lines)
        return self.network.scores(features), features


def parameter_count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
