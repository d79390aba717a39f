"""Expressions of publicodes as trees: (operation, left, right), or a leaf."""

import re

from .check import Unwritable

TOKEN = re.compile(r"""\s*(?:
    (?P<date>\d\d/\d\d/\d{4}|\d\d/\d{4}) |
    (?P<number>\d+(?:\.\d+)?)\s*(?P<unit>%[^\s()*+]*|[^\W\d][^\s()*+<>=]*|€[^\s()*+<>=]*|/[^\W\d][^\s()*+<>=]*)? |
    (?P<text>'.*'|".*") |
    (?P<sign>\*\*|//|<=|>=|!=|[-+*/()<>=]) |
    (?P<name>[^\W\d_€](?:[^+*/()<>=!]*?[^\s+*/()<>=!-])?(?=\s+[-+*/()<>=!]|\s*[*/()<>=!]|\s*$))
)""", re.VERBOSE)
LEVELS = [["=", "!=", "<", ">", "<=", ">="], ["+", "-"], ["*", "/", "//"], ["**"]]


def parsed(text):
    """The tree of an expression: ('number', value, unit), ('text', …), ('date', …), ('name', …) or an operation."""
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if not found or found.end() == at:
            raise Unwritable("an expression that we do not read")
        at = found.end()
        kind = found.lastgroup if found.lastgroup != "unit" else "number"
        if found["number"]:
            tokens.append(("number", float(found["number"]), found["unit"] or ""))
        else:
            tokens.append((kind, found[kind].strip()))
    tree, rest = level(tokens, 0)
    if rest:
        raise Unwritable("an expression that we do not read")
    return tree


def level(tokens, at):
    if at == len(LEVELS):
        return leaf(tokens)
    left, tokens = level(tokens, at + 1)
    while tokens and tokens[0][0] == "sign" and tokens[0][1] in LEVELS[at]:
        sign = tokens[0][1]
        right, tokens = level(tokens[1:], at + 1)
        left = (sign, left, right)
    return left, tokens


def leaf(tokens):
    if not tokens:
        raise Unwritable("an expression that we do not read")
    first, rest = tokens[0], tokens[1:]
    if first == ("sign", "("):
        tree, rest = level(rest, 0)
        return tree, rest[1:]
    if first == ("sign", "-"):
        raise Unwritable("a number below zero")
    if first[0] == "sign":
        raise Unwritable("an expression that we do not read")
    return first, rest
