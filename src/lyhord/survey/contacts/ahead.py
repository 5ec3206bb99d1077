"""Working through many things: the next is made meanwhile, and the interpreter does not look through them all."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def one_ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, none of them None; the next is made in a thread while the caller works on this one.

    It pays where the caller waits for a database: its statements leave the interpreter to the thread. What making one
    raises is raised when its turn comes.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        following = pool.submit(next, items, None)
        while (item := following.result()) is not None:
            following = pool.submit(next, items, None)
            yield item


@contextmanager
def many_objects() -> Generator[None, None, None]:
    """While hundreds of thousands of small objects come and go, do not look for rings among them.

    A row is in no ring and is freed at once when it is used no more; looking for them took a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
