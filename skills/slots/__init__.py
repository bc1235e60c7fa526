"""Words to values: a reader for each kind of slot."""

from skills.slots.reading import Heard, Open, Read, Reading, read

__all__ = ["Heard", "Open", "Read", "Reading", "read"]
