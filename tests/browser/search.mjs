// How a reader searches, for the tests of the search: opens a page, asks, reads what came out.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { random } from './checks.mjs';
import { attr, elements, inside, parse, textOf } from './html.mjs';
import { BIN, PAGES, REPO, SITE, isRedirect, read, serve } from './lib.mjs';

/**
 * Opens an address in a context of its own. `close` fails if the page threw an error, opened a dialog or broke its policy;
 * `requests` are all requests the page made, `prepare` sees the context before the page does.
 */
export async function open(browser, address, { prepare, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, timezoneId: 'Asia/Shanghai', ...options });
  await prepare?.(context);
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const faults = [];
  const requests = [];
  page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
  page.on('console', (message) => { if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text()); });
  page.on('dialog', (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on('request', (request) => requests.push(request));
  await page.goto(address);
  return { page, context, requests, faults, close: async () => { await context.close(); assert.deepEqual(faults, []); } };
}

export const status = (page) => page.locator('.find [role=status], #results [role=status]');

/** Wipes what is said, does `work`, waits until something is said again, and hands out the words. */
export async function said(page, work) {
  await page.evaluate(() => { for (const one of document.querySelectorAll('[role=status]')) one.textContent = ''; });
  await work();
  await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((one) => one.textContent));
  assert.ok(await status(page).isVisible(), 'what is said cannot be seen');
  return status(page).innerText();
}

/** Types a question; hands out what the status says. */
export const ask = (page, words) => said(page, async () => { await page.locator('#find').fill(words); });

/** Puts a value that no keyboard can type, such as half a character. */
export const put = (page, words) => said(page, () => page.evaluate((text) => {
  const box = document.getElementById('find');
  box.value = text;
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
}, words));

/** Results that can be seen, in order. */
export const results = (page) => page.evaluate(() => {
  const root = document.getElementById('results') ?? document.querySelector('.panel');
  if (!root?.checkVisibility()) return [];
  return [...root.querySelectorAll('li')].filter((one) => one.checkVisibility()).map((one) => {
    const link = one.querySelector('a');
    return {
      group: one.parentNode.previousElementSibling.textContent,
      title: link.textContent,
      href: link.href,
      marks: [...one.querySelectorAll('mark')].map((mark) => mark.textContent),
      text: one.innerText,
    };
  });
});

/** Opens a page with a box in the tab and goes to the box. */
export async function into(page, address) {
  if (address) {
    await page.goto('about:blank');
    await page.goto(address);
  }
  // On a phone the box is folded with the menu.
  if (await page.locator('#find').isHidden()) await page.locator('.menu > summary').click();
  await page.locator('#find').focus();
  await page.waitForFunction(() => window.mingbaiSearch);
}

// ---------------------------------------------------------------- what is put in

/** Questions from which something might break. */
export const HOSTILE = [
  '右玉县续贷'.repeat(2000), 'a'.repeat(10000), '1'.repeat(10000), '.*+?^${}()|[]\\', '(((((', '[a-', '\\', '%', '%E0%A4%A', '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>右玉', '"><svg onload=alert(1)>', 'javascript:alert(1)', '👨‍👩‍👧‍👦🀄', '𠮷野家', '\ud800', '右玉\ud800县', '\udc00\ud800', '，。！？、；：“”', '…——',
  '\0', '右\0玉', '\u202e右玉', '__proto__', 'constructor', 'toString hasOwnProperty', '=右玉', '!医保', '+续贷', '~', '*', "'", "you'yu'", '#-7', '的', '的的的的', '一二三四五六七八九十百月',
  '2020', '〔〕', '〔2020', '2020〕〕号', '99999999999999999999号', '13月45日', '٣٤٥', 'ǖǘǚǜ', '\u001f\u001e\u001d', 'ﷺ'.repeat(50),
];

const FUTURE = read('search/index.js').replace(/^_mb\("i","\d+/, '_mb("i","999');
assert.notEqual(FUTURE, read('search/index.js'));
const HTML = '<!doctype html><title>x</title><p>missing';
const script = (body) => ({ status: 200, contentType: 'text/javascript', body });
/** The name that the file of a request goes by in `_mb`. */
export const nameOf = (route) => new URL(route.request().url()).pathname.match(/([^/]+)\.js$/)[1].replace('index', 'i').replace(/^search-more.*/, '+');
/** Answers instead of a file of the index, by its name. */
export const DAMAGE = [
  ['of another format', () => script(FUTURE)],
  ['missing', () => ({ status: 404, contentType: 'text/html', body: HTML, headers: { 'X-Content-Type-Options': 'nosniff' } })],
  ['empty', () => script('')],
  ['of another name', () => script('_mb("s1","~~ bad")')],
  ['a page', () => ({ status: 200, contentType: 'text/html', body: HTML, headers: { 'X-Content-Type-Options': 'nosniff' } })],
  ['without words', (name) => script(`_mb(${JSON.stringify(name)},"")`)],
  ['not of this form', (name) => script(`_mb(${JSON.stringify(name)},"~~ bad~右玉 \\u007f\\u007f~续贷 é")`)],
  ['not a text', (name) => script(`_mb(${JSON.stringify(name)},{"a":1})`)],
];

/** Strings that look like questions, and strings that look like nothing. */
export function anything(count, seed) {
  const next = random(seed);
  const texts = PAGES.filter((path) => /^(notices|counties|checks|topics)\//.test(path) && !isRedirect(path)).slice(0, 60).map((path) => textOf(parse(read(path))).replace(/[\s\p{C}]+/gu, ' ')).join(' ');
  const chars = [...new Set(texts)].filter((c) => /\p{Script=Han}/u.test(c));
  const of = (list) => list[next(list.length)];
  const times = (most, make) => Array.from({ length: 1 + next(most) }, make).join('');
  const kinds = [
    () => { const at = next(texts.length - 40); return texts.slice(at, at + 1 + next(14)); },
    () => { const at = next(texts.length - 40); return texts.slice(at, at + 2); },
    () => times(4, () => of(chars)), () => of(chars), () => times(5, () => String(next(10))), () => times(6, () => of([...'abcdefghijklmnopqrstuvwxyz'])),
    () => of(['youyu', 'xudai', 'zhu xue dai kuan', 'hunan', "xi'an", 'yy', 'lve', 'Yòu', 'ｙｏｕ', 'QQ', 'APP', 'zhshch', 'nü']),
    () => of([...'（）()〔〕[]【】《》“”’\'-—·、，。？！%/.~=+*#!^@`|\\"']), () => of([' ', '　', '\u00a0', '  ']),
    () => times(3, () => of([...'縣貸續還學國務條辦關於錢區廳發開銀戶證護認單號乾後裏龍郟澠巿'])),
    () => `${of(['2017', '2018', '2020', '2023', '19', '二〇二〇'])}${of(['年', '〕', '-', '.', ''])}${next(32)}${of(['号', '月', '日', '月25日', '%', '个县', ''])}`,
    () => of(['什么时候', '怎么办', '在哪里办', '需要什么材料', '我想问一下', '的', '呢', '续贷', '右玉县', '临颍', '还款救助', '右王', '续货', '医保', '呼兰县', '三十个', '九月二十五日']),
    () => of(['😀', '𠮷', '㐀', '〇', 'é', 'Ω', '\u200b', '\ufeff']),
  ];
  return Array.from({ length: count }, () => times(5, () => of(kinds)()).replace(/[\n\r\v\f\u0085\u2028\u2029]/g, ' '));
}

// ---------------------------------------------------------------- the ranking

/** The best six results of each question, as the program ranks them. */
export async function ranked(questions) {
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-search-'));
  try {
    // The first line, empty, keeps a mark of byte order in the second one.
    writeFileSync(join(folder, 'questions'), `\n${questions.join('\n')}\n`);
    const { stdout } = await promisify(execFile)(BIN, ['search', '--queries', join(folder, 'questions'), REPO, '--most', '6'], { maxBuffer: 2 ** 28 });
    const answers = stdout.trim().split('\n').slice(1).map((line) => JSON.parse(line));
    assert.deepEqual(answers.map((one) => one.query), questions);
    return answers.map((one) => [
      ...cardRow(one.card), ...one.results.map((f) => [f.url, f.score, f.covered, f.weak, f.group, f.excerpt].join(' ')),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cardRow = (card) => card ? [['card', card.place, card.url, card.lead, ...card.facts.flatMap((f) => [f.text, f.quote, f.source, f.url])].join(' ')] : [];

/** The same from the page: `rows`, and how many of them came `first`, before more was asked for. */
export const rankedIn = (page, questions) => page.evaluate(async (all) => {
  const row = async (q) => {
    const answer = await window.mingbaiSearch.ask(q);
    const first = answer.found.length;
    while (!answer.end && answer.found.length < 6) await answer.more();
    const { card } = answer, shown = (f) => Array.from(f.text).slice(...f.shown).join('');
    const said = card ? [['card', card.place, card.url, card.lead, ...card.facts.flatMap((f) => [f.text, f.quote, f.source, f.url])].join(' ')] : [];
    return { first, rows: [...said, ...answer.found.slice(0, 6).map((f) => [f.url, f.score, f.covered, Boolean(f.weak), f.group, shown(f)].join(' '))] };
  };
  const safe = (q) => row(q).catch((error) => ({ first: -1, rows: [`${error}`] }));
  const out = [];
  for (const q of all) out.push(await safe(q));
  // The same question gets the same answer, whatever was asked before.
  for (let at = 0; at < all.length; at += 9) if ((await safe(all[at])).rows.join() !== out[at].rows.join()) out[at].rows.push('another answer the second time');
  return out;
}, questions);

// ---------------------------------------------------------------- the site

/** A server of the site, which `exchange` replaces by one with one more page, 月球背面 (`moon.html`). */
export async function exchangeable() {
  const folder = mkdtempSync(join(tmpdir(), 'mingbai-search-'));
  for (const one of ['content', 'data', 'themes']) cpSync(join(REPO, one), join(folder, 'site', one), { recursive: true });
  writeFileSync(join(folder, 'site/content/pages/moon.md'), '---\ntitle: 月球背面助学贷款说明\ndescription: 月球背面怎么办。\n---\n\n月球背面的同学先登录飞船。\n');
  const two = join(folder, 'two');
  await promisify(execFile)(BIN, ['build', '--out', two], { cwd: join(folder, 'site') });
  const version = (dir) => readdirSync(join(dir, 'search')).filter((name) => !name.includes('.')).join();
  assert.notEqual(version(two), version(SITE));
  const place = join(folder, 'live');
  const stand = (dir) => { rmSync(place, { force: true }); symlinkSync(dir, place); };
  stand(SITE);
  const server = await serve(place);
  return { server, exchange: () => stand(two), close: async () => { await server.close(); rmSync(folder, { recursive: true, force: true }); } };
}

/** Words and links of each section of the register, by its name, as the file of the search page has them. */
export function register(path) {
  const tokens = parse(read(path));
  const sections = tokens.flatMap((token, index) => (token.type === 'start' && token.name === 'section' && attr(token, 'aria-labelledby') ? [[attr(token, 'aria-labelledby'), inside(tokens, index)]] : []));
  return new Map(sections.map(([name, all]) => [name, { text: textOf(all), links: elements(all, 'a').map((one) => attr(one, 'href').replace(/^\.\.\//, '')) }]));
}

/** Address and heads of a request, in plain words. */
export const sent = async (request) => [request.url(), ...Object.values(await request.allHeaders())].join('\n')
  .replace(/(?:%[0-9A-F]{2})+/gi, (one) => { try { return decodeURIComponent(one); } catch { return one; } });

/** Whether the open panel lies over what has the focus. */
export const covered = (page) => page.evaluate(() => {
  const one = document.activeElement;
  const { left, top, width, height } = one.getBoundingClientRect();
  return Boolean(document.elementFromPoint(left + width / 2, top + height / 2)?.closest('.panel')) && !one.closest('.panel');
});
