#!/usr/bin/env python3
"""What a server adds to the work itself: POST /extract of one article of 4 KB on one core, beside the same article read
again and again by one process on one thread.

    benches/serve.py target/release/attache articles.jsonl [requests] [connections]

Both are told by processor time too, which others on the machine disturb least. The last lines are the server's memory,
and whatever failed. Needs Linux, Python 3.9 and wrk (the package `wrk`).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time

COPIES = 2000
TICK = os.sysconf("SC_CLK_TCK")
LUA = """wrk.method = "POST"
wrk.headers["content-type"] = "text/plain"
local file = io.open("%s", "rb"); wrk.body = file:read("*a"); file:close()
local bad = 0
response = function(status) if status ~= 200 then bad = bad + 1; print("status " .. status) end end
done = function(summary, latency)
  local e = summary.errors
  print(string.format("done %%d %%d %%d %%d %%d", summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), summary.duration))
end
"""


def one_core():
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def library(program, text, folder):
    """Seconds of CPU and on the clock that one article takes where nobody sends it."""
    path = os.path.join(folder, "copies.jsonl")
    with open(path, "w") as to:
        to.write((json.dumps({"text": text}) + "\n") * COPIES)
    best = None
    for _ in range(3):
        start = time.monotonic()
        with open(path, "rb") as given:
            child = subprocess.Popen(
                [program, "--jsonl", "--threads", "1"], stdin=given, stdout=subprocess.DEVNULL, preexec_fn=one_core
            )
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            sys.exit(f"attache --jsonl ended with {child.returncode}")
        cpu, clock = usage.ru_utime + usage.ru_stime, time.monotonic() - start
        best = min(best or (cpu, clock), (cpu, clock))
    return best[0] / COPIES, best[1] / COPIES


def status(pid):
    """Seconds of CPU and MB of memory of a process."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/status") as lines:
        memory = re.search(r"VmRSS:\s+(\d+)", lines.read())
    return (int(fields[11]) + int(fields[12])) / TICK, int(memory[1]) / 1e3


def listening(log):
    """The address that a server has written to its log."""
    for _ in range(100):
        with open(log) as lines:
            found = re.search(r"http://\S+(?=\n)", lines.read())
        if found:
            return found[0]
        time.sleep(0.1)
    sys.exit("the server does not start")


def load(address, script, seconds, connections):
    """Runs wrk; how many requests, failures, microseconds at the median and at 99 %, seconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script, address + "/extract"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    done = re.search(r"^done (\d+) (\d+) (\d+) (\d+) (\d+)$", output, re.M)
    if not done:
        sys.exit(output)
    requests, errors, half, most, micros = map(int, done.groups())
    return requests, errors, half / 1e3, most / 1e3, micros / 1e6


def main(program, articles, wanted=10000, connections=100):
    with open(articles, "rb") as given:
        texts = [json.loads(line)["text"] for line in given]
    text = min(texts, key=lambda text: abs(len(text.encode()) - 4096))
    with tempfile.TemporaryDirectory() as folder:
        article, script = os.path.join(folder, "article.txt"), os.path.join(folder, "post.lua")
        with open(article, "w") as to:
            to.write(text)
        with open(script, "w") as to:
            to.write(LUA % article)
        cpu, clock = library(program, text, folder)
        print(f"{len(text.encode())} bytes; read by one process: {1 / clock:7.0f} a second, {cpu * 1e6:6.0f} µs CPU each")
        command = [program, "serve", "--listen", "127.0.0.1:0"]
        # A file: a pipe that nobody empties would bring the server to a halt.
        log = os.path.join(folder, "log")
        with open(log, "w") as to:
            server = subprocess.Popen(command, stderr=to, preexec_fn=one_core)
        try:
            address = listening(log)
            load(address, script, 2, connections)
            used, before = status(server.pid)
            requests = errors = 0
            spent = 0.0
            while requests < int(wanted):
                some, failed, half, most, seconds = load(address, script, 5, connections)
                if not some:
                    sys.exit("nothing is answered")
                requests, errors, spent = requests + some, errors + failed, spent + seconds
                print(f"{some} requests over {connections} connections: {some / seconds:.0f} a second, "
                      f"half within {half:.0f} ms, 99 % within {most:.0f} ms, {failed} failed", flush=True)
            now, after = status(server.pid)
            each = (now - used) / requests
            print(f"served: {requests / spent:7.0f} a second, {each * 1e6:6.0f} µs CPU each: {cpu / each:.0%} of the speed "
                  f"of the process by CPU, {clock * requests / spent:.0%} by the clock")
            print(f"{errors} of {requests} failed; memory {before:.1f} MB before, {after:.1f} MB after")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    if len(sys.argv) not in range(3, 6):
        sys.exit(__doc__)
    main(*sys.argv[1:])
