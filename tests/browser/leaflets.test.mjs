// Is a leaflet one sheet of A4, whatever stands on it: whole, readable in black and white, with a code that a telephone
// reads? Asked of every leaflet of the site, and of a site made to be too much: long titles, twenty windows, thirty
// sessions, many papers and points, one line of capitals, an address as long as can be.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { attr, elements, parse } from './html.mjs';
import { BIN, PAGES, REPO, browse, filesOf, none, onEvery, read, serve, sideways, violations } from './lib.mjs';

/** An independent reader of codes, to run in the browser. */
const JSQR = readFileSync(createRequire(import.meta.url).resolve('jsqr'), 'utf8');
const MM = 96 / 25.4;
const leafletsOf = (paths) => paths.filter((path) => /^leaflets\/.*\.html$/.test(path));
const REAL = leafletsOf(PAGES);

// ---------------------------------------------------------------- a site that is too much

const pick = (list, n) => list[n % list.length];
const SENTENCES = [
  '申请学生多、管理半径大或者交通不便的，在乡镇、高中设办理点。',
  '（一）带身份证、户口簿、录取通知书；（二）带《申请表》、《认定申请表》；（三）“预申请”没有通过的，还要填表！',
  'WWWWWWWWWWMMMMMMMMMM WWWWWWWWWWMMMMMMMMMM 2023-07-17 09:00',
  'https://example.org/a/very/long/address/that/cannot/be/broken/at/all?and=it&goes=on',
  '，。、；：？！）》」』】，。、；：？！）》」』】，。、；：？！',
  '《《《《“““（（（【【【',
  '😀👍 Ωmega é ﷽ 𠮷𠮷𠮷',
];
const words = (n, length) => {
  let out = '';
  for (let i = 0; out.length < length; i += 1) out += pick(SENTENCES, n + i);
  return [...out].slice(0, length).join('').replace(/["'\\`*_[\]<>&#|~]/g, '');
};
const quoted = (text) => `"${text}"`;
const TITLES = [8, 24, 45, 70, 140, 400, 1500];
const CLAUSES = '一二三四五六七八九十'.split('');

/** Everything that words() can give, and the pieces of days that it may cut: the text of clause 一 says it all. */
const ALL_WORDS = words(0, 1200);
const OFFICIAL = `${ALL_WORDS}。2，20，202，2023，0，07，1，17，09，00，9月，0349。每天60名（上午30名、下午30名）。${Array.from({ length: 10 }, (_, i) => `电话0349-80${i}0000。`).join('')}`;

/** Windows whose days and bounds are in clause 一. */
const windows = (count, note) => Array.from({ length: count }, (_, i) => {
  const [first, last] = [1 + (i % 28), 1 + ((i * 7) % 28)];
  const [from, until] = [pick(['', '不晚于 '], i), pick(['', '不早于 ', ''], i)];
  const text = from || until
    ? `第${i + 1}批${from ? `7月${first}日前启动` : `7月${first}日起`}，${until ? `截止时间不得早于9月${last}日` : `9月${last}日止`}`
    : `第${i + 1}批7月${first}日至9月${last}日`;
  const day = (month, n) => `2023-${month}-${String(n).padStart(2, '0')}`;
  return {
    yaml: `  - {what: ${quoted(i % 5 === 4 ? words(i, 60) : `第${i + 1}批受理`)}, who: ${quoted(words(i, 4 + 9 * (i % 5)))}, from: ${from}${day('07', first)}, until: ${until}${day('09', last)}, clause: 一, quote: ${quoted(text)}${note ? `, note: ${quoted(words(i, note))}` : ''}}`,
    text: `${text}；`,
  };
});

function stressed(folder) {
  for (const name of ['content/notices', 'data/schedules']) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ['themes', 'data/regions', 'data/topics.yaml']) cpSync(join(REPO, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'data/site.yaml'), `title: ${words(0, 30)}\nbase_url: https://${'a'.repeat(60)}.example.org/${'b'.repeat(60)}/\n`);
  const list = (key, items) => (items.length > 0 ? `${key}:\n${items.join('\n')}\n` : '');
  const many = (count, item) => Array.from({ length: count }, (_, i) => item(i));
  let number = 0;
  for (const title of TITLES) {
    for (const [times, note] of [[0, 0], [1, 0], [1, 300], [2, 40], [3, 0], [20, 0], [20, 90]]) {
      const id = `n${number}`;
      const size = pick([5, 30, 60, 160, 900], number);
      const made = windows(times, note);
      const chapters = CLAUSES.slice(0, 1 + (number % 10)).map((mark, i) => `${mark}、${words(i, pick([6, 24, 90], i)).replace(/[^\p{Script=Han}]/gu, '')}\n\n${i === 0 ? made.map((one) => one.text).join('') + OFFICIAL : ''}据此办理。\n`);
      writeFileSync(join(folder, `content/notices/${id}.md`), `---
title: ${quoted(words(number, title))}
number: ${number % 3 ? quoted(`试教助〔2023〕${number}号`) : '未载明'}
kind: 通知
issuers: [${many(1 + (number % 9), (i) => quoted(`第${i}个联合发文的主管机关`)).join(', ')}]
issued: 2023-06-01
publicity: 主动公开
region: 山西省 朔州市 右玉县
year: 2023
${list('windows', made.map((one) => one.yaml))}${list('summary', many(number % 13, (i) => `  - {text: ${quoted(words(i, size))}, for: ${pick(['学生和家长', '续贷学生和家长', '机构'], i)}, clause: 一}`))}${list('contacts', many(number % 8, (i) => `  - {office: ${quoted(`第${i}个资助中心`)}, duty: ${quoted(words(i, 12))}, phone: ${i % 3 ? quoted(`0349-80${i}0000`) : '未载明'}, clause: 一}`))}${list('attachments', many((number * 3) % 30, (i) => `  - {title: ${quoted(words(i, 40))}, note: ${quoted(words(i, 50))}}`))}---

${chapters.join('\n')}
`);
      // The schedule that rests on it.
      const facts = (count, extra) => many(count, (i) => `  - {who: ${quoted(words(i, 6 + (size % 50)))}, ${extra(i)}, note: ${quoted(words(i + 1, size))}, clause: 一, quote: ${quoted(ALL_WORDS)}}`);
      writeFileSync(join(folder, `data/schedules/s${number}.yaml`), `title: ${quoted(words(number, title))}
county: 山西省 朔州市 右玉县
year: 2023
source: ${id}
${list('windows', made.map((one) => one.yaml))}${list('venues', facts(number % 4, (i) => `what: ${quoted(words(i, 20))}`))}${list('channels', facts(number % 6, (i) => `what: ${pick(['远程', '现场'], i)}`))}${list('quotas', many(number % 5, (i) => `  - {group: ${quoted(words(i, 20))}, per_day: 60, morning: 30, afternoon: 30, clause: 一, quote: 每天60名（上午30名、下午30名）}`))}${list('forms', facts(number % 9, (i) => `items: [${many(1 + (i * 3) % 12, (k) => quoted(words(k, 12))).join(', ')}]`))}${list('groups', facts(number % 3, (i) => `what: ${quoted(words(i, 90))}`))}${list('sessions', many(times > 2 ? 30 : 0, (i) => `  - {date: 2023-08-${String(1 + i % 28).padStart(2, '0')}, place: ${quoted(words(i, 18))}, service: ${quoted(words(i, 10))}, morning: 20, phone: ${quoted('0349-8020000')}}`))}contacts: 未载明
`);
      number += 1;
    }
  }
  return number;
}

let browser;
let server;
let folder;
let hard;
let hardServer;
let hardPaths = [];
let made = 0;
before(async () => {
  [browser, server] = await Promise.all([browse(), serve()]);
  if (!BIN) return;
  folder = mkdtempSync(join(tmpdir(), 'mingbai-leaflets-'));
  made = stressed(folder);
  hard = join(folder, 'public');
  await promisify(execFile)(BIN, ['build', folder, '--out', hard, '--today', '2023-08-01'], { maxBuffer: 1 << 28 });
  hardPaths = leafletsOf(filesOf(hard));
  hardServer = await serve(hard);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await hardServer?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Both sites: [name, folder, paths, address of a path] */
const sites = () => [['the site', undefined, REAL, (path) => server.url(path)], ...(BIN ? [['too much', hard, hardPaths, (path) => hardServer.elsewhere(path)]] : [])];

// ---------------------------------------------------------------- paper

test('there are leaflets to look at', () => {
  assert.ok(REAL.length >= 9, `${REAL.length} leaflets`);
  for (const path of ['leaflets/schedules/youyu-2023.html', 'leaflets/notices/hunan-2017-rescue.html', 'leaflets/checks/hunan-rescue.html']) assert.ok(REAL.includes(path), path);
  // The first notice has headings and nothing that a leaflet could say.
  if (BIN) assert.equal(hardPaths.length, 2 * made - 1);
});

test('every leaflet prints on exactly one page of A4', async () => {
  for (const [name, dir, paths, address] of sites()) {
    const found = await onEvery(await browser.newContext(), paths, async (page, path) => {
      await page.goto(address(path));
      // As the page asks for it, and as a browser prints when nobody changes anything.
      const faults = [];
      for (const options of [{ preferCSSPageSize: true }, ...(dir ? [] : [{ format: 'A4' }])]) {
        const pdf = (await page.pdf(options)).toString('latin1');
        const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
        const [, wide, high] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/.exec(pdf) ?? [];
        if (pages !== 1) faults.push(`${pages} pages`);
        if (Math.abs(wide - 595.28) > 1 || Math.abs(high - 841.89) > 1) faults.push(`${wide} by ${high} points`);
      }
      return faults.length > 0 && `${path}: ${faults.join(', ')}`;
    });
    none(found, `leaflets of ${name} that are not one page`);
  }
});

test('on paper all text is inside the sheet, at least 10.5 points, and 7 : 1 against white', async () => {
  for (const [name, , paths, address] of sites()) {
    const context = await browser.newContext({ viewport: { width: Math.round(184 * MM), height: 1039 } });
    const room = [];
    const found = await onEvery(context, paths, async (page, path) => {
      await page.emulateMedia({ media: 'print' });
      await page.goto(address(path));
      const { faults, high } = await page.evaluate((mm) => {
        const out = [];
        const sheet = document.querySelector('.sheet').getBoundingClientRect();
        const inner = [...document.querySelectorAll('.sheet > *')].reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
        // 297 mm less two margins of 11 mm.
        if (sheet.height > 275 * mm) out.push(`${(sheet.height / mm).toFixed(1)} mm high`);
        const light = (value) => {
          const [r, g, b] = value.match(/[\d.]+/g).map((n) => { const s = n / 255; return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const range = document.createRange();
        const walker = document.createTreeWalker(document.querySelector('.sheet'), NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
          const parent = node.parentElement;
          if (!node.data.trim() || parent.closest('.sr')) continue;
          const style = getComputedStyle(parent);
          const what = node.data.trim().slice(0, 20);
          if (parseFloat(style.fontSize) < 13.99) out.push(`${style.fontSize} “${what}”`);
          if (1.05 / (light(style.color) + 0.05) < 7) out.push(`${style.color} “${what}”`);
          range.selectNodeContents(node);
          for (const box of range.getClientRects()) {
            if (box.right > sheet.right + 1 || box.left < sheet.left - 1 || box.bottom > sheet.bottom + 1) { out.push(`outside: “${what}”`); break; }
          }
          for (let up = parent; up.closest('.sheet'); up = up.parentElement) if (getComputedStyle(up).overflow !== 'visible') out.push(`may be cut: “${what}”`);
        }
        // Neighbours do not lie upon each other.
        const parts = [...document.querySelectorAll('.sheet > :not([hidden])')].map((one) => one.getBoundingClientRect());
        for (let i = 1; i < parts.length; i += 1) if (parts[i].top < parts[i - 1].bottom - 1) out.push(`part ${i} overlaps`);
        return { faults: out, high: inner / mm };
      }, MM);
      room.push(high);
      return faults.length > 0 && `${path}: ${[...new Set(faults)].slice(0, 4).join(', ')}`;
    });
    none(found, `leaflets of ${name} with a fault on paper`);
    assert.ok(Math.max(...room) > 180, `the fullest sheet holds ${Math.max(...room).toFixed(0)} mm: is too much left out?`);
  }
});

test('the dates of 右玉县 are the largest words on its sheet', async () => {
  const page = await (await browser.newContext({ viewport: { width: Math.round(184 * MM), height: 1039 } })).newPage();
  await page.emulateMedia({ media: 'print' });
  await page.goto(server.url('leaflets/schedules/youyu-2023.html'));
  const sizes = await page.evaluate(() => Object.fromEntries(['time', 'h1', '.ls li'].map((one) => [one, parseFloat(getComputedStyle(document.querySelector(one)).fontSize)])));
  assert.deepEqual(await page.locator('.sheet time').allInnerTexts(), ['2023年7月17日', '2023年9月25日']);
  assert.ok(sizes.time > 45 && sizes.time > sizes.h1 && sizes.h1 > sizes['.ls li'], JSON.stringify(sizes));
  await page.context().close();
});

test('the code is at least 25 mm wide, black on white in every scheme, and leads to the address printed beside it', async () => {
  for (const [name, dir, paths, address] of sites()) {
    for (const media of [{ media: 'print' }, { media: 'screen', colorScheme: 'dark' }]) {
      // As fine as a printer for whom 300 dots an inch are many.
      const context = await browser.newContext({ viewport: { width: Math.round(184 * MM), height: 1039 }, deviceScaleFactor: 3 });
      // Codes of the hard site differ in a few digits only.
      const some = media.media === 'print' && !dir ? paths : paths.filter((_, index) => index % 9 === 0);
      const found = await onEvery(context, some, async (page, path) => {
        await page.emulateMedia(media);
        await page.goto(address(path));
        const code = page.locator('svg.qr');
        const box = await code.boundingBox();
        if (box.width < 25 * MM) return `${path}: ${(box.width / MM).toFixed(1)} mm`;
        const shot = (await code.screenshot()).toString('base64');
        await page.evaluate(JSQR);
        const said = await page.evaluate(async (png) => {
          const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
          canvas.drawImage(image, 0, 0);
          const { data, width, height } = canvas.getImageData(0, 0, image.width, image.height);
          return window.jsQR(data, width, height, { inversionAttempts: 'dontInvert' })?.data;
        }, shot);
        const printed = (await page.locator('.sh-address').innerText()).trim();
        const back = await page.locator('.sh-address a').evaluate((link) => link.href);
        const own = back.slice(address('').length);
        const canonical = attr(elements(parse(read(own, dir)), 'link').find((link) => attr(link, 'rel') === 'canonical'), 'href');
        if (said !== canonical || printed !== canonical) return `${path}: code says ${said}, paper ${printed}, the page ${canonical}`;
        return '';
      });
      none(found, `codes of ${name} that lead astray (${media.media})`);
    }
  }
});

// ---------------------------------------------------------------- nothing is left out in silence

test('what does not fit is said to stand on the page, with its number', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  let cut = 0;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const found = await onEvery(context, hardPaths.filter((path) => path.includes('/schedules/')), async (page, path) => {
    await page.goto(hardServer.elsewhere(path));
    const sheet = await page.evaluate(() => ({
      shown: Object.fromEntries([...document.querySelectorAll('.ls:not([hidden])')].map((one) => [one.querySelector('h2').textContent, one.querySelectorAll('li:not([hidden])').length])),
      times: document.querySelectorAll('.lt-one').length,
      foot: document.querySelector('.sh-more:not([hidden])')?.textContent ?? '',
    }));
    const n = Number(/s(\d+)\.html/.exec(path)[1]);
    const windowsOf = [0, 1, 1, 2, 3, 20, 20][n % 7];
    const faults = [];
    const clipped = sheet.foot.includes('全文见网页');
    for (const [title, whole] of [['怎么办', n % 6], ['在哪里办', n % 4], ['带什么', n % 9], ['一天办多少人', n % 5], ['分场次受理', windowsOf > 2 ? 30 : 0]]) {
      const left = Number(new RegExp(`${title}（(\\d+)项）`).exec(sheet.foot)?.[1] ?? 0);
      cut += left;
      if ((sheet.shown[title] ?? 0) + left !== whole && !(clipped && left === 0)) faults.push(`${title}: ${sheet.shown[title] ?? 0} shown, ${left} said to be left out, of ${whole}`);
    }
    const left = Number(/什么时候（(\d+)项）/.exec(sheet.foot)?.[1] ?? 0);
    if (sheet.times + left !== windowsOf) faults.push(`${sheet.times} times shown, ${left} said to be left out, of ${windowsOf}`);
    return faults.length > 0 && `${path}: ${faults.join('; ')}`;
  });
  none(found, 'leaflets that leave something out in silence');
  assert.ok(cut > 100, `only ${cut} items were too much: the site is not hard enough`);
});

// ---------------------------------------------------------------- screen

test('no leaflet scrolls sideways on a telephone, and axe finds nothing there', async () => {
  for (const [name, , paths, address] of sites()) {
    const context = await browser.newContext({ viewport: { width: 360, height: 700 } });
    const found = await onEvery(context, paths, async (page, path) => {
      await page.goto(address(path));
      const faults = [await sideways(page, 1), ...(name === 'the site' ? [await sideways(page, 2), ...(await violations(page))] : [])];
      return faults.filter(Boolean).map((one) => `${path}: ${one}`);
    });
    none(found.flat(), `faults of ${name} on a telephone`);
  }
});

test('on a wide screen it looks like a sheet of paper', async () => {
  for (const [name, , paths, address] of sites()) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const found = await onEvery(context, paths, async (page, path) => {
      await page.goto(address(path));
      const box = await page.locator('.sheet').boundingBox();
      const fault = await sideways(page, 1);
      if (fault) return `${path}: ${fault}`;
      return Math.abs(box.width - 210 * MM) > 1 || Math.abs(box.height - 297 * MM) > 8 ? `${path}: ${(box.width / MM).toFixed(0)} by ${(box.height / MM).toFixed(0)} mm` : '';
    });
    none(found, `leaflets of ${name} that are no sheet`);
  }
});
