"""A real headless Chromium, driven over its debugging pipe (no port, no package): addresses, clicks, text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select
from typing import Any

from tools.docs.screenshots import QUIET

PATIENCE = 20.0
"""Seconds for a page to be as expected; a machine that does much else is slow."""

ON_PIPE = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Starts a program with the ends of two pipes as descriptors 3 and 4, where Chromium looks for them."""


class RefusedError(Exception):
    """The browser cannot do it: most often what was asked about has just been replaced by another page."""


class Browser:
    """One tab. Frames of a page are sessions of their own where Chromium isolates them."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._buffer, self._number = b"", 0
        self.frames: list[str] = []
        """Sessions of isolated frames, in the order in which they appeared."""
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)

    def ask(self, method: str, *, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """The answer of the page, or of a frame."""
        return self._ask(method, session=session or self._session, **parameters)

    def _ask(self, method: str, *, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {
            "id": self._number,
            "method": method,
            "params": parameters,
            **({"sessionId": session} if session else {}),
        }
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RefusedError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select([self._reading], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            chunk = os.read(self._reading, 1 << 16)
            assert chunk, "the browser has ended"
            self._buffer += chunk
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if message.get("method") == "Target.attachedToTarget":
            self.frames.append(message["params"]["sessionId"])
        return message

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.ask("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self.ask("Page.navigate", url=address)
        self.wait(lambda: self.run("document.readyState") == "complete" and self.run("location.href") != "about:blank")

    def click(self, selector: str) -> None:
        """Press an element with the mouse."""
        box = "(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
        x, y = self.run(
            f"{box} return [r.x + r.width / 2, r.y + r.height / 2]; }})(document.querySelector({selector!r}))"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Write into what has the focus."""
        self.ask("Input.insertText", text=text)

    def press(self, key: str, code: int) -> None:
        """Press a key."""
        for kind in ("rawKeyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def in_frame(self, selector: str) -> str | None:
        """The markup of the first element of a frame that a selector finds; the browser answers, not the page."""
        for session in [None, *reversed(self.frames)]:
            with suppress(RefusedError):
                root = self.ask("DOM.getDocument", session=session, depth=-1, pierce=True)["root"]
                for document in _documents(root):
                    found = self.ask("DOM.querySelector", session=session, nodeId=document, selector=selector)["nodeId"]
                    if found:
                        return str(self.ask("DOM.getOuterHTML", session=session, nodeId=found)["outerHTML"])
        return None

    def wait(self, condition: Callable[[], Any]) -> None:
        """Return as soon as it holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.05)


def _documents(node: dict[str, Any]) -> Iterator[int]:
    if node["nodeName"] == "#document":
        yield node["nodeId"]
    for child in [*node.get("children", ()), *filter(None, [node.get("contentDocument")])]:
        yield from _documents(child)


@contextmanager
def browser(program: str, *, width: int = 1280, height: int = 900) -> Iterator[Browser]:
    """A browser with a profile of its own; it ends with the block."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [*QUIET, f"--user-data-dir={profile}", f"--window-size={width},{height}", "--remote-debugging-pipe"]
        command = [sys.executable, "-c", ON_PIPE, str(theirs_in), str(theirs_out), program, *options]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, pass_fds=(theirs_in, theirs_out), **quiet)  # type: ignore[call-overload]
        os.close(theirs_in)
        os.close(theirs_out)
        try:
            tab = Browser(ours_in, ours_out)
            yield tab
            tab._ask("Browser.close")
        finally:
            os.close(ours_in)
            os.close(ours_out)
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
