"""Tests of JsonLogic as rule files: [rule, data, expected].

A constant that is tested is a question that is answered with it, and a list is its members, one question each. Where JsonLogic
gives null for what is not in the data, the question is open: the value is not settled and the question is missing.
"""

import json

from .check import Check, Unwritable, both

COMPARE = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}
MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "===": "===", "!=": "!=", "!==": "!=="}


def tests(files):
    """The tests of the suite: a title, and a rule file with answers or why there is none."""
    for _, text in files:
        for test in json.loads(text):
            if isinstance(test, str):
                continue
            rule, data, expected = test
            title = json.dumps(rule, ensure_ascii=False)[:90]
            try:
                yield title, Test(title, data).file(rule, expected), None
            except Unwritable as why:
                yield title, None, str(why)


def operation(rule):
    """The operation of a rule and its operands."""
    if not isinstance(rule, dict) or len(rule) != 1:
        return None, []
    (name, operands), = rule.items()
    return name, operands if isinstance(operands, list) else [operands]


def is_number(one):
    return isinstance(one, (int, float)) and not isinstance(one, bool)


class Test:
    def __init__(self, title, data):
        self.check = Check(title)
        self.data = data
        # Of the member of a list that is looked at: its path.
        self.scope = None

    # ---------------------------------------------------------------- the whole test

    def file(self, rule, expected):
        name, operands = operation(rule)
        if name is None:
            raise Unwritable("a constant")
        if name in ("missing", "missing_some"):
            self.missing(name, operands, expected)
        elif isinstance(expected, list):
            raise Unwritable("a list")
        elif name == "var":
            self.variable(operands, expected)
        else:
            self.result(rule, expected)
        return self.check

    def result(self, rule, expected):
        branches = self.branches(rule)
        kinds = {kind for _, kind, _ in branches}
        if kinds == {"number"}:
            self.numbers(branches, expected)
        elif kinds == {"condition"} and len(branches) == 1:
            self.check.add("true", branches[0][2])
            self.check.add("false", "otherwise")
            self.check.expected = json.dumps(expected)
        else:
            self.outcomes(branches, expected)

    def numbers(self, branches, expected):
        if not is_number(expected):
            raise Unwritable("null in place of a number")
        if expected < 0:
            raise Unwritable("a result below zero")
        whole = all("÷" not in str(formula) for _, _, formula in branches) and expected == int(expected)
        wrap = (lambda formula: formula) if whole else (lambda formula: f"round({formula}, 0.01)")
        kind = "number" if whole else "decimal"
        if len(branches) == 1:
            value = self.check.value(wrap(str(branches[0][2])), kind)
        else:
            cases = [{"when": when, "is": wrap(str(formula))} for when, _, formula in branches]
            value = self.check.value(kind=kind, cases=cases)
        self.check.add("算出", "otherwise", [value])
        self.check.expected = "算出"
        self.check.numbers = [expected]

    def outcomes(self, branches, expected):
        for when, kind, what in branches:
            if kind == "condition":
                raise Unwritable("a condition among other results")
            self.check.add(json.dumps(what, ensure_ascii=False), when)
        self.check.expected = json.dumps(expected, ensure_ascii=False)

    def variable(self, operands, expected):
        if len(operands) > 1:
            raise Unwritable("a default")
        path = self.path(operands[0] if operands else "")
        value, known = self.look(path)
        if isinstance(value, str):
            name = self.check.ask(path, "choice", value, options=[value, "另一个"])
            self.check.add(value, {name: value})
            self.check.add("另一个", "otherwise")
            self.check.expected = expected
            return
        if known and not is_number(value):
            raise Unwritable("not a number or a word")
        name = self.check.number(path, value if known else None)
        result = self.check.value(name, self.check.questions[name]["type"])
        self.check.add("算出", "otherwise", [result])
        if known:
            self.check.expected = "算出"
            self.check.numbers = [expected]
        else:
            self.check.missing = [name]

    def missing(self, name, operands, expected):
        needed = None
        if name == "missing_some":
            needed, operands = operands
        keys = [key for one in operands for key in self.keys(one)]
        if not keys:
            raise Unwritable("nothing is asked for")
        conditions = []
        for key, only in keys:
            question = self.check.ask(key, "yes/no", "yes" if self.look(key)[1] else None)
            conditions.append(both([{"not": only}, question], "any") if only else question)
        if needed is None:
            when = both(conditions, "all")
        elif needed == 1:
            when = both(conditions, "any")
        else:
            count = self.check.value(" + ".join(key for key, _ in keys), "number")
            when = {count: f"at_least {needed}"}
        self.check.add("齐", when)
        self.check.add("不齐", "otherwise")
        self.check.expected = None if expected else "齐"
        self.check.missing = expected

    def keys(self, one):
        """The names of what must be there, each with the condition under which it must."""
        if isinstance(one, str):
            return [(one, None)]
        name, operands = operation(one)
        if name == "merge":
            return [key for part in operands for key in self.keys(part)]
        if name == "if" and isinstance(operands[1], list) and operands[2:] == [[]]:
            return [(key, self.condition(operands[0])) for key in operands[1]]
        raise Unwritable("a list that is computed")

    # ---------------------------------------------------------------- data

    def path(self, written):
        if isinstance(written, (dict, list)):
            raise Unwritable("a name that is computed")
        inner = "" if written is None else str(written)
        parts = [part for part in (self.scope, inner) if part]
        return ".".join(parts) or "数据"

    def look(self, path):
        """What is in the data, and whether anything is."""
        at = self.data
        for part in [] if path == "数据" else path.split("."):
            if isinstance(at, list) and part.isdigit() and int(part) < len(at):
                at = at[int(part)]
            elif isinstance(at, dict) and part in at:
                at = at[part]
            else:
                return None, False
        return at, at is not None

    def members(self, rule):
        """The paths of the members of a list."""
        name, operands = operation(rule)
        if name != "var":
            raise Unwritable("a list that is computed")
        path = self.path(operands[0])
        found, known = self.look(path)
        return [f"{path}.{index}" for index in range(len(found))] if known else []

    # ---------------------------------------------------------------- results

    def branches(self, rule):
        """The results of a rule, each with when it is the result: (condition, kind, what). The last one is otherwise."""
        name, operands = operation(rule)
        if name in ("if", "?:"):
            return self.choices(operands)
        if name in ("or", "and") and not all(self.is_condition(one) for one in operands):
            out = []
            for one in operands[:-1]:
                truth = self.condition(one)
                kind, what = self.single(one)
                out.append((truth if name == "or" else negated(truth), kind, what))
            kind, what = self.single(operands[-1])
            return [*out, ("otherwise", kind, what)]
        if self.is_condition(rule):
            return [("otherwise", "condition", self.condition(rule))]
        return [("otherwise", "number", self.formula(rule))]

    def choices(self, operands):
        if not operands:
            raise Unwritable("a constant")
        if len(operands) == 1:
            condition = self.condition(operands[0])
            kind, what = self.single(operands[0])
            what = True if what is False else what
            # What does not count as true is the result itself.
            return [(condition, kind, what), ("otherwise", "constant", False if what is True or what is False else "另一个")]
        out = []
        for at in range(0, len(operands) - 1, 2):
            out.append((self.condition(operands[at]), *self.single(operands[at + 1])))
        last = self.single(operands[-1]) if len(operands) % 2 else ("constant", None)
        return [*out, ("otherwise", *last)]

    def single(self, rule):
        """A result that is one thing: a constant or a formula."""
        if is_number(rule):
            return "number", rule
        if isinstance(rule, (str, bool, list)) or rule is None:
            return "constant", rule
        name, operands = operation(rule)
        if name == "cat" and all(isinstance(one, str) for one in operands):
            return "constant", "".join(operands)
        if self.is_condition(rule):
            raise Unwritable("a condition among other results")
        return "number", self.formula(rule)

    def is_condition(self, rule):
        if isinstance(rule, bool):
            return True
        name, operands = operation(rule)
        if name in ("or", "and"):
            return all(self.is_condition(one) for one in operands)
        if name == "var":
            return isinstance(self.look(self.path(operands[0]))[0], bool)
        return name in MIRROR or name in ("!", "!!", "in", "all", "some", "none")

    # ---------------------------------------------------------------- conditions

    def condition(self, rule):
        """When a rule is true, or counts as true."""
        check = self.check
        if isinstance(rule, bool):
            return check.ask(check.fresh(), "yes/no", "yes" if rule else "no")
        if is_number(rule):
            return {"not": {self.constant(rule): 0}}
        if isinstance(rule, str):
            name = check.ask(check.fresh(), "choice", rule or "空", options=["空", rule or "另一个"])
            return {"not": {name: "空"}}
        if isinstance(rule, list):
            return {check.number(check.fresh(), len(rule)): "above 0"}
        name, operands = operation(rule)
        if name == "var":
            return self.truth(self.path(operands[0]))
        if name in ("!", "!!"):
            inner = self.condition(operands[0])
            return negated(inner) if name == "!" else inner
        if name in ("and", "or"):
            return both([self.condition(one) for one in operands], "all" if name == "and" else "any")
        if name == "in":
            return self.among(*operands)
        if name in ("all", "some", "none"):
            return self.every(name, *operands)
        if name in MIRROR:
            return self.compared(name, operands)
        if name == "+" and len(operands) == 1:
            return {"not": {self.constant(number_of(operands[0])): 0}}
        raise Unwritable(f"{name} as a condition")

    def truth(self, path):
        value, known = self.look(path)
        if isinstance(value, bool) or not known:
            answer = None if not known else "yes" if value else "no"
            return self.check.ask(path, "yes/no", answer)
        if is_number(value):
            return {"not": {self.check.number(path, value): 0}}
        raise Unwritable("a word as a condition")

    def constant(self, number):
        return self.check.number(self.check.fresh(), number)

    def among(self, what, options):
        if not isinstance(options, list) or not all(isinstance(one, str) for one in options):
            raise Unwritable("letters of a word")
        return {self.word(what, options): options}

    def word(self, what, options):
        """A question about a word, with what it is compared with among its options."""
        name, operands = operation(what)
        if name == "var":
            name = self.path(operands[0])
            what, known = self.look(name)
            what = what if known else None
        elif isinstance(what, str):
            name = self.check.fresh()
        if what is not None and not isinstance(what, str):
            raise Unwritable("not a word")
        own = [what] if what is not None and what not in options else []
        return self.check.ask(name, "choice", what, options=[*options, *own, "另一个"])

    def every(self, name, members, rule):
        paths = self.members(members)
        if not paths:
            raise Unwritable("an empty list")
        conditions = []
        for path in paths:
            outer, self.scope = self.scope, path
            conditions.append(self.condition(rule))
            self.scope = outer
        joined = both(conditions, "all" if name == "all" else "any")
        return negated(joined) if name == "none" else joined

    def compared(self, name, operands):
        if len(operands) == 3:
            low, middle, high = operands
            return self.between(name, low, middle, high)
        left, right = operands
        if isinstance(left, str) and isinstance(right, str):
            condition = {self.word(left, [right]): right}
            return negated(condition) if name.startswith("!") else condition
        if isinstance(right, str) and operation(left)[0] == "var":
            condition = {self.word(left, [right]): right}
            return negated(condition) if name.startswith("!") else condition
        if "===" in name or "!==" in name:
            if type(left) is not type(right) and not isinstance(left, dict) and not isinstance(right, dict):
                raise Unwritable("two types")
        if operation(left)[0] is None and operation(right)[0] == "var":
            left, right, name = right, left, MIRROR[name]
        return self.compared_with(self.operand(left), name, right)

    def between(self, name, low, middle, high):
        question = self.operand(middle)
        return {"all": [self.compared_with(question, MIRROR[name], low), self.compared_with(question, name, high)]}

    def operand(self, rule):
        """The question that is compared."""
        name, operands = operation(rule)
        if name == "var":
            path = self.path(operands[0])
            value, known = self.look(path)
            if known and not is_number(value):
                raise Unwritable("not a number")
            return self.check.number(path, value if known else None)
        if name == "+" and len(operands) == 1:
            rule = number_of(operands[0])
        elif name is not None:
            return self.check.value(self.formula(rule), "number")
        return self.constant(number_of(rule))

    def compared_with(self, question, name, right):
        kind, operands = operation(right)
        if kind == "var":
            other = self.operand(right)
        elif kind == "+" and len(operands) == 1:
            other = number_of(operands[0])
        elif kind is None:
            other = number_of(right)
        else:
            raise Unwritable("a computed limit")
        if name in COMPARE:
            return {question: f"{COMPARE[name]} {other}"}
        condition = {question: other}
        if isinstance(other, str):
            condition = {"all": [{question: f"at_least {other}"}, {question: f"at_most {other}"}]}
        return negated(condition) if name.startswith("!") else condition

    # ---------------------------------------------------------------- formulas

    def formula(self, rule):
        name, operands = operation(rule)
        if name is None:
            return str(number_of(rule))
        if name == "var":
            path = self.path(operands[0])
            value, known = self.look(path)
            if not known or not is_number(value):
                raise Unwritable("no number")
            return self.check.number(path, value)
        if name == "reduce":
            return self.reduced(*operands)
        if name in ("min", "max"):
            parts = [self.formula(one) for one in operands]
            return f"{name}({', '.join(parts)})" if len(parts) > 1 else parts[0]
        if name == "%":
            left, right = [self.formula(one) for one in operands]
            return f"{left} - down({left} ÷ {right}) × {right}"
        if name in ("+", "*", "/") or name == "-" and len(operands) == 2:
            sign = {"+": " + ", "-": " - ", "*": " × ", "/": " ÷ "}[name]
            parts = [self.formula(one) for one in operands]
            return sign.join(part if part.replace(".", "").isalnum() else f"({part})" for part in parts)
        raise Unwritable(f"{name} as a number")

    def reduced(self, members, rule, start):
        paths = self.members(members)
        name, operands = operation(rule)
        inner = [self.path(operation(one)[1][0]) for one in operands if operation(one)[0] == "var"]
        if name not in ("+", "*") or len(inner) != 2 or "accumulator" not in inner:
            raise Unwritable("a step that is not a sum or a product")
        current = next(one for one in inner if one != "accumulator")
        rest = current.removeprefix("current").lstrip(".")
        names = [f"{path}.{rest}" if rest else path for path in paths]
        parts = [self.check.number(one, self.look(one)[0]) for one in names]
        sign = " + " if name == "+" else " × "
        if name == "*":
            for part in parts:
                self.check.questions[part]["range"] = "0 to 20"
        return sign.join([*parts, self.formula(start)])


def number_of(one):
    if isinstance(one, str):
        try:
            one = float(one)
        except ValueError:
            raise Unwritable("a word in place of a number") from None
        one = int(one) if one == int(one) else one
    if not is_number(one):
        raise Unwritable("not a number")
    return one


def negated(condition):
    if isinstance(condition, dict) and list(condition) == ["not"]:
        return condition["not"]
    return {"not": condition}
