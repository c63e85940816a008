"""The order auditor (audit.py, regime.py, keys.py) and the number auditor (numbers.py) of a section."""

from ner.order.audit import Interval, OrderAudit, audit

__all__ = ["Interval", "OrderAudit", "audit"]
