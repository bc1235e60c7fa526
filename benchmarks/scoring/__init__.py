"""Compares what was understood with what a reader finds in the same message."""

from .gold import GoldAct, GoldMessage, Wanted, read_gold
from .verdict import Verdict, judge

__all__ = ["GoldAct", "GoldMessage", "Verdict", "Wanted", "judge", "read_gold"]
