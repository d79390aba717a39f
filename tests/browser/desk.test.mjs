// `mingbai serve`: a page follows its sources while it is open, and what is wrong with them stands over it, in Chinese,
// with place and hint, until it is mended. On a copy of a small site, in a folder of its own.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BIN, REPO, browse, none, sideways, violations } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';

/** No change may take longer to arrive, on a busy machine. */
const PATIENCE = 20000;

const NOTICE = 'content/notices/youyu-2023-plan.md';
const SCHEDULE = 'data/schedules/youyu-2023.yaml';
const PAGE = 'notices/youyu-2023-plan.html';

let browser;
let site;
let preview;

/** Starts the preview; its address, once it is printed. */
function start(port = '0') {
  return new Promise((found, failed) => {
    const process = spawn(BIN, ['--lang', 'zh', 'serve', site, '--port', port, '--today', '2023-09-01']);
    let said = '';
    process.stdout.on('data', (data) => {
      said += data;
      const address = /http:\S+\//.exec(said);
      if (address) found({ process, origin: address[0], port: new URL(address[0]).port });
    });
    process.stderr.on('data', (data) => { said += data; });
    process.on('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)));
  });
}

const stop = (one) => new Promise((done) => {
  if (one.process.exitCode !== null) done();
  one.process.removeAllListeners('exit');
  one.process.on('exit', done);
  one.process.kill('SIGINT');
});

/** Saves as editors do: a new file takes the name. */
function save(path, text) {
  writeFileSync(join(site, '~new'), text);
  renameSync(join(site, '~new'), join(site, path));
}

const load = (path) => readFileSync(join(site, path), 'utf8');

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('dialog', (dialog) => { faults.push(`a script ran: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(preview.origin + path, { waitUntil: 'load' });
  return { page, faults, close: () => context.close() };
}

const panel = (page) => page.locator('.panel');
const heading = (page) => panel(page).locator('h2');

/** A county that is not there, and a script where a name should be. */
function wrong(text) {
  const county = text.split('\n').find((line) => line.startsWith('county:'));
  assert.ok(county?.includes('右玉县'), county);
  return text.replace(county, county.replace('右玉县', '右王县'));
}

before(async () => {
  if (skip) return;
  site = mkdtempSync(join(tmpdir(), 'mingbai-desk-'));
  cpSync(join(REPO, 'tests/diagnostics/base'), site, { recursive: true });
  cpSync(join(REPO, 'themes'), join(site, 'themes'), { recursive: true });
  [browser, preview] = await Promise.all([browse(), start()]);
});

after(async () => {
  if (preview) await stop(preview);
  await browser?.close();
  if (site) rmSync(site, { recursive: true, force: true });
});

test('a page shows what was saved, without being asked, at the place where it was', { skip }, async () => {
  const { page, faults, close } = await open(PAGE);
  const text = load(NOTICE);
  await page.evaluate(() => window.scrollTo(0, 400));
  save(NOTICE, `${text}\n新写的一段，马上就要看到。\n`);
  await page.getByText('新写的一段，马上就要看到。').first().waitFor({ timeout: PATIENCE });
  assert.equal(await page.evaluate(() => Math.round(window.scrollY)), 400);
  save(NOTICE, text);
  await page.getByText('新写的一段，马上就要看到。').first().waitFor({ state: 'detached', timeout: PATIENCE });
  assert.equal(await panel(page).count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

test('a wrong county stands over the page with its place and a hint, and goes when it is mended', { skip }, async () => {
  const { page, faults, close } = await open('schedules/youyu-2023.html');
  const text = load(SCHEDULE);
  const title = await page.locator('h1').innerText();
  save(SCHEDULE, wrong(text));
  await panel(page).waitFor({ timeout: PATIENCE });
  const line = text.split('\n').findIndex((one) => one.startsWith('county:')) + 1;
  const first = panel(page).locator('.problem').first();
  assert.match(await heading(page).innerText(), /^\d+ 个错误/);
  assert.match(await first.locator('.place').first().innerText(), new RegExp(`^${SCHEDULE}:${line}:\\d+$`));
  assert.equal(await first.locator('.word').innerText(), '错误');
  assert.match(await first.locator('.code').innerText(), /^MB\d{4}$/);
  assert.match(await first.locator('mark').first().innerText(), /右王县/);
  assert.match(await first.locator('.hint').innerText(), /提示.*右玉县/s);
  assert.match(await panel(page).innerText(), /最后一次没有错误的网页仍在下面/);
  // The page stays, and can be read: the panel is folded away and unfolded.
  assert.equal(await page.locator('h1').innerText(), title);
  await page.keyboard.press('Escape');
  assert.equal(await panel(page).count(), 0);
  const pill = page.getByRole('button', { name: /个错误，展开/ });
  await pill.click();
  await page.getByRole('button', { name: '收起' }).click();
  assert.equal(await panel(page).count(), 0);
  save(SCHEDULE, text);
  await pill.waitFor({ state: 'detached', timeout: PATIENCE });
  assert.deepEqual(faults, []);
  await close();
});

test('what stands in a file is text on the page, whatever it is', { skip }, async () => {
  const { page, faults, close } = await open('index.html');
  const text = load(SCHEDULE);
  const payload = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  save(SCHEDULE, text.replace(/^county:.*$/m, `county: "${payload}"`));
  await panel(page).waitFor({ timeout: PATIENCE });
  assert.ok((await panel(page).innerText()).includes(payload));
  assert.equal(await panel(page).locator('img, script').count(), 0);
  save(SCHEDULE, text);
  await panel(page).waitFor({ state: 'detached', timeout: PATIENCE });
  assert.deepEqual(faults, []);
  await close();
});

for (const [width, height] of [[360, 700], [1280, 800]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the panel is readable and accessible ${width} px wide, ${colorScheme}`, { skip }, async () => {
      const { page, close } = await open(PAGE, { viewport: { width, height }, colorScheme });
      const text = load(SCHEDULE);
      save(SCHEDULE, `${wrong(text)}\nunknown-key: 1\n`);
      await panel(page).waitFor({ timeout: PATIENCE });
      await page.waitForFunction(() => getComputedStyle(document.querySelector('[data-mingbai-preview]').shadowRoot.querySelector('.panel')).position === 'fixed');
      const pictures = process.env.MINGBAI_PICTURES;
      if (pictures) await page.screenshot({ path: join(pictures, `panel-${width}-${colorScheme}.png`) });
      none(await violations(page), 'faults');
      none([await sideways(page, 1)], 'pages too wide');
      const box = await panel(page).boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y > 50, JSON.stringify(box));
      const wide = await panel(page).locator('.body').evaluate((body) => body.scrollWidth - body.clientWidth);
      assert.equal(wide, 0);
      save(SCHEDULE, text);
      await panel(page).waitFor({ state: 'detached', timeout: PATIENCE });
      await close();
    });
  }
}

test('a preview that starts with errors shows them in place of the page, which then appears by itself', { skip }, async () => {
  const text = load(SCHEDULE);
  await stop(preview);
  save(SCHEDULE, wrong(text));
  preview = await start();
  const { page, close } = await open('index.html');
  await panel(page).waitFor({ timeout: PATIENCE });
  assert.equal(await page.locator('h1').innerText(), '还没有网页');
  assert.match(await panel(page).innerText(), /右王县/);
  const pictures = process.env.MINGBAI_PICTURES;
  if (pictures) await page.screenshot({ path: join(pictures, 'no-page.png') });
  none(await violations(page), 'faults');
  save(SCHEDULE, text);
  await page.locator('header nav').first().waitFor({ timeout: PATIENCE });
  // The panel goes when all is made, a moment after the page that is looked at.
  await panel(page).waitFor({ state: 'detached', timeout: PATIENCE });
  await close();
});

test('a page finds a preview that was started again, and what changed meanwhile', { skip }, async () => {
  const { page, close } = await open(PAGE);
  const text = load(NOTICE);
  const { port } = preview;
  await stop(preview);
  await page.getByText('预览程序没有在运行').waitFor({ timeout: PATIENCE });
  save(NOTICE, `${text}\n停着的时候写的。\n`);
  preview = await start(port);
  await page.getByText('停着的时候写的。').first().waitFor({ timeout: PATIENCE });
  save(NOTICE, text);
  await close();
});

test('several tabs of one page all follow', { skip }, async () => {
  const context = await browser.newContext();
  const pages = [];
  for (let i = 0; i < 4; i += 1) {
    const page = await context.newPage();
    await page.goto(preview.origin + PAGE, { waitUntil: 'load' });
    pages.push(page);
  }
  const text = load(NOTICE);
  save(NOTICE, `${text}\n每一页都看到。\n`);
  for (const page of pages) await page.getByText('每一页都看到。').first().waitFor({ timeout: PATIENCE });
  save(NOTICE, text);
  await context.close();
});

test('Ctrl-C ends the preview with code 0', { skip }, async () => {
  const one = await start();
  assert.equal(await stop(one), 0);
});
