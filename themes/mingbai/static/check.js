// A self-check: asks what can still change the answer. Nothing is stored or sent. Where it cannot run, or on any fault, the page
// stays as built.
//
// Comes in: the page, and the data block that the program wrote into it (src/site/pages/self_checks/data.rs). The rules are a
// WebAssembly module in that data; its memory is drawn in src/rules/FORMAT.md. Four steps, top to bottom of this file: the
// module, the answers, the history of the browser, and what is shown.
(() => {
  // ---------------------------------------------------------------- the data
  // These lines are written by a test from the records in data.rs.
  const ABI = 2;
  const WORDS_A_RESULT = 4;
  const LINK = 30;
  const PART = 31;
  const YES_NO = 'y', CHOICE = 'c', COUNTY = 'r', DOUBT = 'x', NUMBER = 'n', MONEY = 'm', DECIMAL = 'e', DATE = 'd';
  const readData = ({abi, wasm: module, at: results, words, order, facts: questions, decisions, values, clauses: conditions, ticks}) => ({abi, module, results, words, order, questions, decisions, values, conditions, ticks});
  const readQuestion = ({k: kind, n: name, a: ask, w: why, h: help, s: word, v: masks, o: options, lo: lowest, hi: highest, u: unit, t: today}) => ({kind, name, ask, why, help, word, masks, options, lowest, highest, unit, today});
  const readDecision = ({n: name, r: nodes}) => ({name, nodes});
  const readValue = ({k: kind, n: name, u: unit, g: range, r: node}) => ({kind, name, unit, range, node});
  const readTick = ({a: ask, f: questions, p: after}) => ({ask, questions, after});

  const findAll = (element, selector) => Array.from(element.querySelectorAll(selector));
  const byId = {};
  findAll(document, '[id]').forEach(element => { byId[element.id] = element; });

  const text = byId['check-data'].textContent;
  const data = readData(JSON.parse(text));
  const questions = data.questions.map(readQuestion);
  const ticks = (data.ticks || []).map(readTick);
  // Where the pages of boxes are among the questions, and among the answers whether they were seen.
  const TICK = questions.length;
  if (data.abi !== ABI) return;

  // Options as one list of [words, class], also where they are shown in groups.
  questions.forEach(question => {
    if (question.word === undefined) question.word = question.masks[0];
    question.list = question.kind === COUNTY ? [].concat(...question.options.map(group => group[1])) : question.options;
  });
  const isRange = question => !question.list;
  const isWide = ({lowest, highest}) => lowest !== (lowest | 0) || highest !== (highest | 0);
  const wordOf = node => data.results + WORDS_A_RESULT * node;

  const decisions = data.decisions.map(readDecision).map((decision, index) => {
    const box = byId['d' + index];
    return {
      name: decision.name,
      words: decision.nodes.map(wordOf),
      box,
      outcomes: findAll(box, '.out'),
    };
  });
  const values = (data.values || []).map(readValue).map(value => Object.assign(value, {words: [wordOf(value.node)]}));
  const conditions = data.conditions.map(node => ({word: wordOf(Math.abs(node)), isNegation: node < 0}));

  // ---------------------------------------------------------------- the module
  // Exports: m the memory, e decides, q finds what matters, x explains the conditions.
  let module;
  try {
    const bytes = Uint8Array.from(atob(data.module), character => character.charCodeAt(0));
    module = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  } catch (error) {
    return;
  }
  const memory = new Int32Array(module.m.buffer);
  const nothingKnown = memory.slice(0, data.words);

  // Of each question: the index of an option, [lowest, highest], or UNKNOWN for 不知道. From TICK on: 1, the boxes were seen.
  const UNKNOWN = -1;
  let answers = [];
  const isInterval = answer => Boolean(answer) && answer.length > 0;
  const isExact = answer => isInterval(answer) ? answer[0] === answer[1] : answer >= 0;

  /** Writes what is known of a question: the mask of one class with its sentinel, or the ends of a range. */
  const tell = (question, answer) => {
    let word = question.word;
    if (word === undefined) return;
    if (answer >= 0) {
      let place = question.list[answer][1];
      // Of several masks each but the last has LINK classes and one more: the later ones.
      for (let later = question.masks.length; --later && place >= LINK; place -= LINK) memory[word++] = 3 << LINK;
      // The sentinel is the highest bit of the mask of all classes.
      const sentinel = (nothingKnown[word] >>> 1) + 1;
      memory[word] = 1 << place | sentinel;
    } else if (isInterval(answer)) {
      // A range of 64 bits has two words an end, the low one first.
      memory.set(isWide(question) ? [].concat(...answer.map(end => [end, Math.floor(end / 0x100000000)])) : answer, word);
    }
  };
  const decide = given => {
    memory.set(nothingKnown);
    questions.forEach((question, index) => tell(question, given[index]));
    module.e();
  };
  const decideWith = (index, answer) => {
    const other = answers.slice();
    other[index] = answer;
    decide(other);
  };
  /** The outcomes that are still possible: a word has PART of them. */
  const possible = decision => decision.outcomes.filter(
    (outcome, index) => memory[decision.words[index / PART | 0]] >>> index % PART & 1);
  const isOnly = (decision, outcome) => possible(decision).every(one => one === outcome);
  /** After `q`: whether one of the masks of a question can still change a decision; the set has two words. */
  const matters = (one, question) => one.words.some(word => question.masks.some(
    mask => memory[word + 2 + (mask >> 5)] >>> mask & 1));
  /** The least and the greatest value still possible: 64 bits each. */
  const rangeOf = ({range}) => [0, 2].map(end => 0x100000000 * memory[range + end + 1] + (memory[range + end] >>> 0));
  /** The values that an outcome shows, and those of possible outcomes that are not settled. */
  const valuesOf = outcome => findAll(outcome, '[data-v]').map(element => values[element.dataset.v]);
  const unsettled = decision => [].concat(...possible(decision).map(valuesOf)).filter(value => {
    const [least, greatest] = rangeOf(value);
    return least < greatest;
  });
  /** After `q`: whether a question can still change a decision, or a value that one of its outcomes shows. */
  const mattersTo = (decision, question) => [decision, ...unsettled(decision)].some(one => matters(one, question));
  /** After `x`: 0 false, 1 true, 2 open. */
  const stateOf = ({word, isNegation}) => {
    const state = memory[word] - 1;
    return isNegation && state < 2 ? 1 - state : state;
  };

  // ---------------------------------------------------------------- words of values
  // A date is yyyymmdd in the module; between days one counts days since 1970.
  const DAY = 864e5;
  const toDays = date => Date.UTC(date / 1e4, date / 100 % 100 - 1, date % 100) / DAY;
  const isoOf = days => new Date(days * DAY).toISOString().slice(0, 10);
  const fromDays = days => +isoOf(days).replace(/-/g, '');
  const today = () => fromDays(Date.now() / DAY - new Date().getTimezoneOffset() / 1440);

  const hasCents = ({kind}) => kind === MONEY || kind === DECIMAL;
  /** A value as it is typed. */
  const typed = (question, value) => {
    if (question.kind === DATE) return isoOf(toDays(value));
    if (hasCents(question)) return `00${value}`.replace(/^0*(\d+)(\d\d)$/, '$1.$2').replace('.00', '');
    return `${value}`;
  };
  /** A value as it is said. */
  const said = (question, value) =>
    typed(question, value).replace(/-0?(\d+)-0?(\d+)$/, '年$1月$2日') + (question.unit || '');
  const saidAnswer = (question, answer) => {
    if (answer < 0) return '不知道';
    if (!isRange(question)) return question.list[answer][0];
    const [lowest, highest] = answer;
    return said(question, lowest) + (lowest < highest ? '至' + said(question, highest) : '');
  };
  const saidRange = value => {
    const [least, greatest] = rangeOf(value);
    return said(value, least) + (least < greatest ? '至' + said(value, greatest) : '');
  };
  const FORMS = {
    [DATE]: /^(\d{4})\D(\d\d?)\D(\d\d?)\D?$/,
    [MONEY]: /^(\d+)(?:\.(\d\d?))?$/,
    [NUMBER]: /^(-?\d+)$/,
  };
  const VALUE_NAMES = {[DATE]: '日期', [MONEY]: '钱数', [DECIMAL]: '数', [NUMBER]: '整数'};
  /** A value as the module has it; NaN for what is not one, or lies outside the range of the question. */
  const parse = (question, words) => {
    const plain = words.normalize('NFKC').replace(/[\s,元¥]/g, '');
    const parts = FORMS[hasCents(question) ? MONEY : question.kind].exec(plain);
    if (!parts) return NaN;
    let value;
    if (question.kind === DATE) value = parts[1] * 1e4 + parts[2] * 100 + +parts[3];
    else if (hasCents(question)) value = +(parts[1] + `${parts[2] || ''}00`.slice(0, 2));
    else value = +parts[1];
    const isInside = question.lowest <= value && value <= question.highest;
    const isReal = question.kind !== DATE || fromDays(toDays(value)) === value;
    return isInside && isReal ? value : NaN;
  };

  // ---------------------------------------------------------------- all answers as text
  // Begins with a sum of the data, so that answers to other rules are not taken back.
  const sum = Array.from(text).reduce((total, character) => total * 31 + character.charCodeAt(0) | 0, 0);
  const encode = () => {
    const parts = Array.from({length: TICK + ticks.length}, (none, index) => {
      const answer = answers[index];
      return isInterval(answer) ? answer.join('_') : answer;
    });
    return [sum].concat(parts).join('.');
  };
  const decodePart = part => {
    if (/_/.test(part)) return part.split('_').map(Number);
    return part ? +part : undefined;
  };
  const isSound = (question, answer) => {
    if (answer === undefined) return true;
    if (question.kind === DOUBT) return false;
    if (answer === UNKNOWN) return true;
    if (!isRange(question)) return Boolean(question.list[answer]);
    return answer.length === 2 && answer[0] <= answer[1]
      && answer.every(value => parse(question, typed(question, value)) === value);
  };
  /** Takes answers back, if every one is right. */
  const load = code => {
    answers = code.split('.').slice(1).map(decodePart);
    const ok = encode() === code && questions.every((question, index) => isSound(question, answers[index]));
    if (!ok) answers = [];
    return ok;
  };

  // ---------------------------------------------------------------- history
  // The entry now shown holds the answers, those before it only their place.
  let position;
  let past = [];
  // The browser refuses to keep history: then going back is done here.
  let withoutHistory;

  const address = () => location.href.split('#')[0];
  const keep = (method, hash) => {
    try {
      history[method]({n: past.length, p: position, a: encode()}, '', address() + hash);
    } catch (error) {
      withoutHistory = true;
    }
  };
  const focus = () => byId[position < 0 ? 'rh' : 'q'].focus();
  /** Goes to a question, or to the next one that matters. */
  const move = index => {
    if (!withoutHistory) history.replaceState({n: past.length, p: position}, '', address());
    past.push(position);
    draw(index);
    keep('pushState', '');
    focus();
  };
  /** Shows an entry of the history, or the answers of a link. */
  const enter = (state, isFirst) => {
    const link = /^#a=(.+)/.exec(location.hash);
    if (isFirst && !(state && state.a && load(state.a))) state = null;
    const isBadLink = !state && link && !load(link[1]);
    if (state) past.length = state.n;
    if (state || link || isFirst) draw(state ? state.p : -1);
    if (isBadLink) refuse('这个网址里的回答读不出来，或者规则已经改过，请重新回答', byId.in.querySelector('input,select'));
    keep('replaceState', location.hash);
  };

  // ---------------------------------------------------------------- parts of the page
  const make = window._mbMake;
  const fill = (element, children) => {
    element.textContent = '';
    element.append(...children);
  };
  const list = items => make('ul', 0, ...items.map(item => make('li', 0, item)));
  const fold = (words, ...children) => make('details', 0, make('summary', 0, words), ...children);
  const button = (words, index) => make('button', {type: 'button', onclick() { move(index); }}, words);

  const titleOf = outcome => outcome.querySelector('h4').textContent;
  const verdictOf = outcome => outcome.querySelector('.state').textContent;
  const nameOf = outcome => titleOf(outcome) + '，' + verdictOf(outcome);
  /** Decisions by what is known of them: 0 fits, -1 open, 1 does not fit. Where there are few, all keep their places. */
  const isList = 'list' in byId.out.dataset;
  const placed = (...places) => [].concat(...places.map(place => decisions.filter(decision => place === (isList
    ? ['符合', '不符合'].findIndex(words => possible(decision).every(outcome => verdictOf(outcome) === words)) : 0))));
  const possibleNames = decision => possible(decision).map(nameOf).join('；或者');
  const provisionsOf = outcome => findAll(outcome, 'dd li').map(item => item.firstChild.data.trim());
  const commonProvisions = outcomes => provisionsOf(outcomes[0]).filter(
    words => outcomes.every(outcome => provisionsOf(outcome).indexOf(words) >= 0));

  // ---------------------------------------------------------------- what is shown
  /** Shows a question by its index, the boxes at TICK, or else the next question that matters; -1 when there is none. */
  const draw = index => {
    // What is asked again counts as not yet answered: its answer may change.
    const again = index < TICK ? [index] : index >= TICK ? ticks[index - TICK].questions : [];
    const count = openOf(answers.map((answer, question) => again.indexOf(question) < 0 ? answer : undefined)).length || 1;
    const open = openOf(answers);
    position = index >= 0 ? index : nextPosition(open);
    const isDone = position < 0;
    byId.ask.hidden = byId.sure.hidden = isDone;
    byId.res.hidden = !isDone;
    byId.back.hidden = !past.length;
    byId.wipe.parentNode.hidden = !answers.length;
    byId.err.hidden = byId.box.hidden = true;
    fill(byId.now, [make('b', 0, `最多还有 ${count} 题`), make('ul', 0, ...placed(0, -1).map(progress))]);
    conditions.forEach(drawState);
    if (isDone) drawResult(); else drawQuestion();
  };
  /** The questions that matter and have no answer, in their order. */
  const openOf = given => {
    decide(given);
    module.q();
    module.x();
    return data.order.filter(question => given[question] === undefined
      && decisions.some(decision => mattersTo(decision, questions[question])));
  };
  const nextPosition = open => {
    const isOpen = question => open.indexOf(question) >= 0;
    const due = ticks.findIndex((tick, index) => !answers[TICK + index] && tick.questions.some(isOpen)
      && !data.order.slice(0, tick.after).some(isOpen));
    if (due >= 0) return TICK + due;
    return open.length ? open[0] : -1;
  };
  /** What is certain of a decision so far. */
  const progress = decision => {
    const outcomes = possible(decision);
    const isOpen = outcomes.length > 1;
    const common = isOpen ? commonProvisions(outcomes) : [];
    const words = isOpen ? `还有 ${outcomes.length} 种可能` : nameOf(outcomes[0]);
    const amounts = isOpen ? [] : valuesOf(outcomes[0]).map(value => '，' + value.name + '：' + saidRange(value));
    return make('li', {className: isOpen && !common.length ? 'may' : ''},
      decision.name + '：' + words + amounts.join('') + (common.length ? '，都有：' + common.join('；') : ''));
  };
  const drawState = condition => {
    const state = stateOf(condition);
    Object.assign(condition.badge, {
      className: 'state state-' + ['closed', 'open', 'unsettled'][state],
      textContent: ['不成立', '成立', '未定'][state],
    });
  };

  const pick = (type, index, checked, words) => make('label', {className: 'pick'},
    make('input', {type, name: 'a', value: index, checked}), make('span', 0, words));
  const drawQuestion = () => {
    const tick = ticks[position - TICK];
    const question = tick || questions[position];
    byId.q.textContent = question.ask;
    byId.tip.textContent = question.help || '';
    byId.why.textContent = question.why ? '为什么问：' + question.why : '';
    byId.ok.textContent = tick ? '没勾的都没有' : '下一题';
    byId.dk.textContent = tick ? '没勾的说不准' : '不知道';
    const options = question.list;
    const isShort = options && options.length > 6 && options.every(option => option[0].length < 6);
    byId.in.className = isShort ? 'short' : '';
    fill(byId.in, tick ? boxes(tick) : inputs(question, answers[position]));
  };
  const boxes = tick => tick.questions.map(index => pick('checkbox', index, answers[index] === 1, questions[index].ask));
  const inputs = (question, answer) => {
    if (isRange(question)) return rangeFields(question, answer);
    if (question.kind === COUNTY) return countySelect(question, answer);
    // 是 stands before 否.
    const order = question.kind === YES_NO ? [1, 0] : question.list.map((option, index) => index);
    return order.map(index => pick('radio', index, index === answer, question.list[index][0]));
  };
  const countySelect = (question, answer) => {
    let value = 0;
    const groups = question.options.map(([name, options]) => make('optgroup', {label: name || '其他'},
      ...options.map(option => make('option', {value, selected: value++ === answer, reading: option[2]}, option[0]))));
    const label = make('label', 0, '请选择', make('select', 0, make('option'), ...groups));
    return window._mbChoose ? window._mbChoose(label) : [label];
  };
  /** One field, and a second one for those who know a range only. */
  const rangeFields = (question, answer) => {
    const [lowest, highest] = isInterval(answer) ? answer : [question.today && today()];
    const isWide = lowest < highest;
    const field = (words, value) => make('label', 0, words, make('input', {
      type: question.kind === DATE ? 'date' : 'text',
      inputMode: hasCents(question) ? 'decimal' : 'numeric',
      value: value === undefined ? '' : typed(question, value),
    }), question.unit || '');
    const second = make('details', {
      open: isWide,
      ontoggle() { byId.in.firstChild.firstChild.data = this.open ? '从' : '填写'; },
    }, make('summary', 0, '只知道大概范围'), field('到', isWide ? highest : undefined));
    return [field('填写', lowest), second];
  };

  /** Says what is wrong, with a link to the field. */
  const refuse = (words, field) => {
    Object.assign(byId.err.firstChild, {textContent: words, onclick() { field.focus(); return false; }});
    field.setAttribute('aria-describedby', 'err');
    byId.err.hidden = false;
    byId.err.focus();
  };
  /** Takes the answer to the question that is shown, and goes on. */
  const answer = isUnknown => {
    const question = questions[position];
    const fields = findAll(byId.in, 'input,select');
    if (!question) {
      fields.forEach(box => { answers[box.value] = box.checked ? 1 : isUnknown ? undefined : 0; });
      answers[position] = 1;
    } else if (isUnknown) {
      answers[position] = UNKNOWN;
    } else {
      const given = isRange(question) ? typedInterval(question, fields) : chosen(fields);
      if (given === undefined) return;
      answers[position] = given;
    }
    move();
  };
  const chosen = fields => {
    const option = byId.in.querySelector(':checked');
    if (option && option.value) return +option.value;
    refuse('请选一项；不清楚就按“不知道”', fields[0]);
    return undefined;
  };
  const typedInterval = (question, fields) => {
    const [from, to] = fields.map(field => field.value);
    // A range may be open below; one field alone is one value.
    const values = [from || !to ? parse(question, from) : question.lowest, parse(question, to || from)];
    const wrong = values.findIndex(isNaN);
    if (wrong < 0) return values.sort((a, b) => a - b);
    const {kind, lowest, highest} = question;
    refuse(`请写 ${said(question, lowest)}到 ${said(question, highest)}之间的${VALUE_NAMES[kind]}`, fields[to ? wrong : 0]);
    return undefined;
  };

  // ---------------------------------------------------------------- the result
  const drawResult = () => {
    const [shown, unfit] = [placed(0, -1), placed(1)];
    fill(byId.out, shown.map(verdict));
    if (unfit.length) byId.out.append(fold(`不符合的 ${unfit.length} 项`, ...unfit.map(verdict)));
    fill(byId.said, data.order.filter(index => answers[index] !== undefined).map(index => make('div', 0,
      make('dt', 0, questions[index].ask),
      make('dd', 0, saidAnswer(questions[index], answers[index]), button('修改', index)))));
  };
  /** A formula with what was answered, and what was worked out, behind each name. */
  const worked = formula => formula.replace(/[^-\s+×÷*\/(),，（）、“”]+/g, name => {
    const isNamed = one => one.name === name;
    const index = questions.findIndex(isNamed);
    const value = values.filter(isNamed).find(one => one.range);
    if (isInterval(answers[index])) return name + ' ' + saidAnswer(questions[index], answers[index]);
    return value ? name + ' ' + saidRange(value) : name;
  });
  /** An outcome of the page once more, with boxes before the papers. */
  const copy = outcome => {
    const element = outcome.cloneNode(true);
    element.removeAttribute('id');
    findAll(element, '.papers li').forEach(item => {
      item.prepend(make('label', 0, make('input', {type: 'checkbox'}), item.firstChild));
    });
    findAll(element, '[data-v]').forEach(item => {
      item.prepend(make('b', 0, saidRange(values[item.dataset.v])), ' = ');
      findAll(item, '.sum').forEach(sum => { sum.textContent = worked(sum.textContent); });
    });
    return element;
  };
  const verdict = decision => {
    decide(answers);
    module.q();
    const outcomes = possible(decision);
    const box = make('section', 0, make('h3', 0, decision.box.querySelector('h3').textContent));
    const add = (words, ...more) => box.append(make('p', 0, make('b', 0, words)), ...more);
    if (outcomes.length > 1) addOpen(decision, outcomes, add);
    else addSettled(decision, outcomes[0], box, add);
    return box;
  };
  /** What is missing, what each reading of a doubt would mean, and all that is still possible. */
  const addOpen = (decision, outcomes, add) => {
    const open = questions.filter(question => mattersTo(decision, question));
    // An exact answer may still matter where it is compared with one that is not.
    const missing = open.filter(question => question.kind !== DOUBT && !isExact(answers[questions.indexOf(question)]));
    const common = commonProvisions(outcomes);
    if (missing.length) {
      const buttons = missing.map(question => {
        const index = questions.indexOf(question);
        return button(question.name + (isInterval(answers[index]) ? '（再准一些）' : ''), index);
      });
      add('还差这些才能确定：', make('div', {className: 'keys'}, ...buttons));
    }
    questions.filter(question => question.kind === DOUBT).forEach((doubt, number) => {
      if (open.indexOf(doubt) < 0) return;
      const shown = Array.from(copy(byId['x' + number]).children).slice(0, 2);
      const readings = doubt.list.map((reading, option) => {
        decideWith(questions.indexOf(doubt), option);
        return reading[0] + (missing.length ? '' : '：' + possibleNames(decision));
      });
      const counted = doubt.list.length < 11 ? '零一两三四五六七八九十'[doubt.list.length] : doubt.list.length;
      add(`原文有${counted}种读法，请向${byId.who.textContent}问清`, ...shown, list(readings));
    });
    if (common.length) add('不论哪种结果都有：', list(common));
    decide(answers);
    add('可能的结果：', ...outcomes.map(outcome => fold(nameOf(outcome), copy(outcome))));
  };
  /** The outcome, what else would fit, and why. */
  const addSettled = (decision, outcome, box, add) => {
    box.append(copy(outcome));
    const holds = place => place && conditions[place].badge.textContent === '成立';
    const others = decision.outcomes.filter(other => other !== outcome && outcome.dataset.c && holds(other.dataset.c));
    if (others.length) {
      const note = findAll(decision.box, 'h3+.note').map(element => element.textContent).join('');
      add('也符合：' + others.map(titleOf).join('、'), note);
    }
    const because = reasons(decision, outcome);
    if (!because.length) return;
    const changes = turningAnswers(decision, outcome);
    const details = [make('p', 0, '决定这个结果的回答：'),
      list(because.map(index => questions[index].name + '：' + saidAnswer(questions[index], answers[index])))];
    if (changes.length) details.push(make('p', 0, '改一个回答，结果就变：'), list(changes));
    box.append(fold('为什么是这个结果', ...details));
  };
  /** The fewest answers that decide it: each one is left out that can be. */
  const reasons = (decision, outcome) => {
    const kept = answers.slice();
    questions.forEach((question, index) => {
      const given = kept[index];
      delete kept[index];
      decide(kept);
      if (!isOnly(decision, outcome)) kept[index] = given;
    });
    return questions.map((question, index) => index).filter(index => index in kept);
  };
  /** At most five nearest other answers that would turn the outcome round, those of yes/no questions and numbers first. */
  const turningAnswers = (decision, outcome) => {
    const found = [];
    const attempt = (index, other, words) => {
      decideWith(index, other);
      const isTurned = possible(decision).indexOf(outcome) < 0
        && possible(decision).some(one => verdictOf(one) !== verdictOf(outcome));
      if (!isTurned) return;
      const {kind, name} = questions[index];
      const rank = isRange(questions[index]) || kind === YES_NO ? 0 : 1;
      found.push([rank, name + words + '：' + possibleNames(decision)]);
    };
    questions.forEach((question, index) => {
      if (!isRange(question)) tryOptions(question, index, attempt);
      else if (isInterval(answers[index])) tryValues(decision, question, index, outcome, attempt);
    });
    return found.sort((a, b) => a[0] - b[0]).slice(0, 5).map(entry => entry[1]);
  };
  /** One option of every other class. */
  const tryOptions = (question, index, attempt) => {
    const given = answers[index];
    if (!(given >= 0)) return;
    const classes = question.list.map(option => option[1]);
    question.list.forEach((option, other) => {
      const isOther = classes[other] !== classes[given];
      if (isOther && classes.indexOf(classes[other]) === other) attempt(index, other, `改为“${option[0]}”`);
    });
  };
  /** The nearest value above, and below, that changes something: found by halving. */
  const tryValues = (decision, question, index, outcome, attempt) => {
    const [lowest, highest] = answers[index];
    const isDate = question.kind === DATE;
    const toNumber = isDate ? toDays : Number;
    const fromNumber = isDate ? fromDays : Number;
    [1, -1].forEach(direction => {
      const isUp = direction > 0;
      const end = toNumber(isUp ? question.highest : question.lowest);
      let far = end;
      // The farthest value that was seen to change nothing.
      let near = toNumber(isUp ? highest : lowest);
      while (near !== far) {
        const middle = direction * Math.ceil(direction * (near + far) / 2);
        decideWith(index, isUp ? [lowest, fromNumber(middle)] : [fromNumber(middle), highest]);
        if (isOnly(decision, outcome)) near = middle; else far = middle - direction;
      }
      if (near === end) return;
      const next = fromNumber(near + direction);
      const words = isDate ? (isUp ? '晚' : '早') : (isUp ? '高' : '低');
      attempt(index, [next, next], words + '于 ' + said(question, fromNumber(near)));
    });
  };

  // ---------------------------------------------------------------- start
  const show = isRunning => {
    byId.app.hidden = !isRunning;
    byId.plain.hidden = isRunning;
    byId.all.open = !isRunning;
  };
  findAll(byId.all, '.conds li').forEach((line, index) => {
    conditions[index].badge = make('b');
    line.prepend(conditions[index].badge);
  });
  const target = byId.all.querySelector(':target');
  window.onerror = () => { show(false); };
  window.onpopstate = event => {
    enter(event.state);
    if (event.state) focus();
  };
  show(true);
  enter(history.state, true);
  byId.ask.onsubmit = () => { answer(); return false; };
  byId.dk.onclick = answer;
  byId.back.onclick = () => {
    if (!withoutHistory) return history.back();
    draw(past.pop());
    focus();
  };
  byId.wipe.onclick = () => {
    answers = [];
    byId.url.value = '';
    move();
  };
  byId.save.onclick = () => {
    const hash = '#a=' + encode();
    keep('replaceState', hash);
    byId.url.value = address() + hash;
    byId.box.hidden = false;
    byId.url.select();
  };
  if (target) {
    byId.all.open = true;
    target.scrollIntoView();
  }
})();
