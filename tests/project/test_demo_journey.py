"""The demonstration as somebody meets it who starts it and opens what it prints: small, but with real processes."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from project.test_serving import free_port

pytestmark = [pytest.mark.journey, pytest.mark.slow]
COMMAND = (sys.executable, "-m", "lyhord.project.cli", "demo", "--few")
MADE_WITHIN = 240  # seconds, on a machine that does much else
MOVED_WITHIN = 90
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
OURS = ("DATABASE_URL", "PORT", "SERVE")


def surroundings(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("LYHORD_")}
    return {**kept, "PYTHONUTF8": "1", "COLUMNS": "200", **more}


@dataclass(frozen=True)
class Shown:
    """A demonstration that is being shown, and what the terminal said."""

    folder: Path
    process: subprocess.Popen[str]
    said: str

    def printed(self, what: str) -> str:
        found = re.search(rf"{what}\s+(http\S+)", self.said)
        assert found is not None, self.said
        return found[1]

    @property
    def password(self) -> str:
        found = re.search(r"lösenordet (\S+)", self.said)
        assert found is not None, self.said
        return found[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> Iterator[Shown]:
    with started(folder, free_port()) as process:
        try:
            yield Shown(folder, process, until_ready(process))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def started(folder: Path, port: int) -> subprocess.Popen[str]:
    command = [*COMMAND, "-o", str(folder), "--port", str(port)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=surroundings(), start_new_session=True
    )


def until_ready(process: subprocess.Popen[str]) -> str:
    said: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if "Ctrl+C" in line:
            return "".join(said)
    raise AssertionError("".join(said))


def form_of(page: httpx.Response, **filled: str) -> dict[str, str]:
    return {**dict(HIDDEN.findall(page.text)), **filled}


@contextmanager
def signed_in(shown: Shown, name: str) -> Iterator[httpx.Client]:
    front = shown.printed("Framsida och rapporter")
    with httpx.Client(base_url=front, follow_redirects=True, timeout=30) as browser:
        page = browser.get("logga-in")
        told = form_of(page, username=f"{name}@demo.example", password=shown.password, next="/resultat")
        answer = browser.post("logga-in", data=told, headers={"Referer": str(page.url)})
        assert answer.url.path == "/resultat", answer.text
        yield browser


def answered(link: str) -> httpx.Response:
    """Answer the survey through a link, screen by screen, as a browser without JavaScript does."""
    with httpx.Client(timeout=30) as browser:
        page = browser.get(link)
        for _ in range(8):
            if 'name="t"' not in page.text:
                return page
            given = form_of(page, go="send" if 'value="send"' in page.text else "next")
            for name in dict.fromkeys(re.findall(r'<input[^>]* type="radio"[^>]* name="(\w+)"', page.text)):
                given[name] = re.findall(rf'name="{name}" value="([^"]+)"', page.text)[0]
            page = browser.post(link, data=given)
    raise AssertionError(page.text)


def test_the_front_page_leads_to_signing_in_the_mailbox_and_the_reports(shown: Shown) -> None:
    page = httpx.get(shown.printed("Framsida och rapporter")).text
    assert shown.password in page
    assert "kvalitetschef.vasteras@demo.example" in page
    assert 'href="/brevlada"' in page
    assert page.count('<span class="format">') == 2 * 6


def test_the_finished_round_shows_what_its_report_prints(shown: Shown) -> None:
    with signed_in(shown, "kvalitetschef.vasteras") as browser:
        page = browser.get("resultat/skr-servicematning-2023/1980").text
    assert all(printed in page for printed in ("82,7", "75,6", "86,0", "87,8"))
    assert "Påhittade uppgifter" in page


def test_the_printed_link_stands_in_a_letter_and_leads_to_an_answer(shown: Shown) -> None:
    link = shown.printed("En enkät att besvara")
    box = shown.folder / "data" / "mailbox"
    assert any(link in json.loads(path.read_text(encoding="utf-8"))["text"] for path in box.glob("*.json"))
    thanks = answered(link)
    assert thanks.status_code == 200
    assert "Tack" in thanks.text
    assert httpx.get(link).status_code == 404  # the link is spent


def test_figures_move_while_the_demonstration_is_shown(shown: Shown) -> None:
    with signed_in(shown, "kvalitetschef.vasteras") as browser:
        address = shown.printed("Resultat hittills")
        first, until = answers_on(browser.get(address).text), time.monotonic() + MOVED_WITHIN
        while (now := answers_on(browser.get(address).text)) == first and time.monotonic() < until:
            time.sleep(1)
    assert now > first


def answers_on(page: str) -> int:
    """Everyone who has answered, over both channels."""
    return sum(int(found) for found in re.findall(r"(\d+) av \d+ inbjudna", page))


def test_a_list_handed_over_is_sent_at_once(shown: Shown) -> None:
    with signed_in(shown, "kvalitetschef.vasteras") as browser:
        page = browser.get("kontakter")
        key = re.search(r'<option value="([\w-]+)"', page.text)
        assert key is not None
        told = form_of(page, round=key[1])
        file = {"list": ("lista.csv", b"E-post\nny.person@demo.example\n")}
        browser.post("kontakter", data=told, files=file, headers={"Referer": str(page.url)})
        until = time.monotonic() + MOVED_WITHIN
        while "ny.person@demo.example" not in (box := browser.get("brevlada").text) and time.monotonic() < until:
            time.sleep(1)
    assert "ny.person@demo.example" in box


def test_stopping_it_stops_both_and_starting_it_again_uses_the_records_that_stand(shown: Shown) -> None:
    shown.process.send_signal(signal.SIGINT)
    assert shown.process.wait(timeout=60) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(shown.printed("Framsida och rapporter"))
    again = subprocess.run(
        [*COMMAND, "-o", str(shown.folder), "--no-serve"],
        capture_output=True,
        text=True,
        env=surroundings(SERVE="0"),
        timeout=MADE_WITHIN,
        check=True,
    )
    assert "Lägger in" not in again.stdout
    assert shown.password in again.stdout
