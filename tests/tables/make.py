"""Makes the workbooks of these tests with openpyxl (another program than ours).

    python -m venv VENV && VENV/bin/pip install openpyxl && VENV/bin/python tests/tables/make.py

Names and grades are those of the official documents in content/notices; schedules and telephone numbers are invented
and marked 示例. The workbooks are committed: the tests do not need Python. LibreOffice 7.4 wrote
libreoffice.xlsx out of pilots.xlsx (`soffice --headless --convert-to xlsx:"Calc MS Excel 2007 XML"`).
"""

import datetime
import pathlib
import re

import openpyxl
from openpyxl.utils import get_column_letter

HERE = pathlib.Path(__file__).parent
NOTICES = HERE.parent.parent / "content" / "notices"


def save(book, name):
    moment = datetime.datetime(2026, 1, 1)
    book.properties.created = book.properties.modified = moment
    book.save(HERE / name)


def shanxi():
    """The 30 counties of the annex: (prefecture, name as printed)."""
    text = (NOTICES / "shanxi-2020-renewal.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\|\s*\d+\s*\|\s*(\S+)\s*\|\s*(.+?)\s*\|$", text, re.M)
    assert len(rows) == 30, len(rows)
    return rows


def henan():
    """The 168 units: (grade, heading, name as printed)."""
    text = (NOTICES / "henan-2018-assessment.md").read_text(encoding="utf-8")
    out, grade = [], None
    for line in text.splitlines():
        head = re.match(r"[一二三四]、考核(\S+?)单位", line)
        if head:
            grade = head.group(1)
        elif grade and "：" in line:
            heading, names = line.split("：", 1)
            out += [(grade, heading, name) for name in names.rstrip("。").split("、")]
    assert len(out) == 168, len(out)
    return out


def pilots():
    """Title above, header over two rows, merged prefectures, totals and a note below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["附件"])
    sheet.append(["2020年生源地助学贷款续贷远程受理试点县（市、区）名单"])
    sheet.merge_cells("A2:D2")
    sheet.append(["序号", "所属市", "试点县（市、区）", "备注"])
    first = 4
    for number, (prefecture, name) in enumerate(shanxi(), 1):
        sheet.append([number, prefecture, name, "首批" if number == 8 else None])
    rows = shanxi()
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i][0] != rows[start][0]:
            if i - start > 1:
                sheet.merge_cells(f"B{first + start}:B{first + i - 1}")
            start = i
    sheet.append(["合计", None, 30])
    sheet.append(["注：县（市、区）的先后按原文。"])
    sheet.merge_cells(f"A{sheet.max_row}:D{sheet.max_row}")
    other = book.create_sheet("填写说明")
    other.append(["请各市核对后报送。"])
    save(book, "pilots.xlsx")


def grades():
    """All 168 units and the empty grade, one row each."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "考核结果"
    sheet.append(["河南省2018年度县（市、区）生源地信用助学贷款工作考核结果"])
    sheet.append(["序号", "市", "单位名称", "考核等次"])
    for number, (grade, heading, name) in enumerate(henan(), 1):
        sheet.append([number, heading, name, grade])
    sheet.append([None, None, "无", "不合格"])
    save(book, "grades.xlsx")


def sections():
    """Grades and prefectures as rows of their own, with numbers; one of them is wrong."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "县级资助中心", "联系电话"])
    sheet.append(["一、考核优秀单位（3个）"])
    sheet.merge_cells("A2:C2")
    sheet.append(["郑州市（2个）"])
    sheet.append([1, "二七区", "037100000000"])
    sheet.append([2, "中原区", None])
    sheet.append(["开封市（1个）"])
    sheet.append([3, "通许县", None])
    sheet.append(["二、考核良好单位（2个）"])
    sheet.append(["郑州市"])
    sheet.append([5, "上街区", None])
    save(book, "sections.xlsx")


def sessions():
    """A schedule (示例): serial days, texts for days, formulas, merged places, two header rows, hidden row and column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "安排"
    sheet.append(["示例县2023年助学贷款受理安排表（示例，非真实政策）"])
    sheet.append(["日期", "受理地点", "办理业务", "名额", None, "咨询电话", "负责科室"])
    sheet.append([None, None, None, "上午", "下午"])
    sheet.merge_cells("D2:E2")
    for column in "ABCFG":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.append([datetime.date(2023, 7, 17), "示例一中", "首贷", 30, 30, 3490000000, "甲科"])
    sheet.append(["2023/7/18", None, "首贷", "20名", 10, "0349-0000000", "甲科"])
    sheet.merge_cells("B4:B5")
    sheet.append(["7月19日（周三）", "示例二中", "续贷", "8:00-12:00", None, None, "乙科"])
    sheet.append(["７月２０日至２１日", "示例二中", None, None, None, None, "乙科"])
    sheet.append(["合计", None, None, 50, 41])
    sheet.append(["注：以上为示例。"])
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["G"].hidden = True
    save(book, "sessions.xlsx")


def formulas():
    """Cells that were never computed, and an error."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["市", "县", "备注"])
    sheet.append(["太原市", "清徐县", "=1&1"])
    sheet.append(["太原市", "阳曲县", "#REF!"])
    sheet["C3"].data_type = "e"
    save(book, "formulas.xlsx")


def mixed():
    """Names as people type them: prefecture in the cell, a short form, a typing error, an old name, two of one name."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["试点县"])
    for name in ["山西省太原市清徐县", "浑源", "右王县", "大同县", "城区", "临汾市洪洞县", "平定县教育局", "某某县"]:
        sheet.append([name])
    save(book, "mixed.xlsx")


def texts():
    rows = [("序号", "市", "县")] + [(str(i), p, n) for i, (p, n) in enumerate(shanxi(), 1)]
    comma = "\r\n".join(",".join(row) for row in rows) + "\r\n"
    (HERE / "pilots.csv").write_bytes(b"\xef\xbb\xbf" + comma.encode("utf-8"))
    (HERE / "pilots-gb18030.csv").write_bytes(comma.encode("gb18030"))
    tabs = comma.replace(",", "\t")
    (HERE / "pilots-utf16.csv").write_bytes(b"\xff\xfe" + tabs.encode("utf-16-le"))
    wide = "\n".join("，".join(row) for row in rows) + "\n"
    (HERE / "pilots-wide-comma.csv").write_bytes(wide.encode("utf-8"))


for make in [pilots, grades, sections, sessions, formulas, mixed, texts]:
    make()
