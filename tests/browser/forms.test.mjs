// `mingbai desk`: a clerk publishes without seeing a source file. On a copy of a new site, in a folder of its own: a document is handed in,
// what the reader proposes is accepted or not, words of the official text become facts, mistakes are shown at their field.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { BIN, REPO, browse, none, violations } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';

const NOTICE = 'content/notices/pinglu-2026-plan.md';
const SCHEDULE = 'data/schedules/pinglu-2026.yaml';

/** The plan of a county, invented, in the words in which such plans are written. */
const PLAN = `平鲁区2026年生源地信用助学贷款受理工作方案

各乡镇、各学校：

一、受理时间

（一）贷款受理时间：2026年7月20日至9月20日。

（二）合同变更时间：2026年7月20日至9月20日。

二、受理地点

贷款在区教育局一楼大厅办理。

三、受理办法

续贷学生在网上远程办理，首贷学生到现场办理，每天受理40名（上午20名、下午20名）。首贷学生要带身份证原件和复印件、录取通知书原件和复印件。

四、咨询电话

咨询电话：0349-6000000。

平鲁区教育局

2026年7月1日
`;

let browser;
let folder;
let site;
let desk;
let page;
let faults;
/** Clicks on buttons and fields that were filled in. */
let acts;

function start() {
  return new Promise((found, failed) => {
    const process = spawn(BIN, ['--lang', 'zh', 'desk', site, '--port', '0', '--today', '2026-07-02']);
    let said = '';
    process.stdout.on('data', (data) => {
      said += data;
      const address = /http:\S+/.exec(said);
      if (address) found({ process, door: address[0], origin: new URL(address[0]).origin });
    });
    process.stderr.on('data', (data) => { said += data; });
    process.on('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)));
  });
}

const load = (path) => readFileSync(join(site, path), 'utf8');
const go = (path) => page.goto(`${desk.origin}/.desk/file?path=${path}`);

async function click(selector) {
  acts += 1;
  await page.click(selector);
  await page.waitForLoadState();
}

async function fill(name, value) {
  acts += 1;
  await page.fill(`[name="${name}"]`, value);
}

/** Selects words of the official text with the mouse's means, and says what they are. */
async function select(words, list) {
  acts += 2;
  await page.evaluate((wanted) => {
    const paragraph = [...document.querySelectorAll('#official p')].find((one) => one.textContent.includes(wanted));
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = '';
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      nodes.push([node, all.length]);
      all += node.data;
    }
    const place = (at) => nodes.findLast(([, from]) => from <= at);
    const from = all.indexOf(wanted);
    const range = document.createRange();
    const [first, last] = [place(from), place(from + wanted.length - 1)];
    range.setStart(first[0], from - first[1]);
    range.setEnd(last[0], from + wanted.length - last[1]);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }, words);
  await page.waitForSelector('#chooser:not([hidden])');
  const before = await page.locator('[data-entry]').count();
  await page.click(`#chooser [data-kind="${list}"]`);
  await page.waitForFunction((count) => document.querySelectorAll('[data-entry]').length > count, before);
}

/** Unfolds the whole form. */
const unfold = () => page.$$eval('#form details:not([data-frame])', (list) => list.forEach((one) => { one.open = true; }));
const save = () => click('#form .save button');
const problems = () => page.$$eval('.problem', (list) => list.map((one) => one.textContent));

before(async () => {
  if (!skip) browser = await browse();
});
after(() => browser?.close());
beforeEach(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'mingbai-forms-'));
  site = join(folder, 'site');
  execFileSync(BIN, ['init', site]);
  desk = await start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  faults = [];
  acts = 0;
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(desk.door);
  await page.waitForURL('**/.desk/');
});
afterEach(async () => {
  if (skip) return;
  await page.context().close();
  desk.process.removeAllListeners('exit');
  desk.process.kill('SIGINT');
  rmSync(folder, { recursive: true, force: true });
  assert.deepEqual(faults, []);
});

async function handIn(name, text, id) {
  writeFileSync(join(folder, name), text);
  await page.setInputFiles('#import-file', join(folder, name));
  await page.fill('#import-id', id);
  await click('form.drop button');
}

/** The shipped files in the place of those of the new site. */
function shipped() {
  for (const part of ['content', 'data']) {
    rmSync(join(site, part), { recursive: true });
    cpSync(join(REPO, part), join(site, part), { recursive: true });
  }
}

test('a plan becomes a schedule by selecting its words', { skip }, async () => {
  await handIn('plan.txt', PLAN, 'pinglu-2026-plan');
  assert.ok(existsSync(join(site, NOTICE)), await page.textContent('main'));
  assert.ok(existsSync(join(site, SCHEDULE)), await page.textContent('main'));
  // Its official text is whole.
  for (const line of ['贷款受理时间：2026年7月20日至9月20日。', '咨询电话：0349-6000000。']) {
    assert.ok(load(NOTICE).includes(line), line);
  }
  acts = 0;
  await go(SCHEDULE);
  for (let i = 0; i < 20 && await page.$('.proposal'); i += 1) await click('.proposal button[value=accept]');
  while (await page.$('.mark button')) await click('.mark button');
  const lists = async (list) => page.$$eval(`[data-entry^="${list}/"]`, (all) => all.length);
  if (await lists('venues') === 0) await select('区教育局一楼大厅', 'venues');
  if (await lists('contacts') === 0) await select('咨询电话：0349-6000000', 'contacts');
  if (await page.$('[name="contacts/0/office"]')) await fill('contacts/0/office', '平鲁区教育局');
  await save();
  assert.deepEqual(await problems(), []);
  console.log(`# clicks and fields for the schedule: ${acts}`);
  assert.ok(acts <= 25, `${acts} clicks and fields`);
  const text = load(SCHEDULE);
  for (const part of ['from: 2026-07-20', 'until: 2026-09-20', 'per_day: 40', 'morning: 20', '一楼大厅', '0349-6000000']) {
    assert.ok(text.includes(part), `${part}\n${text}`);
  }
  // The notice has marks of its own: nothing is published until somebody has looked at them.
  await page.goto(`${desk.origin}/.desk/publish`);
  assert.match(await page.textContent('main'), /处待核，核对完才能发布/);
  assert.equal(await page.isDisabled('form.narrow button'), true);
  await go(NOTICE);
  while (await page.$('.proposal')) await click('.proposal button[value=accept]');
  while (await page.$('.mark button')) await click('.mark button');
  await unfold();
  for (const box of await page.$$('[name$="/@confirmed"]')) await box.check();
  const values = { number: '未载明', kind: '工作方案', publicity: '主动公开', region: '山西省 朔州市 平鲁区' };
  for (const [name, value] of Object.entries(values)) {
    const control = page.locator(`[name="${name}"]`);
    if (await control.evaluate((one) => one.tagName) === 'SELECT') await control.selectOption(value);
    else if (await control.inputValue() === '') await control.fill(value);
  }
  await save();
  assert.deepEqual(await problems(), []);
  // The examples of a new site are not published, nor is a site without an address of its own.
  await page.goto(`${desk.origin}/.desk/publish`);
  assert.match(await page.textContent('main'), /新网站里的示例不是政策，不能发布[^]*网站还没有自己的网址/);
  assert.equal(await page.isDisabled('form.narrow button'), true);
  await click('form[action="/.desk/examples"] button');
  assert.equal(existsSync(join(site, 'content/notices/example-plan.md')), false);
  await go('data/site.yaml');
  await page.fill('[name="base_url"]', 'https://pinglu.example.cn/');
  for (const field of await page.$$('#form input, #form textarea')) if ((await field.inputValue()).includes('〔示例〕')) await field.fill('平鲁区教育局');
  await save();
  assert.deepEqual(await problems(), []);
  // Out it goes, to a folder; who approved it is recorded.
  const www = join(folder, 'www');
  await page.goto(`${desk.origin}/.desk/publish`);
  none(await violations(page), 'accessibility of the page for publishing');
  await page.fill('#to', www);
  await page.fill('#by', '王主任');
  await click('form.narrow button');
  assert.match(await page.textContent('.note'), /已发布到/, await page.textContent('main'));
  const shown = readFileSync(join(www, 'schedules/pinglu-2026.html'), 'utf8');
  for (const part of ['2026年7月20日', '一楼大厅', '0349-6000000']) assert.ok(shown.includes(part), part);
  assert.match(readFileSync(join(site, 'publications.csv'), 'utf8'), /王主任/);
  // A window that moves is named before the next publication.
  await go(SCHEDULE);
  await page.$eval('[data-entry="windows/0"]', (entry) => { entry.open = true; });
  await page.fill('[name="windows/0/what"]', '助学贷款受理');
  await save();
  await page.goto(`${desk.origin}/.desk/publish`);
  assert.match(await page.textContent('main'), /助学贷款受理/);
});

test('every shipped source goes through its form without a changed byte', { skip, timeout: 180000 }, async () => {
  shipped();
  const files = readdirSync(site, { recursive: true })
    .map(String)
    .filter((path) => /^(content|data)\/.*\.(md|yaml)$/.test(path) && !path.startsWith('data/regions/'));
  assert.ok(files.length > 20, String(files.length));
  for (const path of files) {
    const before = load(path);
    await go(path);
    assert.equal(await page.locator('#form').count(), 1, path);
    await save();
    assert.match(await page.textContent('.note'), /已保存/, path);
    assert.equal(load(path), before, path);
  }
  assert.deepEqual(await problems(), []);
});

test('topics can be added, and a large file handed in', { skip }, async () => {
  await go('data/topics.yaml');
  const before = load('data/topics.yaml');
  const count = await page.locator('[data-entry]').count();
  await click('button[name="@add"]');
  assert.equal(await page.locator('[data-entry]').count(), count + 1);
  await page.fill(`[name="${count}/id"]`, 'newest');
  await page.fill(`[name="${count}/name"]`, '新的主题');
  await save();
  const after = load('data/topics.yaml');
  assert.ok(after.startsWith(before.trimEnd()) && after.includes('新的主题'), after);
  await page.goto(`${desk.origin}/.desk/`);
  await handIn('large.txt', `${'一段话。'.repeat(70)}\n\n`.repeat(3500), 'large-file');
  assert.ok(existsSync(join(site, 'content/notices/large-file.md')), await page.textContent('main'));
});

test('a text of several lines is saved as one', { skip }, async () => {
  await go('content/notices/example-plan.md');
  await unfold();
  const issuers = page.locator('[name="issuers"]');
  const before = await issuers.inputValue();
  await issuers.fill(`${before}\n〔示例〕另一个单位`);
  await save();
  assert.match(load('content/notices/example-plan.md'), /issuers: .*另一个单位/);
});

test('a mistake stands at its field, in words, and a save can be taken back', { skip }, async () => {
  const path = 'data/schedules/example-schedule.yaml';
  const before = load(path);
  await go(path);
  await page.$eval('[data-entry="windows/0"]', (entry) => { entry.open = true; });
  await fill('windows/0/from', '2026-02-30');
  await save();
  const field = page.locator('.field.wrong', { has: page.locator('[name="windows/0/from"]') });
  assert.match(await field.locator('.problem').textContent(), /没有 30 日/);
  assert.equal(await page.locator('[name="windows/0/from"]').getAttribute('aria-invalid'), 'true');
  assert.match(await page.textContent('.state'), /处错误/);
  // What has to be fixed is said at the top, and leads to its field.
  assert.match(await page.textContent('.note.bad'), /保存了，但有 1 处要改[^]*开始：.*没有 30 日/);
  await page.click('.note.bad a');
  assert.equal(await page.isVisible('[name="windows/0/from"]'), true);
  none(await violations(page), 'accessibility of a form with a problem');
  await click('form[action="/.desk/undo"] button');
  assert.equal(load(path), before);
  assert.deepEqual(await problems(), []);
});

test('an untouched form changes no byte, and a change only its own', { skip }, async () => {
  for (const path of ['data/schedules/example-schedule.yaml', 'content/notices/example-plan.md', 'data/site.yaml', 'data/topics.yaml']) {
    const before = load(path);
    await go(path);
    await save();
    assert.equal(load(path), before, path);
  }
  const path = 'data/site.yaml';
  const before = load(path);
  await go(path);
  await page.fill('[name="tagline"]', '新的一句话 # 不是注释');
  await save();
  const [old, now] = [before.split('\n'), load(path).split('\n')];
  const changed = old.filter((line, i) => line !== now[i]);
  assert.equal(now.length, old.length);
  assert.equal(changed.length, 1, changed.join('\n'));
  assert.ok(load(path).includes('"新的一句话 # 不是注释"'));
});

test('a site is created in an empty folder', { skip }, async () => {
  const [own, before] = [desk, site];
  site = join(folder, 'empty');
  mkdirSync(site);
  desk = await start();
  try {
    await page.goto(desk.door);
    await page.waitForURL('**/.desk/');
    assert.match(await page.textContent('h1'), /还没有网站/);
    none(await violations(page), 'accessibility of the first page');
    await page.fill('#name', '右玉助学');
    await page.fill('#region', 'pinglu');
    await click('main button');
    // Two places are written so: it asks which, and keeps what was typed.
    assert.match(await page.textContent('main'), /平鲁区、.*平陆县/);
    assert.equal(await page.inputValue('#name'), '右玉助学');
    await page.fill('#region', 'youyu');
    await click('main button');
    assert.match(await page.textContent('main'), /要做什么/);
    assert.match(load('data/site.yaml'), /右玉助学/);
  } finally {
    desk.process.removeAllListeners('exit');
    desk.process.kill('SIGINT');
    [desk, site] = [own, before];
  }
});

test('what cannot be written is said, and everything else that was filled in is kept', { skip }, async () => {
  const path = 'data/schedules/example-schedule.yaml';
  const before = `${load(path)}guide:\n  - what: 只有这一句\n`;
  writeFileSync(join(site, path), before);
  await go(path);
  await unfold();
  // The only value of an entry: an entry without one cannot be written.
  await page.fill('[name="guide/0/what"]', '');
  await page.fill('[name="windows/0/what"]', '另一件事');
  await save();
  assert.match(await page.textContent('.note.bad'), /guide\/0\/what：[^]*没有保存。填好的都还在下面/);
  assert.equal(await page.inputValue('[name="windows/0/what"]'), '另一件事');
  assert.equal(load(path), before);
  // It is saved from there once that value is there again.
  await save();
  assert.equal(load(path), before.replace(/- what: .*/, '- what: 另一件事'));
});

test('what was changed elsewhere is shown before anything is written over it', { skip }, async () => {
  const path = 'data/site.yaml';
  await go(path);
  await page.fill('[name="tagline"]', '从这里改的');
  writeFileSync(join(site, path), load(path).replace(/^title: .*$/m, 'title: 从别处改的'));
  await save();
  assert.match(await page.textContent('h1'), /在别处改过/);
  assert.match(await page.textContent('main'), /从别处改的[^]*从这里改的/);
  assert.ok(!load(path).includes('从这里改的'));
  await click('.save button');
  assert.ok(load(path).includes('title: 从别处改的') && load(path).includes('从这里改的'), load(path));
});

test('words are chosen with the keyboard', { skip }, async () => {
  await go('data/schedules/example-schedule.yaml');
  await page.focus('#official .s');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.kind), 'summary');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.kind), 'windows');
  const before = await page.locator('[data-entry^="windows/"]').count();
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('[data-entry^="windows/"]').length > count, before);
  assert.ok(await page.evaluate(() => document.activeElement.name.startsWith('windows/')));
});

test('this year begins from last year without a day of it', { skip }, async () => {
  await page.fill('#next-year', '2031');
  assert.equal(await page.inputValue('#next-source'), '', 'no document is of that year');
  await page.selectOption('#next-source', { index: 1 });
  await click('form[action="/.desk/next-year"] button');
  const made = new URL(page.url()).searchParams.get('path');
  const text = load(made);
  assert.match(text, /^year: 2031$/m);
  for (const line of text.split('\n')) {
    assert.ok(!/\d{4}-\d{2}-\d{2}/.test(line), line);
    assert.ok(line.startsWith('#') || !line.includes('quote:'), line);
  }
  assert.ok(await page.locator('.proposal').count() > 0);
});

test('a condition is changed in rows, tried on a person and compared before it is saved', { skip }, async () => {
  shipped();
  const path = 'data/checks/hunan-rescue.yaml';
  const before = load(path);
  await go(path);
  await page.click('#trial > summary');
  await page.selectOption('[name="@try/学生情况"]', '去世');
  await page.selectOption('[name="@try/湖南分行的贷款"]', '是');
  const tried = async () => {
    await page.click('[data-try]');
    await page.waitForResponse((answer) => answer.url().endsWith('/.desk/try'));
    await page.waitForSelector('#tried-results');
    await page.waitForTimeout(100);
    return page.textContent('#tried-results');
  };
  let results = await tried();
  assert.match(results, /第一类（死亡）/);
  assert.match(results, /公安机关出的借款学生死亡证明/);
  assert.match(results, /表单还没有改动/);
  // One row less: 重病致困 alone is enough.
  await unfold();
  const rows = '[name^="conditions/重大疾病类/when/@if/"]';
  await page.fill('[name="conditions/重大疾病类/when/@if/2/subject"]', '');
  results = await tried();
  assert.match(results, /原来是“[^”]+”，现在是“第四类（重大疾病）”/);
  assert.match(results, /例如/);
  assert.match(results, /MB0315/, 'the worked cases that no longer hold');
  assert.equal(load(path), before, 'trying writes nothing');
  none(await violations(page), 'accessibility of a self-check that is tried');
  // A row more, in the empty place at the end, makes another empty place.
  const count = await page.locator(`${rows}[name$="/subject"]`).count();
  await page.fill('[name="conditions/重大疾病类/when/@if/2/subject"]', '符合医保条件');
  await page.fill('[name="conditions/重大疾病类/when/@if/3/subject"]', '学生情况');
  await page.selectOption('[name="conditions/重大疾病类/when/@if/3/operator"]', 'is');
  await page.fill('[name="conditions/重大疾病类/when/@if/3/value"]', '已毕业');
  await page.keyboard.press('Tab');
  assert.equal(await page.locator(`${rows}[name$="/subject"]`).count(), count + 1);
  // A row becomes a group, of which it is the first.
  await page.selectOption('[name="conditions/重大疾病类/when/@if/1/kind"]', 'any');
  assert.equal(await page.inputValue('[name="conditions/重大疾病类/when/@if/1/0/subject"]'), '重病致困');
  await page.fill('[name="conditions/重大疾病类/when/@if/1/1/subject"]', '重大灾害');
  await save();
  const condition = load(path).split('  重大疾病类:\n')[1].split('    clause:')[0];
  assert.match(condition, /any: \[重病致困, 重大灾害\]/);
  assert.match(condition, /学生情况: 已毕业/);
  // What is beside it comes from the site as it is saved.
  await page.click('#trial > summary');
  await page.click('#trial [data-frame] summary >> nth=0');
  const picture = page.frameLocator('#trial iframe').locator('svg.tree').first();
  assert.equal(await picture.isVisible(), true);
});

test('a mistake with a certain right value is corrected by its button, together with what else was filled in', { skip }, async () => {
  shipped();
  const schedule = 'data/schedules/youyu-2023.yaml';
  const before = load(schedule);
  await go(schedule);
  await unfold();
  await page.fill('[name="windows/0/from"]', '2023-07-18');
  await save();
  await unfold();
  const button = page.locator('.field.wrong .fix');
  assert.equal(await button.textContent(), '改成“2023-07-17”');
  await page.fill('[name="venues/0/what"]', '教育局一楼的大厅');
  await button.click();
  await page.waitForLoadState();
  assert.equal(load(schedule), before.replace('what: 教育局一楼大厅', 'what: 教育局一楼的大厅'));
  const pilots = 'data/pilots/shanxi-2020-remote.yaml';
  const list = load(pilots);
  await go(pilots);
  await page.fill('[name="counties"]', (await page.inputValue('[name="counties"]')).replace('清徐县', '清许县'));
  await save();
  await page.locator('.fix', { hasText: '清徐县' }).click();
  await page.waitForLoadState();
  assert.equal(load(pilots), list);
});

test('a list is pasted from a spreadsheet, doubts are marked in their cells, and a county is added by its initials', { skip }, async () => {
  shipped();
  const path = 'data/pilots/shanxi-2020-remote.yaml';
  await go(path);
  assert.match(await page.textContent('[data-total="counties"]'), /共 30 个，原文写 30 个/);
  await page.locator('summary', { hasText: '从 Excel 粘贴' }).click();
  await page.fill('[name="counties/@paste"]', '市\t县\n太原市\t清许县\n大同市\t灵丘县\n\t浑源县\n朔州市\t右玉县');
  await page.click('[formaction="/.desk/paste"]');
  await page.waitForSelector('#pasted-result');
  assert.match(await page.inputValue('[name="counties"]'), /平顺县|清徐县/, 'what is there is not replaced unasked');
  await page.getByRole('button', { name: '换掉现在的名单' }).click();
  assert.equal(await page.inputValue('[name="counties"]'), '太原市: 清许县\n大同市: 灵丘县、浑源县\n朔州市: 右玉县');
  assert.match(await page.textContent('[data-total="counties"]'), /共 4 个/);
  assert.deepEqual(await page.$$eval('.pasted td.doubt', (cells) => cells.map((cell) => cell.textContent)), ['清许县']);
  assert.match(await page.textContent('#pasted-result'), /B2.*是不是清徐县/);
  none(await violations(page), 'accessibility of a pasted list');
  // Columns without a header are read as well; names that nobody knows empty nothing.
  const list = await page.inputValue('[name="counties"]');
  for (const [pasted, said] of [['长治市\t沁县', /1 个/], ['市\t县\n<b>x</b>\t<i>y</i>', /0 个/], ['a\tb\tc\td\te', /表头|列/]]) {
    await page.fill('[name="counties/@paste"]', pasted);
    await Promise.all([page.waitForResponse((answer) => answer.url().endsWith('/.desk/paste')), page.click('[formaction="/.desk/paste"]')]);
    await page.waitForFunction((words) => new RegExp(words).test(document.getElementById('pasted-result').textContent), said.source);
    assert.equal(await page.inputValue('[name="counties"]'), list, pasted);
  }
  const place = page.getByLabel('添一个县');
  for (const [typed, name] of [['pingding', '平定县'], ['yqx', '阳曲县']]) {
    await place.fill(typed);
    await page.waitForFunction((wanted) => [...document.querySelectorAll('datalist option')].some((one) => one.value.endsWith(wanted)), name);
    await place.press('Enter');
  }
  assert.equal(await page.inputValue('[name="counties"]'), '太原市: 清许县、阳曲县\n大同市: 灵丘县、浑源县\n朔州市: 右玉县\n阳泉市: 平定县');
  await save();
  assert.match(load(path), /counties:\n  太原市: 清许县、阳曲县\n/);
  // A table with grades fills the list of each grade.
  await go('data/assessments/henan-2018.yaml');
  await unfold();
  await page.fill('[name="grades/0/counties/@paste"]', '市\t县\t等次\n郑州市\t二七区\t优秀\n郑州市\t中原区\t良好\n开封市\t杞县\t优秀');
  await page.locator('[formaction="/.desk/paste"]').first().click();
  await page.waitForSelector('#pasted-result');
  for (const grade of ['优秀', '良好']) await page.getByRole('button', { name: `${grade}：换掉现在的名单` }).click();
  assert.equal(await page.inputValue('[name="grades/0/counties"]'), '郑州市: 二七区\n开封市: 杞县');
  assert.equal(await page.inputValue('[name="grades/1/counties"]'), '郑州市: 中原区');
});

test('a self-check is begun with one question, and its problems say which words are to be selected', { skip }, async () => {
  const values = { title: '示例自查', question: '要办贷款吗？', yes: '示例：可以来。', no: '示例：不用来。', by: '示例' };
  for (const [name, value] of Object.entries(values)) await page.fill(`#check-${name}`, value);
  await click('form[action="/.desk/new-check"] button');
  const path = new URL(page.url()).searchParams.get('path');
  assert.equal(path, 'data/checks/example-plan-check.yaml');
  await unfold();
  for (const outcome of [0, 1]) {
    const clause = `decisions/verdict/outcomes/${outcome}/clause`;
    const field = page.locator('.field.wrong', { has: page.locator(`[name="${clause}"]`) });
    assert.match(await field.locator('.problem').textContent(), /没有条款“未选”/);
    await page.focus(`[name="${clause}"]`);
    await page.focus('#official .s');
    await page.keyboard.press('ArrowDown');
    await page.click('#chooser [data-into]');
    assert.notEqual(await page.inputValue(`[name="${clause}"]`), '未选');
  }
  await save();
  assert.deepEqual((await problems()).filter((one) => /MB0216|MB0217/.test(one)), []);
});

test('a term begins with its selected words, in a glossary that is made for it', { skip }, async () => {
  await go('content/notices/example-plan.md');
  await page.focus('#official .s');
  await page.keyboard.press('ArrowDown');
  const chosen = (await page.textContent('#official .s.chosen')).trim();
  const [tab] = await Promise.all([page.context().waitForEvent('page'), page.click('[data-term]')]);
  await tab.waitForLoadState();
  assert.equal(await tab.inputValue('[name="0/quote"]'), chosen);
  for (const [key, value] of Object.entries({ id: 'shili', name: '示例', pinyin: 'shì lì', about: '举一个例子。' })) await tab.fill(`[name="0/${key}"]`, value);
  await tab.click('#form .save button');
  await tab.waitForURL(/saved/);
  assert.match(load('data/glossary.yaml'), /^# .*\n- id: shili\n  name: 示例\n  pinyin: shì lì\n  about: 举一个例子。\n  source: example-plan\n/);
  await tab.close();
});

test('selected words go into the entry that is being written', { skip }, async () => {
  shipped();
  await go('data/checks/hunan-rescue.yaml');
  await unfold();
  await page.focus('[name="questions/贷款种类/why"]');
  await page.focus('#official .s');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.textContent('#official .s.chosen');
  await page.click('#chooser [data-into]');
  assert.equal(await page.inputValue('[name="questions/贷款种类/quote"]'), chosen.trim());
});

test('screens have no faults of access, in both widths and at night', { skip }, async () => {
  const screens = ['', 'file?path=data/schedules/example-schedule.yaml', 'file?path=content/notices/example-plan.md',
    'raw?path=data/site.yaml', 'problems', 'file?path=data/search.yaml'];
  for (const width of [1024, 1600]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const one = await context.newPage();
      await one.goto(desk.door);
      await one.waitForURL('**/.desk/');
      for (const screen of screens) {
        await one.goto(`${desk.origin}/.desk/${screen}`);
        none(await violations(one), `${screen} ${width} ${colorScheme}`);
        assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${screen} ${width}`);
      }
      await context.close();
    }
  }
});
