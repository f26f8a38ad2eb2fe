#!/usr/bin/env python3
"""What whole processes cost: start-up, memory, one and two threads, and whether the cost grows as the input does.

    benches/whole.py target/release/attache articles.jsonl

Each row is the best of five runs (of three for the long ones), by CPU time, which others on the machine disturb least.
Memory is the process's largest resident set as the kernel counted it. Needs Python 3.9 and a Unix.
"""

import os
import subprocess
import sys
import tempfile


def run(program, arguments, source):
    """Seconds of CPU, seconds on the clock and MB of memory of one process."""
    clock = os.times()
    with open(source, "rb") as given:
        child = subprocess.Popen([program, *arguments], stdin=given, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"attache {' '.join(arguments)} ended with {child.returncode}")
    memory = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return usage.ru_utime + usage.ru_stime, os.times().elapsed - clock.elapsed, memory


def row(what, program, arguments, source, runs=5, work=True):
    all_runs = [run(program, arguments, source) for _ in range(runs)]
    cpu, _, memory = min(all_runs)
    elapsed = min(elapsed for _, elapsed, _ in all_runs)
    size = os.path.getsize(source) / 1e6
    speed = f"{size / cpu:6.1f} MB/s CPU {size / elapsed:6.1f} MB/s clock" if work else ""
    print(f"{what:44} {cpu * 1000:9.1f} ms CPU {memory:7.1f} MB resident {speed}", flush=True)


def main(program, articles):
    with open(articles, "rb") as given:
        lines = given.readlines()
    few = b"".join(lines[: max(1, len(lines) // 20)])
    with tempfile.TemporaryDirectory() as folder:

        def file(name, data):
            path = os.path.join(folder, name)
            with open(path, "wb") as to:
                to.write(data)
            return path

        row("nothing: --version", program, ["--version"], os.devnull, work=False)
        one = file("one.jsonl", min(lines, key=lambda line: abs(len(line) - 4096)))
        row("one article of 4 KB", program, ["--jsonl", "--threads", "1"], one, work=False)
        for threads in ("1", "2"):
            row(f"all articles, {threads} thread(s)", program, ["--jsonl", "--threads", threads], articles)
        for times in (1, 10, 100):
            source = file("some.jsonl", few * times)
            row(f"a twentieth of them, {times} x", program, ["--jsonl", "--threads", "1"], source, runs=3)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
