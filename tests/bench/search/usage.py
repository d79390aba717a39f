#!/usr/bin/env python3
"""Runs one command and prints what it and its children took, as JSON: wall and CPU seconds, peak MB.

    usage.py LOG COMMAND...
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True
from compare import run  # noqa: E402

wall, cpu, peak = run(sys.argv[2:], sys.argv[1])
print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak}))
