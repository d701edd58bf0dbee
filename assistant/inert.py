"""Lets Rasa be imported without TensorFlow, which it imports whatever the pipeline and nothing here computes with.

Loading TensorFlow costs every process some 300 MB of memory and seconds of its start (docs/architecture.md). Rasa only
needs the names to exist: its TensorFlow components are classes that derive from TensorFlow's, and none of them is in
`config.yml`. So the names are given to it, inert: every attribute is an empty class, every call gives one back.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, ClassVar

PACKAGES = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})


class _InertClass(type):
    """The class of inert classes: whatever is asked of one, it answers with another."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return make(f"{cls.__name__}.{name}")

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        # Deriving from an inert class and decorating with one leave a class or a function as it is.
        if cls.__dict__.get("_is_inert"):
            return arguments[0] if len(arguments) == 1 and callable(arguments[0]) and not options else cls
        return super().__call__(*arguments, **options)

    def __len__(cls) -> int:
        # spaCy's thinc counts TensorFlow's graphics cards.
        return 0

    def __bool__(cls) -> bool:
        return True


def make(name: str) -> Any:
    """Return an empty class called `name`, which may be derived from, called and asked for anything."""
    return _InertClass(name, (), {"_is_inert": True})


class _InertModule(ModuleType):
    __path__: ClassVar[list[str]] = []  # type: ignore[misc]
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = make(name)
        setattr(self, name, value)
        return value


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in PACKAGES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


def install() -> None:
    """Put the inert packages in the place of TensorFlow's; nothing where TensorFlow is loaded already."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
