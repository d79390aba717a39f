// Do pages keep to themselves, and can they be read without a server and without script?

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CHECKS } from './checks.mjs';
import { KINDS, PAGES, SITE, browse, isRedirect, none, onEvery, serve } from './lib.mjs';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

/** Visits the pages and returns what went wrong on the way. `address` gives the URL of a path. */
async function visit(paths, address) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const found = await onEvery(context, paths, async (page, path) => {
    const faults = [];
    // A browser itself reports that the page 404.html was answered with 404.
    const own = (text) => path === '404.html' && /404 \(Not Found\)/.test(text);
    page.on('request', (request) => { if (!request.url().startsWith(server.origin)) faults.push(`asks for ${request.url()}`); });
    page.on('response', (response) => { if (response.status() >= 400 && response.url() !== address(path)) faults.push(`${response.status()} for ${response.url()}`); });
    // The icon is asked for late: leaving the page first is no fault of the page (a missing icon would answer 404).
    page.on('requestfailed', (request) => { if (!/favicon/.test(request.url()) || request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()}`); });
    page.on('console', (message) => { if (/error|warning/.test(message.type()) && !own(message.text())) faults.push(`console: ${message.text()}`); });
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    await page.goto(address(path), { waitUntil: 'load' });
    const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0));
    if (!styled) faults.push('no style sheet took effect');
    const { cookies } = await context.storageState();
    if (cookies.length > 0) faults.push('sets a cookie');
    page.removeAllListeners();
    return faults.map((fault) => `${path}: ${fault}`);
  });
  return found.flat();
}

test('no page kind asks anything of another host, breaks a strict content policy or logs an error', async () => {
  none(await visit(KINDS, server.url), 'faults');
});

test('pages work below another path than their own', async () => {
  // 404.html is the one page that must know its path: it is sent for any address.
  none(await visit(KINDS.filter((path) => path !== '404.html').slice(0, 12), server.elsewhere), 'faults');
});

test('a wrong address deep in the site gets a page with style and working links', async () => {
  const page = await browser.newPage();
  const answer = await page.goto(server.url('counties/none/deeper/000000.html'));
  assert.equal(answer.status(), 404);
  assert.ok(await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0)), 'no style sheet took effect');
  const home = await page.evaluate(() => document.querySelector('main a[href]')?.href);
  assert.ok(home?.startsWith(server.url('')), `link leads to ${home}`);
  assert.equal((await page.goto(home)).status(), 200);
  await page.close();
});

test('old addresses lead to the new ones', { skip: !PAGES.some(isRedirect) && 'no old address in this site' }, async () => {
  for (const path of PAGES.filter(isRedirect).slice(0, 5)) {
    const page = await browser.newPage();
    await page.goto(server.url(path));
    await page.waitForURL((url) => !url.pathname.endsWith(`/${path}`), { timeout: 5000 });
    assert.ok(await page.locator('h1').count());
    await page.close();
  }
});

/**
 * What a reader sees, without what follows the reader's date (states, the line of today), what sorts and filters a table, and the
 * other fields that only a script makes.
 */
const visibleText = (page) => page.evaluate(() => {
  for (const own of document.querySelectorAll('.state, .now text, .filters, .choose, .take, .citation, [role=status]')) own.textContent = '';
  return document.body.innerText.replace(/\s+/g, ' ').trim();
});

test('every page kind says the same without script', async () => {
  // A self-check asks in another way without script; checks.test.mjs compares what it answers. The search page shows its
  // filters with script and a sentence without; search.test.mjs looks at both.
  const paths = KINDS.filter((path) => !CHECKS.includes(path) && path !== 'search/index.html');
  const texts = (javaScriptEnabled) => browser.newContext({ javaScriptEnabled }).then((context) => onEvery(context, paths, async (page, path) => {
    await page.goto(server.url(path), { waitUntil: 'load' });
    return visibleText(page);
  }));
  const [on, off] = [await texts(true), await texts(false)];
  const found = paths.map((path, index) => {
    if (on[index] === off[index]) return '';
    const at = [...on[index]].findIndex((char, place) => char !== off[index][place]);
    const around = (text) => text.slice(Math.max(0, at - 10), at + 40);
    return `${path}: with script “${around(on[index])}”, without “${around(off[index])}”`;
  });
  none(found, 'pages that differ');
});

test('from a folder, links lead from the home page to a county, to the clause behind its schedule, and back', async () => {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  const home = pathToFileURL(join(SITE, 'index.html')).href;
  await page.goto(home);

  /** Clicks a link as a reader would, after unfolding what hides it. */
  const follow = async (selector) => {
    // What another day shows is hidden.
    const link = page.locator(`${selector}:not([hidden] *)`).first();
    await link.evaluate((one) => { for (let up = one.closest('details'); up; up = up.parentElement.closest('details')) up.open = true; });
    await link.click();
  };
  const direct = await page.locator('main a[href$="counties/140623.html"]:not([hidden] *)').count();
  if (!direct) await follow('a[href$="counties/index.html"]');
  await follow('main a[href$="140623.html"]');
  assert.match(await page.locator('h1').innerText(), /右玉县/);
  await follow('main a[href*="schedules/youyu-2023.html"]');
  assert.match(await page.locator('h1').innerText(), /右玉县/);
  await follow('main a[href*="notices/youyu-2023-plan.html#"]');
  assert.match(page.url(), /^file:.*youyu-2023-plan\.html#/);
  assert.ok((await page.locator(':target').innerText()).trim().length > 5, 'the clause is empty');
  for (let n = direct ? 3 : 4; n > 0; n -= 1) await page.goBack();
  assert.equal(page.url(), home);
  // Rules of a file may not be read by script, but what they do can be seen: the skip link is out of sight.
  assert.ok(await page.evaluate(() => document.styleSheets.length > 0 && getComputedStyle(document.querySelector('a[href^="#"]')).position === 'absolute'), 'no style from a folder');
  await page.close();
  none(faults, 'faults');
});
