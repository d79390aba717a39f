#!/usr/bin/env python3
"""Times several commands in turn (A B A B ...) and compares each with the first.

    compare.py --rounds 5 --out DIR NAME=COMMAND NAME=COMMAND ...

`{out}` in a command becomes a folder below DIR, removed before each run. Of the whole process and its children:
wall time, CPU time (user and system), peak memory of the largest process. A ratio is taken within each round, so
that a machine that slows down meanwhile slows both sides.
"""
import argparse
import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time


def run(command, log):
    """(wall s, CPU s, peak MB) of one run; ends the program if it fails."""
    os.sync()  # what the last run wrote must not be paid for by this one
    began = time.perf_counter()
    with open(log, "wb") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        with open(log, encoding="utf-8", errors="replace") as text:
            sys.exit("%s\nended with %d:\n%s" % (shlex.join(command), child.returncode, text.read()[-3000:]))
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def size(folder):
    """(files, MB, HTML files) below a folder."""
    files = [os.path.join(d, f) for d, _, names in os.walk(folder) for f in names]
    return len(files), sum(map(os.path.getsize, files)) / 1e6, sum(f.endswith(".html") for f in files)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--rounds", type=int, default=5)
    a.add_argument("--out", required=True)
    a.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    a = a.parse_args()
    names, commands = [], {}
    for one in a.commands:
        name, command = one.split("=", 1)
        names.append(name)
        commands[name] = command
    os.makedirs(a.out, exist_ok=True)

    runs = {name: [] for name in names}
    for n in range(a.rounds):
        for name in names:
            out = os.path.join(a.out, name)
            shutil.rmtree(out, ignore_errors=True)
            command = [part.replace("{out}", out) for part in shlex.split(commands[name])]
            runs[name].append(run(command, os.path.join(a.out, name + ".log")))
            print("round %d  %-8s  wall %7.2f s  CPU %7.2f s  peak %6.0f MB" % ((n + 1, name) + runs[name][-1]), flush=True)

    print("\n%d CPUs; load when done %.1f" % (os.cpu_count(), os.getloadavg()[0]))
    for name in names:
        print("%-8s wrote %d files (%d HTML), %.1f MB" % ((name,) + (lambda s: (s[0], s[2], s[1]))(size(os.path.join(a.out, name)))))
    columns = ["wall s", "CPU s", "peak MB"]
    print("\n| build | measure | median | min | max | %s / this, pair by pair | median ratio |\n|---|---|---|---|---|---|---|" % names[0])
    for name in names:
        for k, column in enumerate(columns):
            values = [one[k] for one in runs[name]]
            ratios = [first[k] / this[k] for first, this in zip(runs[names[0]], runs[name])]
            shown = " ".join("%.2f" % r for r in ratios) if name != names[0] else ""
            middle = "%.2f" % statistics.median(ratios) if name != names[0] else ""
            print("| %s | %s | %.2f | %.2f | %.2f | %s | %s |" % (name, column, statistics.median(values), min(values), max(values), shown, middle))


if __name__ == "__main__":
    main()
