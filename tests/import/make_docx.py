"""Makes the Word documents of the import tests with python-docx (another program than ours).

Run from the repository:  python3 tests/import/make_docx.py
renewal.docx is an official text as it stands in content/notices; the others are invented and say so.
"""

import copy
import pathlib
import re

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent


def element(name, **attributes):
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn("w:" + key), str(value))
    return made


def add_list(document, number, levels):
    """A numbered list: levels of (format, text)."""
    part = document.part.numbering_part.element
    drawn = element("w:abstractNum", abstractNumId=number)
    for i, (form, text) in enumerate(levels):
        level = element("w:lvl", ilvl=i)
        level.append(element("w:start", val=1))
        level.append(element("w:numFmt", val=form))
        level.append(element("w:suff", val="nothing"))
        level.append(element("w:lvlText", val=text))
        drawn.append(level)
    first = part.find(qn("w:num"))
    part.insert(part.index(first) if first is not None else 0, drawn)
    made = element("w:num", numId=number)
    made.append(element("w:abstractNumId", val=number))
    part.append(made)


def numbered(paragraph, number, level):
    properties = paragraph._p.get_or_add_pPr()
    made = element("w:numPr")
    made.append(element("w:ilvl", val=level))
    made.append(element("w:numId", val=number))
    properties.append(made)
    return paragraph


def page_number(document, head):
    section = document.sections[0]
    section.header.paragraphs[0].text = head
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("— ")
    for kind, text in (("begin", None), (None, "PAGE"), ("separate", None), ("result", "1"), ("end", None)):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif kind is None:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        else:
            run.text = text
    paragraph.add_run(" —")


def renewal():
    text = (ROOT / "content/notices/shanxi-2020-renewal.md").read_text(encoding="utf-8")
    body = text.split("\n---\n", 1)[1]
    document = Document()
    page_number(document, "山西省学生助学贷款管理中心")
    add_list(document, 90, [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")])
    for line in [
        "山西省学生助学贷款管理中心文件",
        "晋教助学〔2020〕7号",
        "山西省学生助学贷款管理中心关于做好2020年生源地信用\n助学贷款续贷受理和相关基础工作的通知",
    ]:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("各市教育局，各高等学校、研究生培养单位：")
    rows = []
    for line in body.splitlines():
        line = line.strip()
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if not line or line.startswith("# 附件"):
            continue
        if line.startswith("# "):
            document.add_paragraph("附件：2020年生源地助学贷款续贷远程受理试点县（市、区）名单")
            document.add_paragraph(line[2:])
            continue
        level = None
        for i, form in enumerate([r"^[一二三四五]、", r"^[（(][一二三四五][）)]"]):
            if re.match(form, line):
                level, line = i, re.sub(form, "", line)
        paragraph = document.add_paragraph(line)
        if level is not None:
            numbered(paragraph, 90, level)
    for line in [
        "山西省学生助学贷款管理中心",
        "2020年7月15日",
        "（此件依申请公开）",
        "抄送：国家开发银行山西省分行",
        "山西省学生助学贷款管理中心\t2020年7月16日印发",
    ]:
        document.add_paragraph(line)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("附件")
    document.add_paragraph("2020年生源地助学贷款续贷远程受理\n试点县（市、区）名单")
    rows = [row for row in rows if not set(row[0]) <= set("-: ")]
    table = document.add_table(rows=0, cols=3)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    document.save(HERE / "renewal.docx")


def changes():
    """Tracked changes, hidden words, a text box, a footnote mark, a symbol, merged cells. Invented."""
    document = Document()
    page_number(document, "示例，非真实文件")
    add_list(
        document,
        91,
        [("japaneseCounting", "第%1章 "), ("decimal", "%2．"), ("decimalEnclosedCircle", "%3"), ("upperLetter", "%4.")],
    )
    document.add_paragraph("甲县教育局关于示例工作的通知")
    document.add_paragraph("乙县教育局：")
    paragraph = document.add_paragraph("现将示例工作")
    made = parse_xml(
        f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>（加上的字）</w:t></w:r></w:ins>'
    )
    gone = parse_xml(
        f'<w:del {nsdecls("w")} w:id="2" w:author="x"><w:r><w:delText>（删去的字）</w:delText></w:r></w:del>'
    )
    paragraph._p.append(made)
    paragraph._p.append(gone)
    run = paragraph.add_run("（看不见的字）")
    run.font.hidden = True
    paragraph.add_run("通知如下：")
    numbered(document.add_paragraph("总则"), 91, 0)
    numbered(document.add_paragraph("第一项。"), 91, 1)
    numbered(document.add_paragraph("小项甲；"), 91, 2)
    numbered(document.add_paragraph("小项乙。"), 91, 2)
    numbered(document.add_paragraph("第二项。"), 91, 1)
    numbered(document.add_paragraph("附则"), 91, 0)
    paragraph = numbered(document.add_paragraph("另起一项"), 91, 1)
    properties = paragraph._p.get_or_add_pPr()
    mark = OxmlElement("w:rPr")
    mark.append(element("w:del", id=3, author="x"))
    properties.append(mark)
    document.add_paragraph("，段落的结尾删去了。")
    paragraph = document.add_paragraph("带方框")
    symbol = element("w:sym", font="Wingdings", char="F0A8")
    paragraph.add_run()._r.append(symbol)
    paragraph.add_run("和制表\t位。")
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        "<w:txbxContent><w:p><w:r><w:t>文本框里的一句话。</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>文本框里的一句话。</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph._p.append(box)
    table = document.add_table(rows=3, cols=3)
    for i, row in enumerate([("事项", "上午", "下午"), ("甲项", "30名", "30名"), ("乙项", "20名", "10名")]):
        for cell, words in zip(table.rows[i].cells, row):
            cell.text = words
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("甲县教育局")
    document.add_paragraph("二〇二七年三月八日")
    document.save(HERE / "changes.docx")


if __name__ == "__main__":
    renewal()
    changes()
