"""Runs the recipes of README.md for sites that are made in parts: what they put together is the site that one process makes.

    python recipes.py README.md PROGRAM SITE

The manifest for Kubernetes is checked against the schema of its kind. Runners and clusters are not at hand: the commands of the
recipes run here, in four processes.
"""
import filecmp
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import kubernetes_validate
import yaml

DAY = "2026-11-30"


def blocks(readme):
    """The blocks of the section, by kind: [(language, text)]."""
    section = readme.split("\n## In parts\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"```(\w+)\n(.*?)```", section, re.S)


def run_all(commands, folder, program, environments):
    """Runs commands at the same time; each must end with 0."""
    path = "%s:%s" % (pathlib.Path(program).resolve().parent, os.environ["PATH"])
    running = [
        subprocess.Popen(["sh", "-e", "-c", command], cwd=folder, stdout=subprocess.DEVNULL,
                         env={**os.environ, **more, "PATH": path, "SOURCE_DATE_EPOCH": ""})
        for command, more in zip(commands, environments)]
    for command, child in zip(commands, running):
        if child.wait() != 0:
            sys.exit("ended with %d: %s" % (child.returncode, command))


def same(one, other):
    """Whether two folders have the same files with the same bytes."""
    found = filecmp.dircmp(one, other)
    different = filecmp.cmpfiles(one, other, found.common_files, shallow=False)
    return not (found.left_only or found.right_only or different[1] or different[2]) and all(
        same(one / name, other / name) for name in found.common_dirs)


def tried(name, program, site, whole, parts, join):
    """Runs the parts, then the join, in a folder of their own, and compares."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "site").symlink_to(pathlib.Path(site).resolve())
        run_all([command for command, _ in parts], folder, program, [more for _, more in parts])
        run_all([join], folder, program, [{}])
        if not same(whole, folder / "public"):
            sys.exit("%s: the site is not the one that one process makes" % name)
    print("%s: the same site" % name)


def main():
    readme, program, site = sys.argv[1:]
    found = blocks(pathlib.Path(readme).read_text(encoding="utf-8"))
    shell = next(text for language, text in found if language == "sh")
    workflow, job = (yaml.safe_load(text) for language, text in found if language == "yaml")
    kubernetes_validate.validate(job, kubernetes_validate.latest_version(), strict=True)
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder) / "public"
        subprocess.run([program, "build", site, "--today", DAY, "--out", whole], check=True, stdout=subprocess.DEVNULL)
        each, join = shell.replace("build site", "build site --today " + DAY).replace("join site", "join site --today " + DAY).strip().split("\n")
        if shutil.which("parallel"):
            tried("GNU parallel", program, site, whole, [(each, {})], join)
        else:
            # What GNU parallel would run.
            command = each.split("parallel ", 1)[1]
            tried("as GNU parallel", program, site, whole, [(command.replace("{}", str(n)), {}) for n in range(1, 5)], join)
        today = '"$(date -u +%F)"'
        step = next(step["run"] for step in workflow["jobs"]["part"]["steps"] if "run" in step).replace(today, DAY)
        matrix = workflow["jobs"]["part"]["strategy"]["matrix"]["part"]
        parts = [(step.replace("${{ matrix.part }}", str(n)), {}) for n in matrix]
        join = next(step["run"] for step in workflow["jobs"]["join"]["steps"] if "run" in step).replace(today, DAY)
        tried("matrix", program, site, whole, parts, join)
        spec = job["spec"]
        command = spec["template"]["spec"]["containers"][0]["command"][2].replace("2026-11-30", DAY)
        parts = [(command, {"JOB_COMPLETION_INDEX": str(index)}) for index in range(spec["completions"])]
        tried("indexed job", program, site, whole, parts, join)


if __name__ == "__main__":
    main()
