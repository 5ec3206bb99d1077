"""A trial: thousands are invited and answer at once, while server and worker are killed again and again."""

from __future__ import annotations

import email
import email.policy
import heapq
import os
import queue
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import httpx
import psutil

from delivery.servers import MailServer, SmsCentre
from journeys.processes import Machine, Process, kill, stopped
from journeys.respondents import TOKEN, link_in, links_in, texts_by_number

RESPONDENTS = 8
LIMIT = 30 * 60.0
LETTERS = "bcdfghjklmnpqrstvwxz"  # no vowels: no word, name or number that would be taken out of a comment
NEXT_TRY = (0.05, 0.4)
LATER = (20.0, 60.0)  # seconds; a lease ends after twelve
VICTIMS = ("all of it", "all of it", "its child", "its parent")
THANKS = "Tack för ditt svar!"


def word(number: int) -> str:
    """A comment that nobody else writes."""
    signs = []
    for _ in range(5):
        number, place = divmod(number, len(LETTERS))
        signs.append(LETTERS[place])
    return "x" + "".join(signs)


@dataclass
class Trial:
    """What runs, what came, and what was answered."""

    machine: Machine
    mails: MailServer
    texts: SmsCentre
    chance: random.Random
    waits: float = 0.5  # how many of the respondents do not answer at once
    running: dict[str, Process] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)
    waiting: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    seen: dict[str, str] = field(default_factory=dict)  # link -> the word that its respondent writes
    thanked: set[str] = field(default_factory=set)
    taken_in_doubt: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    refused: Counter[int] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)
    faults: list[str] = field(default_factory=list)

    @property
    def arrived(self) -> int:
        return len(self.mails.taken) + len(self.texts.submitted)

    @property
    def answered(self) -> int:
        return len(self.thanked) + len(self.taken_in_doubt)

    def restart(self, name: str) -> None:
        port = ("--port", str(self.machine.port)) if name == "serve" else ()
        self.running[name] = self.machine.start(name, *port)

    def stop(self) -> None:
        self.over.set()
        for process in self.running.values():
            stopped(process)


def feed(trial: Trial) -> None:
    """Hand each link that arrives, once, to a respondent: every other at once, the rest a while later.

    Who answers at once erases the message that a lost worker would have repeated; who waits lets it be repeated.
    """
    letters = texts = 0
    later: list[tuple[float, str]] = []
    while not trial.over.wait(0.05):
        new_mails, new_texts = trial.mails.taken[letters:], trial.texts.submitted[texts:]
        letters, texts = letters + len(new_mails), texts + len(new_texts)
        found = [_link_of(bytes(envelope.content or b"")) for envelope in new_mails]
        found += [link for text in texts_by_number(new_texts).values() for link in links_in(text)]
        for link in found:
            if link not in trial.seen:
                trial.seen[link] = word(len(trial.seen))
                wait = trial.chance.uniform(*LATER) if trial.chance.random() < trial.waits else 0.0
                heapq.heappush(later, (time.monotonic() + wait, link))
        while later and later[0][0] <= time.monotonic():
            trial.waiting.put(heapq.heappop(later)[1])


def _link_of(raw: bytes) -> str:
    return link_in(email.message_from_bytes(raw, policy=email.policy.default))  # type: ignore[arg-type]  # by this policy


def respond(trial: Trial, chance: random.Random) -> None:
    """Answer one link after another."""
    with httpx.Client(timeout=20) as client:
        while not trial.over.is_set():
            try:
                link = trial.waiting.get(timeout=0.1)
            except queue.Empty:
                continue
            _answer(trial, client, link, chance)


def _answer(trial: Trial, client: httpx.Client, link: str, chance: random.Random) -> None:
    """Try until it is certain that the answer was taken, as somebody does whose phone says that the line broke."""
    form, doubtful = "", False
    while not trial.over.is_set():
        try:
            answer = _posted(client, link, form, trial.seen[link], chance) if form else client.get(link)
        except httpx.HTTPError as error:
            doubtful = doubtful or bool(form and not isinstance(error, httpx.ConnectError))
            time.sleep(chance.uniform(*NEXT_TRY))
            continue
        if _is_settled(trial, link, answer, doubtful=doubtful):
            return
        found = TOKEN.search(answer.text)
        form = found.group(1) if found else form


def _posted(client: httpx.Client, link: str, token: str, comment: str, chance: random.Random) -> httpx.Response:
    fields = {"bemotande": chance.choice("12345"), "filter": "ja", "tydlighet": chance.choice("12345")}
    more = {"enkelhet": chance.choice("12345"), "arendekategori": "bygglov", "kommentar": comment}
    return client.post(link, data={"t": token, "lang": "sv", "at": "*", "go": "send", **fields, **more})


def _is_settled(trial: Trial, link: str, answer: httpx.Response, *, doubtful: bool) -> bool:
    if THANKS in answer.text:
        trial.thanked.add(link)
        return True
    if answer.status_code == httpx.codes.NOT_FOUND:
        (trial.taken_in_doubt if doubtful else trial.dead).add(link)
        return True
    if answer.status_code != httpx.codes.OK:
        trial.refused[answer.status_code] += 1
        time.sleep(0.2)
    return False


def kill_at(trial: Trial, name: str, marks: Sequence[int], progress: Callable[[], int], chance: random.Random) -> None:
    """Kill the process a moment after the progress has passed each mark, and start it again."""
    for mark in sorted(marks):
        while progress() < mark:
            if trial.over.wait(0.01):
                return
        time.sleep(chance.uniform(0, 0.3))
        how = chance.choice(VICTIMS) if name == "serve" else "all of it"
        _kill(trial.running[name], how)
        trial.kills[f"{name}, {how}"] += 1
        trial.restart(name)


def _kill(process: Process, how: str) -> None:
    if how == "its child":
        for child in psutil.Process(process.pid).children():
            child.send_signal(signal.SIGKILL)
        time.sleep(0.5)
    elif how == "its parent":
        os.kill(process.pid, signal.SIGKILL)
        time.sleep(0.5)
    try:
        kill(process)
    except ProcessLookupError:  # it ended when its child did
        process.wait()


def marks_within(chance: random.Random, count: int, most: int) -> list[int]:
    """So many random points of the progress, none at its very end."""
    return [chance.randrange(most // 50, most * 19 // 20) for _ in range(count)]


def threads_of(trial: Trial, deeds: Iterable[Callable[[], None]]) -> list[threading.Thread]:
    """Each deed in a thread of its own, whose fault fails the trial."""

    def guarded(deed: Callable[[], None]) -> None:
        try:
            deed()
        except Exception as error:  # noqa: BLE001 - told in the main thread
            trial.faults.append(repr(error))

    found = [threading.Thread(target=guarded, args=(deed,), daemon=True) for deed in deeds]
    for thread in found:
        thread.start()
    return found
