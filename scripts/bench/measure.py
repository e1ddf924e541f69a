"""Runs a command in a folder and prints what it took, as JSON: seconds of wall and CPU, peak memory in MiB.

usage: measure.py FOLDER PROGRAM [ARGUMENT ...]
"""

import json
import os
import sys
import time

# Bytes of the unit in which the system counts ru_maxrss.
MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024


def main(folder, *command):
    os.chdir(folder)
    started = time.monotonic()
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - started
    if status != 0:
        sys.exit(f"{' '.join(command)} failed with status {status}")
    peak = usage.ru_maxrss * MEMORY_UNIT / 2**20
    print(json.dumps({"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "peakMiB": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
