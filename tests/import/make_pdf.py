"""Makes the PDF files of the import tests with reportlab and pypdf (other programs than ours).

Run from the repository:  python3 tests/import/make_pdf.py
notice.pdf is invented and says so. Its font is not embedded: its codes are UCS-2 and it has no table of characters.
locked.pdf is the same with a password. renewal.pdf was printed by LibreOffice from renewal.docx.
"""

import pathlib

from pypdf import PdfWriter
from reportlab.pdfgen import canvas
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.lib.pagesizes import A4
pdfmetrics.registerFont(UnicodeCIDFont('STSong-Light'))
W,H=A4
def make(path):
    c=canvas.Canvas(path,pagesize=A4,pageCompression=1)
    L,R=80,80+16*28  # 28 characters a line
    y=H-100
    def line(t,x=L,size=16,step=28):
        nonlocal y
        c.setFont('STSong-Light',size); c.drawString(x,y,t); y-=step
    def centre(t,size=22):
        nonlocal y
        c.setFont('STSong-Light',size); c.drawCentredString(W/2,y,t); y-=36
    def para(t):
        t='　　'+t
        n=28
        while t:
            cut=t[:n]
            rest=t[n:]
            while rest and rest[0] in '，。；：、）”》': cut+=rest[0]; rest=rest[1:]
            c.setFont('STSong-Light',16)
            nonlocal y
            # leading blanks become a place, as programs for text do
            k=len(cut)-len(cut.lstrip('　'))
            c.drawString(L+16*k,y,cut.lstrip('　')); y-=28
            t=rest
    def foot(n):
        c.setFont('STSong-Light',14); c.drawCentredString(W/2,60,'— %d —'%n)
    centre('示例省学生资助管理中心文件',24)
    line('示助〔2024〕5号',x=W/2-60)
    c.setStrokeColorRGB(1,0,0); c.setLineWidth(1.5); c.line(L,y+10,R,y+10); y-=20
    centre('示例省学生资助管理中心关于做好')
    centre('2024年生源地信用助学贷款工作的通知')
    line('各县（市、区）学生资助管理中心：')
    para('为做好2024年生源地信用助学贷款工作，现将有关事项通知如下，请遵照执行，遇到问题及时报告。')
    para('一、受理时间')
    para('各县（市、区）受理时间为2024年7月15日至2024年9月20日，节假日不休息；确需推迟的，应当提前3天向社会公告。')
    para('二、名额')
    para('各受理点每天受理不超过60人，其中上午30人，下午30人，学生凭号排队，不得插队，不得代领。')
    foot(1); c.showPage(); y=H-100
    para('三、试点名单')
    # ruled table
    rows=[('序号','市','县（市、区）'),('1','甲市','子县'),('2','','丑县'),('3','乙市','寅县')]
    xs=[L,L+80,L+230,R]; top=y
    c.setStrokeColorRGB(0,0,0); c.setLineWidth(0.5)
    for i in range(len(rows)+1):
        yy=top-30*i
        if i==2: c.line(xs[0],yy,xs[1],yy); c.line(xs[2],yy,xs[3],yy)   # 甲市 over two rows
        else: c.line(xs[0],yy,xs[3],yy)
    for x in xs: c.line(x,top,x,top-30*len(rows))
    c.setFont('STSong-Light',12)
    for i,r in enumerate(rows):
        for j,t in enumerate(r): c.drawString(xs[j]+6,top-30*i-20,t)
    y=top-30*len(rows)-40
    para('四、其他')
    c.setFont('STSong-Light',16); c.drawString(L+32,y,'办理时间为9月25日9月30日前。')
    c.line(L+32+16*5,y+5.5,L+32+16*5+16*2+8*3,y+5.5)
    y-=28
    c.drawString(L+32,y,'面积为100m'); w=c.stringWidth('面积为100m','STSong-Light',16)
    c.setFont('STSong-Light',9); c.drawString(L+32+w,y+6,'2'); c.setFont('STSong-Light',16); c.drawString(L+32+w+5,y,'以上。'); y-=28
    c.saveState(); c.translate(200,300); c.rotate(45); c.setFont('STSong-Light',40); c.drawString(0,0,'内部水印'); c.restoreState()
    y-=40
    c.setFont('STSong-Light',16); c.drawRightString(R-32,y,'示例省学生资助管理中心'); y-=28
    c.drawRightString(R-32,y,'2024年6月30日')
    foot(2); c.showPage(); c.save()
HERE = pathlib.Path(__file__).parent
make(str(HERE / 'notice.pdf'))
locked = PdfWriter(clone_from=str(HERE / 'notice.pdf'))
locked.encrypt('password')
locked.write(str(HERE / 'locked.pdf'))
