"""A mapping seen without some of its keys, made without a copy of the rest."""
from collections.abc import Iterator, Mapping


class Part(Mapping):
    """A mapping without some of its keys, and with other values for some."""

    def __init__(self, whole: Mapping, gone: frozenset, new: dict):
        self._whole, self._gone, self._new = whole, gone, new

    def __getitem__(self, key):
        if key in self._gone:
            raise KeyError(key)
        return self._new[key] if key in self._new else self._whole[key]

    def __iter__(self) -> Iterator:
        return (k for k in self._whole if k not in self._gone)

    def __len__(self) -> int:
        return len(self._whole) - len(self._gone)
