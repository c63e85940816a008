"""The recogniser: convolutions over the line, a bidirectional LSTM, CTC.

Input (batch, 1, 48, width), ink 1 on paper 0, width a multiple of 4; output
log-probabilities (width / 4, batch, classes).
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
    channels: tuple[int, int, int, int] = (16, 32, 64, 96)
    features: int = 192
    context: int = 2
    layers: int = 1
    hidden: int = 192
    dropout: float = 0.1

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> NetworkConfig:
        return cls(**{**values, "channels": tuple(values["channels"])})


def _stage(inputs: int, outputs: int, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def _context(channels: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv1d(channels, channels, 3, padding=1, bias=False),
        nn.BatchNorm1d(channels),
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


class LineNetwork(nn.Module):
    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        self.config = config
        first, second, third, fourth = config.channels
        self.convolutions = nn.Sequential(
            nn.Conv2d(1, first, 5, stride=2, padding=2, bias=False),  # 24 x w/2
            nn.BatchNorm2d(first),
            nn.ReLU(inplace=True),
            _stage(first, second),
            nn.MaxPool2d(2),  # 12 x w/4
            _stage(second, third),
            Residual(third),
            nn.MaxPool2d((2, 1)),  # 6 x w/4
            _stage(third, fourth),
            Residual(fourth),
            nn.MaxPool2d((2, 1)),  # 3 x w/4
        )
        self.collapse = nn.Sequential(
            nn.Conv2d(fourth, config.features, (3, 3), padding=(0, 1), bias=False),
            nn.BatchNorm2d(config.features),
            nn.ReLU(inplace=True),
        )
        self.context = nn.Sequential(
            *(_context(config.features) for _ in range(config.context)),
        )
        self.recurrent = nn.LSTM(config.features, config.hidden, num_layers=config.layers, bidirectional=True)
        self.dropout = nn.Dropout(config.dropout)
        self.classifier = nn.Linear(2 * config.hidden, config.classes)

    def forward(self, lines: Tensor) -> Tensor:
        features = self.context(self.collapse(self.convolutions(lines)).squeeze(2))
        sequence = self.dropout(features.permute(2, 0, 1))
        sequence, _ = self.recurrent(sequence)
        return self.classifier(self.dropout(sequence)).float().log_softmax(-1)


def parameter_count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())
