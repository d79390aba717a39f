"""A rule file in the making: questions, conditions, values and outcomes, and what must come out for some answers."""

import json
import re

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]
NOT_STATED = {"in": "一", "what": "示例"}


class Unwritable(Exception):
    """What a test asks for cannot be said in a rule file."""


class Check:
    """One test as a rule file, the answers, and what must come out."""

    def __init__(self, title):
        self.title = title
        self.questions = {}
        self.answers = {}
        self.values = {}
        self.outcomes = []
        # Names of outcomes, one of which must be the only one that is possible; several, if nothing is to be decided.
        self.expected = None
        # What the value of this outcome must be: a number, or None for one that is open.
        self.numbers = ()
        self.missing = None

    # ---------------------------------------------------------------- questions

    def ask(self, name, kind, answer=None, **more):
        """A question, and what it is answered with, if it is."""
        if len(name) > 60 or "#" in name or not name.strip():
            raise Unwritable("a name")
        question = self.questions.setdefault(name, {"ask": name, "why": name, "type": kind, **more})
        if question["type"] != kind:
            raise Unwritable("one name of two types")
        for option in more.get("options", []):
            if option not in question["options"]:
                question["options"].append(option)
        if answer is not None:
            self.answers[name] = answer
        return name

    def fresh(self):
        """The name of a question that has none: a constant of the test."""
        return f"常数{len(self.questions) + 1}"

    def number(self, name, answer=None):
        """A question about a number; with decimals if the answer has some."""
        if answer is None:
            return self.ask(name, "number", range="0 to 100000")
        if answer != answer or abs(answer) > 1e9:
            raise Unwritable("no number of people")
        if answer == int(answer):
            low = -100000 if answer < 0 else 0
            return self.ask(name, "number", int(answer), range=f"{low} to {max(100000, int(answer) * 2)}")
        if answer < 0 or round(answer, 2) != answer:
            raise Unwritable("a decimal below zero, or with more than two digits")
        return self.ask(name, "decimal", answer, range="0 to 100000")

    # ---------------------------------------------------------------- values

    def value(self, formula=None, kind="decimal", **more):
        """A computed value."""
        name = f"得数{len(self.values) + 1}"
        body = {"formula": formula} if formula is not None else {}
        self.values[name] = {"ask": name, "type": kind, **body, **more}
        return name

    # ---------------------------------------------------------------- what comes out

    def add(self, name, when, values=()):
        """An outcome. Several of one name are told apart by a number."""
        count = sum(1 for other, _, _ in self.outcomes if plain(other) == name)
        self.outcomes.append((f"{name} #{count + 1}" if count else name, when, list(values)))

    def text(self):
        """The rule file; JSON is YAML. Without answers every outcome is possible, which is an example for any rules."""
        if not self.questions:
            # Rules ask something: here, whether they are meant at all.
            self.outcomes.insert(0, ("无关", self.ask("无关", "yes/no", "no"), []))
        outcomes = [outcome(name, when, values) for name, when, values in self.outcomes]
        decision = {"ask": "结论？", "overlap": "先看前面的", "outcomes": outcomes}
        if len(outcomes) < 3:
            del decision["overlap"]
        file = {
            "title": "题", "description": "题", "source": "gate", "year": 2018, "region": "河南省",
            "checked": {"on": "2026-11-20", "by": "gate"},
            "questions": self.questions,
            "decisions": {"结论": decision},
            "examples": [{"name": "例", "answers": {}, "expect": {"结论": [one["name"] for one in outcomes]}}],
        }
        if self.values:
            quote = {"clause": "一", "quote": self.words()}
            file["values"] = {name: {**value, **quote} for name, value in self.values.items()}
        return json.dumps(file, ensure_ascii=False, indent=1)

    def narrow(self):
        """Asks for what is close to the answers only: a difference is then not below zero, whatever is answered."""
        for name, question in self.questions.items():
            if question["type"] in ("number", "decimal"):
                answer = self.answers.get(name)
                low, high = (1000, 1010) if answer is None else (answer * 99 / 100, answer * 101 / 100 + 1)
                low, high = (int(low), int(high)) if question["type"] == "number" else (round(low, 2), round(high, 2))
                question["range"] = f"{low} to {high}"

    def words(self):
        """A sentence with every number and day of the formulas: what is computed must be in the words that it cites."""
        written = json.dumps(list(self.values.values()), ensure_ascii=False)
        days = {f"{int(day)} {MONTHS[int(month) - 1]} {year}" for year, month, day in re.findall(r"(\d{4})-(\d\d)-(\d\d)", written)}
        numbers = re.findall(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-])", written)
        return "Numbers: " + "; ".join(sorted({*numbers, *days}))

    def fault(self, found):
        """What is not as it must be; nothing if all is well."""
        possible = {plain(one["outcome"]) for one in found["decisions"][0]["possible"]}
        if self.missing is not None and sorted(found["missing"]) != sorted(self.missing):
            return f"missing {found['missing']}, not {self.missing}"
        values = [one for one in found.get("values", [])]
        if self.expected is None:
            ends = {one[end] for one in values for end in ("least", "greatest")}
            is_open = len(possible) > 1 or len(ends) > 1
            return None if is_open else f"{possible} {values}, not open"
        if possible != {self.expected}:
            return f"{possible}, not {self.expected}"
        for number in self.numbers:
            scale = {"decimal": 100, "number": 1, "date": 1}
            ends = {one[end] / scale[self.values[one["value"]]["type"]] for one in values for end in ("least", "greatest")}
            if len(ends) != 1 or abs(ends.pop() - number) > 0.0051:
                return f"{values}, not {number}"
        return None


def plain(name):
    return name.split(" #")[0]


def outcome(name, when, values):
    one = {"name": name, "verdict": "neutral", "text": "题", "when": when, "unstated": NOT_STATED}
    return {**one, "values": values} if values else one


def both(conditions, word):
    """Conditions joined; one alone is itself."""
    return conditions[0] if len(conditions) == 1 else {word: conditions}
