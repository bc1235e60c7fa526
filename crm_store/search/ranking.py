"""How well a name fits a mention: words aligned one to one, whatever their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from crm_store.search.likeness import NICKNAME, SPELT, called, likeness
from crm_store.search.mention import Mention, Rewritten
from crm_store.search.normalise import LIGHT, Words, joined, with_particles_joined

LEFT_OVER = 0.05
"""How much a name loses at most by words that the mention does not say."""
JOINED = 0.97
"""What is left of a fit that holds only with words joined or split."""
OTHER_FORM = 0.985
"""The score of the same words with another legal form."""
ALMOST = 0.995
"""The most that a name can have with anything of it left unsaid."""
FAMILY_NAME = 0.006
MORE_SAID = 0.8
"""The score of a whole name of two words or more, when the mention says still more."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a name fits, from 0 to 1, and the reason in a word or two."""

    score: float
    why: str


NO_FIT = Fit(0.0, "")


def best_fit(read: Mention, name: Words, *, person: bool) -> Fit:
    """How well a name fits, also with words of either joined or split."""
    mention = read.words
    found = fit(mention, name, person=person)
    if found.score >= OTHER_FORM or not mention or not name:
        return found
    if joined(mention) == joined(name):
        same = {word.text for word in mention if word.heavy} <= {word.text for word in name}
        return Fit(OTHER_FORM if same else JOINED, "full name")
    names = [one for one in (name, with_particles_joined(name)) if one]
    said = [mention, *(one.words for one in read.rewritten if _may_fit(one, names))]
    for words, known in product(said, names):
        if words is not mention or known is not name:
            other = fit(words, known, person=person)
            if other.score * JOINED > found.score:
                found = Fit(other.score * JOINED, other.why)
    return found


def _may_fit(rewritten: Rewritten, names: Iterable[Words]) -> bool:
    return any(word.text in rewritten.needs for name in names for word in name)


def fit(mention: Words, name: Words, *, person: bool) -> Fit:
    """How well the words of a name fit those of a mention."""
    pairs = _aligned(mention, name, person)
    if not pairs:
        return NO_FIT
    said = sum(word.weight for word in mention)
    met = sum(mention[i].weight * alike for alike, i, _ in pairs)
    covered = sum(name[j].weight for _, _, j in pairs) / sum(word.weight for word in name)
    share = 1 - LEFT_OVER * (1 - covered)
    if covered < 1 and person and any(j == len(name) - 1 for _, _, j in pairs):
        share = min(share + FAMILY_NAME, ALMOST)
    score = met / said * share
    words = [mention[i].weight for _, i, _ in pairs if mention[i].heavy]
    if score < MORE_SAID and covered > 1 - LIGHT and len(words) > 1:
        score = max(score, MORE_SAID * met / sum(mention[i].weight for _, i, _ in pairs))
    return Fit(score, _why(mention, name, pairs, covered, person))


def _aligned(mention: Words, name: Words, person: bool) -> list[tuple[float, int, int]]:
    """Pairs of places of words, the most alike first, each word in one pair at most."""
    alike = [
        (value, -i, -j)
        for i, said in enumerate(mention)
        for j, known in enumerate(name)
        if (said.heavy == known.heavy or said.text == known.text)
        # Only persons go by an initial: "J. Smith" is not Smith & Jones.
        and (person or said.text == known.text or len(said.text) > 1 < len(known.text))
        and (value := likeness(said.text, known.text))
    ]
    alike.sort(reverse=True)
    pairs: list[tuple[float, int, int]] = []
    for value, i, j in alike:
        if all(-i != a and -j != b for _, a, b in pairs):
            pairs.append((value, -i, -j))
    return pairs


def _why(
    mention: Words, name: Words, pairs: list[tuple[float, int, int]], covered: float, person: bool
) -> str:
    heavy = [(value, i, j) for value, i, j in pairs if name[j].heavy]
    if not heavy:
        return "similar"
    worst, i, j = min(heavy)
    if worst < SPELT:
        return _of_a_word(mention[i].text, name[j].text, worst)
    if covered > 1 - LIGHT:
        return "full name"
    if not person:
        return "part of the name"
    return "last name" if any(j == len(name) - 1 for _, _, j in heavy) else "first name"


def _of_a_word(said: str, known: str, alike: float) -> str:
    if len(said) == 1 or len(known) == 1:
        return "initial"
    if alike == NICKNAME and known in called(said):
        return "nickname"
    return "begins so" if known.startswith(said) else "typo"
