"""Full scans of all names, for comparison: rapidfuzz's, and the same ranking without the index."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from crm_store.search.likeness import likeness
from crm_store.search.mention import Mention
from crm_store.search.normalise import folded, joined, weighed, with_particles_joined
from crm_store.search.ranking import best_fit
from crm_store.search.sources import Name

SCORERS: dict[str, Callable[..., float]] = {
    "rapidfuzz WRatio": fuzz.WRatio,
    "rapidfuzz token_set_ratio": fuzz.token_set_ratio,
    "rapidfuzz JaroWinkler": JaroWinkler.similarity,
}


def scanned(scorer: Callable[..., float], text: str, names: Sequence[str]) -> list[int]:
    """The places of the five best of the folded names."""
    found = process.extract(folded(text), names, scorer=scorer, processor=None, limit=5)
    return [place for _, _, place in found]


class SameRanking:
    """Every name ranked as the index's candidates are. Names without any word that is like one
    of the mention's cannot score at all, so that they need not be ranked to be ruled out."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_whole: dict[str, list[int]] = defaultdict(list)
        for place, name in enumerate(names):
            words = weighed(tuple(name.words.split()))
            self._by_whole[joined(words)].append(place)
            for one in (words, with_particles_joined(words) or ()):
                for word in {word.text for word in one if word.heavy}:
                    self._by_word[word].append(place)

    def scores(self, mention: Mention) -> dict[int, float]:
        """The score of each customer that has one."""
        places = set(self._by_whole[joined(mention.words)])
        for said in (mention.words, *(one.words for one in mention.rewritten)):
            heavy = [word for word in said if word.heavy]
            met: dict[int, float] = defaultdict(float)
            for word in heavy:
                best: dict[int, float] = {}
                for known, bearers in self._by_word.items():
                    if alike := likeness.__wrapped__(word.text, known):
                        for place in bearers:
                            best[place] = max(alike, best.get(place, 0.0))
                for place, alike in best.items():
                    met[place] += alike * word.weight
            least = 0.3 * sum(word.weight for word in heavy)
            places.update(place for place, alike in met.items() if alike > least)
        return self._ranked(mention, places)

    def _ranked(self, mention: Mention, places: set[int]) -> dict[int, float]:
        scores: dict[int, float] = {}
        seen: dict[tuple[str, bool], float] = {}
        for place in places:
            name = self._names[place]
            if (score := seen.get((name.words, name.person))) is None:
                words = weighed(tuple(name.words.split()))
                found = best_fit(mention, words, person=name.person)
                score = seen[name.words, name.person] = found.score
            scores[name.of_id] = max(score, scores.get(name.of_id, 0.0))
        return scores
