"""Open data of a built site, judged by programs that know nothing of mingbai.

    python validate.py FOLDER

FOLDER is the built site of this repository; MINGBAI_BIN names the program, for sites of our own making. Frictionless judges the data package, jsonschema the API, openpyxl reads
the workbooks; then CSV, workbooks, JSON and API are compared with each other and with `facts.py`.
"""

import contextlib
import csv
import datetime
import hashlib
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request
from collections import Counter
from pathlib import Path

import openpyxl
from frictionless import Package
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import facts

REPOSITORY = Path(__file__).resolve().parents[2]
SITE = Path(sys.argv.pop(1)).resolve()
PROGRAM = os.environ.get("MINGBAI_BIN")
API = SITE / "api/v1"
PACKAGE = json.loads((SITE / "data/datapackage.json").read_text("utf-8"))
INDEX = json.loads((API / "index.json").read_text("utf-8"))
BASE = INDEX["site"]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def load(path):
    return json.loads((SITE / path).read_text("utf-8"))


def local(url):
    """The file of an address of this site, and the anchor."""
    assert url.startswith(BASE), url
    path, _, anchor = url[len(BASE):].partition("#")
    return (path + "index.html" if not path or path.endswith("/") else path), anchor


def tables():
    """Every table: its description in the package, by name."""
    return {r["name"]: r for r in PACKAGE["resources"] if r["format"] == "csv"}


def plain(text):
    """A text cell without its guard."""
    return text[1:] if text.startswith("'") else text


def csv_rows(name):
    """Rows of a CSV with values of the types that the package declares."""
    resource = tables()[name]
    text = (SITE / "data" / resource["path"]).read_bytes().decode("utf-8-sig")
    kinds = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
    read = {
        "string": plain,
        "integer": int,
        "date": lambda v: datetime.date.fromisoformat(v).isoformat(),
        "boolean": {"true": True, "false": False}.__getitem__,
    }
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [{k: read[kinds[k]](v) if v else None for k, v in row.items()} for row in rows]


def json_rows(name):
    """Rows of a JSON file; lists as the text that CSV has."""
    join = lambda v: "；".join(v) if isinstance(v, list) else v
    rows = load(f"data/{name}.json")["rows"]
    return [{k: join(v) for k, v in row.items()} for row in rows]


def book(name):
    return openpyxl.load_workbook(SITE / f"data/{name}.xlsx")


def xlsx_rows(name):
    """Rows of a workbook under the keys of the CSV."""
    fields = tables()[name]["schema"]["fields"]
    keys = {f["title"]: f["name"] for f in fields}
    assert len(keys) == len(fields), f"{name}: two columns of one title"
    lines = list(book(name)["数据"].iter_rows(values_only=True))
    heads = [keys[title] for title in lines[0]]

    def value(cell):
        if isinstance(cell, datetime.datetime):
            return cell.date().isoformat()
        return plain(cell) if isinstance(cell, str) else cell

    return [dict(zip(heads, map(value, line))) for line in lines[1:]]


class Page(html.parser.HTMLParser):
    """The ids of a page."""

    def __init__(self, path):
        super().__init__()
        self.ids = set()
        self.feed((SITE / path).read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.ids.update(v for k, v in attrs if k == "id")


def urls(value):
    """Every address of this site in a JSON value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from urls(item)
    elif isinstance(value, list):
        for item in value:
            yield from urls(item)
    elif isinstance(value, str) and value.startswith(BASE) and "{" not in value:
        yield value


class DataPackage(unittest.TestCase):
    def test_frictionless_finds_no_fault(self):
        report = Package(str(SITE / "data/datapackage.json")).validate()
        faults = report.flatten(["resourceName", "rowNumber", "fieldName", "type", "message"])
        self.assertEqual((report.valid, faults), (True, []))

    def test_every_file_below_data_is_described_with_size_and_hash(self):
        described = {r["path"]: r for r in PACKAGE["resources"]}
        folder = SITE / "data"
        there = {
            p.relative_to(folder).as_posix()
            for p in folder.rglob("*")
            if p.suffix in (".csv", ".xlsx", ".json") and p.name != "datapackage.json"
        }
        self.assertEqual(there, set(described))
        for path, resource in described.items():
            data = (folder / path).read_bytes()
            self.assertEqual(resource["bytes"], len(data), path)
            self.assertEqual(resource["hash"], "sha256:" + hashlib.sha256(data).hexdigest(), path)

    def test_columns_have_titles_and_rows_keys_and_places_lead_to_the_regions(self):
        for name, resource in tables().items():
            schema = resource["schema"]
            for field in schema["fields"]:
                self.assertTrue(field["title"] and field["description"], f"{name}.{field['name']}")
            self.assertTrue(schema["primaryKey"], name)
            for key in schema["foreignKeys"]:
                self.assertIn(key["reference"]["resource"], ("", "regions", "documents"), name)
        lists = tables()["assessments/henan-2018"]["schema"]
        referring = {k["fields"][0]: k["reference"]["resource"] for k in lists["foreignKeys"]}
        self.assertEqual(referring["region_code"], "regions")
        grade = next(f for f in lists["fields"] if f["name"] == "grade")
        self.assertEqual(grade["constraints"]["enum"], ["优秀", "良好", "合格", "不合格"])

    def test_the_package_is_of_the_day_of_the_build(self):
        self.assertEqual(PACKAGE["created"][:10], INDEX["generated"])
        self.assertTrue(all(r["licenses"] and r["sources"] for r in PACKAGE["resources"]))


class Files(unittest.TestCase):
    def test_csv_is_rfc_4180_with_a_mark(self):
        for name, resource in tables().items():
            data = (SITE / "data" / resource["path"]).read_bytes()
            self.assertTrue(data.startswith(b"\xef\xbb\xbf"), name)
            self.assertFalse(data[3:].startswith(b"\xef\xbb\xbf"), name)
            text = data.decode("utf-8-sig")
            self.assertTrue(text.endswith("\r\n"), name)
            # Outside quotation marks every line ends with CR LF.
            bare = re.sub(r'"(?:[^"]|"")*"', "", text).replace("\r\n", "")
            self.assertNotRegex(bare, r"[\r\n]", name)
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])}, name)
            self.assertEqual(rows[0], [f["name"] for f in resource["schema"]["fields"]], name)

    def test_no_cell_runs(self):
        runs = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
        for name, resource in tables().items():
            text = (SITE / "data" / resource["path"]).read_bytes().decode("utf-8-sig")
            for row in csv.reader(io.StringIO(text, newline="")):
                self.assertFalse([cell for cell in row if runs.search(cell)], name)
            for sheet in book(name):
                for cell in (c for line in sheet.iter_rows() for c in line):
                    self.assertNotEqual(cell.data_type, "f", f"{name} {cell.coordinate}")
                    self.assertFalse(isinstance(cell.value, str) and runs.search(cell.value), name)

    def test_three_forms_say_the_same(self):
        total = 0
        for name in tables():
            rows = csv_rows(name)
            total += len(rows)
            self.assertEqual(rows, json_rows(name), name)
            self.assertEqual(rows, xlsx_rows(name), name)
            self.assertEqual(load(f"data/{name}.json")["total"], len(rows), name)
        self.assertGreater(total, 3000)

    def test_workbooks_have_types_a_fixed_head_a_filter_and_their_origin(self):
        for name, resource in tables().items():
            file = book(name)
            self.assertEqual(file.sheetnames, ["数据", "字段", "来源"], name)
            sheet = file["数据"]
            self.assertEqual(sheet.freeze_panes, "A2", name)
            self.assertEqual(sheet.auto_filter.ref, sheet.dimensions, name)
            kinds = [f["type"] for f in resource["schema"]["fields"]]
            wanted = {"string": (str,), "integer": (int,), "date": (datetime.datetime,), "boolean": (bool,)}
            for line in sheet.iter_rows(min_row=2, values_only=True):
                for kind, value in zip(kinds, line):
                    if value is not None:
                        self.assertIsInstance(value, wanted[kind], f"{name}: {value!r}")
            origin = {line[0]: line[1] for line in file["来源"].iter_rows(min_row=2, values_only=True)}
            for key in ("是什么", "发文机关", "方法", "许可", "网页", "生成日期"):
                self.assertTrue(origin.get(key), f"{name} {key}")
        origin = {line[0]: line[1] for line in book("assessments/henan-2018")["来源"].iter_rows(values_only=True)}
        self.assertEqual(origin["发文机关"], "河南省教育厅；国家开发银行河南省分行")
        self.assertEqual(origin["依据"], "《教资助函〔2019〕192号》附件")

    def test_nothing_that_was_withheld_is_in_any_file(self):
        withheld = re.compile(r"0351-?\d{7}|\d{5,}@|qq\.com|foxmail")
        for path in SITE.rglob("*"):
            if path.suffix == ".json" or path.suffix == ".csv":
                self.assertNotRegex(path.read_text("utf-8-sig"), withheld, str(path))
            elif path.suffix == ".xlsx":
                for sheet in openpyxl.load_workbook(path):
                    for line in sheet.iter_rows(values_only=True):
                        self.assertNotRegex(" ".join(map(str, line)), withheld, str(path))


class Interface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schemas = {}
        for path in (API / "schemas").glob("*.json"):
            schema = json.loads(path.read_text("utf-8"))
            cls.schemas[schema["$id"]] = schema
        cls.registry = Registry().with_resources(
            (id, Resource.from_contents(schema)) for id, schema in cls.schemas.items()
        )
        cls.files = {
            path: json.loads(path.read_text("utf-8"))
            for path in API.rglob("*.json")
            if path.parent.name != "schemas"
        }

    def validator(self, id):
        checker = Draft202012Validator.FORMAT_CHECKER
        return Draft202012Validator(self.schemas[id], registry=self.registry, format_checker=checker)

    def test_schemas_are_schemas_and_stand_where_they_say(self):
        self.assertEqual(len(self.schemas), len(INDEX["endpoints"]))
        for id, schema in self.schemas.items():
            Draft202012Validator.check_schema(schema)
            self.assertTrue((SITE / local(id)[0]).is_file(), id)
            self.assertTrue(schema["title"] and schema["description"], id)

    def test_every_file_fits_its_schema(self):
        used = Counter()
        for path, value in self.files.items():
            used[value["schema"]] += 1
            faults = [f"{path}: {e.json_path}: {e.message}" for e in self.validator(value["schema"]).iter_errors(value)]
            self.assertEqual(faults[:3], [])
        self.assertEqual(set(used), set(self.schemas))

    def test_the_schemas_refuse_what_does_not_fit(self):
        for path, value in list(self.files.items()):
            if path.parent == API and path.name in ("windows.json", "deadlines.json", "documents.json"):
                for spoil in (
                    lambda v: v.pop("total"),
                    lambda v: v.update(unknown=1),
                    lambda v: v["items"][0].pop("title", None) or v["items"][0].pop("what", None),
                ):
                    copy = json.loads(json.dumps(value))
                    spoil(copy)
                    self.assertFalse(self.validator(value["schema"]).is_valid(copy), path)

    def test_every_address_leads_to_a_file_and_a_place_in_it(self):
        pages = {}
        seen = set()
        for value in self.files.values():
            seen.update(urls(value))
        for name in tables():
            seen.update(urls(json_rows(name)))
        for url in seen:
            path, anchor = local(url)
            self.assertTrue((SITE / path).is_file(), url)
            if anchor:
                if path not in pages:
                    pages[path] = Page(path).ids
                self.assertIn(anchor, pages[path], url)
        self.assertGreater(len(seen), 500)

    def test_lists_are_whole_and_lead_to_their_items(self):
        for name in ("documents", "counties", "datasets", "windows", "deadlines"):
            path, items = f"api/v1/{name}.json", []
            while path:
                page = load(path)
                items += page["items"]
                path = page["next"] and local(page["next"])[0]
            self.assertEqual(len(items), page["total"], name)
            for item in items:
                if "api" in item:
                    self.assertTrue((SITE / local(item["api"])[0]).is_file(), item["api"])
            if name in ("windows", "deadlines", "documents"):
                rows = load(f"data/{name}.json")["rows"]
                without = [{k: v for k, v in item.items() if k != "api"} for item in items]
                self.assertEqual(without, rows, name)

    def test_clauses_in_their_order_are_the_official_text(self):
        def text(clauses):
            return "".join(c["text"] + text(c["clauses"]) for c in clauses)

        for id, (length, wanted) in facts.TEXTS.items():
            words = text(load(f"api/v1/documents/{id}.json")["clauses"])
            words = re.sub(r"〔此处略去[^〕]*〕", "", words)
            # Where an annex begins; the colon was left out of the hash.
            words = re.sub(r"附件：(?=2020年生源地|河南省|湖南省国家)", "附件", words)
            words = "".join(words.split())
            self.assertEqual((id, len(words), sha(words)), (id, length, wanted))


class Facts(unittest.TestCase):
    """All forms say the same (see above), so one form is compared with the documents."""

    def test_the_thirty_pilots(self):
        rows = csv_rows("pilots/shanxi-2020-remote")
        self.assertEqual([(r["heading"], r["name"]) for r in rows], facts.PILOTS)
        self.assertEqual([r["no"] for r in rows], list(range(1, 31)))
        printed = "\n".join(f"{r['heading']}\t{r['printed_name']}" for r in rows)
        corrected = "\n".join(f"{r['heading']}\t{r['name']}" for r in rows)
        self.assertEqual(sha(printed), facts.PILOTS_PRINTED)
        self.assertEqual(sha(corrected), facts.PILOTS_CORRECTED)
        self.assertEqual({r["clause"] for r in rows}, {"附件"})
        self.assertEqual({r["province"] for r in rows}, {"山西省"})

    def test_the_168_units_and_their_grades(self):
        rows = csv_rows("assessments/henan-2018")
        self.assertEqual(Counter(r["grade"] for r in rows), facts.GRADES)
        self.assertEqual(Counter(r["kind"] for r in rows), facts.KINDS)
        line = lambda name: "\n".join(f"{r['grade']}\t{r['heading']}\t{r[name]}" for r in rows)
        self.assertEqual(sha(line("printed_name")), facts.UNITS_PRINTED)
        self.assertEqual(sha(line("name")), facts.UNITS_CORRECTED)
        self.assertEqual(len({r["region_code"] for r in rows}), 168)
        # 122 of 168, half up to two places, in whole numbers.
        self.assertEqual((122 * 100 * 100 * 2 + 168) // (168 * 2), 7262)

    def test_names_corrected_keep_what_was_printed_and_why(self):
        for name, wanted in facts.NAMES_CORRECTED.items():
            rows = [r for r in csv_rows(name) if r["corrected"]]
            self.assertEqual({r["printed_name"]: r["name"] for r in rows}, wanted)
            self.assertTrue(all(r["correction_reason"] for r in rows))
            self.assertTrue(all(r["quote"] == r["printed_name"] for r in rows))
        corrections = csv_rows("corrections")
        pairs = {(r["printed"], r["right"]) for r in corrections}
        for wanted in facts.NAMES_CORRECTED.values():
            self.assertLessEqual(set(wanted.items()), pairs)
        self.assertTrue(all(r["since"] for r in corrections))

    def test_codes_and_names_of_today(self):
        rows = csv_rows("assessments/henan-2018") + csv_rows("pilots/shanxi-2020-remote")
        by_name = {r["name"]: r for r in rows if r["kind"] == "县级行政区"}
        for name, code in facts.CODES.items():
            self.assertIn(code, (by_name[name]["region_code"], by_name[name]["current_code"]), name)
        for name, today in facts.NAMES_OF_TODAY.items():
            self.assertEqual(by_name[name]["current_name"], today)
        regions = {r["code"]: r for r in csv_rows("regions")}
        for row in rows:
            self.assertEqual(regions[row["current_code"]]["name"], row["current_name"])
        self.assertIn("郏县", regions["410425"]["name"])
        self.assertEqual(sum(r["level"] == "省级" for r in regions.values()), 34)

    def test_numbers_stated_stand_beside_numbers_counted(self):
        rows = {r["what"]: r for r in csv_rows("stated")}
        self.assertEqual({k: (r["stated"], r["computed"]) for k, r in rows.items()}, facts.STATED)
        for what, row in rows.items():
            self.assertEqual(row["agrees"], row["stated"] == row["computed"], what)
        self.assertIn("多 1", rows["未列入行政区划的开发区"]["difference"])
        self.assertTrue(rows["未列入行政区划的开发区"]["note"])

    def test_the_fourteen_dated_facts(self):
        rows = csv_rows("deadlines")
        dated = [r for r in rows if not r["by_as_printed"]]
        self.assertEqual(len(dated) + len(facts.YOUYU_WINDOWS), 14)
        left = list(dated)
        for document, day, sense, yearly, words in facts.DEADLINES:
            found = [
                r
                for r in left
                if r["document"] == document
                and r["by"] == day
                and r["by_bound"] == sense
                and (r["by_yearly_month"], r["by_yearly_day"]) == (yearly or (None, None))
                and words in r["quote"]
            ]
            self.assertEqual(len(found), 1, words)
            left.remove(found[0])
        self.assertEqual(left, [])
        document, words, quote = facts.AS_PRINTED
        loose = [r for r in rows if r["by_as_printed"]]
        self.assertEqual([(r["document"], r["by_as_printed"], r["by"]) for r in loose], [(document, words, None)])
        self.assertIn(quote, loose[0]["quote"])
        self.assertEqual(Counter(r["audience"] for r in rows), {"机构": 13})

    def test_windows_keep_floors_and_ceilings(self):
        rows = csv_rows("windows")
        youyu = [r for r in rows if r["document"] == "youyu-2023"]
        self.assertEqual([(r["what"], r["from"], r["until"]) for r in youyu], [w[:3] for w in facts.YOUYU_WINDOWS])
        for row, window in zip(youyu, facts.YOUYU_WINDOWS):
            self.assertIn(window[3], row["quote"])
            self.assertEqual((row["from_bound"], row["until_bound"]), ("准确日期", "准确日期"))
            self.assertEqual((row["region_code"], row["source"]), ("140623", "youyu-2023-plan"))
        shanxi = [r for r in rows if r["document"] == "shanxi-2020-renewal"]
        self.assertEqual([(r["from"], r["from_bound"], r["until"], r["until_bound"]) for r in shanxi], [facts.SHANXI_WINDOW])

    def test_quotas_and_documents(self):
        quotas = csv_rows("schedules/quotas")
        self.assertEqual([(q["per_day"], q["morning"], q["afternoon"]) for q in quotas], facts.QUOTAS)
        documents = {r["id"]: r for r in csv_rows("documents") if r["kind"] == "文件"}
        said = {k: (r["number"], r["issued"], r["publicity"]) for k, r in documents.items()}
        self.assertEqual(said, facts.DOCUMENTS)

    def test_the_api_says_of_a_county_what_the_documents_say(self):
        youyu = load("api/v1/counties/140623.json")
        self.assertEqual([(w["from"], w["until"]) for w in youyu["windows"]], [("2023-07-17", "2023-09-25")] * 2)
        self.assertEqual([q["per_day"] for q in youyu["quotas"]], [60, 60])
        self.assertEqual([(l["year"], l["name"]) for l in youyu["listed"]], [(2020, "右玉县")])
        linying = load("api/v1/counties/411122.json")["listed"]
        self.assertEqual([(l["printed_name"], l["name"], l["grade"]) for l in linying], [("临颖县", "临颍县", "良好")])
        pilots = set()
        grades = Counter()
        for path in (API / "counties").glob("*.json"):
            for row in json.loads(path.read_text("utf-8"))["listed"]:
                if row["grade"]:
                    grades[row["grade"]] += 1
                else:
                    pilots.add(row["name"])
        self.assertEqual(pilots, {name for _, name in facts.PILOTS})
        self.assertEqual(grades, facts.GRADES)


class Samples(unittest.TestCase):
    """What the page for developers shows is what the site gives."""

    text = (REPOSITORY / "content/pages/developers.md").read_text("utf-8")

    def fits(self, sample, real, place):
        """Every member of a sample is in the real value; items of a list, some of its items."""
        if isinstance(sample, dict):
            for key, value in sample.items():
                self.assertIn(key, real, place)
                self.fits(value, real[key], f"{place}.{key}")
        elif isinstance(sample, list) and sample and isinstance(sample[0], dict):
            for item in sample:
                key = "id" if "id" in item else "document"
                found = [r for r in real if r[key] == item[key]]
                self.assertEqual(len(found), 1, place)
                self.fits(item, found[0], place)
        else:
            self.assertEqual(sample, real, place)

    def blocks(self):
        """(file named last, language, text of the block)"""
        path = None
        for match in re.finditer(r"\]\(/((?:api|data)/[^)]*\.(?:json|csv))\)|^```(\w+)\n(.*?)^```", self.text, re.M | re.S):
            if match[1]:
                path = match[1]
            else:
                yield path, match[2], match[3]

    def test_json_and_csv_are_real(self):
        seen = Counter()
        for path, language, sample in self.blocks():
            seen[language] += 1
            if language == "json":
                self.fits(json.loads(sample), load(path), path)
            elif language == "csv":
                lines = (SITE / path).read_bytes().decode("utf-8-sig").split("\r\n")
                for line in sample.strip().split("\n"):
                    self.assertTrue(any(real.startswith(line) for real in lines), line)
        self.assertGreaterEqual((seen["json"], seen["csv"], seen["python"]), (3, 1, 2))

    def test_programs_print_what_the_page_says(self):
        blocks = list(self.blocks())
        real = urllib.request.urlopen
        urllib.request.urlopen = lambda url: (SITE / local(url)[0]).open("rb")
        try:
            for (_, language, program), (_, _, wanted) in zip(blocks, blocks[1:]):
                if language == "python":
                    out = io.StringIO()
                    with contextlib.redirect_stdout(out):
                        exec(program, {})
                    self.assertEqual(out.getvalue(), wanted)
        finally:
            urllib.request.urlopen = real


HOSTILE = [
    "=1+1", "+8610", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "'=1", "'引号", '=HYPERLINK("x","y")', "a,b\"c", "县教育局",
]


@unittest.skipUnless(PROGRAM, "the program is not named: MINGBAI_BIN")
class Hostile(unittest.TestCase):
    """A site whose words a spreadsheet would run."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        site = Path(folder.name) / "site"
        for part in ("themes", "data/regions"):
            shutil.copytree(REPOSITORY / part, site / part)
        (site / "content/notices").mkdir(parents=True)
        (site / "data/schedules").mkdir()
        (site / "content/notices/plan.md").write_text(
            "---\ntitle: 方案\nkind: 工作方案\nnumber: 未载明\nissuers: 未载明\nissued: 2023-07-01\nyear: 2023\npublicity: 主动公开\n"
            "region: 山西省\n---\n\n一、地点\n\n<!-- 不给人看的话 -->\n\n在教育局<!-- 也不给人看 -->办理。\n",
            "utf-8",
        )
        sessions = "".join(
            f"  - {{date: 2023-08-01, place: {json.dumps(words, ensure_ascii=False)}, service: 首贷}}\n" for words in HOSTILE
        )
        (site / "data/schedules/plan-2023.yaml").write_text(
            f"title: 安排\ncounty: 山西省 朔州市 右玉县\nyear: 2023\nsource: plan\nsessions:\n{sessions}contacts: 未载明\n", "utf-8"
        )
        cls.out = Path(folder.name) / "out"
        run = subprocess.run([PROGRAM, "build", "--today", "2023-09-01", "--out", cls.out, site], capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr

    def test_cells_are_harmless_and_the_words_can_be_had_back(self):
        text = (self.out / "data/schedules/sessions.csv").read_bytes().decode("utf-8-sig")
        cells = [row["place"] for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]
        sheet = openpyxl.load_workbook(self.out / "data/schedules/sessions.xlsx")["数据"]
        heads = [cell.value for cell in sheet[1]]
        column = heads.index("地点") + 1
        in_book = [sheet.cell(row=i + 2, column=column) for i in range(len(HOSTILE))]
        rows = json.loads((self.out / "data/schedules/sessions.json").read_text("utf-8"))["rows"]
        self.assertEqual([row["place"] for row in rows], HOSTILE)
        self.assertEqual([plain(cell) for cell in cells], HOSTILE)
        self.assertEqual([cell.value for cell in in_book], cells)
        self.assertEqual({cell.data_type for cell in in_book}, {"s"})
        for words, cell in zip(HOSTILE, cells):
            self.assertEqual(cell.startswith("'"), words[0] in "=+-@＝＋－＠'", words)

    def test_what_the_page_hides_is_in_no_file(self):
        for path in self.out.rglob("*.json"):
            self.assertNotIn("不给人看", path.read_text("utf-8"), str(path))

    def test_frictionless_finds_no_fault(self):
        report = Package(str(self.out / "data/datapackage.json")).validate()
        self.assertEqual(report.flatten(["resourceName", "message"]), [])

    def test_what_is_disclosed_on_request_needs_a_decision(self):
        notice = self.out.parent / "site/content/notices/plan.md"
        before = notice.read_text("utf-8")
        notice.write_text(before.replace("主动公开", "依申请公开"), "utf-8")
        try:
            out = self.out.parent / "refused"
            run = subprocess.run([PROGRAM, "build", "--out", out, notice.parents[2]], capture_output=True, text=True)
            self.assertEqual((run.returncode, out.exists()), (1, False), run.stdout + run.stderr)
        finally:
            notice.write_text(before, "utf-8")


if __name__ == "__main__":
    unittest.main()
