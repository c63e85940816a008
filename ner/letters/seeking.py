"""Words by which a letter says that it wants something."""

from __future__ import annotations

import re

SEEKS = re.compile(
    r"cherch|souhait|voudrai|aimerai|obtenir|besoin|envoy|adress|demand|trouv|trace\b|looking|need"
)
