"""Put on a child's PYTHONPATH: writes down every connection, name look-up, file and process that the child opens.

One JSON array a line in the file that RECORD_TO names; at the end the peak of resident memory in MiB.
"""

import atexit
import json
import os
import sys

WATCHED = {
    "open", "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "sqlite3.connect",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.symlink", "os.link",
    "pickle.find_class",
}  # fmt: skip


def record() -> None:
    path = os.environ.get("RECORD_TO")
    if not path:
        return
    out = open(path, "a", buffering=1, encoding="utf-8")  # noqa: SIM115 - lives as long as the process

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in WATCHED:
            values = [value if isinstance(value, (int, str)) else repr(value) for value in arguments[:3]]
            if event == "socket.connect":
                values = [repr(arguments[1])]
            out.write(json.dumps([event, *values]) + "\n")

    def peak() -> None:
        # Not getrusage: its peak is that of the parent, for whoever was forked from a large one.
        with open("/proc/self/status", encoding="ascii") as status:
            kib = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        out.write(json.dumps(["peak", kib // 1024]) + "\n")

    sys.addaudithook(hook)
    atexit.register(peak)


record()
