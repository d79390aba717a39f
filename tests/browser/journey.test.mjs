// The whole way of a clerk without touching a file: from an empty folder to a published site, to next year's schedule, to the repeal of
// the first document. The steps depend on each other: after one that fails the rest is skipped.
//
// Comes in: MINGBAI_BIN; MINGBAI_SHOTS, if it is set, is a folder for pictures of every screen.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { docx } from './docx.mjs';
import { BIN, browse, none, violations } from './lib.mjs';

const skip = !BIN && 'MINGBAI_BIN is not set';
const SHOTS = process.env.MINGBAI_SHOTS;
const SIZES = [[1024, 768], [1280, 800], [1600, 900]];

const FIRST = 'content/notices/youyu-2027-notice.md';
const SECOND = 'content/notices/youyu-2028-notice.md';
const SCHEDULE = 'data/schedules/youyu-2027.yaml';
const NEXT = 'data/schedules/youyu-2028.yaml';
const COUNTY = 'counties/140623.html';
/** Of a person who does not exist; neither may be published. */
const PERSON = ['张某某', '13800138000'];
/** At most so many clicks and fields for a schedule like Youyu's. */
const MOST = 25;

/** A notice of a county, invented, set as such notices are. */
function notice({ year, number, days, rows, quota, last }) {
  return docx([
    { text: '右玉县教育局文件', centre: true, red: true, size: 72, font: '方正小标宋简体' },
    { text: `右教助〔${year}〕${number}号`, centre: true },
    { text: `右玉县教育局关于做好${year}年生源地信用助学贷款受理工作的通知`, centre: true, size: 44, font: '方正小标宋简体' },
    { text: '各乡镇人民政府，各高中学校：', indent: false },
    `为做好${year}年生源地信用助学贷款工作，现将有关事项通知如下。`,
    { text: '受理时间', level: 0 },
    { text: `贷款受理时间：${days}。`, level: 1 },
    { text: `合同变更时间：${days}。`, level: 1 },
    { text: '受理地点', level: 0 },
    '受理期间在县教育局一楼大厅现场办理。各乡镇分批办理的日期和名额见下表：',
    { rows: [['日期', '乡镇', '名额'], ...rows] },
    { text: '受理办法', level: 0 },
    { text: '续贷学生在网上远程办理。', level: 1 },
    { text: `首贷学生到现场办理，${quota}。`, level: 1 },
    { text: '办理材料', level: 0 },
    { text: '首贷学生要带：', level: 1 },
    { text: '身份证原件和复印件；', level: 2 },
    { text: '录取通知书原件和复印件。', level: 2 },
    { text: '咨询方式', level: 0 },
    ...last,
    { text: '右玉县教育局', right: true },
    { text: `${year}年7月1日`, right: true },
    { text: '抄送：县财政局，县学生资助管理中心。', indent: false },
    { text: `右玉县教育局办公室　　${year}年7月1日印发`, indent: false },
  ]);
}

const THIS_YEAR = notice({
  year: 2027,
  number: 3,
  days: '2027年7月19日至9月25日',
  rows: [['2027年7月19日', '新城镇', '60'], ['2027年7月20日', '右卫镇', '60'], ['2027年7月21日', '威远镇', '60']],
  quota: '每天受理60名（上午30名、下午30名）',
  last: [`咨询电话：0349-8020000。联系人：${PERSON[0]}，手机${PERSON[1]}。`],
});
const NEXT_YEAR = notice({
  year: 2028,
  number: 2,
  days: '2028年7月17日至9月22日',
  rows: [['2028年7月17日', '新城镇', '80'], ['2028年7月18日', '右卫镇', '80']],
  quota: '每天受理80名（上午40名、下午40名）',
  last: [
    '咨询电话：0349-8020000。',
    { text: '施行', level: 0 },
    '本通知自2028年7月1日起施行。《右玉县教育局关于做好2027年生源地信用助学贷款受理工作的通知》（右教助〔2027〕3号）同时废止。',
  ],
});

let folder;
let site;
let www;
let desk;
let browser;
let page;
/** Faults that the browser reports. */
let faults = [];
/** Clicks on buttons and fields that were filled in. */
let acts = 0;
/** How many screens were looked at. */
let screens = 0;

// ---------------------------------------------------------------- the desk

function start(today) {
  const day = Date.parse(`${today}T04:00:00Z`) / 1000;
  return new Promise((found, failed) => {
    const process_ = spawn(BIN, ['--lang', 'zh', 'desk', site, '--port', '0', '--today', today], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(day) },
    });
    let said = '';
    process_.stdout.on('data', (data) => {
      said += data;
      const address = /http:\S+/.exec(said);
      if (address) found({ process: process_, door: address[0], origin: new URL(address[0]).origin });
    });
    process_.stderr.on('data', (data) => { said += data; });
    process_.on('exit', (code) => failed(new Error(`ended with ${code}: ${said}`)));
  });
}

async function stop() {
  if (!desk) return;
  const { process: process_ } = desk;
  process_.removeAllListeners('exit');
  const ended = new Promise((done) => process_.on('exit', done));
  process_.kill('SIGINT');
  await ended;
  desk = null;
}

async function enter(today) {
  await stop();
  desk = await start(today);
  // Pages judge what is open by the clock of the reader.
  await page.clock.setFixedTime(new Date(`${today}T04:00:00Z`));
  await page.goto(desk.door);
  await page.waitForURL('**/.desk/');
}

// ---------------------------------------------------------------- what a clerk does

/** Looks at a screen: no fault of access, nothing to the side, a picture of each size. */
async function look(name) {
  screens += 1;
  let found = await violations(page);
  if (found.length > 0) {
    // A control that is half below the bar with the save button looks too small: once more, a little further.
    await page.evaluate(() => window.scrollBy(0, 60));
    found = await violations(page);
  }
  none(found, `faults of access: ${name}`);
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${name} ${width}`);
    if (SHOTS) {
      const number = String(screens).padStart(2, '0');
      await page.screenshot({ path: join(SHOTS, `${number}-${name}-${width}.png`) });
      if (width === 1280) await page.screenshot({ path: join(SHOTS, `${number}-${name}-whole.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function click(what) {
  acts += 1;
  await (typeof what === 'string' ? page.locator(what).first() : what).click();
  await page.waitForLoadState();
}

async function fill(name, value) {
  const control = page.locator(`[name="${name}"]`);
  await control.evaluate((one) => {
    for (let at = one; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  });
  acts += 1;
  if (await control.evaluate((one) => one.tagName) === 'SELECT') await control.selectOption(value);
  else await control.fill(value);
}

/** Drops a file on the door for documents. */
async function drop(name, bytes) {
  const data = await page.evaluateHandle(({ file, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], file));
    return transfer;
  }, { file: name, text: bytes.toString('base64') });
  await page.dispatchEvent('form.drop', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('form.drop', 'drop', { dataTransfer: data });
  acts += 1;
}

/** Where words of the official text are on the screen: their first and last letters. */
function ends(words) {
  return page.evaluate(async (wanted) => {
    const paragraph = [...document.querySelectorAll('#official [data-clause]')].find((one) => one.textContent.includes(wanted));
    if (!paragraph) throw new Error(`no paragraph has ${wanted}`);
    paragraph.scrollIntoView({ block: 'center' });
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = '';
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      nodes.push([node, all.length]);
      all += node.data;
    }
    const letter = (at) => {
      const [node, from] = nodes.findLast(([, start]) => start <= at);
      const range = document.createRange();
      range.setStart(node, at - from);
      range.setEnd(node, at - from + 1);
      return range.getBoundingClientRect();
    };
    const from = all.indexOf(wanted);
    const [first, last] = [letter(from), letter(from + wanted.length - 1)];
    return [[first.left + 1, first.top + first.height / 2], [last.right - 1, last.top + last.height / 2]];
  }, words);
}

/** Selects words with the mouse; what is selected then. */
async function sweep(words) {
  const [from, to] = await ends(words);
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
  return page.evaluate(() => document.getSelection().toString());
}

/** Selects words with the mouse and says what they are. */
async function drag(words, list) {
  assert.equal(await sweep(words), words);
  acts += 2;
  await says(list, () => page.click(`#chooser [data-kind="${list}"]`));
}

/** Selects sentences with the keyboard and says what they are. */
async function type(words, list) {
  await page.evaluate(() => document.querySelector('#official .s[tabindex="0"]').focus());
  const here = () => page.evaluate(() => document.activeElement.textContent);
  for (let i = 0; i < 60 && !(await here()).includes(words); i += 1) await page.keyboard.press('ArrowDown');
  assert.ok((await here()).includes(words), `the keyboard leads to ${words}`);
  await page.keyboard.press('Enter');
  const kind = () => page.evaluate(() => document.activeElement.dataset.kind);
  for (let i = 0; i < 20 && await kind() !== list; i += 1) await page.keyboard.press('ArrowRight');
  assert.equal(await kind(), list);
  acts += 2;
  await says(list, () => page.keyboard.press('Enter'));
}

async function says(list, act) {
  const count = () => page.locator(`[data-entry^="${list}/"]`).count();
  const before = await count();
  await act();
  await page.waitForFunction(([name, old]) => document.querySelectorAll(`[data-entry^="${name}/"]`).length > old, [list, before]);
}

const open = (path) => page.goto(`${desk.origin}/.desk/file?path=${path}`);
const save = () => click('#form .save button');
const problems = () => page.$$eval('.problem', (list) => list.map((one) => one.textContent));
const saved = () => page.locator('.note.good').count();
/** The problem at a field. */
const wrong = (name) => page.locator('.field.wrong', { has: page.locator(`[name="${name}"]`) }).locator('.problem').allTextContents();
const words = (html) => html.replace(/<(script|style)[^]*?<\/\1>/g, '').replace(/<[^>]*>/g, '');
const shown = async (path) => words(await (await page.request.get(`${desk.origin}/${path}`)).text());
const published = (path) => readFileSync(join(www, path), 'utf8');
/** The files of a folder with the time at which each was written. */
function times(dir) {
  const files = readdirSync(dir, { recursive: true }).map(String).filter((name) => statSync(join(dir, name)).isFile());
  return new Map(files.map((name) => [name, statSync(join(dir, name)).mtimeMs]));
}


// ---------------------------------------------------------------- the journey

async function createTheSite(t) {
  await enter('2027-07-02');
  assert.match(await page.textContent('h1'), /还没有网站/);
  await look('new');
  await fill('name', '右玉助学');
  await fill('region', 'youyu');
  await fill('operator', '右玉县教育局');
  await fill('base-url', 'https://youyu.example.cn/');
  await click('main button');
  assert.match(await page.textContent('h1'), /要做什么/);
  await look('start');
}

/** The examples are not policy: with an address of its own the site does not keep them. */
async function removeTheExamples() {
  await page.goto(`${desk.origin}/.desk/publish`);
  await look('examples');
  assert.match(await page.textContent('main'), /新网站里的示例不是政策，不能发布/);
  assert.equal(await page.isDisabled('form.narrow button'), true);
  await click('form[action="/.desk/examples"] button');
  assert.doesNotMatch(await page.textContent('main'), /示例/);
  await page.goto(`${desk.origin}/.desk/`);
}

async function dropTheDocument(t) {
  acts = 0;
  await drop('关于做好2027年助学贷款受理工作的通知.docx', THIS_YEAR);
  await look('dropped');
  await click('form.drop button');
  await look('imported');
  const main = await page.textContent('main');
  assert.ok(main.includes(FIRST) && main.includes(SCHEDULE), main);
  assert.match(main, /个人的手机号/);
  await open(FIRST);
  await look('notice');
  await open(SCHEDULE);
  await look('schedule');
}

/** The telephone of a person is left out of the text before anything else. */
async function leaveOutThePerson(t) {
  await open(FIRST);
  acts = 0;
  const main = await page.textContent('main');
  assert.match(main, /疑似手机号码/);
  assert.match(main, new RegExp(`疑似个人姓名“${PERSON[0]}”`));
  const sentence = `联系人：${PERSON[0]}，手机${PERSON[1]}`;
  const swept = await sweep(sentence);
  assert.equal(swept, sentence, 'a sentence within a paragraph is selected from its first letter');
  await open(FIRST);
  assert.equal(await sweep(`${PERSON[0]}，手机${PERSON[1]}`), `${PERSON[0]}，手机${PERSON[1]}`);
  assert.equal(await page.inputValue('#chooser [name="what"]'), '一名工作人员的姓名和电话');
  await look('to-leave-out');
  await click('#chooser [data-omit]');
  const left = await page.textContent('#official');
  assert.ok(left.includes('联系人：〔此处略去一名工作人员的姓名和电话〕'), left);
  for (const part of PERSON) assert.ok(!readFileSync(join(site, FIRST), 'utf8').includes(part), part);
  await page.$$eval('#form details', (list) => list.forEach((one) => { one.open = true; }));
  assert.equal(await page.inputValue('[name="omitted/0/what"]'), '一名工作人员的姓名和电话');
  assert.equal(await page.inputValue('[name="omitted/0/clause"]'), '五');
  await look('left-out');
  assert.deepEqual(await problems(), []);
}

async function confirmTheNotice(t) {
  await open(FIRST);
  await click('.proposal button[value=accept]');
  while (await page.$('.mark button')) await click('.mark button');
  await fill('publicity', '主动公开');
  await page.locator('[name="region/@confirmed"]').check();
  await fill('source', '右玉县教育局印发的原件。');
  await fill('checked/on', '2027-07-02');
  await fill('checked/by', '李办事员');
  await save();
  assert.deepEqual(await problems(), []);
  assert.equal(await page.locator('.unconfirmed, .mark').count(), 0);
  t.diagnostic(`clicks and fields for the document: ${acts}`);
  await look('notice-confirmed');
}

async function fillTheSchedule(t) {
  await open(SCHEDULE);
  acts = 0;
  const proposal = (text) => page.locator('.proposal', { hasText: text });
  for (const text of ['贷款受理时间', '合同变更时间', '续贷学生在网上']) await click(proposal(text).locator('button[value=accept]'));
  assert.equal(await page.locator('[data-entry^="windows/"]').count(), 2);
  // What is accepted is marked in the text, and the screen stays at what is to be confirmed.
  assert.ok(await page.locator('#official mark[data-fact="windows/0"]').count());
  await look('schedule-half');
  // The clerk says the others himself.
  for (const text of ['县教育局一楼大厅', '每天受理60名', '首贷学生到现场办理']) await click(proposal(text).locator('button[value=reject]'));
  while (await page.$('.mark button')) await click('.mark button');
  await drag('受理期间在县教育局一楼大厅现场办理', 'venues');
  await look('venue');
  await type('首贷学生到现场办理', 'quotas');
  await look('quota');
  await drag('首贷学生到现场办理', 'channels');
  await drag('身份证原件和复印件', 'forms');
  await look('papers');
  await fill('forms/0/who', '首贷学生');
  await drag('咨询电话：0349-8020000', 'contacts');
  const phone = await page.inputValue('[name="contacts/0/phone"]');
  assert.equal(phone, '0349-8020000', 'a public telephone next to words that were left out is read');
  if (await page.inputValue('[name="contacts/0/office"]') === '') await fill('contacts/0/office', '右玉县教育局');
  await look('telephone');
  await save();
  const used = acts;
  t.diagnostic(`clicks and fields for the schedule: ${used}`);
  await look('schedule-saved');
  assert.deepEqual(await problems(), []);
  assert.equal(await page.locator('.unconfirmed, .mark').count(), 0);
  const value = (name) => page.inputValue(`[name="${name}"]`);
  assert.equal(await value('venues/0/clause'), '二');
  assert.deepEqual(await Promise.all(['per_day', 'morning', 'afternoon'].map((key) => value(`quotas/0/${key}`))), ['60', '30', '30']);
  assert.equal(await value('contacts/0/phone'), '0349-8020000');
  assert.ok(used <= MOST, `${used} clicks and fields`);
  const text = await shown('schedules/youyu-2027.html');
  for (const part of ['一楼大厅', '每天 60 名', '0349-8020000', '身份证']) assert.ok(text.includes(part), `${part}: ${text}`);
}

/** What is typed, and what its diagnostic says. */
const MISTAKES = [
  ['county', '山西省 朔州市 右王县', /右王县/],
  ['windows/1/from', '2027-07-20', /20/],
  ['quotas/0/per_day', '600', /600/],
  ['venues/0/clause', '九', /九/],
  ['windows/0/until', '2027-07-01', /早于|之前|先于/],
];

async function makeMistakes(t) {
  await open(SCHEDULE);
  const before = await shown('schedules/youyu-2027.html');
  const county = await shown(COUNTY);
  for (const [name, value, said] of MISTAKES) {
    const right = await page.inputValue(`[name="${name}"]`);
    await fill(name, value);
    await save();
    if (name === MISTAKES[0][0]) {
      const notes = await page.locator('.note').allTextContents();
      assert.match(notes.join(), /保存了，但有 1 处要改/, 'a save that leaves an error says so at the top');
    }
    const found = await wrong(name);
    t.diagnostic(`${name} = ${value}: ${found}`);
    await look(`mistake-${name.replaceAll('/', '-')}`);
    assert.ok(found.length > 0, `${name}: ${await problems()}`);
    assert.match(found.join(), said);
    assert.equal(await page.inputValue(`[name="${name}"]`), value);
    assert.match(await page.textContent('.state'), /处错误/);
    // The site that is shown is the one before the mistake.
    assert.equal(await shown('schedules/youyu-2027.html'), before, name);
    assert.equal(await shown(COUNTY), county, name);
    await fill(name, right);
    await save();
    assert.deepEqual(await problems(), [], name);
  }
  assert.equal(await shown('schedules/youyu-2027.html'), before);
}

async function publish(by) {
  await page.goto(`${desk.origin}/.desk/publish`);
  const said = await page.innerText('main');
  await look('publish');
  await page.fill('#to', www);
  await page.fill('#by', by);
  await click('form.narrow button');
  await look('published');
  assert.match(await page.textContent('.note'), /已发布到/, await page.textContent('main'));
  return [said, await page.innerText('main')];
}

async function publishTheSite() {
  const [said] = await publish('王主任');
  assert.match(said, /第一次发布/);
  const county = words(published(COUNTY));
  assert.ok(!county.includes('示例'), county);
  for (const part of ['一楼大厅', '2027年7月19日', '0349-8020000']) assert.ok(county.includes(part), part);
  for (const path of times(www).keys()) {
    if (!/\.(html|json|csv|ics|txt|xml|md)$/.test(path)) continue;
    for (const part of PERSON) assert.ok(!published(path).includes(part), `${part} in ${path}`);
  }
  for (const path of ['index.html', 'notices/youyu-2027-notice.html', 'schedules/youyu-2027.html']) assert.ok(existsSync(join(www, path)), path);
  assert.match(readFileSync(join(site, 'publications.csv'), 'utf8'), /王主任/);
}

/** Accepts everything that is proposed, one by one, and removes the marks that are left. */
async function acceptAll() {
  while (await page.$('.proposal')) await click('.proposal button[value=accept]');
  while (await page.$('.mark button')) await click('.mark button');
}

async function nextYear(t) {
  await enter('2028-07-02');
  await look('start-next-year');
  await drop('关于做好2028年助学贷款受理工作的通知.docx', NEXT_YEAR);
  await click('form.drop button');
  await look('imported-next-year');
  assert.ok((await page.textContent('main')).includes(SECOND));
  await open(SECOND);
  assert.deepEqual(await problems(), []);
  await acceptAll();
  await fill('publicity', '主动公开');
  await page.locator('[name="region/@confirmed"]').check();
  await fill('source', '右玉县教育局印发的原件。');
  await fill('checked/on', '2028-07-02');
  await fill('checked/by', '李办事员');
  await save();
  assert.deepEqual(await problems(), []);
  assert.equal(await page.locator('.unconfirmed, .mark').count(), 0);
  await page.goto(`${desk.origin}/.desk/`);
  acts = 0;
  await page.selectOption('#next-last', SCHEDULE);
  await fill('year', '2028');
  await page.selectOption('#next-source', SECOND);
  acts += 2;
  await click('form[action="/.desk/next-year"] button');
  await look('next-year');
  const said = await page.locator('.note').allTextContents();
  // When this holds, the proposals of last year wait here as well, next to those of the document.
  assert.match(said.join(), /已经有了，是从今年的文件里来的/);
  // What only last year's schedule said is proposed next to what was imported.
  assert.match(await page.textContent('.marks'), /2027年有这 ?1 ?条/);
  await open(NEXT);
  assert.doesNotMatch(await page.textContent('.facts'), /2027-07-19/);
  await acceptAll();
  if (await page.locator('[data-entry^="contacts/"]').count() === 0) await drag('咨询电话：0349-8020000', 'contacts');
  // What was taken over from last year gets its words from this year's document.
  await page.$$eval('#form details:not([data-frame])', (list) => list.forEach((one) => { one.open = true; }));
  await page.focus('[name="forms/0/who"]');
  assert.equal(await sweep('身份证原件和复印件'), '身份证原件和复印件');
  await click('#chooser [data-into]');
  acts += 2;
  assert.match(await page.inputValue('[name="forms/0/quote"]'), /身份证原件和复印件/);
  if (await page.locator('[data-entry^="forms/"]').count() === 0) {
    await drag('身份证原件和复印件', 'forms');
    await fill('forms/0/who', '首贷学生');
  }
  if (await page.inputValue('[name="contacts/0/office"]') === '') await fill('contacts/0/office', '右玉县教育局');
  await save();
  t.diagnostic(`clicks and fields for the schedule of the next year: ${acts}`);
  assert.deepEqual(await problems(), []);
  assert.equal(await page.inputValue('[name="quotas/0/per_day"]'), '80');
  assert.equal(await page.inputValue('[name="contacts/0/phone"]'), '0349-8020000');
  assert.equal(await page.locator('.unconfirmed, .mark').count(), 0);
  await look('next-year-saved');
}

async function publishNextYear(t) {
  const before = times(www);
  const bytes = new Map([...before.keys()].map((path) => [path, readFileSync(join(www, path))]));
  const [said, done] = await publish('王主任');
  // Facts, in words.
  assert.match(said, /2028/);
  const after = times(www);
  const same = [...after].filter(([path]) => bytes.get(path)?.equals(readFileSync(join(www, path))));
  t.diagnostic(`${after.size} files, ${same.length} are as they were`);
  assert.ok(same.length > 0);
  for (const [path, time] of same) assert.equal(time, before.get(path), `${path} was sent again`);
  const counted = /送出 (\d+) 个文件，(\d+) 个没有变/.exec(done);
  assert.ok(counted, done);
  assert.equal(Number(counted[2]), same.length);
  // The list of what is there is not counted.
  assert.equal(Number(counted[1]), after.size - same.length - 1);
  const county = words(published(COUNTY));
  for (const part of ['2028年7月17日', '80']) assert.ok(county.includes(part), part);
  assert.ok(existsSync(join(www, 'schedules/youyu-2027.html')), "last year's page stays");
}

async function repeal(t) {
  await open(FIRST);
  await look('before-repeal');
  const offers = await page.$eval('[name="repealed/notice"]', (one) => (one.tagName === 'SELECT' || one.list) && (one.options ?? one.list.options).length);
  assert.ok(offers, 'the document that repeals is chosen by its title');
  await fill('repealed/notice', 'youyu-2028-notice');
  await fill('repealed/since', '2028-07-01');
  await fill('repealed/clause', '六');
  await fill('repealed/quote', '《右玉县教育局关于做好2027年生源地信用助学贷款受理工作的通知》（右教助〔2027〕3号）同时废止');
  await save();
  assert.deepEqual(await problems(), []);
  await look('repealed');
  const before = published('notices/index.html');
  const [said] = await publish('王主任');
  assert.match(said, /废止/);
  const first = words(published('notices/youyu-2027-notice.html'));
  assert.match(first, /2028年7月1日起废止/);
  assert.match(first, /2028年生源地信用助学贷款受理工作的通知/);
  assert.match(first, /贷款受理时间/, 'its text can still be read');
  const list = published('notices/index.html');
  assert.notEqual(list, before);
  assert.match(words(list), /已废止/);
  assert.match(words(published('schedules/youyu-2027.html')), /已废止|废止/);
  assert.match(words(published('notices/youyu-2028-notice.html')), /2028/);
  const county = published('calendar/counties/140623.ics').replaceAll('\r\n ', '');
  const events = county.split('BEGIN:VEVENT').slice(1);
  const of = (day) => events.filter((one) => one.includes(`DTSTART;VALUE=DATE:${day}`));
  assert.equal(of('20280717').length, 2);
  for (const one of of('20280717')) assert.doesNotMatch(one, /废止/);
  // What is over stays in the calendar, and says so.
  for (const one of of('20270719')) assert.match(one, /废止/);
  const own = words(published(COUNTY));
  assert.ok(own.indexOf('2028年的安排') < own.indexOf('2027年的安排'), own);
  // Shown as well, with nothing that leads nowhere.
  const answer = await page.request.get(`${desk.origin}/notices/youyu-2027-notice.html`);
  assert.equal(answer.status(), 200);
  await page.goto(`${desk.origin}/notices/youyu-2027-notice.html`);
  await look('page-repealed');
  assert.match(await page.innerText('main'), /已废止/);
  await page.goto(`${desk.origin}/${COUNTY}`);
  await look('page-county');
  await page.goto(`${desk.origin}/.desk/`);
  await look('start-at-the-end');
}

const STEPS = [
  ['a site is created in an empty folder', createTheSite],
  ['the examples are removed', removeTheExamples],
  ['a document is dropped', dropTheDocument],
  ['the telephone of a person is left out', leaveOutThePerson],
  ['the notice is confirmed', confirmTheNotice],
  ['the schedule is accepted, and selected', fillTheSchedule],
  ['five mistakes are shown at their fields and vanish', makeMistakes],
  ['the site is published to a folder', publishTheSite],
  ["next year's schedule begins from last year's", nextYear],
  ['only what changed is sent', publishNextYear],
  ['the first document is repealed by the second', repeal],
];

test('the whole way of a clerk', { skip, timeout: 300000 }, async (t) => {
  folder = mkdtempSync(join(tmpdir(), 'mingbai-journey-'));
  [site, www] = [join(folder, '右玉助学'), join(folder, 'www')];
  mkdirSync(site);
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  browser = await browse();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      // The judge of access puts a style of its own into a page of the site, which the site's policy refuses.
      const isJudge = /^Applying inline style/.test(message.text()) && !page.url().includes('/.desk/');
      if (message.type() === 'error' && !isJudge) faults.push(`${message.text()} ${page.url()}`);
    });
    page.on('dialog', (dialog) => dialog.accept());
    let failed = false;
    for (const [name, step] of STEPS) {
      await t.test(name, { skip: failed && 'an earlier step failed' }, async (inner) => {
        failed = true;
        await step(inner);
        failed = false;
      });
    }
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
