"""The calendars and feeds of the real site, read by programs that know nothing of mingbai.

    python tests/validators/calendars.py SITE

Calendars: every file by the `icalendar` package, then strictly (RFC 5545 says more than parsers ask for). The facts
below were taken from the official texts by hand. Feeds: every file by `feedparser`, then strictly (RFC 4287).
"""

import re
import sys
import uuid
import xml.etree.ElementTree as xml
from datetime import date, datetime, timedelta
from pathlib import Path

import feedparser
import icalendar

SITE = Path(sys.argv[1])
BASE = "https://mingbai.example/"
FAULTS = []


def check(sound, words):
    if not sound:
        FAULTS.append(words)


# ---------------------------------------------------------------- calendars, as the standard has them


def strictly(path, data):
    """What RFC 5545 demands of every file, line by line."""
    name = path.relative_to(SITE)
    text = data.decode("utf-8")
    check(text.endswith("\r\n"), f"{name}: does not end with CRLF")
    check(not re.search(r"(?<!\r)\n|\r(?!\n)", text), f"{name}: a bare CR or LF")
    for line in data.split(b"\r\n"):
        check(len(line) <= 75, f"{name}: a line of {len(line)} octets")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            check(False, f"{name}: a character is cut by folding")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    check(lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR", f"{name}: no VCALENDAR")
    for line in lines:
        check(re.match(r"[A-Z][A-Z-]*(;[A-Z-]+=[^:;]+)*:", line), f"{name}: no content line: {line}")
        check(not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line), f"{name}: a control character: {line}")
    head = [line.split(":")[0] for line in lines[: lines.index("BEGIN:VEVENT")]]
    for wanted in ["VERSION", "PRODID"]:
        check(head.count(wanted) == 1, f"{name}: {wanted} stands {head.count(wanted)} times")


def events(path):
    """Every event of a calendar, by the independent parser."""
    data = path.read_bytes()
    strictly(path, data)
    name = path.relative_to(SITE)
    calendar = icalendar.Calendar.from_ical(data)
    check(not calendar.errors, f"{name}: {calendar.errors}")
    found = calendar.walk("VEVENT")
    check(found, f"{name}: a calendar without an event")
    uids = [str(event["UID"]) for event in found]
    check(len(uids) == len(set(uids)), f"{name}: a UID twice")
    for event in found:
        check(not event.errors, f"{name}: {event.errors}")
        where = f"{name}: {event.get('SUMMARY')}"
        for wanted in ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "SEQUENCE"]:
            check(wanted in event, f"{where}: no {wanted}")
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        check(not isinstance(start, datetime) and not isinstance(end, datetime), f"{where}: not whole days")
        check(end > start, f"{where}: ends before it begins")
        check(str(event["DTSTAMP"].dt.tzinfo) == "UTC", f"{where}: DTSTAMP is not in UTC")
        uuid.UUID(str(event["UID"]))
        address = str(event["URL"])
        check(address.startswith(BASE), f"{where}: {address}")
        file, _, anchor = address.removeprefix(BASE).partition("#")
        page = (SITE / file).read_text(encoding="utf-8") if (SITE / file).is_file() else ""
        check(page, f"{where}: {address} leads nowhere")
        check(not anchor or re.search(rf"\bid=[\"']?{re.escape(anchor)}[\"' >]", page), f"{where}: no {anchor} on {file}")
        for alarm in event.walk("VALARM"):
            check(alarm["ACTION"] == "DISPLAY" and "DESCRIPTION" in alarm, f"{where}: alarm")
            check(alarm["TRIGGER"].dt < timedelta(0), f"{where}: reminds after the end")
            check(alarm["TRIGGER"].params.get("RELATED") == "END", f"{where}: reminds of the beginning")
    return found


def facts(file):
    """First and last day, and the words."""
    return [
        (event["DTSTART"].dt, event["DTEND"].dt - timedelta(days=1), str(event["SUMMARY"]))
        for event in CALENDARS[file]
    ]


CALENDARS = {str(path.relative_to(SITE)): events(path) for path in sorted(SITE.glob("calendar/**/*.ics"))}

# ---------------------------------------------------------------- calendars, against the texts

# 右玉县2023年方案 九: “贷款受理时间：2023年7月17日--9月25日”, “合同变更时间：2023年7月17日--9月25日”.
# 山西省2020年通知 一（一）: “务必于7月27日前全面启动”, “截止时间不得早于9月25日”: no end and no beginning.
YOUYU = [
    (date(2020, 7, 27), date(2020, 7, 27), "最晚2020年7月27日开始"),
    (date(2020, 9, 25), date(2020, 9, 25), "最早2020年9月25日结束，截止日未载明"),
    (date(2023, 7, 17), date(2023, 9, 25), "右玉县 贷款受理"),
    (date(2023, 7, 17), date(2023, 9, 25), "右玉县 合同变更"),
]
# 山西省2020年通知: nine dated duties, all of offices and schools.
SHANXI = [
    (date(2020, 7, 18), "应急预案和受理方案"),
    (date(2020, 7, 22), "各县级学生资助管理机构完成"),
    (date(2020, 7, 22), "各高校查验"),
    (date(2020, 7, 22), "合并、新设"),
    (date(2020, 7, 22), "核查和整改"),
    (date(2020, 7, 22), "学费和住宿费"),
    (date(2020, 7, 23), "存档"),
    (date(2020, 7, 27), "全面启动"),
    (date(2020, 9, 25), "最早日期"),
]


def same(file, wanted):
    """Events of a calendar in the order of their days; of each, words that its summary has."""
    found = facts(file)
    check(len(found) == len(wanted), f"{file}: {len(found)} events, not {len(wanted)}: {found}")
    left = list(found)
    for first, last, words in wanted:
        hit = next((f for f in left if f[:2] == (first, last) and words in f[2]), None)
        check(hit, f"{file}: no {first}..{last} {words}")
        if hit:
            left.remove(hit)


same("calendar/counties/140623.ics", YOUYU)
same("calendar/provinces/14.ics", YOUYU)
same("calendar/all.ics", YOUYU)
same("calendar/topics/contract-change.ics", YOUYU[2:])
# A county of which we have no schedule has what the province says.
same("calendar/counties/140121.ics", YOUYU[:2])
# 国家2023年指引 一（三）: “要于每年1月31日前”; for the first time after 2023, the year of the guide.
YEARLY = [(date(2024, 1, 31), date(2024, 1, 31), "风险补偿金结余奖励资金")]
same("calendar/provinces/14-offices.ics", [(d, d, w) for d, w in SHANXI] + YEARLY)
same("calendar/counties/140623-offices.ics", [(d, d, w) for d, w in SHANXI] + YEARLY)
# 河南省: “6月底之前” has no year and is no event.
same("calendar/provinces/41-offices.ics", YEARLY)
# 湖南省, 2017年8月24日: “每年的11月”, “当年11月20日”.
same(
    "calendar/provinces/43-offices.ics",
    [(date(2017, 11, 1), date(2017, 11, 30), "复审"), (date(2017, 11, 20), date(2017, 11, 20), "计息结点")] + YEARLY,
)
for file, found in CALENDARS.items():
    for event in found:
        yearly = str(event["SUMMARY"]).startswith(("全国 ", "湖南省 "))
        check(("RRULE" in event) == yearly, f"{file}: {event['SUMMARY']}: yearly or not")
        if "RRULE" in event:
            check(dict(event["RRULE"]) == {"FREQ": ["YEARLY"]}, f"{file}: {event['RRULE']}")
        if not file.endswith("-offices.ics"):
            check(not re.search("口令卡|各高校|各县级|预案", str(event["SUMMARY"])), f"{file}: {event['SUMMARY']}")
check("calendar/counties/410105.ics" not in CALENDARS, "a calendar for a county without a window")
check(len(CALENDARS) > 200, f"only {len(CALENDARS)} calendars")

# ---------------------------------------------------------------- feeds

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")


def one(element, tag, where):
    found = element.findall(ATOM + tag)
    check(len(found) == 1, f"{where}: {len(found)} of {tag}")
    return (found[0].text or "") if found else ""


def feed(path):
    name = str(path.relative_to(SITE))
    parsed = feedparser.parse(path.read_bytes())
    check(not parsed.bozo, f"{name}: {parsed.get('bozo_exception')}")
    check(parsed.version == "atom10", f"{name}: {parsed.version}")
    root = xml.fromstring(path.read_bytes())
    check(root.tag == ATOM + "feed", f"{name}: {root.tag}")
    links = {link.get("rel"): link.get("href") for link in root.findall(ATOM + "link")}
    check(links.get("self") == BASE + name, f"{name}: self is {links.get('self')}")
    check(links.get("alternate", "").startswith(BASE), f"{name}: alternate is {links.get('alternate')}")
    page = SITE / (links["alternate"].removeprefix(BASE) or "index.html")
    check(page.is_file() and path.name in page.read_text(encoding="utf-8"), f"{name}: {page} does not name it")
    ids = []
    for element in [root, *root.findall(ATOM + "entry")]:
        where = f"{name}: {one(element, 'title', name)}"
        check(one(element, "title", where).strip(), f"{where}: no title")
        ids.append(one(element, "id", where))
        check(ids[-1].startswith("urn:uuid:"), f"{where}: {ids[-1]}")
        uuid.UUID(ids[-1].removeprefix("urn:uuid:"))
        check(MOMENT.match(one(element, "updated", where)), f"{where}: updated")
        for person in element.findall(ATOM + "author"):
            check(one(person, "name", where).strip(), f"{where}: an author without a name")
        check(element.findall(ATOM + "author"), f"{where}: no author")
        for category in element.findall(ATOM + "category"):
            check(category.get("term"), f"{where}: a category without a term")
    check(len(ids) == len(set(ids)), f"{name}: an id twice")
    updated = [one(entry, "updated", name) for entry in root.findall(ATOM + "entry")]
    check(one(root, "updated", name) == max(updated), f"{name}: updated is not that of the newest entry")
    for entry in parsed.entries:
        target = SITE / entry.link.removeprefix(BASE)
        check(target.is_file(), f"{name}: {entry.link} leads nowhere")
        check(entry.get("summary"), f"{name}: {entry.title} has no summary")
        check(entry.get("tags"), f"{name}: {entry.title} has no category")
    return {entry.link: (entry.id, entry.title) for entry in parsed.entries}


FEEDS = {str(p.relative_to(SITE)): feed(p) for p in sorted([SITE / "atom.xml", *SITE.glob("feeds/**/*.xml")])}
NOTICES = {
    f"{BASE}notices/{name}.html"
    for name in ["henan-2018-assessment", "hunan-2017-rescue", "national-2023-guide", "shanxi-2020-renewal", "youyu-2023-plan"]
}
check(set(FEEDS["atom.xml"]) == NOTICES, f"atom.xml: {set(FEEDS['atom.xml']) ^ NOTICES}")
check(
    [link.removeprefix(BASE) for link in FEEDS["feeds/counties/140623.xml"]]
    == ["notices/youyu-2023-plan.html", "schedules/youyu-2023.html", "pilots/shanxi-2020-remote.html"],
    f"the feed of Youyu: {list(FEEDS['feeds/counties/140623.xml'])}",
)
known = {}
for file, entries in FEEDS.items():
    for link, entry in entries.items():
        check(known.setdefault(link, entry) == entry, f"{file}: {link} is {entry}, elsewhere {known[link]}")

for fault in FAULTS:
    print(fault)
print(f"{len(CALENDARS)} calendars, {len(FEEDS)} feeds, {len(FAULTS)} faults")
sys.exit(1 if FAULTS else 0)
