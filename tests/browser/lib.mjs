// What all browser tests share: the built site as files, a small web server for it, and one Chromium.
//
// Comes in by environment: MINGBAI_SITE (folder of the built site), MINGBAI_BIN (the program, for tests
// that build), CHROMIUM (the browser; else the first one found in PATH). Nothing here knows a test.

import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, extname, join, posix, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { attr, elements, parse } from './html.mjs';

/** Root of the repository, which is a site folder. */
export const REPO = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of the built site. */
export const SITE = process.env.MINGBAI_SITE ? resolve(process.env.MINGBAI_SITE) : '';
if (!existsSync(join(SITE, 'index.html')) || !SITE) {
  throw new Error('MINGBAI_SITE must be the folder of a built site; tests/run sets it');
}

/** The program under test, for tests that build. */
export const BIN = process.env.MINGBAI_BIN ?? '';

// ---------------------------------------------------------------- the site as files

/** All files below `dir` as site paths (`notices/x.html`), sorted. */
export function filesOf(dir = SITE) {
  return readdirSync(dir, { recursive: true })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => statSync(join(dir, name)).isFile())
    .sort();
}

/** Text of one file of the site. */
export const read = (path, dir = SITE) => readFileSync(join(dir, path), 'utf8');

/** All HTML pages, sorted. */
export const PAGES = filesOf().filter((path) => path.endsWith('.html'));

/** A page that only sends the reader on to another one. */
export const isRedirect = (path) =>
  elements(parse(read(path)), 'meta').some((meta) => /^refresh$/i.test(attr(meta, 'http-equiv') ?? ''));

/** The path under which the site is meant to be served, from the canonical link of its home page: `/` or `/zhengce/`. */
export const BASE = (() => {
  const link = elements(parse(read('index.html')), 'link').find((one) => attr(one, 'rel') === 'canonical');
  return link ? new URL(attr(link, 'href'), 'http://localhost/').pathname : '/';
})();

/** Pages that must exist, one or more of each kind. */
export const REQUIRED = [
  'index.html',
  'notices/index.html',
  'notices/shanxi-2020-renewal.html',
  'notices/youyu-2023-plan.html',
  'notices/national-2023-guide.html',
  'notices/hunan-2017-rescue.html',
  'notices/henan-2018-assessment.html',
  'counties/index.html',
  'counties/140623.html', // 右玉县: pilot and schedule
  'counties/411122.html', // 临颍县: a grade only, and a name misprinted in the source
  'pilots/shanxi-2020-remote.html',
  'schedules/youyu-2023.html',
  'assessments/henan-2018.html',
  'deadlines.html',
  'topics/index.html',
  'glossary/index.html',
  'checks/index.html',
  'checks/hunan-rescue.html',
  'checks/hunan-rescue/rules.html',
  'checks/hunan-rescue/examples.html',
  'checks/remote-renewal.html',
  'checks/hardship-form.html',
  'provinces/14.html',
  'prefectures/1406.html',
  'about.html',
  'open-data.html',
  'developers.html',
  'data/index.html',
  'data/deadlines.html',
  'data/regions.html',
  '404.html',
];

/**
 * Pages of every kind: the required ones, every page of the top folder, and of every other folder its index,
 * first and largest page, so that a kind added later is tested without a word here.
 */
export const KINDS = (() => {
  const kinds = new Set(REQUIRED.filter((path) => PAGES.includes(path)));
  const folders = new Map();
  for (const path of PAGES.filter((one) => !isRedirect(one))) {
    // Folders within a folder are of one kind: checks/*/rules.html, checks/*/examples.html.
    const folder = posix.dirname(path).replace(/\/.*/, '/*');
    if (folder === '.') kinds.add(path);
    else folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  for (const pages of folders.values()) {
    const rest = pages.filter((path) => !path.endsWith('/index.html'));
    for (const path of pages) if (path.endsWith('/index.html')) kinds.add(path);
    if (rest.length === 0) continue;
    kinds.add(rest[0]);
    kinds.add(rest.reduce((a, b) => (statSync(join(SITE, b)).size > statSync(join(SITE, a)).size ? b : a)));
  }
  return [...kinds];
})();

// ---------------------------------------------------------------- the server

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.ics': 'text/calendar; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.xml': 'application/xml; charset=utf-8',
};

/**
 * The strictest policy a county's web server may send: nothing inline, nothing from elsewhere. Only self-checks may
 * run a module, as their own `<meta>` says.
 */
const policy = (path) =>
  `default-src 'none'; style-src 'self'; script-src 'self'${/^checks\/[^/]+\.html$/.test(path) ? " 'wasm-unsafe-eval'" : ''}; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types mingbai`;

/**
 * Serves `dir` below the site's own base path and below `/zhengce/` (pages must work under any path).
 * @returns {Promise<{url: (path: string) => string, elsewhere: (path: string) => string, origin: string, close: () => Promise<void>}>}
 */
export async function serve(dir = SITE) {
  const bases = ['/zhengce/', BASE].sort((a, b) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost/').pathname);
    const base = bases.find((one) => path.startsWith(one));
    const wanted = base ? posix.normalize(path.slice(base.length) || 'index.html') : '..';
    const file = join(dir, wanted);
    const found = !wanted.startsWith('..') && existsSync(file) && statSync(file).isFile();
    const sent = found ? file : join(dir, '404.html');
    response.writeHead(found ? 200 : 404, {
      'Content-Type': TYPES[extname(sent)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy(wanted),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'max-age=600',
    });
    response.end(existsSync(sent) ? readFileSync(sent) : '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: (path) => origin + BASE + path,
    elsewhere: (path) => `${origin}/zhengce/${path}`,
    close: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}

// ---------------------------------------------------------------- the browser

function chromiumPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch { /* not here */ }
    }
  }
  throw new Error('no Chromium found: set CHROMIUM to its path');
}

/** Starts Chromium without a window, in the time of China, by which sites are built. It may reach nothing but this machine. */
export function browse() {
  return chromium.launch({
    executablePath: chromiumPath(),
    env: { ...process.env, TZ: 'Asia/Shanghai' },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
    ],
  });
}

/** How many tabs work at the same time. */
const TABS = 2;

/**
 * Runs `work(page, path)` for every path in a few tabs of `context` (a tab is used again, as opening one costs
 * more than most tests) and closes the context. Results in the order of the paths.
 */
export async function onEvery(context, paths, work) {
  const results = new Array(paths.length);
  const queue = paths.entries();
  try {
    await Promise.all(Array.from({ length: TABS }, async () => {
      const page = await context.newPage();
      for (const [index, path] of queue) results[index] = await work(page, path);
    }));
  } finally {
    await context.close();
  }
  return results;
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Rules that the colour scheme can change. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds on a page as it is now, in words; `rules`: only these. */
export async function violations(page, rules) {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ({ tags, only }) => {
      const { violations: all } = await window.axe.run(document, {
        runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: tags },
        resultTypes: ['violations'],
      });
      return all.map((one) => `${one.id}: ${one.help} (${one.nodes.length}), first ${one.nodes[0].html.slice(0, 160)}`);
    },
    { tags: TAGS, only: rules },
  );
}

/** Why a page scrolls sideways with its text `scale` times as large; empty if it does not. The text keeps that size. */
export const sideways = (page, scale) => page.evaluate((times) => {
  const root = document.documentElement;
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize);
  if (times !== 1 && !root.style.fontSize) {
    const small = sizeOf(document.body);
    root.style.fontSize = `${sizeOf(root) * times}px`;
    if (Math.abs(sizeOf(document.body) - small * times) > 1) return `text does not grow: ${small} to ${sizeOf(document.body)}`;
  }
  if (root.scrollWidth <= window.innerWidth) return '';
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter((one) => !scrolls(one)
    && (one.getBoundingClientRect().right > window.innerWidth + 1 || (one.clientWidth && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'visible')));
  return `${root.scrollWidth} px wide, because of ${wide.slice(-3).map((one) => one.outerHTML.slice(0, 100)).join(' | ')}`;
}, scale);

/** Fails with all findings at once, in words (empty ones do not count). */
export function none(findings, what) {
  const real = findings.filter(Boolean);
  if (real.length > 0) assert.fail([`${real.length} ${what}:`, ...real.slice(0, 40), ...(real.length > 40 ? ['…'] : [])].join('\n  '));
}
