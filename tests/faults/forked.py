"""Work in a process of its own, forked from one that has loaded everything, so that a kill costs no start."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

Say = Callable[[object], None]


class Forked:
    """One child process that tells what it has done, a line each, until it ends or is killed."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._mouth, ear = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._mouth)
            _be_the_child(work, ear)
        os.close(ear)
        self._heard = b""

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)

    def wait_for_a_word(self, timeout_s: float = 30.0) -> None:
        """Wait until it has told anything, or has ended."""
        os.set_blocking(self._mouth, False)
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            try:
                part = os.read(self._mouth, 65_536)
            except BlockingIOError:
                time.sleep(0.001)
                continue
            self._heard += part
            break
        os.set_blocking(self._mouth, True)

    def told(self) -> list[Any]:
        """Wait for its end; gives whatever it told in whole lines."""
        while part := os.read(self._mouth, 65_536):
            self._heard += part
        os.close(self._mouth)
        os.waitpid(self.pid, 0)
        return list(_lines(self._heard))


def answer_of(work: Callable[[], object]) -> Any:
    """Do some work in a process of its own and give its answer; raises ``RuntimeError`` with its traceback."""
    told = Forked(lambda say: say({"answer": work()})).told()
    if len(told) != 1 or "answer" not in told[0]:
        raise RuntimeError(told[-1].get("trouble", "no answer") if told else "the process ended without an answer")
    return told[0]["answer"]


def _lines(heard: bytes) -> Iterator[Any]:
    # A last line without its end was being written when the process died.
    yield from (json.loads(line) for line in heard.split(b"\n")[:-1] if line)


def _be_the_child(work: Callable[[Say], None], ear: int) -> None:
    def say(word: object) -> None:
        os.write(ear, json.dumps(word).encode() + b"\n")

    try:
        work(say)
    except BaseException:
        say({"trouble": traceback.format_exc()})
    finally:
        # No clean-up of the parent's things: as a process of its own it would not have them.
        os._exit(0)
