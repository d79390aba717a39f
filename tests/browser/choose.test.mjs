// Choosing a county by typing, wherever there are many: on the register, the home page, the page of a province and in self-checks,
// with keys, pointer and screen reader; without script the lists are there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { browse, none, read, serve, violations } from './lib.mjs';

const REGISTER = 'counties/index.html';

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.goto(server.url(path), { waitUntil: 'load' });
  return page;
}
const close = (page) => page.context().close();
const field = (page) => page.locator('input[role=combobox]');
const options = async (page) => (await page.getByRole('option').evaluateAll((all) => all.map((one) => one.firstChild.data)));

test('characters, readings, first letters, ü as v, and the place around it find a county', async () => {
  const page = await open(REGISTER);
  const found = [];
  for (const [typed, name] of [
    ['右玉', '右玉县'], ['右玉县', '右玉县'], ['youyu', '右玉县'], ['YOU YU', '右玉县'], ['yòuyù', '右玉县'], ['yyx', '右玉县'], ['yux', '右玉县'],
    ['lyx', '临颍县'], ['linying', '临颍县'], ['清徐', '清徐县'], ['lvyang', undefined], ['火星', undefined], ['朔州', '朔城区'],
  ]) {
    await field(page).fill(typed);
    const names = await options(page);
    if (name === undefined ? names.length > 0 : !names.includes(name)) found.push(`${typed}: ${names}`);
    if (names.length > 8) found.push(`${typed}: ${names.length} options`);
  }
  none(found, 'typed and not found');
  await field(page).fill('火星');
  assert.equal(await page.locator('.choose [role=status]').innerText(), '这里没有这个县。');
  // More than are shown are counted.
  await field(page).fill('xian');
  assert.match(await page.locator('.choose [role=status]').innerText(), /^还有 \d+ 个，再多写几个字。$/);
  await close(page);
});

test('keys: the arrows move, Enter takes, Escape closes; what is typed whole is marked', async () => {
  const page = await open(REGISTER);
  await field(page).fill('lyx');
  const many = await options(page);
  assert.ok(many.length > 1, `${many}`);
  assert.equal(await field(page).getAttribute('aria-activedescendant'), null);
  const marked = () => page.locator('[role=option][aria-selected=true]').evaluateAll((all) => all.map((one) => one.firstChild.data));
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await marked(), [many[0]]);
  await page.keyboard.press('ArrowUp');
  assert.deepEqual(await marked(), [many[many.length - 1]]);
  const id = await field(page).getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`#${id}`).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
  await field(page).fill('右玉县');
  assert.deepEqual(await marked(), ['右玉县']);
  await Promise.all([page.waitForURL(/counties\/140623\.html$/), page.keyboard.press('Enter')]);
  assert.equal(await page.locator('h1').innerText(), '右玉县');
  await close(page);
});

test('a tap takes a county, on every page that lists many', async () => {
  for (const path of [REGISTER, 'index.html', 'provinces/41.html']) {
    const page = await open(path, { hasTouch: true });
    await field(page).fill('linying');
    const [before] = [await violations(page)];
    none(before, `${path}: rules of axe`);
    await Promise.all([page.waitForURL(/counties\/411122\.html$/), page.getByRole('option', { name: /临颍县/ }).tap()]);
    await close(page);
  }
});

test('in a self-check what is typed is the answer, and the list shows the same', async () => {
  const page = await open('checks/remote-renewal.html');
  for (let n = 0; n < 6 && !(await field(page).isVisible().catch(() => false)); n += 1) {
    const date = page.locator('#in input[type=date]');
    if (await date.count()) await date.fill('2020-08-01');
    else await page.locator('#in .pick').first().click();
    await page.locator('#ok').click();
  }
  assert.equal(await page.locator('#in select').isVisible(), false, 'the list of all counties is folded');
  // Nothing is chosen while several fit.
  await field(page).fill('yyx');
  await page.locator('#ok').click();
  assert.match(await page.locator('#err').innerText(), /请选一项/);
  await field(page).fill('youyu');
  await page.keyboard.press('Enter');
  assert.equal(await field(page).inputValue(), '右玉县');
  assert.equal(await page.locator('#in select').evaluate((select) => select.selectedOptions[0].text), '右玉县');
  const asked = await page.locator('#q').innerText();
  await page.locator('#ok').click();
  assert.notEqual(await page.locator('#q').innerText(), asked);
  // Back: the answer is in the field.
  await page.locator('#back').click();
  assert.equal(await field(page).inputValue(), '右玉县');
  await page.locator('#in summary').click();
  await page.locator('#in select').selectOption({ label: '清徐县' });
  assert.equal(await field(page).inputValue(), '清徐县');
  await close(page);
});

test('without script all counties are in lists, and the register is a few screens long', async () => {
  const page = await open(REGISTER, { javaScriptEnabled: false });
  assert.equal(await field(page).count(), 0);
  const links = await page.locator('#register .counties li > a').count();
  assert.ok(links >= 198, `${links} links`);
  const height = await page.evaluate(() => document.documentElement.scrollHeight).catch(() => 0);
  assert.ok(height < 640 * 8, `${height} px`);
  await page.locator('details.fold', { hasText: '朔州市' }).first().locator('summary').click();
  assert.ok(await page.locator('#register a', { hasText: '右玉县' }).isVisible());
  await close(page);
});

test('the script is on no page that has nothing to choose from', () => {
  for (const path of ['counties/140623.html', 'notices/shanxi-2020-renewal.html', 'checks/relief-amount.html']) {
    assert.ok(!/choose\.[0-9a-f]+\.js/.test(read(path)), path);
  }
});
