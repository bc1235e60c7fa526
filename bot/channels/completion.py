"""Completion of customers' names while typing."""

from collections.abc import Callable, Iterable

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

SHORTEST = 2
"""Letters that must be typed before names are offered."""


class Names(Completer):
    """Offers the customers whose name begins with the words before the cursor."""

    def __init__(self, names: Callable[[str], list[str]]) -> None:
        self._names = names

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Three words ("smith and s"), else two, else one, as far as any name begins so."""
        words = document.text_before_cursor.split(" ")
        for count in (3, 2, 1):
            typed = " ".join(words[-count:]) if len(words) >= count else ""
            if len(typed.strip()) < SHORTEST or typed != typed.strip():
                continue
            found = self._names(typed)
            if found:
                for name in found:
                    yield Completion(name, start_position=-len(typed))
                return
