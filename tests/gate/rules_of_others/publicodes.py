"""Tests of publicodes as rule files: the examples of its mechanisms.

A rule without a value is a question; what the situation says of it is its answer, and a constant that is tested is a question that
is answered with it. The results of an expression are branches: when which, the first that applies. A result that is not defined
is one that the answers leave open; one that does not apply is an outcome of its own.
"""

import re

import yaml

from . import expression, units
from .check import Check, Unwritable

IGNORED = {"titre", "description", "question", "exemples", "unité attendue", "références", "note", "type", "avec", "résumé",
           "possiblement non applicable", "icônes", "nom"}
# The mechanisms that change a value, the innermost first.
CHAINED = ["par défaut", "unité", "abattement", "plancher", "plafond", "arrondi", "applicable si", "non applicable si"]
NAMES = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def tests(files):
    """The tests of the suite: a title, and a rule file with answers or why there is none."""
    for path, text in files:
        if not path.endswith(".yaml"):
            continue
        rules = flat(yaml.load(text, Loader), "")
        for name, body in rules.items():
            examples = body.get("exemples", []) if isinstance(body, dict) else []
            for number, example in enumerate(examples if isinstance(examples, list) else [examples]):
                title = f"{path.rsplit('/', 1)[1]} {name} {example.get('nom') or number + 1}"
                try:
                    yield title, Test(rules, example).check(name), None
                except Unwritable as why:
                    yield title, None, str(why)


class Loader(yaml.SafeLoader):
    """YAML in which oui, non and dates are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if "bool" not in tag and "timestamp" not in tag and "int" not in tag]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def flat(rules, below):
    """Rules with those of `avec` among them, by their whole names."""
    out = {}
    for name, body in rules.items():
        whole = f"{below} . {name}" if below else str(name)
        out[whole] = body
        if isinstance(body, dict) and isinstance(body.get("avec"), dict):
            out.update(flat(body["avec"], whole))
    return out


class Branches(list):
    """Results: (condition or None, kind, what, unit); the first whose condition is true applies, the last has none."""


def joined(conditions, word):
    conditions = [one for one in conditions if one is not None]
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else {word: conditions}


def negated(condition):
    return condition["not"] if isinstance(condition, dict) and list(condition) == ["not"] else {"not": condition}


class Test:
    def __init__(self, rules, example):
        self.rules = rules
        self.example = example
        self.situation = example.get("situation") or {}
        self.file = Check("publicodes")
        self.busy = []
        # Of the mechanisms around the one that is read: the rule of which the situation says it.
        self.nested = []
        # Rules that have another value here.
        self.context = {}

    def check(self, name):
        if "exception" in self.example:
            raise Unwritable("a fault of the rules")
        if not isinstance(self.situation, dict):
            raise Unwritable("a situation that we do not read")
        expected = self.example.get("valeur attendue", "none")
        if expected == "none" and self.example.get("variables manquantes"):
            expected = "undefined"
        if expected == "none":
            raise Unwritable("no expected value")
        for key in self.situation:
            if key not in self.rules:
                raise Unwritable("a situation of no rule")
        for condition, kind, what, unit in self.named(name, None):
            self.outcome(condition, kind, what, unit)
        self.expect(expected)
        return self.file

    def outcome(self, condition, kind, what, unit):
        add, last = self.file.add, condition or "otherwise"
        if kind == "truth":
            add("true", joined([condition, what], "all"))
            add("false", last)
        elif kind == "number":
            add("数", last, [self.file.value(f"round({what}, 0.01)")])
        elif kind == "date":
            add("日", last, [self.file.value(what, "date")])
        else:
            add("null" if kind == "null" else str(what), last)

    def expect(self, expected):
        file = self.file
        if expected == "undefined":
            missing = self.example.get("variables manquantes")
            file.missing = missing if missing else None
        elif expected is None or expected == "null":
            file.expected = "null"
        elif isinstance(expected, bool) or expected in ("true", "false", "oui", "non"):
            file.expected = {"True": "true", "False": "false", "oui": "true", "non": "false"}.get(str(expected), str(expected))
        elif re.fullmatch(r"-?\d+(\.\d+)?", str(expected)):
            if float(expected) < 0:
                raise Unwritable("a result below zero")
            file.expected, file.numbers = "数", [float(expected)]
        elif re.fullmatch(r"\d\d/\d\d/\d{4}", str(expected)):
            file.expected, file.numbers = "日", [float("".join(reversed(expected.split("/"))))]
        else:
            file.expected = str(expected)

    # ---------------------------------------------------------------- names

    def found(self, name, within):
        """The whole name of a rule that is called so in another."""
        if name.startswith("^"):
            raise Unwritable("a name of a rule above")
        scopes = (within or "").split(" . ") if within else []
        for depth in range(len(scopes), -1, -1):
            whole = " . ".join([*scopes[:depth], name])
            if whole in self.rules and whole not in self.busy[-1:]:
                return whole
        raise Unwritable("a name that is not a rule")

    def named(self, whole, want):
        """What a rule gives."""
        if whole in self.context:
            return self.context[whole]
        if whole in self.busy:
            raise Unwritable("a circle")
        self.busy.append(whole)
        nested, self.nested = self.nested, []
        body = self.rules[whole]
        body = body if isinstance(body, dict) else {"valeur": body} if body is not None else {}
        if any(isinstance(one, dict) and ("remplace" in one or "rend non applicable" in one) for one in self.rules.values()):
            raise Unwritable("rules that replace others")
        out = self.chained(body, whole, want, self.situation.get(whole, ...))
        above = whole.rpartition(" . ")[0]
        if above in self.rules and above not in self.busy and self.can_be_off(above):
            out = self.guarded(self.truth(self.named(above, "truth")), out)
        self.busy.pop()
        self.nested = nested
        return out

    def can_be_off(self, whole):
        """Whether what is below a rule may not apply because of it."""
        body = self.rules[whole]
        if whole in self.situation:
            return self.situation[whole] in ("oui", "non") or isinstance(self.situation[whole], dict)
        return body in ("oui", "non") or isinstance(body, dict) and bool({"applicable si", "non applicable si"} & set(body))

    def question(self, whole, want, unit):
        """A rule without a value, which nobody has answered."""
        wants = {self.kind_of(one) for one in self.values_of(whole)} - {None} or {want or ("number" if unit else None)} - {None}
        if len(wants) > 1 and want in wants:
            wants = {want}
        kind = wants.pop() if len(wants) == 1 else want or "number"
        name = whole.replace(" . ", "·").replace("'", "’")
        if kind == "truth":
            return Branches([(None, "truth", self.file.ask(name, "yes/no"), None)])
        if kind == "date":
            return Branches([(None, "date", self.file.ask(name, "date", range="1900-01-01 to 2100-12-31"), None)])
        if kind == "number":
            parts, factor = units.parsed(unit)
            return Branches([(None, "number", self.file.ask(name, "decimal", range="0 to 100000"), (parts, factor))])
        raise Unwritable("a question about words")

    def values_of(self, whole):
        """What the examples of the suite say of a rule: how it is answered."""
        for body in self.rules.values():
            examples = body.get("exemples", []) if isinstance(body, dict) else []
            for example in examples if isinstance(examples, list) else [examples]:
                if isinstance(example, dict) and isinstance(example.get("situation"), dict) and whole in example["situation"]:
                    yield example["situation"][whole]

    def kind_of(self, value):
        if value in ("oui", "non"):
            return "truth"
        if isinstance(value, str) and re.fullmatch(r"\d\d/\d\d/\d{4}", value):
            return "date"
        return "number" if re.match(r"\d", str(value)) else None

    # ---------------------------------------------------------------- mechanisms

    def chained(self, body, within, want, given=...):
        """A value with what is done to it."""
        if "contexte" in body:
            return self.within_context(body, within, want, given)
        inner = {key: one for key, one in body.items() if key not in IGNORED and key not in CHAINED}
        unit = body.get("unité")
        if given is not ...:
            out = self.value(given, None, want, within)
            out = self.as_unit(out, unit) if unit else out
        elif not inner and "par défaut" in body:
            out = self.value(body["par défaut"], within, want)
        elif not inner and not self.nested:
            out = self.question(within, want, unit)
        elif not inner and self.nested[-1]:
            out = self.question(self.nested[-1], want, unit)
        elif not inner:
            kind = "yes/no" if want == "truth" else "decimal"
            more = {} if want == "truth" else {"range": "0 to 100000"}
            asked = self.file.ask(self.file.fresh(), kind, **more)
            out = Branches([(None, want or "number", asked, ({}, 1))])
        elif len(inner) > 1:
            raise Unwritable("several mechanisms")
        else:
            (name, operand), = inner.items()
            out = self.mechanism(name, operand, within, want)
        for name in CHAINED[1:]:
            if name in body and not (name == "unité" and given is not ...):
                out = self.change(name, body[name], out, within)
        return out

    def within_context(self, body, within, want, given):
        """A value with other values of some rules, which are worked out outside."""
        if not isinstance(body["contexte"], dict):
            raise Unwritable("a context that we do not read")
        outer = self.context
        new = {self.found(name, within): self.value(one, within, "number") for name, one in body["contexte"].items()}
        self.context = {**outer, **new}
        rest = {key: one for key, one in body.items() if key != "contexte"}
        busy, self.busy = self.busy, self.busy[-1:]
        out = self.chained(rest, within, want, given)
        self.busy, self.context = busy, outer
        return out

    def value(self, written, within, want=None, name=None):
        """The branches of what is written: an expression or mechanisms. `name`: the rule of which a situation says it."""
        if isinstance(written, dict):
            self.nested.append(name)
            out = self.chained(written, within, want)
            self.nested.pop()
            return out
        if isinstance(written, list) or written is None:
            raise Unwritable("a list")
        if isinstance(written, bool):
            written = "oui" if written else "non"
        return self.tree(expression.parsed(str(written)), within, want, name)

    def constant(self, is_true):
        return self.file.ask(self.file.fresh(), "yes/no", "yes" if is_true else "no")

    def mechanism(self, name, operand, within, want):
        value = lambda one, kind=None: self.value(one, within, kind or want)
        if name in ("valeur", "formule"):
            return value(operand)
        if name in ("somme", "produit", "le maximum de", "le minimum de", "moyenne", "toutes ces conditions", "une de ces conditions",
                    "+", "-", "*", "/", "**", "//", "et", "ou", *NAMES, "=", "!="):
            if not isinstance(operand, list):
                raise Unwritable("operands that are not a list")
            truths = name in ("toutes ces conditions", "une de ces conditions", "et", "ou")
            kinds = "truth" if truths else None if name in ("=", "!=") else "number"
            parts = [value(one, kinds) for one in operand]
            if name == "moyenne":
                return self.mean(parts)
            if name in ("toutes ces conditions", "et"):
                return self.all_true(parts)
            if name in ("une de ces conditions", "ou"):
                return self.any_true(parts)
            sign = {"somme": "+", "produit": "*", "le maximum de": "max", "le minimum de": "min"}.get(name, name)
            out = parts[0]
            for part in parts[1:]:
                out = self.binary(sign, out, part)
            return out
        if name == "condition":
            cases = [{"si": operand["si"], "alors": operand["alors"]}, {"sinon": operand["sinon"]}]
            off = [branch for branch in self.value(operand["si"], within, "truth") if branch[1] == "null"]
            return Branches([*off, *self.variations(cases, within, want)])
        if name == "variations":
            return self.variations(operand, within, want)
        if name in ("grille", "barème"):
            return self.brackets(name, operand, within)
        if name == "durée":
            return self.duration(operand, within)
        if name in ("est applicable", "est non applicable"):
            is_true = name == "est applicable"
            return Branches([(condition, "truth", self.constant(is_true == (kind != "null")), None)
                             for condition, kind, _, _ in value(operand)])
        raise Unwritable(f"the mechanism {name}")

    def variations(self, cases, within, want):
        out = Branches()
        for case in cases:
            condition = self.truth(self.value(case["si"], within, "truth")) if "si" in case else None
            for branch in self.value(case.get("alors", case.get("sinon")), within, want):
                out.append((joined([condition, branch[0]], "all"), *branch[1:]))
        if out[-1][0] is not None:
            out.append((None, "null", None, None))
        return out

    def guarded(self, condition, branches):
        """Branches that apply only under a condition."""
        if condition is None:
            return branches
        return Branches([(negated(condition), "null", None, None), *branches])

    def change(self, name, operand, out, within):
        if name == "unité":
            return self.as_unit(out, operand)
        if name == "applicable si":
            return self.guarded(self.truth(self.value(operand, within, "truth")), out)
        if name == "non applicable si":
            return self.guarded(negated(self.truth(self.value(operand, within, "truth"))), out)
        if name == "arrondi":
            return self.rounded(out, operand, within)
        limit = self.value(operand, within, "number")
        if name in ("plafond", "plancher"):
            # A limit without a unit is in that of the value.
            return self.each(out, limit, "min" if name == "plafond" else "max", keeps=True)
        return self.reduced(out, limit)

    def reduced(self, out, by):
        def one(left, right):
            (a, unit), (b, other) = left, right
            if "%" in other[0]:
                return f"({a}) - ({a}) × ({b}) ÷ 100", unit
            return f"max(0, ({a}) - ({self.into(b, other, unit)}))", unit
        return self.pairs(out, by, one, keeps=True)

    def rounded(self, out, how, within):
        if isinstance(how, str) and how not in ("oui", "non") and not how[0].isdigit():
            # How it is rounded is no answer of a person: a word of the rules.
            whole = self.found(how, within)
            how = self.situation.get(whole, self.rules[whole])
        if how == "non":
            return out
        if how == "oui":
            step = "1"
        else:
            found = re.fullmatch(r"(\d) décimales?", str(how))
            if not found or int(found[1]) > 2:
                raise Unwritable("rounding by a computed number of digits")
            step = ["1", "0.1", "0.01"][int(found[1])]
        return Branches([
            (condition, kind, f"round({what}, {step})" if kind == "number" else what, unit)
            for condition, kind, what, unit in out
        ])

    def as_unit(self, out, written):
        if not isinstance(written, str):
            raise Unwritable("a unit that is computed")
        parts, factor = units.parsed(written)

        def converted(kind, what, unit):
            if kind != "number":
                return what, unit
            if unit is not None and unit[0] and unit[0] != parts:
                raise Unwritable("a unit that does not fit")
            if parts == {"%": 1} and unit is not None and not unit[0] and "÷" in what:
                return f"({what}) × 100", (parts, factor)
            # A number without a unit is in this one.
            return self.times(what, unit[1] / factor if unit is not None and unit[0] else 1), (parts, factor)
        return Branches([(c, kind, *converted(kind, what, unit)) for c, kind, what, unit in out])

    def brackets(self, name, operand, within):
        base = self.value(operand["assiette"], within, "number")
        times = self.value(operand["multiplicateur"], within, "number") if "multiplicateur" in operand else None
        if len(base) > 1 or times is not None and len(times) > 1:
            raise Unwritable("a base that may not apply")
        (_, kind, amount, unit), = base
        factor = times[0][2] if times is not None else None
        bounds, parts = [], []
        for part in operand["tranches"]:
            bound = self.value(part["plafond"], within, "number") if "plafond" in part else None
            bounds.append(self.scaled(bound, factor, unit) if bound is not None else None)
            inner = self.value(part["montant" if name == "grille" else "taux"], within, "number")
            if len(inner) > 1:
                raise Unwritable("a rate that may not apply")
            parts.append(inner[0])
        # Ceilings ascend there, whatever is answered; a question of ours has a range of its own.
        if sum(bound is not None for bound in bounds) > 1 and not all(str(b)[:1].isdigit() for b in bounds if b is not None):
            raise Unwritable("a ceiling that is asked, among others")
        if name == "grille":
            out = Branches()
            for bound, part in zip(bounds, parts):
                condition = self.compared(("number", amount, unit), "<", ("number", bound, unit)) if bound else None
                out.append((condition, *part[1:]))
            return out if out[-1][0] is None else Branches([*out, (None, "null", None, None)])
        terms, low = [], "0"
        for bound, part in zip(bounds, parts):
            top = f"min({amount}, {bound})" if bound else amount
            rate = f"({part[2]}) ÷ 100" if "%" in part[3][0] else part[2]
            terms.append(f"max(0, {top} - {low}) × {rate}" if low != "0" else f"({top}) × {rate}")
            low = bound
        return Branches([(None, "number", " + ".join(terms), unit)])

    def scaled(self, bound, factor, unit):
        if len(bound) > 1 or bound[0][1] != "number":
            raise Unwritable("a limit that may not apply")
        formula, other = bound[0][2], bound[0][3]
        if factor is not None:
            return f"{formula} × {factor}"
        return self.into(formula, other, unit)

    def duration(self, operand, within):
        unit = operand.get("unité", "jour")
        names = {"jour": "days", "jours": "days", "mois": "months", "an": "age"}
        if unit not in names or set(operand) - {"unité", "depuis", "jusqu'à"}:
            raise Unwritable("quarters and years of the calendar")
        ends = [self.value(operand[key], within, "date") for key in ("depuis", "jusqu'à") if key in operand]
        if len(ends) < 2 or any(len(end) > 1 or end[0][1] != "date" for end in ends):
            raise Unwritable("today")
        return Branches([(None, "number", f"{names[unit]}({ends[0][0][2]}, {ends[1][0][2]})", units.parsed(unit))])

    def mean(self, parts):
        if any(len(part) > 1 for part in parts):
            raise Unwritable("a mean of what may not apply")
        total = " + ".join(f"({part[0][2]})" for part in parts)
        return Branches([(None, "number", f"({total}) ÷ {len(parts)}", parts[0][0][3])])

    # ---------------------------------------------------------------- trees

    def tree(self, tree, within, want, name=None):
        kind = tree[0]
        if kind == "number":
            parts, factor = units.parsed(tree[2])
            value = tree[1]
            if name is not None and value == round(value, 2):
                asked = self.file.ask(name.replace(" . ", "·").replace("'", "’"), "decimal", value, range="0 to 1000000")
                return Branches([(None, "number", asked, (parts, factor))])
            return Branches([(None, "number", number(value), (parts, factor))])
        if kind == "date":
            day = "-".join(reversed(tree[1].split("/"))) + ("-01" if len(tree[1]) == 7 else "")
            if name is None:
                return Branches([(None, "date", day, None)])
            asked = self.file.ask(name.replace(" . ", "·"), "date", day, range="1900-01-01 to 2100-12-31")
            return Branches([(None, "date", asked, None)])
        if kind == "text":
            return Branches([(None, "word", tree[1][1:-1], None)])
        if kind == "name":
            if tree[1] in ("oui", "non"):
                if name is None:
                    return Branches([(None, "truth", self.constant(tree[1] == "oui"), None)])
                asked = self.file.ask(name.replace(" . ", "·").replace("'", "’"), "yes/no", "yes" if tree[1] == "oui" else "no")
                return Branches([(None, "truth", asked, None)])
            return self.named(self.found(tree[1], within), want)
        compares = kind in NAMES or kind in ("=", "!=")
        inner = None if kind in ("=", "!=") else "number"
        left = self.tree(tree[1], within, inner)
        right = self.tree(tree[2], within, (left[-1][1] if compares else inner))
        return self.binary(kind, left, right)

    def binary(self, sign, left, right):
        if sign in NAMES or sign in ("=", "!="):
            return self.compare(sign, left, right)
        return self.each(left, right, sign)

    def pairs(self, left, right, make, keeps=False):
        """Every result of two, by their branches. `keeps`: where the second does not apply, the first stays."""
        out = Branches()
        for first, kind, what, unit in left:
            if kind == "null" and keeps:
                out.append((first, "null", None, None))
                continue
            for second, other, by, unit_ in right:
                condition = joined([first, second], "all")
                if kind == "number" and other == "number":
                    out.append((condition, "number", *make((what, unit), (by, unit_))))
                elif kind == "number" and keeps and other in ("null", "truth"):
                    out.append((condition, "number", what, unit))
                else:
                    out.append((condition, *make.null(kind, what, unit, other, by, unit_)))
                if second is None:
                    break
            if first is None:
                break
        return out

    def each(self, left, right, sign, keeps=False):
        test = self

        class Make:
            def __call__(self, one, two):
                return test.operation(sign, one, two)

            def null(self, kind, what, unit, other, by, unit_):
                if {kind, other} - {"null", "number"}:
                    raise Unwritable("numbers and other things")
                if sign in ("+", "max", "min") and kind == "null" and other == "number":
                    return "number", by, unit_
                if sign in ("+", "-", "max", "min") and kind == "number":
                    return "number", what, unit
                if sign == "+":
                    return "number", "0", ({}, 1)
                return "null", None, None
        return self.pairs(left, right, Make(), keeps)

    def operation(self, sign, one, two):
        (a, unit), (b, other) = one, two
        percent = {"%": 1}
        if sign in ("+", "-"):
            if other[0] == percent and unit[0] != percent:
                return f"({a}) {sign} ({a}) × ({b}) ÷ 100", unit
            return f"({a}) {sign} ({self.into(b, other, unit)})", unit if unit[0] else other
        if sign in ("max", "min"):
            return f"{sign}({a}, {self.into(b, other, unit)})", unit if unit[0] else other
        if sign == "*":
            if other[0] == percent:
                return f"({a}) × ({b}) ÷ 100", unit
            if unit[0] == percent:
                return f"({b}) × ({a}) ÷ 100", other
            parts = units.multiplied(unit[0], other[0])
            factor = unit[1] * other[1]
            return (f"({a}) × ({b})", (parts, factor)) if parts else (self.times(f"({a}) × ({b})", factor), ({}, 1))
        if sign == "/":
            self.divides(b)
            if other[0] == percent and unit[0] != percent:
                raise Unwritable("a number by a percentage")
            parts = units.multiplied(unit[0], other[0], -1)
            factor = unit[1] / other[1]
            return (f"({a}) ÷ ({b})", (parts, factor)) if parts else (self.times(f"({a}) ÷ ({b})", factor), ({}, 1))
        if sign == "//":
            self.divides(b)
            return f"down(({a}) ÷ ({b}), 1)", ({}, 1)
        if sign == "**" and re.fullmatch(r"\d", b):
            return " × ".join([f"({a})"] * int(b)), unit
        raise Unwritable("a power that is computed")

    def divides(self, formula):
        """A question by which something is divided is not zero."""
        question = self.file.questions.get(formula)
        if question is not None and self.file.answers.get(formula) != 0:
            question["range"] = question["range"].replace("0 to", "0.01 to", 1)

    def into(self, formula, unit, other):
        """A number in the parts of another unit."""
        if unit[0] and other[0] and unit[0] != other[0]:
            raise Unwritable("units that do not fit")
        return self.times(formula, unit[1] / other[1]) if unit[0] and other[0] else formula

    def times(self, formula, factor):
        """A number in a unit that is so much smaller."""
        if abs(factor - 1) < 1e-12:
            return formula
        return f"({formula}) × {number(factor)}" if factor > 1 else f"({formula}) ÷ {number(1 / factor)}"

    # ---------------------------------------------------------------- conditions

    def compare(self, sign, left, right):
        out = Branches()
        for first, kind, what, unit in left:
            for second, other, by, unit_ in right:
                condition = joined([first, second], "all")
                if "null" in (kind, other):
                    out.append((condition, *self.with_null(sign, kind, what, other, by)))
                else:
                    out.append((condition, "truth", self.compared((kind, what, unit), sign, (other, by, unit_)), None))
                if second is None:
                    break
            if first is None:
                break
        return out

    def with_null(self, sign, kind, what, other, by):
        if sign not in ("=", "!="):
            return "null", None, None
        if kind == other or "truth" in (kind, other):
            truth = self.constant(True) if kind == other else negated(what if kind == "truth" else by)
        else:
            truth = self.constant(False)
        return "truth", truth if sign == "=" else negated(truth), None

    def compared(self, left, sign, right):
        (kind, what, unit), (other, by, unit_) = left, right
        if kind != other:
            raise Unwritable("two types")
        if kind == "truth":
            same = {"any": [{"all": [what, by]}, {"all": [negated(what), negated(by)]}]}
            return same if sign == "=" else negated(same)
        if kind == "word":
            raise Unwritable("words")
        if kind == "number":
            by = self.into(by, unit_, unit)
        what, by = self.side(what, kind, True), self.side(by, kind, False)
        if sign in ("=", "!="):
            same = {"all": [{what: f"at_least {by}"}, {what: f"at_most {by}"}]}
            return same if sign == "=" else negated(same)
        return {what: f"{NAMES[sign]} {by}"}

    def side(self, formula, kind, is_left):
        """A side of a comparison: a question, a constant or a computed value."""
        if formula in self.file.questions:
            return formula
        if kind == "date":
            if not is_left:
                return formula
            return self.file.ask(self.file.fresh(), "date", formula, range="1900-01-01 to 2100-12-31")
        if re.fullmatch(r"\d+(\.\d\d?)?", formula):
            return formula if not is_left else self.file.ask(self.file.fresh(), "decimal", float(formula), range="0 to 1000000")
        return self.file.value(f"round({formula}, 0.01)")

    def truth(self, branches):
        """When something is true: what does not apply is not."""
        ways, before = [], []
        for condition, kind, what, _ in branches:
            if kind == "truth":
                ways.append(joined([*map(negated, before), condition, what], "all"))
            elif kind in ("number", "date", "word"):
                raise Unwritable("a number as a condition")
            if condition is not None:
                before.append(condition)
        if not ways:
            return self.constant(False)
        return joined(ways, "any")

    def all_true(self, parts):
        return Branches([(None, "truth", joined([self.truth(part) for part in parts], "all"), None)])

    def any_true(self, parts):
        return Branches([(None, "truth", joined([self.truth(part) for part in parts], "any"), None)])


def number(value):
    """A number as a formula has it."""
    if abs(value - round(value, 4)) > 1e-12:
        raise Unwritable("a number with more than four digits")
    return f"{value:.4f}".rstrip("0").rstrip(".")
