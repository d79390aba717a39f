// Do self-checks ask, answer, keep to themselves and stay usable, in the browser and without script? What the page
// says is compared with the same module run in Node; what the links without script say, with it on every sheet.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CHECKS, anySheet, fragment, load, mattering, meanings, random } from './checks.mjs';
import { attr, elements, parse } from './html.mjs';
import { COLOURS, SITE, browse, none, read, serve, sideways, violations } from './lib.mjs';

const checks = new Map(CHECKS.map((path) => [path.replace(/^checks\/|\.html$/g, ''), load(path)]));
const HUNAN = checks.get('hunan-rescue');
const REMOTE = checks.get('remote-renewal');
const HARDSHIP = checks.get('hardship-form');
const RELIEF = checks.get('relief-amount');
const RECEIPT = checks.get('receipt-amount');

let browser;
let server;
before(async () => { [browser, server] = await Promise.all([browse(), serve()]); });
after(async () => { await browser?.close(); await server?.close(); });

// ---------------------------------------------------------------- how a reader answers

/** Opens a check in a context of its own; any error of the page fails the test that closes it. */
async function open(check, { hash = '', from = server, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(from.url(check.path) + hash);
  await page.locator('#app').waitFor();
  return { page, close: async () => { await context.close(); assert.deepEqual(faults, []); } };
}

const question = (page) => page.locator('#q').innerText();
const finished = (page) => page.locator('#res').isVisible();

/** Answers the question shown: words of an option, a list of words to tick, a value, two values, or `null` for 不知道. */
async function reply(page, answer) {
  const box = page.locator('#in');
  if (answer === null) return page.locator('#dk').click();
  if (await box.locator('select').count()) await box.locator('select').selectOption({ label: answer }, { force: true });
  else if (await box.locator('[type=checkbox]').count()) for (const words of answer) await box.locator('.pick', { hasText: words }).click();
  else if (await box.locator('[type=radio]').count()) await box.locator('.pick', { hasText: answer }).first().click();
  else {
    const [from, to] = [answer].flat();
    if (to !== undefined) await box.locator('summary').click();
    await box.locator('input').first().fill(from);
    if (to !== undefined) await box.locator('input').nth(1).fill(to);
  }
  return page.locator('#ok').click();
}

/** Answers by the names of the questions until the result, or until one is asked that is not among them. Ticks stand under 钩. */
async function interview(check, page, answers) {
  for (let n = 0; n < 30 && !(await finished(page)); n += 1) {
    const asked = await question(page);
    const name = check.data.ticks?.some(({ a }) => a === asked) ? '钩' : check.data.facts.find(({ a }) => a === asked).n;
    if (!(name in answers)) return name;
    await reply(page, answers[name]);
  }
  return undefined;
}

/** What the result says: of each decision the heading of its card, or the names that are possible. */
const verdicts = (page) => page.evaluate(() => [...document.querySelectorAll('#out > section')].map((section) => {
  const card = section.querySelector(':scope > .out h4');
  return card ? card.textContent : [...section.querySelectorAll(':scope > details .out h4')].map((one) => one.textContent);
}));

/** The answers of somebody who has graduated, has the loan of a Hunan county and nothing else to say. */
const GRADUATE = {
  钩: [], 湖南分行的贷款: '是', 贷款种类: '生源地', 学生情况: '已经毕业', 劳动能力: '没有丧失', 民事行为能力: '不是这种情况', 来办的人: '借款学生自己',
  宽限期已过: '是', 收入够不够线: '我填两个数目', 收入: '3000', 贫困线: '3000',
};

// ---------------------------------------------------------------- one case after the other

test('by keyboard alone, a graduate whose family has a grave illness gets to class four with papers, form, time, office and clauses', async () => {
  const { page, close } = await open(HUNAN);
  const focused = (test) => page.evaluate((source) => new Function('one', `return ${source}`)(document.activeElement), test);
  const tabTo = async (test) => {
    for (let n = 0; n < 60; n += 1) {
      if (await focused(test)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${test}`);
  };
  const labelled = (words) => `one.closest('#in label') !== null && one.closest('label').textContent.includes('${words}')`;
  /** Enter in a field goes on, and the next question has the focus. */
  const enter = async () => {
    await page.keyboard.press('Enter');
    assert.ok(await focused("one.id === 'q' || one.id === 'rh'"), 'the next question has no focus');
  };
  const wanted = { ...GRADUATE, 符合医保条件: '是', 建档立卡: '否' };
  for (let n = 0; n < 12 && !(await finished(page)); n += 1) {
    const asked = await question(page);
    if (asked === HUNAN.data.ticks[0].a) {
      await tabTo(labelled('重大疾病'));
      await page.keyboard.press('Space');
      await enter();
      continue;
    }
    const { n: name } = HUNAN.data.facts.find(({ a }) => a === asked);
    // Tab stops at the first of a group; arrows go on within it.
    await tabTo("one.name === 'a'");
    await page.keyboard.press('Space');
    for (let k = 0; k < 12 && !(await focused(labelled(wanted[name]))); k += 1) await page.keyboard.press('ArrowDown');
    await enter();
  }
  assert.deepEqual(await verdicts(page), ['第四类（重大疾病）', '找市县中心', '本人申请']);
  const card = page.locator('#out .out').first();
  const text = await card.innerText();
  for (const words of ['符合', '当年', '申请表Ⅰ']) assert.ok(text.includes(words), `no ${words}`);
  assert.deepEqual((await card.locator('.papers label').allInnerTexts()).map((words) => words.trim().slice(0, 4)), ['身份证，', '助学贷款', '相关的医', '病历复印']);
  assert.match(await page.locator('#out .out').nth(1).innerText(), /市县学生资助管理中心/);
  const links = await page.locator('#out a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.ok(links.length > 15, `${links.length} clauses`);
  const ids = (file) => new Set(elements(parse(read(file))).map((token) => attr(token, 'id')));
  const clauses = ids('notices/hunan-2017-rescue.html');
  for (const link of links) {
    const [, file, id] = /^\.\.\/(.+)#(.+)$/.exec(link);
    assert.ok((file === 'notices/hunan-2017-rescue.html' ? clauses : ids(file)).has(id), `${link} leads nowhere`);
  }
  await tabTo("one.matches('#out a')");
  await page.keyboard.press('Enter');
  await page.waitForURL(/notices\/hunan-2017-rescue\.html#/);
  assert.ok((await page.locator(':target').innerText()).trim());
  await page.goBack();
  await page.locator('#out .out').first().waitFor();
  assert.deepEqual(await verdicts(page), ['第四类（重大疾病）', '找市县中心', '本人申请'], 'coming back loses the result');
  await close();
});

test('an income on the line is not below it, a cent less is, and the result says where it turns', async () => {
  for (const [income, outcome, turn] of [['3000', '五类都对不上', '收入低于 3000元'], ['2999.99', '第五类（非建档立卡）', '收入高于 2999.99元']]) {
    const { page, close } = await open(HUNAN);
    assert.equal(await interview(HUNAN, page, { ...GRADUATE, 收入: income }), undefined);
    assert.equal((await verdicts(page))[0], outcome, `an income of ${income}`);
    assert.ok((await page.locator('#out').textContent()).includes(turn), `${income}: no ${turn}`);
    await close();
  }
});

test('a disaster counts in its own year only', async () => {
  const disaster = { ...GRADUATE, 钩: ['自然灾害'], 受灾日期: '2023-03-01' };
  for (const [day, outcome, turn] of [['2023-12-31', '第三类（自然灾害）', '申请日期晚于 2023年12月31日'], ['2024-01-01', '五类都对不上', '申请日期早于 2024年1月1日']]) {
    const { page, close } = await open(HUNAN);
    assert.equal(await interview(HUNAN, page, { ...disaster, 申请日期: day }), undefined);
    assert.equal((await verdicts(page))[0], outcome, `applied for on ${day}`);
    assert.ok((await page.locator('#out').textContent()).includes(turn), `${day}: no ${turn}`);
    await close();
  }
});

test('for a student who died, nothing is asked that no longer matters', async () => {
  const { page, close } = await open(HUNAN);
  const answers = { 学生情况: '已经去世', 湖南分行的贷款: '是', 贷款种类: '大学里', 来办的人: '亲属' };
  const asked = [];
  for (let n = 0; n < 10 && !(await finished(page)); n += 1) {
    const words = await question(page);
    const name = HUNAN.data.facts.find(({ a }) => a === words)?.n;
    asked.push(name);
    assert.ok(name in answers, `asks ${words}`);
    await reply(page, answers[name]);
  }
  // What the author wants to be asked first is asked first.
  assert.deepEqual(asked.slice(0, 2), ['学生情况', '湖南分行的贷款']);
  assert.equal(asked.length, 4);
  assert.deepEqual(await verdicts(page), ['第一类（死亡）', '找学校中心', '亲属代办']);
  await close();
});

test('how much: the sum is shown with what was added, and a range as long as an answer is one', async () => {
  const answers = { 申请的类别: '第一类', 没还的本息: '21500.50', 逾期本金: '3000', 逾期利息: '120.35', 罚息: '15.15', 申请日期: '2026-11-29' };
  let { page, close } = await open(RELIEF);
  assert.equal(await interview(RELIEF, page, answers), undefined);
  const rows = page.locator('#out .out [data-v]');
  const [sum, day] = (await rows.allInnerTexts()).map((words) => words.replace(/\s+/g, ' '));
  assert.match(sum, /^24636元 = 没还的本息 21500\.50元 \+ 逾期本金 3000元 \+ 逾期利息 120\.35元 \+ 罚息 15\.15元 附件 第四章第二节一2$/);
  assert.match(day, /^2026年11月20日 = 申请日期 2026年11月29日 当年的 11月20日 附件/);
  await close();
  ({ page, close } = await open(RELIEF));
  assert.equal(await interview(RELIEF, page, { ...answers, 罚息: ['0', '20'] }), undefined);
  assert.match(await rowsOf(page), /^24620\.85元至24640\.85元 = /);
  await close();
  // The other classes are asked for one year only.
  ({ page, close } = await open(RELIEF));
  assert.equal(await interview(RELIEF, page, { 申请的类别: '第三类', 当年应还: '2400.80', 申请日期: '2019-07-01' }), undefined);
  assert.match(await rowsOf(page), /^2400\.80元 = 当年应还 2400\.80元/);
  await close();
});

const rowsOf = async (page) => (await page.locator('#out .out [data-v]').first().innerText()).replace(/\s+/g, ' ');

test('a sum is compared with what was printed, and what was answered exactly is not missing', async () => {
  for (const [printed, outcome] of [['6200', '对得上'], ['6200.01', '填多了'], ['6199.99', '填少了']]) {
    const { page, close } = await open(RECEIPT);
    assert.equal(await interview(RECEIPT, page, { 学费: '5000', 住宿费: '1200', 回执上的数: printed }), undefined);
    assert.deepEqual(await verdicts(page), [outcome]);
    assert.match(await rowsOf(page), /^6200元 = 学费 5000元 \+ 住宿费 1200元/);
    await close();
  }
  const { page, close } = await open(RECEIPT);
  assert.equal(await interview(RECEIPT, page, { 学费: '5000', 住宿费: ['1000', '1300'], 回执上的数: '6200' }), undefined);
  assert.deepEqual(await verdicts(page), [['对得上', '填多了', '填少了']]);
  assert.deepEqual(await page.locator('#out .keys button').allInnerTexts(), ['住宿费（再准一些）']);
  await close();
});

test('going back, the question that is shown counts as one that is still to be answered', async () => {
  for (const check of checks.values()) {
    const { page, close } = await open(check);
    const left = async () => +/最多还有 (\d+) 题/.exec(await page.locator('#now').innerText())[1];
    for (let n = 0; n < 30 && !(await finished(page)); n += 1) {
      assert.ok(await left() > 0, check.path);
      const pick = page.locator('#in .pick');
      if (await pick.count() && !(await page.locator('#in [type=checkbox]').count())) {
        await pick.first().click();
        await page.locator('#ok').click();
      } else await page.locator('#dk').click();
    }
    assert.ok(await finished(page), check.path);
    for (let n = 0; n < 30 && await page.locator('#back').isVisible(); n += 1) {
      await page.locator('#back').click();
      if (!(await finished(page))) assert.ok(await left() > 0, `${check.path}: ${await question(page)}`);
    }
    await close();
  }
});

test('remote renewal: county and day decide', async () => {
  for (const [county, day, ...outcomes] of [
    ['右玉县', '2023-08-01', '右玉续贷在网上办', '右玉正在办'],
    ['右玉县', '2020-07-20', '试点县自己选', '山西续贷也许已经开始'],
    ['平鲁区', '2020-08-10', '非试点县到现场办', '山西续贷正在办'],
    ['不在山西省', '2020-08-10', '文件没有写', '时间没有写'],
  ]) {
    const { page, close } = await open(REMOTE);
    assert.equal(await interview(REMOTE, page, { 办理日期: day, 办什么: '接着贷', 县: county }), undefined);
    assert.deepEqual(await verdicts(page), outcomes, `${county} on ${day}`);
    await close();
  }
});

test('a range of days is an answer too', async () => {
  const { page, close } = await open(REMOTE);
  assert.equal(await interview(REMOTE, page, { 办理日期: ['2020-07-20', '2020-07-31'], 办什么: '接着贷', 县: '清徐县' }), undefined);
  assert.deepEqual(await verdicts(page), ['试点县自己选', ['山西续贷也许已经开始', '山西续贷正在办']]);
  assert.match(await page.locator('#said').innerText(), /2020年7月20日至2020年7月31日/);
  await page.locator('#out .keys button', { hasText: '办理日期' }).click();
  assert.ok(await page.locator('#in details').evaluate((one) => one.open), 'the range is folded away');
  await close();
});

test('where the text can be read in two ways, both readings and whom to ask are shown', async () => {
  const { page, close } = await open(HARDSHIP);
  assert.equal(await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次', 预申请: '没有做过', 属于哪一类: '突然发生' }), undefined);
  assert.deepEqual((await verdicts(page))[0], ['右玉不用填', '右玉要填']);
  const text = await page.locator('#out > section').first().innerText();
  for (const words of ['两种读法', '向受理机构问清', '还要不要填认定表', '就不用填：右玉不用填，符合', '就要填：右玉要填，不符合']) assert.ok(text.includes(words), `no ${words} in ${text}`);
  assert.match(await page.locator('#out > section a').first().getAttribute('href'), /youyu-2023-plan\.html#/);
  await close();
});

test('classes that hold too are named, with what the text leaves open; other outcomes are not', async () => {
  let { page, close } = await open(HUNAN);
  assert.equal(await interview(HUNAN, page, { ...GRADUATE, 钩: ['重大疾病'], 建档立卡: '否', 符合医保条件: '是', 劳动能力: '是一级' }), undefined);
  assert.equal((await verdicts(page))[0], '第二类（丧失劳动能力）');
  await close();
  const all = new Map([['湖南分行的贷款', 1], ['贷款种类', 0], ['学生情况', 0], ['劳动能力', 2], ['民事行为能力', 0], ['重大灾害', 0], ['重病致困', 1], ['符合医保条件', 1], ['建档立卡', 0], ['来办的人', 0]]);
  ({ page, close } = await open(HUNAN, { hash: fragment(HUNAN, new Map([...all].map(([name, answer]) => [HUNAN.fact(name), answer]))) }));
  const text = await page.locator('#out > section').first().innerText();
  assert.match(text, /也符合：第四类（重大疾病）/);
  assert.match(text, /同时符合几类的/);
  await close();
  ({ page, close } = await open(HARDSHIP));
  assert.equal(await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次', 预申请: '通过了' }), undefined);
  assert.doesNotMatch(await page.locator('#out').innerText(), /也符合/);
  await close();
});

test('back, a changed answer, starting again and the browser’s own Back keep what they should', async () => {
  const { page, close } = await open(HARDSHIP);
  assert.ok(await page.locator('#back').isHidden());
  await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次', 预申请: '没有做过' });
  const last = await question(page);
  await page.locator('#back').click();
  await page.waitForFunction((words) => document.getElementById('q').innerText !== words, last);
  assert.equal(await page.locator('#in :checked').count(), 1, 'the answer is gone');
  await page.goForward();
  assert.equal(await question(page), last);
  await page.goBack();
  await page.goBack();
  assert.equal(await page.locator('#in :checked').count(), 1, 'the answer before is gone');
  await page.reload();
  assert.equal(await page.locator('#in :checked').count(), 1, 'a reload loses the answers');
  assert.equal(await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次', 预申请: '没有做过', 属于哪一类: '都不是' }), undefined);
  assert.deepEqual(await verdicts(page), ['右玉要填', '没有写补办']);
  // One answer is changed, the others are kept.
  await page.locator('#said > div', { hasText: HARDSHIP.data.facts[HARDSHIP.fact('预申请')].a }).locator('button').click();
  await reply(page, '通过了');
  assert.deepEqual(await verdicts(page), ['右玉不用填', '已经通过了']);
  await page.goBack();
  await page.goBack();
  await page.locator('#res').waitFor();
  await page.locator('#wipe').click();
  assert.ok(await page.locator('#wipe').isHidden());
  assert.equal(await page.locator('#in :checked').count(), 0);
  assert.equal(await page.locator('#said > div').count() && await finished(page), false);
  await page.goBack();
  await page.reload();
  assert.equal(await page.locator('#in :checked').count(), 0, 'wiped answers come back');
  await close();
});

test('不知道 all the way ends in an open result that names what is missing', async () => {
  for (const check of checks.values()) {
    const { page, close } = await open(check);
    for (let n = 0; n < 30 && !(await finished(page)); n += 1) await reply(page, null);
    const all = check.machine.run(new Map());
    assert.deepEqual(await verdicts(page), all.map((outcomes, d) => outcomes.map((one) => check.decisions[d].outcomes[one].name)));
    const missing = await page.locator('#out .keys button').allInnerTexts();
    for (const { n, k } of check.data.facts) if (k !== 'x') assert.ok(missing.includes(n), `${check.id}: ${n} is not named`);
    await page.locator('#out .keys button').first().click();
    assert.equal(await finished(page), false);
    await close();
  }
});

test('wrong values are refused in words, and the words lead to the field', async () => {
  const { page, close } = await open(HUNAN);
  assert.equal(await interview(HUNAN, page, { ...GRADUATE, 收入: undefined }).catch(() => '收入'), '收入');
  const field = page.locator('#in input').first();
  for (const wrong of ['', '三千', '-5', '1.234', '1e3', '1000001']) {
    await field.fill(wrong);
    await page.locator('#ok').click();
    assert.ok(await page.locator('#err').isVisible(), `“${wrong}” is taken`);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'err');
  }
  await page.locator('#err a').click();
  assert.ok(await field.evaluate((one) => one === document.activeElement && one.getAttribute('aria-describedby') === 'err'));
  await field.fill('１，０００．5 元');
  await page.locator('#ok').click();
  assert.ok(await page.locator('#err').isHidden());
  await close();
});

// ---------------------------------------------------------------- the page against the module

/** Runs in the page: answers by each sheet until the result; gives back what was asked and what came out. */
function walk(sheets) {
  const { facts, ticks = [] } = JSON.parse(document.getElementById('check-data').textContent);
  const $ = (id) => document.getElementById(id);
  const print = (fact, value) => {
    if (fact.k === 'd') return String(value).replace(/(..)(..)$/, '-$1-$2');
    return fact.k === 'm' ? (value / 100).toFixed(2) : String(value);
  };
  return sheets.map((sheet) => {
    const asked = [];
    for (let n = 0; n < 40 && $('res').hidden; n += 1) {
      if ($('in').querySelector('[type=checkbox]')) {
        const tick = ticks.find(({ a }) => a === $('q').textContent);
        const known = tick.f.every((fact) => sheet[fact] !== null);
        for (const box of $('in').querySelectorAll('input')) box.checked = sheet[box.value] === 1;
        for (const fact of tick.f) if (known || sheet[fact] === 1) asked.push(fact);
        $(known ? 'ok' : 'dk').click();
        continue;
      }
      const index = facts.findIndex(({ a }) => a === $('q').textContent);
      const fact = facts[index];
      const answer = sheet[index];
      asked.push(index);
      if (answer === null) { $('dk').click(); continue; }
      if (fact.k === 'r') $('in').querySelector('select').value = answer;
      else if (fact.o) $('in').querySelector(`[value="${answer}"]`).checked = true;
      else {
        const [from, to] = $('in').querySelectorAll('input');
        from.value = print(fact, answer[0]);
        to.value = answer[1] > answer[0] ? print(fact, answer[1]) : '';
      }
      $('ok').click();
    }
    const outcomes = [...document.querySelectorAll('#out > section')].map((section) => {
      const card = section.querySelector(':scope > .out h4');
      return card ? [card.textContent] : [...section.querySelectorAll(':scope > details .out h4')].map((one) => one.textContent);
    });
    $('wipe').click();
    return { asked, outcomes };
  });
}

test('forty random sheets a check: the page asks only what matters and answers as the module does in Node', async () => {
  for (const [id, check] of checks) {
    const { page, close } = await open(check);
    const next = random(7);
    const sheets = Array.from({ length: 40 }, () => anySheet(check, next));
    const walks = await page.evaluate(walk, sheets.map((sheet) => check.data.facts.map((_, index) => sheet.get(index) ?? null)));
    await close();
    for (const [n, { asked, outcomes }] of walks.entries()) {
      const sheet = sheets[n];
      const said = `${id}, sheet ${n} ${JSON.stringify([...sheet])}`;
      assert.equal(new Set(asked).size, asked.length, `${said}: asks twice: ${asked}`);
      // Whatever was asked could still change an answer when it was asked.
      const told = new Map();
      for (const fact of asked) {
        const matter = mattering(check, told);
        if (!check.data.ticks?.some(({ f }) => f.includes(fact))) assert.ok(matter.has(fact), `${said}: asks ${check.data.facts[fact].n} for nothing`);
        if (sheet.has(fact)) told.set(fact, sheet.get(fact));
      }
      const names = (result) => result.map((list, d) => list.map((one) => check.decisions[d].outcomes[one].name));
      assert.deepEqual(outcomes, names(check.machine.run(told)), said);
      // What was not asked could not have changed it.
      assert.deepEqual(outcomes, names(check.machine.run(sheet)), `${said}: stopped too early`);
    }
  }
});

test('the links that work without script lead to the same outcome as the module, on every sheet of every decision', (t) => {
  for (const [id, check] of checks) {
    for (const [d, decision] of check.decisions.entries()) {
      const interview = check.interviews.get(decision.ask);
      const alone = check.machine.run(new Map())[d];
      if (!interview) {
        assert.equal(alone.length, 1, `${id}: ${decision.ask} has no interview`);
        continue;
      }
      // Questions with their choices; the same question has the same choices wherever it stands.
      const questions = new Map();
      for (const step of interview.steps.values()) {
        const words = step.choices.map(({ text }) => text);
        const known = questions.get(step.ask);
        if (known) assert.deepEqual(words, known.words, `${id}: ${step.ask}`);
        else questions.set(step.ask, { words, meanings: meanings(check, step) });
        for (const { target } of step.choices) assert.ok(interview.steps.has(target) || decision.outcomes.some((one) => one.id === target), `${id}: no ${target}`);
      }
      const list = [...questions.entries()];
      let sheets = 0;
      const reached = new Set();
      const pick = list.map(() => 0);
      for (let more = true; more;) {
        const sheet = new Map(list.flatMap(([, { meanings: all }], q) => {
          const meant = all[pick[q]];
          return [...meant[(sheets + q) % meant.length]];
        }));
        const possible = check.machine.run(sheet)[d];
        const chosen = new Map(list.map(([ask], q) => [ask, pick[q]]));
        let at = interview.start;
        for (let n = 0; interview.steps.has(at); n += 1) {
          assert.ok(n < 40, `${id}: ${decision.ask} goes in a circle`);
          const step = interview.steps.get(at);
          at = step.choices[chosen.get(step.ask)].target;
        }
        assert.deepEqual(possible.map((one) => decision.outcomes[one].id), [at], `${id}: ${list.map(([ask, { words }], q) => `${ask} ${words[pick[q]]}`).join('; ')}`);
        reached.add(at);
        sheets += 1;
        // The next sheet, as an odometer turns.
        more = false;
        for (let q = 0; q < list.length && !more; q += 1) {
          pick[q] += 1;
          if (pick[q] < list[q][1].words.length) more = true;
          else pick[q] = 0;
        }
      }
      assert.deepEqual([...reached].sort(), alone.map((one) => decision.outcomes[one].id).sort(), `${id}: ${decision.ask}: outcomes that no sheet reaches`);
      t.diagnostic(`${sheets} sheets  ${id}: ${decision.ask}`);
    }
  }
});

test('every condition carries the badge that the module gives its clause', async () => {
  for (const check of checks.values()) {
    // The page of the rules numbers the conditions; here they are told by their place.
    const ids = elements(parse(read(`checks/${check.id}/rules.html`)), 'li').map((token) => attr(token, 'id')).filter((id) => /^k\d+$/.test(id ?? ''));
    assert.equal(ids.length, check.data.clauses.length, check.id);
    const next = random(3);
    const { page, close } = await open(check);
    for (let n = 0; n < 5; n += 1) {
      const sheet = n === 0 ? new Map() : anySheet(check, next);
      await page.goto('about:blank');
      await page.goto(server.url(check.path) + fragment(check, sheet));
      await page.locator('#app').waitFor();
      check.machine.run(sheet);
      assert.deepEqual(await page.locator('.conds .state').allTextContents(), check.machine.clauses(), `${check.id}: ${JSON.stringify([...sheet])}`);
    }
    await close();
  }
});

test('the module of the page is the module beside it, small, without imports', () => {
  for (const [id, { data, machine }] of checks) {
    const bytes = readFileSync(join(SITE, `checks/${id}/${id}.wasm`));
    assert.ok(Buffer.from(data.wasm, 'base64').equals(bytes), `${id}: other bytes`);
    assert.ok(bytes.length <= 4096, `${id}: ${bytes.length} bytes`);
    assert.deepEqual(WebAssembly.Module.imports(machine.module), []);
  }
});

// ---------------------------------------------------------------- what the page keeps and tells

test('answers stay in the page: no request, nothing stored, no address changed until 保存; the saved address brings them back', async () => {
  const { page, close } = await open(HUNAN);
  const requests = [];
  // The icon is asked for late, by the browser itself.
  page.on('request', (request) => { if (!/favicon/.test(request.url())) requests.push(request.url()); });
  const address = page.url();
  assert.equal(await interview(HUNAN, page, { ...GRADUATE, 钩: ['重大疾病'], 符合医保条件: '是', 建档立卡: '否' }), undefined);
  await page.locator('#out summary').first().click();
  assert.equal(page.url(), address);
  const kept = () => page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys()).length].join());
  assert.equal(await kept(), '0,0,,0,0');
  const before = await page.locator('#out').textContent();
  await page.locator('#save').click();
  const link = await page.locator('#url').inputValue();
  assert.match(link, /#a=[-\w.]+$/);
  assert.equal(page.url(), link);
  assert.equal(await kept(), '0,0,,0,0');
  assert.deepEqual(requests, []);
  const other = await open(HUNAN, { hash: new URL(link).hash });
  assert.equal(await other.page.locator('#out').textContent(), before);
  await other.page.locator('#said button').first().click();
  assert.ok(!other.page.url().includes('#'), 'the address still tells the answers');
  await other.close();
  await page.locator('#wipe').click();
  assert.equal(page.url(), address);
  await close();
});

test('a made-up or outdated address is refused, and the check begins anew', async () => {
  const good = fragment(HARDSHIP, new Map([[0, 0], [1, 0], [2, 0]]));
  const { page, close } = await open(HARDSHIP, { hash: good });
  assert.deepEqual(await verdicts(page), ['右玉不用填', '已经通过了']);
  const [sum, ...parts] = good.slice(3).split('.');
  const made = [
    'x', '%00', '<img src=x onerror=alert(1)>', '__proto__', `${good.slice(3)}.1`, [Number(sum) + 1, ...parts].join('.'),
    [sum, 9, ...parts.slice(1)].join('.'), [sum, '0_1', ...parts.slice(1)].join('.'), [sum, '0.5', ...parts.slice(1)].join('.'),
    [sum, ...parts.map((part, index) => (HARDSHIP.data.facts[index]?.k === 'x' ? 0 : part))].join('.'), [sum, 'length', ...parts.slice(1)].join('.'), `${good.slice(3)}${'.'.repeat(5000)}`,
  ];
  for (const hash of made) {
    await page.goto('about:blank');
    await page.goto(`${server.url(HARDSHIP.path)}#a=${hash}`);
    await page.locator('#err').waitFor();
    assert.match(await page.locator('#err').innerText(), /读不出来/, hash.slice(0, 40));
    assert.equal(await page.locator('#in :checked').count(), 0);
  }
  await close();
});

// ---------------------------------------------------------------- where the module cannot run

test('without script, without WebAssembly and where the policy forbids it, the links ask', async () => {
  const usable = async (page, how) => {
    await page.locator('#plain .step:visible').first().waitFor();
    assert.ok(await page.locator('#app').isHidden(), `${how}: the app is shown`);
    assert.ok(await page.locator('#all .out').first().isVisible(), `${how}: outcomes are folded away`);
    const seen = page.locator('#plain .step:visible');
    const decisions = await seen.count();
    assert.equal(decisions, HUNAN.interviews.size, `${how}: one question a decision`);
    const ask = () => seen.first().locator('h3').innerText();
    const start = await ask();
    await seen.first().locator('a', { hasText: '已经去世' }).click();
    assert.notEqual(await ask(), start, `${how}: the link does not lead on`);
    assert.equal(await seen.count(), decisions);
    await seen.first().locator('a', { hasText: /^是$/ }).click();
    assert.equal(await page.locator(':target h4').innerText(), '第一类（死亡）');
    assert.ok(await page.locator(':target').isVisible());
    await page.goBack();
    await page.locator('.again:visible a').click();
    assert.equal(await ask(), start, `${how}: no way back to the start`);
  };
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await plain.newPage();
  await page.goto(server.url(HUNAN.path));
  await usable(page, 'no script');
  await plain.close();

  for (const [how, prepare] of [
    ['no WebAssembly', (context) => context.addInitScript(() => { delete window.WebAssembly; })],
    ['no module by policy', (context) => context.route('**/*.html', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(" 'wasm-unsafe-eval'", '');
      assert.ok(!body.includes('wasm-unsafe-eval'));
      await route.fulfill({ response: answer, body });
    })],
  ]) {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await prepare(context);
    const tab = await context.newPage();
    const faults = [];
    tab.on('pageerror', (error) => faults.push(error.message));
    await tab.goto(server.url(HUNAN.path));
    await usable(tab, how);
    assert.deepEqual(faults, [], how);
    await context.close();
  }
});

test('a fault on the way gives the links back', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url(HUNAN.path));
  await page.locator('#app').waitFor();
  await page.evaluate(() => { Array.prototype.some = () => { throw new Error('made up'); }; });
  await page.locator('#dk').click();
  await page.locator('#plain').waitFor();
  assert.ok(await page.locator('#app').isHidden());
  await context.close();
});

test('from a folder, and where nothing may be put into the history, the check works', async () => {
  for (const prepare of [() => {}, (context) => context.addInitScript(() => { history.pushState = history.replaceState = () => { throw new Error('not here'); }; })]) {
    const context = await browser.newContext();
    await prepare(context);
    const page = await context.newPage();
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(pathToFileURL(join(SITE, HARDSHIP.path)).href);
    await page.locator('#app').waitFor();
    await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次' });
    const asked = await question(page);
    await reply(page, '没有做过');
    await page.locator('#back').click();
    await page.waitForFunction((words) => document.getElementById('q').innerText === words, asked);
    assert.equal(await interview(HARDSHIP, page, { 地方和年份: '右玉县', 第几次: '第一次', 预申请: '通过了' }), undefined);
    assert.deepEqual(await verdicts(page), ['右玉不用填', '已经通过了']);
    await page.locator('#wipe').click();
    assert.equal(await finished(page), false);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('a link to an outcome opens it', async () => {
  const { page, close } = await open(HUNAN, { hash: '#o0-5' });
  assert.ok(await page.locator('#o0-5').isVisible());
  await close();
});

// ---------------------------------------------------------------- every state for everybody

/** Brings a page into each state and hands it on: `look(what)`. */
async function states(page, look) {
  const go = async (check, hash = '') => {
    await page.goto('about:blank');
    await page.goto(server.url(check.path) + hash);
    await page.locator('#app').waitFor();
  };
  const on = (check, answers) => interview(check, page, answers);
  await go(HUNAN);
  await look('choice');
  await page.locator('#ok').click();
  await look('error');
  await on(HUNAN, { 学生情况: '已经毕业' });
  await look('yes or no');
  await on(HUNAN, { 湖南分行的贷款: '是' });
  await look('ticks');
  const { 收入: income, 贫困线: line, ...others } = GRADUATE;
  assert.ok(income && line);
  await on(HUNAN, others);
  await look('money');
  await page.locator('#in summary').click();
  await page.locator('#in input').nth(1).fill('x');
  await page.locator('#ok').click();
  await look('range with error');
  await go(HUNAN, fragment(HUNAN, new Map([[HUNAN.fact('学生情况'), 3], [HUNAN.fact('湖南分行的贷款'), 1], [HUNAN.fact('贷款种类'), 2], [HUNAN.fact('来办的人'), 2]])));
  await page.locator('#save').click();
  await look('result, saved');
  await page.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
  await look('result, all open');
  await go(HUNAN, fragment(HUNAN, new Map(HUNAN.data.facts.flatMap(({ k }, index) => (k === 'x' ? [] : [[index, -1]])))));
  await look('open result');
  await go(REMOTE);
  await look('date');
  await on(REMOTE, { 办理日期: '2020-08-10', 办什么: '接着贷' });
  await look('county');
  await go(HARDSHIP, fragment(HARDSHIP, new Map([[0, 0], [1, 0], [2, 2], [3, 1]])));
  await look('doubt');
}

for (const { width, scheme, rules } of [{ width: 360, scheme: 'light' }, { width: 1280, scheme: 'dark', rules: COLOURS }]) {
  test(`axe finds nothing in any state at ${width} px, ${scheme}${rules ? ' (colours)' : ''}`, async () => {
    const { page, close } = await open(HUNAN, { viewport: { width, height: 740 }, colorScheme: scheme });
    const found = [];
    await states(page, async (what) => { found.push(...(await violations(page, rules)).map((one) => `${what}: ${one}`)); });
    await close();
    none(found, 'violations');
  });
}

for (const { width, scale } of [{ width: 320, scale: 1 }, { width: 360, scale: 2 }]) {
  test(`no state scrolls sideways at ${width} px${scale > 1 ? ' with text twice as large' : ''}`, async () => {
    const { page, close } = await open(HUNAN, { viewport: { width, height: 700 } });
    const found = [];
    await states(page, async (what) => { const fault = await sideways(page, scale); if (fault) found.push(`${what}: ${fault}`); });
    await close();
    none(found, 'states with a fault');
  });
}

test('what is asked and what came out is said aloud', async () => {
  const { page, close } = await open(HARDSHIP);
  assert.equal(await page.locator('#now').getAttribute('role'), 'status');
  const tree = await page.locator('#ask').ariaSnapshot();
  assert.match(tree, /group "在哪里、哪一年办贷款？"/);
  assert.match(tree, /radio "山西省朔州市右玉县，2023年"/);
  await close();
});

test('the result prints as a list to take along: no buttons, no questions, no other outcomes', async () => {
  const { page, close } = await open(HUNAN, { viewport: { width: 1280, height: 860 } });
  assert.equal(await interview(HUNAN, page, { ...GRADUATE, 钩: ['重大疾病'], 符合医保条件: '是', 建档立卡: '否' }), undefined);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('button:visible').count(), 0);
  assert.equal(await page.locator('#sure:visible, #ask:visible, #all:visible, #plain:visible').count(), 0);
  assert.ok(await page.locator('.papers input:visible').count() >= 4, 'no boxes to tick');
  const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 3, `${pages} pages`);
  await close();
});
