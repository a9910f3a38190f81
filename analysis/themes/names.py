"""Names, keywords and one describing sentence for each theme, from its own points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analysis.themes.doing import Doings
from analysis.themes.forms import written
from analysis.themes.general import GENERAL
from analysis.themes.graph import Floats, centred, unit
from analysis.themes.labels import Label, key, listing, sentence, within
from analysis.themes.phrases import fold, heads, is_proper, kind, known, tokens
from analysis.themes.subjects import Subjects
from analysis.themes.words import AND, CAPITALS, INNER, VAGUE

Encode = Callable[[Sequence[str]], Floats]
Ranked = tuple[int, float, float]
CANDIDATES = 40
FEW = 12
# a name of a larger group stands in at least this share of its texts …
HELD = 0.06
# … and a phrase in this share, for the group to be about something at all
TOLD = 0.025
# a group of so many texts that no phrase names is general remarks
MANY = 60
# texts that must hold a word which the lexicon does not know
SEVERAL = 3
KEYWORDS = 8
# nearness of its best phrase from which a group is about one thing (see `_centrality`)
TELLING = 0.33
# of a larger group: nearness, less for several words, or share of its texts from which a phrase
# speaks for the whole
WHOLE_NEAR, WHOLE_NEAR_PHRASE, WHOLE_SHARE = 0.55, 0.35, 0.12
# share of the best phrase's score that a word named beside it needs
BESIDE = 0.7
# share of its texts from which one word says what a group is about
ENOUGH = 0.5
# cosine from which two names mean the same
TWINS = 0.8


class Namer:
    """Names the groups of one question, each name once.

    held:  (texts, phrases) how often each text uses each folded phrase.
    """

    def __init__(
        self,
        words: Sequence[str],
        shown: dict[str, str],
        held: sparse.csr_matrix,
        matrix: Floats,
        texts: Sequence[str],
        question: str,
        encode: Encode | None,
        ctfidf: Any,
        language: str = "en",
    ) -> None:
        self.language = language
        self.words = np.array(words, dtype=object)
        self.shown = shown
        self.asked = {fold(w) for w in tokens(question)} | {"ai", "artificial", "intelligence"}
        self.written = written(texts) | CAPITALS
        self.vague = np.array([self._vague(str(shown.get(w, w))) for w in words])
        self.held = held
        self.ctfidf = ctfidf
        self.present = (held > 0).astype(np.float32).tocsr()
        self.total = np.asarray(self.present.sum(axis=0)).ravel()
        self.usable = np.array([w in shown for w in words])
        self.spelt = self._spelt(words)
        self.inner = centred(matrix)
        self.matrix = matrix
        self.every = unit(matrix.mean(axis=0, keepdims=True))[0]
        self.encode = encode
        self.doings = Doings(texts)
        word = "and" if language == "en" else AND.get(language, "")
        self.joint = f" {word} " if word else ", "
        self.taken: set[str] = set()
        self.cache: dict[str, NDArray[np.float32]] = {}
        self.texts, self.question = texts, question
        self.subjects: Subjects | None = None

    def best(self, inside: NDArray[np.bool_]) -> str:
        """The phrase that says best what the group is about, "" when none says it."""
        pool, count = self._pool(inside, TOLD)
        ranked = self._ranked(pool, inside, count)
        return self._form(ranked[0][0]) if ranked and ranked[0][2] >= TELLING else ""

    def nameable(self, inside: NDArray[np.bool_]) -> bool:
        """Whether any phrase can stand for the group, be it a weaker one than `best` asks for."""
        pools, _ = self._pools(inside)
        return any(len(pool) for pool in pools)

    def twins(self, phrases: Sequence[str]) -> NDArray[np.bool_]:
        """Which of these phrases mean the same (square); without an encoder, none."""
        if self.encode is None or not phrases:
            return np.eye(len(phrases), dtype=bool)
        places = self._places(phrases)
        joined = np.array([p.replace(" ", "").replace("-", "") for p in phrases])
        alike = np.round(places @ places.T, 4) >= TWINS
        return np.asarray(alike | (joined[:, None] == joined[None, :]))

    def _pool(
        self, inside: NDArray[np.bool_], share: float = HELD
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        size = int(inside.sum())
        count = np.asarray(self.present[inside].sum(axis=0)).ravel()
        enough = self.usable & (self.vague < 1) & (count >= max(2, size * share))
        if size < FEW and not enough.any():
            telling = self.usable & (self.vague < 1)
            says = np.asarray(self.present[inside][:, np.flatnonzero(telling)].sum(axis=1)) > 0
            if says.mean() >= ENOUGH:  # else one text would name those that name nothing
                enough = telling & (count >= 1)
        found = np.flatnonzero(enough)
        return found.astype(np.int64), count.astype(np.float32)

    def _pools(
        self, inside: NDArray[np.bool_]
    ) -> tuple[list[NDArray[np.int64]], NDArray[np.float32]]:
        """Phrases to name a group by, the better first, and how many of its texts hold each."""
        pool, count = self._pool(inside)
        # what few say, and what the question asks about, is still better than no name
        asked = self.usable & (count >= max(2, TOLD * inside.sum()))
        pools = [pool, np.array([i for i in np.flatnonzero(asked) if self._says(int(i))], np.int64)]
        if inside.sum() < MANY:
            pools.append(np.flatnonzero(self.usable & (count > 0) & (self.vague < 1)))
        return pools, count

    def _fit_pools(
        self, inside: NDArray[np.bool_]
    ) -> tuple[list[NDArray[np.int64]], NDArray[np.float32]]:
        """Without slips of the pen, and what one text of a larger group says."""
        pools, count = self._pools(inside)
        fit = self.spelt & (count >= (1 if inside.sum() < FEW else 2))
        return [pool[fit[pool]] for pool in pools], count

    def says(self, inside: NDArray[np.bool_]) -> bool:
        """Whether the group has words of its own for a name."""
        pools, _ = self._fit_pools(inside)
        return any(len(pool) for pool in pools) or bool(self._doings(inside))

    def telling(self, inside: NDArray[np.bool_]) -> bool:
        """Whether these words, or a heading, say what most of a larger group is about."""
        pools, count = self._fit_pools(inside)
        ranked = next((r for p in pools if (r := self._ranked(p, inside, count))), [])
        own = self._for_all(ranked, inside, count) if ranked else bool(self._doings(inside))
        return own or bool(self._heading(inside))

    def _for_all(
        self, ranked: list[Ranked], inside: NDArray[np.bool_], count: NDArray[np.float32]
    ) -> bool:
        """Whether the best phrase speaks for the group: a few of many texts do not."""
        if not ranked:
            return False
        first, _, near = ranked[0]
        enough = inside.sum() < MANY or count[first] >= WHOLE_SHARE * inside.sum()
        least = WHOLE_NEAR_PHRASE if " " in self._form(first) else WHOLE_NEAR
        return bool(enough or near >= least)

    def label(
        self, inside: NDArray[np.bool_], above: tuple[str, NDArray[np.bool_]] | None = None
    ) -> Label:
        """Name, keywords and sentence of the group of the texts `inside`; `above`: name and texts
        of the theme that it is part of."""
        pools, count = self._fit_pools(inside)
        alone = above is None or above[0].startswith(GENERAL)
        told: tuple[str, ...] = ()
        for candidates in pools:
            ranked = self._ranked(candidates, inside, count)
            name = self._name(ranked, inside)
            if not name:
                continue
            label = self._worded(name, [self._form(i) for i, *_ in ranked])
            if alone and not self._for_all(ranked, inside, count):
                told = label.keywords
                break
            near = {self._form(i): near for i, _, near in ranked}
            parts = name.split(self.joint)
            plain = above is None and not any(" " in p for p in parts)
            least = max(near.get(p, 0.0) for p in parts)
            heading = self._heading(inside, least) if plain else ""
            self.taken |= {key(name), key(heading or name)}
            return self._headed(heading, label.keywords) if heading else label
        heading = self._heading(inside) if above is None else ""
        if heading:
            self.taken.add(key(heading))
            return self._headed(heading, told)
        if above is not None and 2 * inside.sum() >= above[1].sum():
            return self._of_theme(above[0]) or self._doing(inside) or self._general()
        found = None if told else self._doing(inside)
        return found or (self._of_theme(above[0]) if above else None) or self._general()

    def _heading(self, inside: NDArray[np.bool_], least: float = 0.0) -> str:
        """What reports call the subject of a larger group, where that says more than its words."""
        if self.encode is None or self.language != "en" or inside.sum() < FEW:
            return ""
        if self.subjects is None:
            self.subjects = Subjects(self.texts, self.question, self.matrix, self.encode)
        found = self.subjects.heading(inside, least)
        return "" if key(found) in self.taken else found

    def _headed(self, heading: str, words: tuple[str, ...]) -> Label:
        about = self._capitals(heading.lower())
        such = f", for instance {listing(words)}" if words else ""
        return Label(heading, words, f"Points about {about}{such}.")

    def _of_theme(self, above: str) -> Label | None:
        """What is said of a theme without saying more."""
        name = f"{above}, in general"
        if above.startswith(GENERAL):
            return None
        if key(name) in self.taken:
            return None
        self.taken.add(key(name))
        words = above[:1].lower() + above[1:] if above[1:2].islower() else above
        return Label(name, (), f"Points about {words} that name nothing more particular.")

    def _doing(self, inside: NDArray[np.bool_]) -> Label | None:
        found = [w for w in self._doings(inside) if key(w) not in self.taken]
        if not found:
            return None
        self.taken.add(key(found[0]))
        return self._worded(self.joint.join(found), found)

    def _doings(self, inside: NDArray[np.bool_]) -> list[str]:
        return self.doings.words(inside) if self.language == "en" else []

    def _name(self, ranked: list[Ranked], inside: NDArray[np.bool_]) -> str:
        """The first free phrase; a single word with the one that adds most beside it."""
        free = [r for r in ranked if key(self._form(r[0])) not in self.taken]
        if not free:
            return ""
        (first, score, near), size = free[0], int(inside.sum())
        phrase = self._form(first)
        texts = self.present[inside]
        has = texts[:, [first]].toarray().ravel() > 0
        if heads(phrase) > 1 or size < FEW or has.sum() >= ENOUGH * size:
            return phrase
        beside: list[tuple[int, str]] = []
        for other, its, its_near in ranked[: 2 * KEYWORDS]:
            second = self._form(other)
            akin = within(phrase, second) or self.twins([phrase, second])[0, 1]
            if akin or heads(second) > 2 or its < BESIDE * score or its_near < BESIDE * near:
                continue
            added = int(((texts[:, [other]].toarray().ravel() > 0) & ~has).sum())
            pair = self.joint.join([phrase, second])
            if added >= 2 and key(pair) not in self.taken and " of " not in second:
                beside.append((-added, pair))
        return min(beside, key=itemgetter(0))[1] if beside else phrase

    def _worded(self, name: str, ranked: list[str]) -> Label:
        keywords: list[str] = []
        for phrase in [*name.split(self.joint), *ranked]:
            if len(keywords) < KEYWORDS and not any(within(phrase, k) for k in keywords):
                keywords.append(phrase)
        shown = self._capitals(name)
        listed = [self._capitals(k) for k in keywords]
        return Label(shown[:1].upper() + shown[1:], tuple(listed), sentence(listed))

    def _form(self, number: int) -> str:
        return self.shown[str(self.words[number])]

    def _capitals(self, phrase: str) -> str:
        return " ".join(self.written.get(w, w) for w in phrase.split())

    def _ranked(
        self, pool: NDArray[np.int64], inside: NDArray[np.bool_], count: NDArray[np.float32]
    ) -> list[Ranked]:
        """(phrase, score, nearness), best first."""
        if not len(pool):
            return []
        summed = self.ctfidf.transform(sparse.csr_matrix(self.held[inside].sum(axis=0)))
        weights = np.asarray(summed.todense(), np.float64).ravel()
        # frequent here, and more so than elsewhere; ties by the alphabet, in which words come
        rough = np.round(weights[pool] * np.sqrt(count[pool]), 9)
        pool = pool[np.argsort(-rough, kind="stable")[:CANDIDATES]]
        phrases = [self._form(i) for i in pool]
        near = np.round(self._centrality(phrases, pool, inside), 6)
        share = count[pool] / inside.sum()
        length = np.array([min(heads(p), 3) for p in phrases])
        score = np.round(
            0.8 * np.sqrt(share / share.max())
            + 0.4 * weights[pool] / max(weights[pool].max(), 1e-9)
            + 0.4 * count[pool] / self.total[pool]
            + 1.6 * near
            + np.array([0.0, 0.0, 0.4, 0.4])[length]
            - self.vague[pool],
            6,
        )
        order = np.argsort(-score, kind="stable")
        return [(int(pool[i]), float(score[i]), float(near[i])) for i in order]

    def _places(self, phrases: Sequence[str]) -> NDArray[np.float64]:
        assert self.encode is not None
        new = [p for p in phrases if p not in self.cache]
        if new:
            self.cache |= dict(zip(new, self.encode(new), strict=True))
        return np.stack([self.cache[p] for p in phrases]).astype(np.float64)

    def _centrality(
        self, phrases: list[str], pool: NDArray[np.int64], inside: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """How near each phrase is to the group's middle, and not to everybody's; about 0–1."""
        if self.encode is None:
            held = self.present[:, pool]
            placed = unit(np.asarray(held.T @ self.inner, np.float32))
            middle = unit(self.inner[inside].mean(axis=0, keepdims=True))[0]
            return np.asarray(placed.astype(np.float64) @ middle, np.float64)
        own = unit(self.matrix[inside].mean(axis=0, keepdims=True))[0]
        places = self._places(phrases)
        return np.asarray(1.5 * (places @ own) - 0.5 * (places @ self.every), np.float64)

    def _vague(self, phrase: str) -> float:
        """What to take off for a word that could be anywhere, or that the question itself uses."""
        words = phrase.split()
        if self.language != "en":
            return float(all(fold(w) in self.asked for w in words))
        if all(
            fold(w) in self.asked
            or w in INNER
            or w in VAGUE
            or kind(w) != "n"
            or (is_proper(w) and self.written.get(w, w).istitle() and w not in CAPITALS)
            for w in words
        ):
            return 1.0
        return 0.4 if words[-1] in VAGUE else 0.0

    def _spelt(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Phrases whose every word is known, or stands in several texts: no slip names a theme."""
        if self.language != "en":
            return np.ones(len(words), dtype=bool)
        texts = dict(zip(words, self.total, strict=True))
        odd = {w for phrase in words for w in phrase.split() if not known(w)}
        slips = {w for w in odd if texts.get(w, 0) < SEVERAL}
        return np.array([slips.isdisjoint(phrase.split()) for phrase in words])

    def _says(self, number: int) -> bool:
        """Whether a phrase has at least one word that is not vague, and more than one."""
        words = str(self.words[number]).split()
        return len(words) > 1 and any(w not in VAGUE and w not in INNER for w in words)

    def _general(self) -> Label:
        number = sum(t.startswith(GENERAL) for t in self.taken) + 1
        name = GENERAL if number == 1 else f"{GENERAL} ({number})"
        self.taken.add(name)
        return Label(name, (), "Points that speak in general terms and name no single subject.")
