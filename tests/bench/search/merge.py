#!/usr/bin/env python3
"""Puts the real documents and their data into an invented site, for the benchmark of the search.

    merge.py REPO SITE

SITE comes from corpus.py --format mingbai. Topics: those of REPO, then those of SITE whose names REPO does not have;
an id that is taken ends in -x.
"""
import os
import re
import shutil
import sys

FOLDERS = ["content/notices", "data/pilots", "data/schedules", "data/assessments", "data/checks", "themes/mingbai"]
FILES = ["data/search.yaml"]
TOPIC = re.compile(r"- \{id: ([^,}]+), name: ([^,}]+)")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def main():
    repo, site = sys.argv[1:]
    for folder in FOLDERS:
        shutil.copytree(os.path.join(repo, folder), os.path.join(site, folder), dirs_exist_ok=True)
    for file in FILES:
        shutil.copyfile(os.path.join(repo, file), os.path.join(site, file))
    path = os.path.join("data", "topics.yaml")
    ours, theirs = read(os.path.join(repo, path)), read(os.path.join(site, path))
    topics = [m.groups() for m in map(TOPIC.match, ours) if m]
    ids, names = {t[0] for t in topics}, {t[1] for t in topics}
    for line in theirs:
        m = TOPIC.match(line)
        if m and m[2] not in names:
            ours.append(line.replace("id: " + m[1], "id: %s-x" % m[1], 1) if m[1] in ids else line)
    with open(os.path.join(site, path), "w", encoding="utf-8") as file:
        file.write("\n".join(ours) + "\n")


if __name__ == "__main__":
    main()
