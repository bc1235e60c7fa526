"""How well a name fits a mention: words aligned one to one, whatever their order."""

from dataclasses import dataclass

from crm_store.search.likeness import BEGINS, NICKNAME, likeness
from crm_store.search.normalise import LIGHT, Word, joined

LEFT_OVER = 0.05
"""How much a name loses at most by words that the mention does not say."""
JOINED = 0.97
FAMILY_NAME = 0.006


@dataclass(frozen=True)
class Fit:
    """How well a name fits, from 0 to 1, and the reason in a word or two."""

    score: float
    why: str


NO_FIT = Fit(0.0, "")


def fit(mention: tuple[Word, ...], name: tuple[Word, ...], *, person: bool) -> Fit:
    """How well the words of a name fit those of a mention."""
    if not mention or not name:
        return NO_FIT
    pairs = _aligned(mention, name)
    said = sum(word.weight for word in mention)
    met = sum(mention[i].weight * likeness for i, _, likeness in pairs)
    covered = sum(name[j].weight for _, j, _ in pairs) / sum(word.weight for word in name)
    score = met / said * (1 - LEFT_OVER * (1 - covered))
    if score < JOINED and joined(mention) == joined(name):
        return Fit(JOINED, "full name")
    if person and covered < 1 and any(j == len(name) - 1 for _, j, _ in pairs):
        score = min(score + FAMILY_NAME * met / said, 0.999)
    return Fit(score, _why(pairs, name, covered, person))


def _aligned(mention: tuple[Word, ...], name: tuple[Word, ...]) -> list[tuple[int, int, float]]:
    """Pairs of words, the most alike first, each word in one pair at most."""
    alike = [
        (likeness(said.text, known.text), i, j)
        for i, said in enumerate(mention)
        for j, known in enumerate(name)
        if (said.weight == LIGHT) == (known.weight == LIGHT)
    ]
    alike.sort(key=lambda found: (-found[0], found[1], found[2]))
    taken_said: set[int] = set()
    taken_known: set[int] = set()
    pairs: list[tuple[int, int, float]] = []
    for value, i, j in alike:
        if value > 0 and i not in taken_said and j not in taken_known:
            taken_said.add(i)
            taken_known.add(j)
            pairs.append((i, j, value))
    return pairs


def _why(
    pairs: list[tuple[int, int, float]], name: tuple[Word, ...], covered: float, person: bool
) -> str:
    heavy = [(j, value) for _, j, value in pairs if name[j].weight > LIGHT]
    worst = min((value for _, value in heavy), default=0.0)
    if worst < NICKNAME - 0.001:
        return "begins like it" if worst == BEGINS else "typo"
    if worst == NICKNAME:
        return "nickname"
    if covered > 0.9:
        return "full name"
    if not person:
        return "part of the name"
    return "last name" if any(j == len(name) - 1 for j, _ in heavy) else "first name"
