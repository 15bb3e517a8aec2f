"""Which of many patterns can be in a text at all: those one of whose literals is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

Gram = tuple[str, str, str]


class Filter:
    """An index of literals by one of their three-letter parts."""

    def __init__(self, needs: Mapping[int, frozenset[str]]) -> None:
        self.always = frozenset(number for number, literals in needs.items() if not literals)
        """Patterns that must be looked for in any text."""
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, literals in needs.items():
            for literal in literals:
                numbers[literal].append(number)
        frequent = Counter(gram for literal in numbers for gram in _grams(literal))
        self._by_gram: dict[Gram, list[tuple[str, list[int]]]] = defaultdict(list)
        self._short: list[tuple[str, list[int]]] = []
        for literal, found in numbers.items():
            grams = _grams(literal)
            if grams:
                rarest = min(grams, key=lambda gram: (frequent[gram], _digits(gram)))
                self._by_gram[rarest].append((literal, found))
            else:
                self._short.append((literal, found))
        self._known = frozenset(self._by_gram)

    def alive(self, text: str) -> set[int]:
        """Patterns that can be in this (folded) text."""
        found = set(self.always)
        for gram in self._known.intersection(zip(text, text[1:], text[2:], strict=False)):
            for literal, numbers in self._by_gram[gram]:
                if literal in text:
                    found.update(numbers)
        for literal, numbers in self._short:
            if literal in text:
                found.update(numbers)
        return found


def _grams(text: str) -> set[Gram]:
    return set(zip(text, text[1:], text[2:], strict=False))


def _digits(gram: Gram) -> int:
    """Digits are in every name."""
    return sum(letter.isdigit() or letter in " .-" for letter in gram)
