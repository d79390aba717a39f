// Tables that sort and filter, and the pictures beside them, as readers with eyes, keys, screen readers, printers or no
// script use them. Numbers were counted by hand in the circular 教资助函〔2019〕192号.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BIN, PAGES, REPO, SITE, browse, filesOf, none, read, serve, sideways, violations } from './lib.mjs';

const LIST = 'assessments/henan-2018.html';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

/** Opens a page; the table of units is ready. */
async function open(address = LIST, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(address.startsWith('file:') ? address : server.url(address), { waitUntil: 'load' });
  return page;
}

const close = (page) => page.context().close();
/** Names of the rows shown. */
const names = (page) => page.locator('table.units tbody tr:visible th a').allInnerTexts();
const status = async (page) => (await page.locator('table.units').evaluate((table) => {
  let at = (table.closest('.scroll') ?? table).previousElementSibling;
  while (at && at.getAttribute('role') !== 'status') at = at.previousElementSibling;
  return at.textContent;
}));
const filter = (page, label) => page.locator('.filters').last().getByLabel(label);
const header = (page, name) => page.locator('table.units thead').getByRole('button', { name });

test('the script is small and stands only on pages with such a table', () => {
  const file = filesOf().find((path) => /^assets\/table\.[0-9a-f]+\.js$/.test(path));
  const packed = gzipSync(read(file), { level: 9 }).length;
  assert.ok(packed <= 3072, `${packed} bytes`);
  assert.ok(brotliCompressSync(read(file)).length <= 3072);
  none(PAGES.map((path) => {
    const html = read(path);
    return /<table[^>]*data-table/.test(html) === html.includes(file.replace('assets/', '')) ? '' : path;
  }), 'pages with a table and no script, or a script and no table');
});

test('without script the list is whole, without controls, and a row addressed is marked', async () => {
  const page = await open(`${LIST}#411122`, { javaScriptEnabled: false });
  assert.equal((await names(page)).length, 168);
  assert.equal(await page.locator('.filters:visible, main button').count(), 0);
  const marked = page.locator('table.units tr:target');
  assert.match(await marked.innerText(), /临颍县/);
  assert.notEqual(await marked.evaluate((row) => getComputedStyle(row).outlineStyle), 'none');
  await close(page);
});

test('a filter by city, by grade and both', async () => {
  const page = await open();
  assert.equal(await status(page), '显示 168 行，共 168 行。');
  await filter(page, '等次').selectOption('良好');
  assert.equal(await status(page), '显示 41 行，共 168 行。');
  assert.equal((await names(page)).length, 41);
  await filter(page, '市').selectOption('洛阳市');
  assert.deepEqual(await names(page), ['伊滨区', '洛龙区', '洛宁县', '孟津县', '瀍河回族区']);
  assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), { city: '洛阳市', grade: '良好' });
  // Choices are the values of the column, as printed, with how many rows have them.
  const options = await filter(page, '市').locator('option').allInnerTexts();
  assert.equal(options.length, 20);
  assert.deepEqual([options[0], options[1], options[19]], ['全部', '郑州市（15）', '省直管县（市）（10）']);
  assert.deepEqual(await filter(page, '等次').locator('option').allInnerTexts(), ['全部', '优秀（122）', '良好（41）', '合格（5）', '不是优秀（46）', '不是良好（127）', '不是合格（163）']);
  await close(page);
});

test('text finds names, readings with or without tones, first letters, full-width letters and the printed slip', async () => {
  const page = await open();
  const found = async (words) => { await filter(page, '含有').fill(words); return names(page); };
  assert.deepEqual(await found('linying'), ['临颍县']);
  assert.deepEqual(await found('lín yǐng'), ['临颍县']);
  assert.deepEqual(await found('ＬＩＮＹＩＮＧ'), ['临颍县']);
  assert.deepEqual(await found('lyx'), ['鹿邑县', '临颍县']);
  assert.deepEqual(await found('临颖县'), ['临颍县']);
  assert.deepEqual(await found('郑州 高新'), ['高新技术产业开发区']);
  assert.deepEqual(await found('火星'), []);
  assert.equal(await status(page), '显示 0 行，共 168 行。');
  assert.match(await page.locator('table.units tbody').innerText(), /没有符合的行/);
  await page.getByRole('button', { name: '清除筛选和排序' }).last().click();
  assert.equal((await names(page)).length, 168);
  assert.equal(new URL(page.url()).search, '');
  await close(page);
});

test('a header sorts up, down and back to the printed order; readings, not code points', async () => {
  const page = await open();
  const printed = await names(page);
  const aria = () => page.locator('table.units thead th').evaluateAll((all) => all.map((th) => th.getAttribute('aria-sort')));
  await header(page, '县（市、区）').click();
  const up = await names(page);
  assert.deepEqual(await aria(), [null, null, 'ascending', null]);
  assert.match(await status(page), /按“县（市、区）”顺序排列/);
  // ān, bǎo, běi, bì, bó; code points would begin with 上蔡县 (U+4E0A).
  assert.deepEqual(up.slice(0, 5), ['安阳县', '宝丰县', '北关区', '泌阳县', '博爱县']);
  // Readings of the place, which no collation knows: 浚县 xùn (not jùn), 召陵区 shào (not zhào).
  assert.ok(up.indexOf('浚县') > up.indexOf('许昌市') && up.indexOf('召陵区') < up.indexOf('社旗县'));
  // 瀍河 chán is U+700D and stands with the c.
  assert.ok(up.indexOf('瀍河回族区') < up.indexOf('登封市'));
  await header(page, '县（市、区）').click();
  assert.deepEqual(await aria(), [null, null, 'descending', null]);
  assert.deepEqual((await names(page))[0], up[up.length - 1]);
  await header(page, '县（市、区）').click();
  assert.deepEqual(await names(page), printed);
  assert.deepEqual(await aria(), [null, null, null, null]);
  // Grades from best to worst, by the order of the circular and not by letter.
  await header(page, '等次').click();
  await header(page, '等次').click();
  assert.deepEqual((await names(page)).slice(0, 5), ['新城区', '新华区', '湛河区', '梁园区', '睢阳区']);
  // Numbers as numbers: 168 before 99.
  await header(page, '序号').click();
  await header(page, '序号').click();
  assert.equal((await names(page))[0], '睢阳区');
  await close(page);
});

test('the table of cities sorts on its own', async () => {
  const page = await open();
  const first = () => page.locator('table.counts tbody tr').first().innerText();
  const share = page.locator('table.counts').first().locator('thead').getByRole('button', { name: '优秀占比' });
  await share.click();
  // 商丘市 62.50 %, 平顶山市 50 %: 5 of 10.
  assert.match(await first(), /^平顶山市\s+5\s+2\s+3\s+0\s+10\s+50\.00%/);
  await share.click();
  assert.match(await first(), /100\.00%/);
  assert.equal(new URL(page.url()).search, '?of-sort=-share');
  assert.equal((await names(page))[0], '二七区');
  await close(page);
});

test('the state is in the address: restored, shared, and undone by the back button', async () => {
  const page = await open(`${LIST}?grade=${encodeURIComponent('良好')}&sort=-name&q=${encodeURIComponent('区')}`);
  const shown = await names(page);
  assert.equal(await filter(page, '等次').inputValue(), '良好');
  assert.equal(await filter(page, '含有').inputValue(), '区');
  assert.ok(shown.length > 5 && shown.length < 41 && (await page.locator('table.units tbody tr[id]:visible').allInnerTexts()).every((row) => row.includes('区')), shown.join());
  await filter(page, '含有').fill('');
  await filter(page, '市').selectOption('郑州市');
  await header(page, '序号').click();
  const there = page.url();
  assert.deepEqual(await names(page), ['上街区', '新密市', '高新技术产业开发区', '郑东新区']);
  await page.goBack();
  assert.match(await status(page), /按“县（市、区）”倒序/);
  await page.goBack();
  assert.equal(await filter(page, '市').inputValue(), '');
  assert.equal((await names(page)).length, 41);
  await page.goForward();
  await page.goForward();
  assert.equal(page.url(), there);
  const other = await open(there.replace(server.url(''), ''));
  assert.deepEqual(await names(other), await names(page));
  await close(other);
  // What is not a choice is no filter.
  const odd = await open(`${LIST}?grade=${encodeURIComponent('特优')}&sort=nothing`);
  assert.equal((await names(odd)).length, 168);
  await close(odd);
  await close(page);
});

test('typing makes one step of the history, not one a letter', async () => {
  const page = await open('index.html');
  await page.goto(server.url(LIST));
  await filter(page, '含有').pressSequentially('linying');
  assert.equal((await names(page)).length, 1);
  await page.goBack();
  assert.equal((await names(page)).length, 168);
  await close(page);
});

test('each row has a link of its own; the row addressed is marked, and shown even where the filter hides it', async () => {
  const page = await open(`${LIST}?grade=${encodeURIComponent('合格')}#411122`);
  const row = page.locator('tr[id="411122"]');
  assert.ok(await row.isVisible());
  assert.equal(await row.getAttribute('aria-current'), 'true');
  assert.notEqual(await row.evaluate((one) => getComputedStyle(one).outlineStyle), 'none');
  assert.equal(await status(page), '显示 5 行，共 168 行；网址指到的一行不在筛选结果里，也显示着。');
  assert.ok(await row.evaluate((one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }));
  const link = page.locator('table.units tbody tr', { hasText: '新城区' }).getByRole('link', { name: /链接到这一行/ });
  await link.click();
  assert.match(page.url(), /\?grade=.*#[0-9a-z-]+$/);
  assert.ok(!(await row.isVisible()));
  assert.equal(await page.locator('table.units tr[aria-current]').count(), 1);
  await close(page);
  const whole = await open();
  assert.equal(await whole.locator('table.units tbody tr[id] td a[href^="#"]').count(), 168);
  await close(whole);
});

test('keys alone sort and filter, and what was done is told', async () => {
  const page = await open();
  await header(page, '等次').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.equal((await names(page))[0], '新城区');
  // The focus stays where it was.
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '等次');
  await filter(page, '等次').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await filter(page, '等次').inputValue(), '优秀');
  const role = await page.locator('.shown[role=status]').last().evaluate((one) => [one.textContent, getComputedStyle(one).display]);
  assert.deepEqual(role, ['显示 122 行，共 168 行，按“等次”倒序排列。', 'block']);
  await close(page);
});

test('it prints whole, or as filtered with the filter said, without controls', async () => {
  const page = await open(`${LIST}?grade=${encodeURIComponent('良好')}&q=${encodeURIComponent('区')}`);
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator('section[aria-labelledby=list]').innerText();
  assert.match(text, /筛选条件：等次：良好；含有：区。/);
  assert.match(text, /显示 \d+ 行，共 168 行/);
  assert.equal(await page.locator('.filters:visible').count(), 0);
  await close(page);
  const whole = await open();
  await whole.emulateMedia({ media: 'print' });
  assert.equal((await names(whole)).length, 168);
  assert.ok(!(await whole.locator('section[aria-labelledby=list]').innerText()).includes('筛选条件'));
  await close(whole);
});

test('from a folder it works like from a server', async () => {
  const address = pathToFileURL(join(SITE, LIST)).href;
  const page = await open(`${address}?city=${encodeURIComponent('漯河市')}`);
  const five = ['源汇区', '召陵区', '舞阳县', '郾城区', '临颍县'];
  assert.deepEqual(await names(page), five);
  await header(page, '县（市、区）').click();
  assert.deepEqual(await names(page), ['临颍县', '召陵区', '舞阳县', '郾城区', '源汇区']);
  assert.match(page.url(), /^file:.*\?city=.*&sort=name$/);
  await page.goBack();
  assert.deepEqual(await names(page), five);
  await filter(page, '市').selectOption('');
  assert.equal((await names(page)).length, 168);
  await close(page);
});

test('at 320 and 360 px nothing scrolls sideways, as built and with large text; axe finds nothing', async () => {
  const faults = [];
  for (const path of [LIST, 'pilots/shanxi-2020-remote.html', 'deadlines.html', 'counties/140623.html']) {
    for (const width of [320, 360]) {
      for (const colorScheme of ['light', 'dark']) {
        const page = await open(path, { viewport: { width, height: 740 }, colorScheme });
        faults.push(...(await violations(page)).map((one) => `${path} ${colorScheme}: ${one}`));
        faults.push(await sideways(page, 1) && `${path} ${width}: ${await sideways(page, 1)}`);
        faults.push(await sideways(page, 2) && `${path} ${width} large: ${await sideways(page, 2)}`);
        await close(page);
      }
    }
  }
  none(faults, 'faults');
});

// ---------------------------------------------------------------- pictures

/** Relative luminance contrast of two CSS colours. */
const CONTRAST = `(a, b) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((n) => { const c = n / 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
  return (x + .05) / (y + .05);
}`;

for (const [colorScheme, media] of [['light', 'screen'], ['dark', 'screen'], ['light', 'print']]) {
  test(`grades are told apart by lightness: ${colorScheme}, ${media}`, async () => {
    const page = await open(LIST, { colorScheme });
    await page.emulateMedia({ media, colorScheme });
    const colours = await page.locator('.chart-grades').evaluate((svg) => {
      const ground = getComputedStyle(svg.closest('.figure')).backgroundColor;
      const of = (css, what) => getComputedStyle(svg.querySelector(css))[what];
      return {
        ground,
        // What one sees of each grade: its fill, or the ground of its pattern and its edge.
        fills: [of('.g0', 'fill'), of('.g1', 'fill'), of('.g2-0', 'fill')],
        edges: [of('.g0', 'fill'), of('.g1', 'fill'), of('.g2', 'stroke'), of('.g3', 'stroke')],
        dots: [of('.g2-1', 'fill'), of('.g3-1', 'fill')],
        letters: [[of('.on-g0', 'fill'), of('.g0', 'fill')], [of('.on-g1', 'fill'), of('.g1', 'fill')], [of('.row', 'fill'), ground], [of('.share', 'fill'), ground]],
      };
    });
    const contrast = (a, b) => page.evaluate(`(${CONTRAST})(${JSON.stringify(a)}, ${JSON.stringify(b)})`);
    const faults = [];
    const want = async (least, a, b, what) => { const c = await contrast(a, b); if (c < least) faults.push(`${what}: ${c.toFixed(2)} (${a}, ${b})`); };
    for (let i = 0; i < 2; i += 1) await want(3, colours.fills[i], colours.fills[i + 1], `neighbours ${i} and ${i + 1}`);
    for (const [i, edge] of colours.edges.entries()) await want(3, edge, colours.ground, `grade ${i} on its ground`);
    for (const dot of colours.dots) await want(3, dot, colours.fills[2], 'pattern');
    for (const [letter, ground] of colours.letters) await want(4.5, letter, ground, 'letters');
    none(faults, 'contrasts too low');
    await close(page);
  });
}

test('letters of pictures are 12 px or more and none touch, from 320 px to a wide screen', async () => {
  const faults = [];
  for (const path of [LIST, 'deadlines.html']) {
    for (const width of [320, 360, 1280]) {
      const page = await open(path, { viewport: { width, height: 800 } });
      faults.push(...await page.locator('.chart[role=img]').evaluateAll((all, where) => all.flatMap((svg) => {
        const edge = svg.closest('.figure').getBoundingClientRect();
        const texts = [...svg.querySelectorAll('text')].filter((one) => getComputedStyle(one).visibility === 'visible');
        const boxes = texts.map((one) => one.getBoundingClientRect());
        return texts.flatMap((one, i) => {
          const said = `${where}: ${one.textContent}`;
          const out = [];
          if (parseFloat(getComputedStyle(one).fontSize) < 12) out.push(`${said} is small`);
          if (boxes[i].left < edge.left || boxes[i].right > edge.right) out.push(`${said} leaves the figure`);
          for (let j = 0; j < i; j += 1) {
            const wide = Math.min(boxes[i].right, boxes[j].right) - Math.max(boxes[i].left, boxes[j].left);
            const high = Math.min(boxes[i].bottom, boxes[j].bottom) - Math.max(boxes[i].top, boxes[j].top);
            if (wide > 1 && high > 4) out.push(`${said} touches ${texts[j].textContent}`);
          }
          return out;
        });
      }), `${path} ${width}`));
      await close(page);
    }
  }
  none(faults, 'faults');
});

test('the line of today stands on the reader’s day, and only in its year', async () => {
  const at = async (day, id) => {
    const context = await browser.newContext({ timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } });
    await context.clock.setFixedTime(new Date(`${day}T12:00:00+08:00`));
    const page = await context.newPage();
    await page.goto(server.url('deadlines.html'), { waitUntil: 'load' });
    const svg = page.locator(`svg[aria-labelledby="${id}-t ${id}-d"]`);
    const now = svg.locator('.now');
    const out = await now.evaluate((one) => [getComputedStyle(one).visibility, parseFloat(one.querySelector('line').getAttribute('x1')), one.textContent]);
    await context.close();
    return out;
  };
  // 2 July is the middle of a year of 365 days.
  const [seen, x, words] = await at('2023-07-02', 'y2023');
  assert.deepEqual([seen, words], ['visible', '今天 7月2日']);
  assert.ok(Math.abs(x - 50) < 0.01, `${x}`);
  assert.equal((await at('2023-07-02', 'y2020'))[0], 'hidden');
  assert.equal((await at('2020-02-29', 'y2020'))[0], 'visible');
  assert.equal((await at('2027-03-01', 'every-year'))[0], 'visible');
});

test('built on a day, the line stands there without script', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'mingbai-table-'));
  try {
    await promisify(execFile)(BIN, ['build', '--out', out, '--today', '2023-07-02'], { cwd: REPO });
    const page = await open(pathToFileURL(join(out, 'deadlines.html')).href, { javaScriptEnabled: false });
    const line = page.locator('svg[data-year="2023"] .now');
    assert.ok(await line.isVisible());
    assert.match(await line.textContent(), /制作本页那天 7月2日/);
    const x = parseFloat(await line.locator('line').getAttribute('x1'));
    assert.ok(Math.abs(x - 50) < 0.1, `${x}`);
    await close(page);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

// ---------------------------------------------------------------- for journalists

test('contents and files come first; a grade can be left out, and the address says so', async () => {
  const page = await open(`${LIST}?grade=!${encodeURIComponent('优秀')}#list`, { viewport: { width: 360, height: 640 } });
  assert.equal(await status(page), '显示 46 行，共 168 行。');
  assert.equal((await names(page)).length, 46);
  assert.equal(await filter(page, '等次').inputValue(), '!优秀');
  await page.emulateMedia({ media: 'print' });
  assert.match(await page.locator('section[aria-labelledby=list]').innerText(), /筛选条件：等次：不是优秀。/);
  await page.emulateMedia({ media: 'screen' });
  await filter(page, '等次').selectOption('!良好');
  assert.equal((await names(page)).length, 127);
  assert.equal(new URL(page.url()).searchParams.get('grade'), '!良好');
  const top = page.locator('.contents');
  assert.ok(await top.evaluate((nav) => nav.compareDocumentPosition(document.querySelector('#grades')) & 4), 'before the first section');
  assert.equal(await top.locator('a[download]').count(), 3);
  for (const link of await top.locator('a[href^="#"]').all()) {
    assert.equal(await page.locator(await link.getAttribute('href')).count(), 1);
  }
  await close(page);
});

test('each city has the rate of each grade', async () => {
  const page = await open();
  const rows = page.locator('table.counts tbody tr', { hasText: '洛阳市' });
  const cells = (row) => row.locator('td').allInnerTexts();
  // Counted in the list: 15 units, 10 of the first grade and 5 of the second.
  assert.deepEqual(await cells(rows.first()), ['10', '5', '0', '0', '15', '66.67%']);
  assert.deepEqual(await cells(rows.last()), ['66.67%', '33.33%', '0.00%', '0.00%']);
  await close(page);
});

test('the rows that are shown are a file, made without a request', async () => {
  const page = await open(`${LIST}?grade=!${encodeURIComponent('优秀')}&city=${encodeURIComponent('漯河市')}`);
  const requests = [];
  page.on('request', (request) => { if (!/^blob:|favicon/.test(request.url())) requests.push(request.url()); });
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载显示的行（CSV）' }).click()]);
  assert.match(download.suggestedFilename(), /^henan-2018-\d+\.csv$/);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString('utf8').split('\r\n');
  assert.equal(lines[0], '\ufeff"序号","市","县（市、区）","等次","代码","备注"');
  assert.equal(lines.length - 2, (await names(page)).length);
  assert.ok(lines.some((line) => /"漯河市","临颍县","良好","411122","原文印作“临颖县”/.test(line)), lines.join('\n'));
  assert.ok(lines.slice(1, -1).every((line) => !line.includes('"优秀"')));
  assert.deepEqual(requests, []);
  await close(page);
});

test('a row that the address names can be cited and copied', async () => {
  const page = await open(`${LIST}#411122`);
  const cited = page.getByLabel('引用这一行');
  const text = await cited.inputValue();
  assert.match(text, /^“市：漯河市，县（市、区）：临颍县，等次：良好”，河南省2018年度/);
  assert.match(text, /，《教资助函〔2019〕192号》附件，http:.*assessments\/henan-2018\.html#411122，\d{4}-\d\d-\d\d 查看$/);
  await page.getByRole('button', { name: '复制引用' }).click();
  await page.locator('.citation .note', { hasText: '已复制' }).waitFor();
  await page.goto(page.url().replace(/#.*/, '#list'));
  assert.equal(await cited.isVisible(), false);
  await close(page);
});
