// How a reader searches, for the tests of the search: opens a page, asks, reads what came out.

import assert from 'node:assert/strict';
import { random } from './checks.mjs';
import { parse, textOf } from './html.mjs';
import { PAGES, isRedirect, read } from './lib.mjs';

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

const HTML = '<!doctype html><title>x</title><p>missing';
export const script = (body) => ({ status: 200, contentType: 'text/javascript', body });
/** The name that the file of a request goes by in `_mb`. */
export const nameOf = (route) => new URL(route.request().url()).pathname.match(/([^/]+)\.js$/)[1].replace('index', 'i').replace(/^search-more.*/, '+');
/** Answers instead of a file of the index, by its name. */
export const DAMAGE = [
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
