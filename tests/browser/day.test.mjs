// The law of days: a page built for day A and opened on day B shows what a page built for day B shows. Text, order,
// headings, states and what is hidden; with script on B's page, and without.
//
// Two sites: the story `days`, which has every kind of date on every kind of page, and the real one. Each is built for
// every day; the site of the first day is opened on all others, and some days are opened on the next one. Pages whose
// files are equal but for the day in their foot need no browser.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { BIN, REPO, browse, filesOf, none, onEvery, read, serve } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';
const run = promisify(execFile);

// Before, at and after each date of the story: first days, last days, their last week, floors, ceilings, single days,
// sessions, a document's term, ends of years, 29 February.
const STORY_DAYS = [
  '2023-06-24', '2023-06-30', '2023-07-01', '2023-07-10', '2023-07-25', '2023-08-01', '2023-08-02', '2023-08-04',
  '2023-09-05', '2023-09-06', '2023-09-13', '2023-09-16', '2023-09-20', '2023-09-21', '2023-09-25', '2023-09-26',
  '2023-12-31', '2024-01-01', '2024-07-10', '2024-09-21', '2025-01-01',
];

// The same for the dates of the real documents.
const REAL_DAYS = [
  '2020-07-17', '2020-07-27', '2020-09-25', '2020-09-26', '2021-01-01', '2023-07-16', '2023-07-17', '2023-09-18',
  '2023-09-25', '2023-09-26', '2023-12-31', '2024-01-01', '2026-11-29',
];

// Pages of the real site that are always opened; of the others the first of each folder that differs.
const REAL_PAGES = [
  'index.html', 'deadlines.html', 'counties/140623.html', 'schedules/youyu-2023.html', 'schedules/index.html',
  'leaflets/schedules/youyu-2023.html', 'provinces/index.html', 'provinces/14.html', 'prefectures/1406.html',
  'notices/index.html', 'notices/shanxi-2020-renewal.html', 'notices/youyu-2023-plan.html',
  'pilots/shanxi-2020-remote.html', 'glossary/index.html', 'search/index.html',
];

/** A question whose results have states, by site. */
const QUESTIONS = { story: ['丙县', '庚县受理安排', '管理办法', '续贷'], real: ['右玉县续贷', '山西续贷通知'] };

let browser;
const folders = [];
before(async () => { if (!skip) browser = await browse(); });
after(async () => {
  await browser?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder() {
  const made = mkdtempSync(join(tmpdir(), 'mingbai-day-'));
  folders.push(made);
  return made;
}

/** The story as a site folder. */
function story() {
  const site = folder();
  cpSync(join(REPO, 'themes/mingbai'), join(site, 'themes/mingbai'), { recursive: true });
  cpSync(join(REPO, 'tests/stories/regions'), site, { recursive: true });
  for (const part of ['content', 'data']) cpSync(join(REPO, 'tests/stories/days', part), join(site, part), { recursive: true });
  return site;
}

/** Builds a site for each day; the folders by day. */
async function built(site, days) {
  const out = folder();
  const made = new Map();
  for (const day of days) {
    const place = join(out, day);
    await run(BIN, ['build', '--out', place, '--today', day], { cwd: site });
    made.set(day, place);
  }
  return made;
}

// ---------------------------------------------------------------- what a reader sees

const chinese = (day) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日');

/**
 * The file of a page without what says on which day it was made, and without the parts that depend on the day by their
 * attributes, whose values are finished in every build.
 */
const bare = (path, dir, day) => read(path, dir)
  .replaceAll(day, 'DAY')
  .replaceAll(chinese(day), 'DAY')
  .replaceAll(`制作本页那天 ${chinese(day).slice(5)}`, 'DAY')
  .replaceAll(/assets\/[\w.-]+/g, '');

/** Runs in the page: what it shows, line by line, without the fields that only a script makes. */
function lines() {
  const out = [];
  const shown = (element) => {
    for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
      if (up.hidden || up.getAttribute('visibility') === 'hidden') return false;
      const style = getComputedStyle(up);
      if (style.display === 'none' || style.visibility === 'hidden') return false;
    }
    return true;
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.replace(/\s+/g, ' ').trim();
    if (!text || element.closest('script, noscript, style, .choose') || !shown(element)) continue;
    const heading = element.closest('h1, h2, h3, h4, h5, h6');
    const link = element.closest('a');
    const marks = [
      heading && heading.localName,
      element.closest('li') && `li${[...element.closest('li').parentElement.children].filter(shown).indexOf(element.closest('li'))}`,
      element.classList.contains('state') && element.className,
      element.localName === 'time' && element.getAttribute('datetime'),
      link && link.getAttribute('href').replace(location.origin, ''),
    ];
    out.push(`${marks.filter((mark) => mark || mark === 0).join(' ')}: ${text}`);
  }
  for (const line of document.querySelectorAll('.now line')) {
    if (shown(line)) out.push(`now ${parseFloat(line.getAttribute('x1')).toFixed(1)}`);
  }
  return out;
}

/** Facts of the making of a page, which stay as they are: 截至 on the home page, 制卡 on a sheet, sizes of files. */
const making = (all, day) => all.map((line) => line
  .replace(/^.*(?=截至)/, '')
  .replace(new RegExp(`制卡：${chinese(day)}`), '制卡')
  .replace(/(?<=\/data\/.*: )[\d.]+ k?B$/, 'size'))
  .filter((line, index) => !(index > 0 && /^截至/.test(all[index - 1].replace(/^.*: /, ''))));

/** Pages on which a script adds things to use: without it there is less, and it is not about days. */
const ENHANCED = /^(search|data|pilots|assessments|checks)\//;

/** Without script the day in pictures has another name, and nothing else is different. */
const unscripted = (all) => all
  .map((line) => line.replace('制作本页那天', '今天'))
  .filter((line) => !line.startsWith('now '));

async function open(dir, day, script, paths, act) {
  const server = await serve(dir);
  const context = await browser.newContext({ timezoneId: 'Asia/Shanghai', javaScriptEnabled: script });
  await context.clock.setFixedTime(new Date(`${day}T12:00:00+08:00`));
  try {
    return new Map((await onEvery(context, paths, async (page, path) => {
      // A leaflet is made for paper.
      await page.emulateMedia({ media: path.startsWith('leaflets/') ? 'print' : 'screen' });
      await page.goto(server.url(path), { waitUntil: 'load' });
      if (act) await act(page);
      return [path, await page.evaluate(lines)];
    })));
  } finally {
    await server.close();
  }
}

function difference(name, seen, wanted) {
  const at = wanted.findIndex((line, index) => line !== seen[index]);
  if (at < 0 && seen.length === wanted.length) return '';
  const where = at < 0 ? wanted.length : at;
  return `${name}: line ${where}: ${JSON.stringify(seen[where])} instead of ${JSON.stringify(wanted[where])}`;
}

/** Compares pages built for `from` and opened on `day` with those of `day`. */
async function compare(sites, from, day, paths) {
  const [old, fresh] = [sites.get(from), sites.get(day)];
  const seen = await open(old, day, true, paths);
  const wanted = await open(fresh, day, true, paths);
  const plain = await open(fresh, day, false, paths.filter((path) => !ENHANCED.test(path)));
  return paths.flatMap((path) => [
    difference(`${path} built for ${from}, opened on ${day}`, making(seen.get(path), from), making(wanted.get(path), day)),
    plain.has(path) && difference(`${path} of ${day} without script`, unscripted(plain.get(path)), unscripted(wanted.get(path))),
  ]);
}

/** The pages whose files differ between two days. */
function differing(sites, from, day) {
  const [old, fresh] = [sites.get(from), sites.get(day)];
  const pages = (dir) => filesOf(dir).filter((path) => path.endsWith('.html'));
  assert.deepEqual(pages(old), pages(fresh), 'the same pages on all days');
  return pages(fresh).filter((path) => bare(path, old, from) !== bare(path, fresh, day));
}

// ---------------------------------------------------------------- the tests

test('a story with every kind of date shows on each day what it shows when built for that day', { skip }, async () => {
  const sites = await built(story(), STORY_DAYS);
  const findings = [];
  const kinds = new Set();
  for (const day of STORY_DAYS.slice(1)) {
    const paths = differing(sites, STORY_DAYS[0], day);
    paths.forEach((path) => kinds.add(path.replace(/\/.*/, '')));
    findings.push(...await compare(sites, STORY_DAYS[0], day, paths));
  }
  none(findings, 'pages that do not show the reader’s day');
  for (const kind of ['index.html', 'deadlines.html', 'counties', 'prefectures', 'provinces', 'notices', 'schedules']) {
    assert.ok(kinds.has(kind), `no page of ${kind} depends on the day: ${[...kinds]}`);
  }
});

test('a story whose site is not built again for a while, and a clock that is behind', { skip }, async () => {
  const days = ['2023-06-24', '2023-09-12', '2023-09-22', '2024-09-21'];
  const sites = await built(story(), days);
  const findings = [];
  for (const [from, day] of [[1, 2], [2, 3], [3, 2], [3, 0]]) {
    findings.push(...await compare(sites, days[from], days[day], differing(sites, days[from], days[day])));
  }
  none(findings, 'pages that do not show the reader’s day');
});

test('a window without an end keeps the home page from saying that nothing is open', { skip }, async () => {
  const site = story();
  mkdirSync(join(site, 'content/notices'), { recursive: true });
  writeFileSync(join(site, 'content/notices/open-end.md'), `---
title: 甲省关于救助申请的通知
number: 甲教助〔2023〕9号
kind: 通知
issuers: [甲省教育厅]
issued: 2023-06-03
year: 2023
publicity: 主动公开
region: 甲省
topics: [续贷]
windows:
  - {what: 救助申请, from: 2023-08-25, clause: 一, quote: 2023年8月25日起受理}
  - {what: 困难认定, clause: 二, quote: 困难认定由学校安排}
source: 虚构。
checked: {on: 2023-06-04, by: 测试}
---

一、救助申请2023年8月25日起受理。

二、困难认定由学校安排。
`);
  const days = ['2023-06-24', '2023-08-25', '2024-09-21'];
  const sites = await built(site, days);
  // What the text leaves open is neither 受理中 nor past, on any day.
  for (const day of days) {
    const state = (path, what) => new RegExp(`<span>${what}</span></h3><span[^>]*>([^<]*)<`).exec(read(path, sites.get(day)))?.[1];
    assert.equal(state('deadlines.html', '困难认定'), '起止日未载明', day);
    assert.equal(state('index.html', '困难认定'), undefined, day);
    assert.equal(state('index.html', '救助申请'), day < '2023-08-25' ? '未开始' : '截止日未载明', day);
  }
  const findings = [];
  for (const day of days.slice(1)) findings.push(...await compare(sites, days[0], day, differing(sites, days[0], day)));
  none(findings, 'pages that do not show the reader’s day');
});

test('the real site shows on each day what it shows when built for that day', { skip }, async () => {
  const sites = await built(REPO, REAL_DAYS);
  const findings = [];
  // The site of the last day is the one that is published; the first one is read on all later days.
  const pairs = REAL_DAYS.slice(1).map((day) => [REAL_DAYS[0], day]);
  for (const [from, day] of [...pairs, [REAL_DAYS.at(-1), '2023-09-18'], [REAL_DAYS.at(-1), '2020-07-27']]) {
    const pages = differing(sites, from, day);
    const rest = new Map();
    for (const path of pages) if (!rest.has(path.replace(/\/.*/, ''))) rest.set(path.replace(/\/.*/, ''), path);
    const paths = [...new Set([...REAL_PAGES.filter((path) => pages.includes(path)), ...rest.values()])];
    findings.push(...await compare(sites, from, day, paths));
  }
  none(findings, 'pages that do not show the reader’s day');
});

test('results of a search have the states of the reader’s day', { skip }, async () => {
  const real = ['2020-07-17', '2020-09-25', '2023-07-17', '2023-09-20', '2023-09-26', '2024-01-01'];
  for (const [name, site, days] of [['story', story(), STORY_DAYS.filter((_, index) => index % 3 === 0)], ['real', REPO, real]]) {
    const sites = await built(site, days);
    const findings = [];
    let states = 0;
    const addresses = QUESTIONS[name].flatMap((question) => ['', '&now=1'].map((now) => `search/index.html?q=${encodeURIComponent(question)}${now}`));
    const ready = (page) => page.locator('#results :is(li, p)').first().waitFor();
    for (const day of days.slice(1)) {
      const seen = await open(sites.get(days[0]), day, true, addresses, ready);
      const wanted = await open(sites.get(day), day, true, addresses, ready);
      for (const address of addresses) {
        findings.push(difference(`${decodeURIComponent(address)} of ${name} on ${day}`, making(seen.get(address), days[0]), making(wanted.get(address), day)));
        states += wanted.get(address).filter((line) => line.includes('state state-')).length;
      }
    }
    none(findings, 'results that do not show the reader’s day');
    assert.ok(states > 20, `results of ${name} show ${states} states`);
  }
});
