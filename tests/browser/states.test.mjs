// The words 未开始, 受理中, 即将截止, 今日截止, 已结束: they must be true on the reader's day, on every page that
// names the same window, with script (corrected in the browser) and without (as of the day of the build).

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { attr, inside, parse, textOf } from './html.mjs';
import { BIN, PAGES, REPO, browse, filesOf, none, onEvery, read, serve } from './lib.mjs';

/** The window of 右玉县: 17 July to 25 September 2023. */
const BEGINNING = 'upcoming 2023-07-17 ';

// The day, an hour of it (the last minute and the first belong to it too), and the word.
const DAYS = [
  ['2023-07-16', '23:59', '未开始'],
  ['2023-07-17', '00:01', '受理中'],
  ['2023-09-01', '12:00', '受理中'],
  ['2023-09-19', '09:00', '即将截止'],
  ['2023-09-25', '23:59', '今日截止'],
  ['2023-09-26', '00:01', '已结束'],
];

/** The words shown for the window on a page, as written in its file. */
const written = (html) => parse(html).flatMap((token, index, all) =>
  (token.type === 'start' && (attr(token, 'data-days') ?? '').startsWith(BEGINNING) && /(^|\s)state(\s|$)/.test(attr(token, 'class') ?? '')
    ? [textOf(inside(all, index))] : []));

const MUST = ['counties/140623.html', 'schedules/youyu-2023.html', 'deadlines.html'];
const mentioning = PAGES.filter((path) => written(read(path)).length > 0);

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

test('the county, its schedule and the calendar all name the window', () => {
  for (const path of MUST) assert.ok(mentioning.includes(path), `${path} does not name the window of 右玉县`);
});

for (const [day, hour, word] of DAYS) {
  test(`a reader on ${day} at ${hour} reads ${word} on every page that names the window`, async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Shanghai' });
    await context.clock.setFixedTime(new Date(`${day}T${hour}:00+08:00`));
    const found = await onEvery(context, mentioning, async (page, path) => {
      await page.goto(server.url(path), { waitUntil: 'load' });
      const words = await page.locator(`.state[data-days^="${BEGINNING}"]`).allTextContents();
      return words.filter((one) => one.trim() !== word).map((one) => `${path}: ${one.trim()}`);
    });
    none(found.flat(), `words that are not ${word}`);
  });
}

test('a site built on a day says the same words without script', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'mingbai-states-'));
  try {
    for (const [day, , word] of DAYS) {
      const folder = join(out, day);
      await promisify(execFile)(BIN, ['build', '--out', folder, '--today', day], { cwd: REPO });
      const pages = filesOf(folder).filter((path) => path.endsWith('.html'));
      const words = new Map(pages.map((path) => [path, written(read(path, folder))]).filter(([, all]) => all.length > 0));
      for (const path of MUST) assert.ok(words.has(path), `${path} of ${day} does not name the window`);
      if (word !== '已结束') assert.ok(words.has('index.html'), `the home page of ${day} does not name the window`);
      const wrong = [...words].flatMap(([path, all]) => all.filter((one) => one !== word).map((one) => `${path}: ${one}`));
      none(wrong, `words that are not ${word}, built on ${day}`);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test('a page built long ago is corrected by the reader’s date, and one built today is left as it is', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'mingbai-states-'));
  await promisify(execFile)(BIN, ['build', '--out', out, '--today', '2023-07-16'], { cwd: REPO });
  const old = await serve(out);
  try {
    for (const [day, word] of [['2023-07-16', '未开始'], ['2023-09-26', '已结束']]) {
      const context = await browser.newContext({ timezoneId: 'Asia/Shanghai' });
      await context.clock.setFixedTime(new Date(`${day}T12:00:00+08:00`));
      const page = await context.newPage();
      for (const path of ['index.html', ...MUST]) {
        await page.goto(old.url(path), { waitUntil: 'load' });
        const words = new Set((await page.locator(`.state[data-days^="${BEGINNING}"]`).allTextContents()).map((one) => one.trim()));
        assert.deepEqual([...words], [word], `${path} read on ${day}`);
      }
      await context.close();
    }
  } finally {
    await old.close();
    rmSync(out, { recursive: true, force: true });
  }
});

// Days around every date of the documents: floors (不早于), ceilings (不晚于), deadlines of offices, documents of a year.
const AGREE_ON = ['2017-08-24', '2020-07-18', '2020-07-20', '2020-07-27', '2020-09-20', '2020-09-25', '2020-09-26', '2021-01-01', '2023-01-31', '2023-09-25', '2024-01-01'];
const AGREE_AT = ['provinces/14.html', 'counties/140623.html', 'schedules/youyu-2023.html', 'pilots/shanxi-2020-remote.html', 'notices/shanxi-2020-renewal.html', 'notices/national-2023-guide.html', 'notices/hunan-2017-rescue.html'];

test('builder and script say the same of every window, deadline and document on every day', { skip: !BIN && 'MINGBAI_BIN is not set' }, async () => {
  const out = mkdtempSync(join(tmpdir(), 'mingbai-states-'));
  const states = (html) => parse(html).flatMap((token, index, all) =>
    (token.type === 'start' && /(^|\s)state(\s|$)/.test(attr(token, 'class') ?? '') && attr(token, 'data-scale')
      ? [textOf(inside(all, index)).trim()] : []));
  let old;
  try {
    for (const day of AGREE_ON) {
      const folder = join(out, day);
      await promisify(execFile)(BIN, ['build', '--out', folder, '--today', day], { cwd: REPO });
      // The oldest of these sites is the one that is read on all later days.
      old ??= await serve(folder);
      const context = await browser.newContext({ timezoneId: 'Asia/Shanghai' });
      await context.clock.setFixedTime(new Date(`${day}T12:00:00+08:00`));
      await onEvery(context, AGREE_AT, async (page, path) => {
        const built = states(read(path, folder));
        await page.goto(old.url(path), { waitUntil: 'load' });
        const corrected = (await page.locator('.state[data-scale]').allTextContents()).map((one) => one.trim());
        assert.ok(built.length > 0, `${path} shows no state`);
        assert.deepEqual(corrected, built, `${path} on ${day}`);
      });
      await context.close();
    }
  } finally {
    await old?.close();
    rmSync(out, { recursive: true, force: true });
  }
});
