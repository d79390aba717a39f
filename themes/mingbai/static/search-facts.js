// Answers of the search: what the documents say of a place or a word, and what they do not say. search.js fetches it when
// something is asked for (a time, papers, a meaning); the same steps stand in src/search/engine/facts.rs.
_mb('?', (api) => {
  'use strict';

  // ---- generated from src/search (ranking.rs, records.rs): MINGBAI_BLESS=1 cargo test --test search ----
  // Units (characters, syllables, words) of a question that are counted: the bits of a positive 32-bit number.
  const MAX_UNITS = 31;
  // Facts that a card shows.
  const MAX_CARD_FACTS = 6;
  // Characters of a question that neither the place, nor what is asked, nor the facts have: with more, it is about
  // something else.
  const MAX_STRANGE_CHARACTERS = 5;
  // The same, for characters next to each other.
  const MAX_STRANGE_PIECE = 3;
  // Words of the glossary whose meaning a card shows: more than one if the difference is asked for.
  const MAX_MEANINGS = 2;
  // Results one of which has the number that was asked for; if none has, the texts do not say it.
  const RESULTS_WITH_EVIDENCE = 3;
  // Characters after the phrase of a question that asks for a number: with more, it only tells something.
  const MAX_AFTER_PHRASE = 4;
  // Digits of the shortest telephone number.
  const PHONE_DIGITS = 7;
  // A pair is plain, and never strange, if its frequency is more than that of the site divided by this (magnitudes).
  const PLAIN_FREQUENCY_DIVISOR = 3;
  // Above this level, a whole name is that of a place.
  const LEVEL_TOPIC = 10;
  // Above this level, it is that of a county.
  const LEVEL_AREA = 12;
  // What questions ask for.
  const TIME = 0, CONTACT = 2, PLACE = 3, AMOUNT = 7, MEANING = 8, HOURS = 12, ADDRESS = 13;
  // What is asked of a place.
  const OF_PLACES = [0, 1, 2, 3, 4, 5, 6, 12, 13, 9, 10];
  // What is asked of the whole site if no place is named.
  const OF_SITE = [9, 10];
  // What a question asks for before anything else.
  const FIRST = [0, 1, 2, 3, 4, 12, 13];
  // What the first results must have so that they answer.
  const EVIDENT = [7, 2, 12, 13, 14];
  // What was asked, after the name of a place.
  const WORDS = '什么时候办 要带什么 的电话 在哪里办 一天办多少人 能不能在网上办 由谁去办 能贷多少 是什么 有多少 有哪些 找谁 几点上班 的地址 要多久'.split(' ');
  // What is not written.
  const UNWRITTEN = '什么时候办 要带什么 电话号码 在哪里办 一天办多少人 能不能在网上办 由谁去办 是多少钱、多少利率 是什么 有多少 有哪些 找谁 几点上班、哪几天不办 地址 要多久、是几年'.split(' ');
  const readPlace = (text) => {
    const fields = text.split('\x1f');
    return fields.length !== 4 ? null : {
      // The number of its entry; 0 for the whole site.
      entry: +fields[0],
      // Its name.
      name: fields[1],
      // The address of its page.
      url: fields[2],
      // Whom its facts distinguish, each with what people say: 续贷 再贷 接着贷|首贷 第一次贷款.
      groups: fields[3],
    };
  };
  const readFact = (text) => {
    const fields = text.split('\x1f');
    return {
      // Letters of what it answers (Intent::letter).
      asks: fields[0],
      // n: it says that the texts do not say it. l: it holds for places that no list names. -: it needs a 没 in the
      // question.
      sort: fields[1],
      // The year for which it holds, or nothing.
      year: fields[2],
      // Words that a question must have, divided by blanks: any of them.
      about: fields[3],
      // What it says, in words.
      text: fields[4],
      // State, or nothing.
      state: fields[5],
      // The words of the official text.
      quote: fields[6],
      // The document and the clause.
      source: fields[7],
      // The address of the clause.
      url: fields[8],
    };
  };
  // ---- end of what is generated ----

  const { bits, isKnown, termOf, foldEach, placeOf } = api;
  const count = (text) => Array.from(text).length;
  const words = (text) => text ? text.split(' ') : [];
  // Of equally long ones, the last.
  const longest = (list, text) => list.reduce((best, one) => best && count(text(best)) > count(text(one)) ? best : one, null);
  const letter = (intent) => String.fromCharCode(97 + intent);

  // ================================================================ what is named

  // The place that a question names: the entry of the highest level.
  const namedPlace = (question) => {
    // 新乡哪些县: the city, not the county.
    const isArea = question.asked.some((intent) => OF_SITE.includes(intent));
    let best = null;
    for (const token of question.tokens) if (token.key[0] === '=' && isKnown(question, token.key)) {
      const { list } = termOf(token.key);
      for (let i = 0; i < list.length; i += 2) {
        const entry = list[i], level = list[i + 1], isCounty = level > LEVEL_AREA;
        if (level <= LEVEL_TOPIC || placeOf(entry) === api.inherited) continue;
        const key = [isArea && isCounty, -level, entry], isBetter = () => {
          for (let k = 0; k < 3; k++) if (key[k] !== best.key[k]) return key[k] < best.key[k];
        };
        if (!best || isBetter()) best = { key, entry, isCounty, absent: '' };
      }
    }
    return best;
  };
  // The words whose meaning is asked for, each with its entry.
  const namedWords = (question) => {
    if (!question.asked.includes(MEANING)) return [];
    const found = question.tokens.filter((token) => token.key[0] === '?' && isKnown(question, token.key));
    const named = found.map((token) => ({ word: token.key.slice(1), entry: termOf(token.key).list[0] }));
    return named.sort((a, b) => count(b.word) - count(a.word)).slice(0, MAX_MEANINGS);
  };
  // The facts of an entry: {place, facts}.
  const factsOf = (entry) => {
    const shelf = api.hash(String(entry)) % api.manifest().factShelves;
    return api.loadFile('f' + shelf).then((payload) => {
      for (const text of payload.split('\x1d')) {
        const [first, ...records] = text.split('\x1e'), place = readPlace(first);
        if (place && place.entry === entry) return { place, facts: records.map(readFact).map(whole) };
      }
      return null;
    });
  };
  // Fields that were empty at the end are not written.
  const whole = (fact) => {
    for (const name of Object.keys(fact)) fact[name] = fact[name] || '';
    return fact;
  };

  // ================================================================ what is asked

  // Whether the question has words that neither the place, nor what is asked, nor the facts have.
  const isStrange = (question, group, facts) => {
    const { light, size, intents } = api.manifest();
    let text = facts.map((fact) => `${fact.text} ${fact.quote} ${fact.about} `).join('');
    if (group) text += `${group.name} ${group.word} `;
    for (const intent of intents)
      for (const phrase of intent.phrases) if (question.words.includes(phrase)) text += phrase + ' ';
    const all = foldEach(text).join('');
    let strange = 0;
    return question.runs.some((run) => {
      const has = (from) => {
        if (from < 0 || from + 2 > run.chars.length) return false;
        const two = run.chars[from] + run.chars[from + 1];
        const often = isKnown(question, two) ? termOf(two).frequency : 0;
        return often * PLAIN_FREQUENCY_DIVISOR > size || all.includes(two);
      };
      let piece = 0;
      return run.chars.some((char, i) => {
        const unit = run.unit + i;
        const isPlain = unit >= MAX_UNITS || question.named & bits(unit, 1) || light.includes(char) || has(i) || has(i - 1);
        piece = isPlain ? 0 : piece + 1;
        if (!isPlain) strange++;
        return piece > MAX_STRANGE_PIECE;
      });
    }) || strange > MAX_STRANGE_CHARACTERS;
  };
  // The years that a question names; 今年 is the year of the reader's day.
  const yearsOf = (question) => {
    const years = question.tokens.map((token) => token.key).filter((key) => /^(19|20)[0-9][0-9]$/.test(key));
    ['去年', '今年', '明年'].forEach((word, i) => {
      if (question.words.includes(word)) years.push(String(+api.today().slice(0, 4) + i - 1));
    });
    return years;
  };
  // Whether a question asks for what is not: 没评上, not 能不能.
  const isNegated = (text) => {
    const chars = Array.from(text);
    return chars.some((char, i) => {
      const isQuestion = i > 0 && (chars[i + 1] === chars[i - 1] || char === '没' && chars[i - 1] === '有');
      return '没不未非'.includes(char) && !isQuestion;
    });
  };
  // The group of people that a question names: {name, word}.
  const groupOf = (groups, typed) => {
    const said = [];
    for (const group of groups.split('|'))
      for (const word of words(group)) if (typed.includes(word)) said.push({ name: words(group)[0], word });
    return longest(said, (one) => one.word);
  };

  // ================================================================ the card

  // The card of a question: {place, url, asked, group, lead, facts}, or null.
  const cardOf = (question) => {
    const named = namedWords(question);
    return Promise.all(named.map((one) => factsOf(one.entry))).then((known) => {
      const facts = [];
      let url = '';
      known.forEach((here, i) => {
        if (!here) return;
        facts.push(...here.facts.filter((fact) => words(fact.about).includes(named[i].word)));
        url = here.place.url;
      });
      return facts.length ? { place: '', url, asked: [MEANING], group: '', lead: '', facts } : cardOfPlace(question);
    });
  };
  const cardOfPlace = (question) => {
    const place = question.place || namedPlace(question), known = place ? OF_PLACES : OF_SITE;
    let asked = question.asked.filter((intent) => known.includes(intent));
    if (asked.some((intent) => FIRST.includes(intent))) asked = asked.filter((intent) => FIRST.includes(intent));
    if (!asked.length) return null;
    return factsOf(place ? place.entry : 0).then((here) => {
      if (!here) return null;
      const group = groupOf(here.place.groups, question.words), absent = place ? place.absent : '';
      if (here.facts.length && isStrange(question, group, here.facts)) return null;
      const card = {
        place: absent || here.place.name, url: absent ? '' : here.place.url, asked, group: group ? group.name : '',
        lead: '', facts: chosen(question, asked, here.facts, !!absent),
      };
      if (!card.facts.length && !(place && place.isCounty && asked.some((intent) => FIRST.includes(intent)))) return null;
      narrow(card, absent ? [] : yearsOf(question), !!absent);
      card.facts = card.facts.slice(0, MAX_CARD_FACTS);
      return card;
    });
  };
  // The facts that answer.
  const chosen = (question, asked, facts, isAbsent) => {
    const { words: typed } = question, named = [];
    for (const fact of facts) named.push(...words(fact.about).filter((word) => typed.includes(word)));
    const word = longest(named, (one) => one) || '', negated = isNegated(typed.replace(word, ''));
    let found = facts.filter((fact) => {
      return asked.some((intent) => fact.asks.includes(letter(intent))) &&
        (!fact.about || words(fact.about).includes(word)) && (fact.sort !== '-' || negated) && (fact.sort === 'l') === isAbsent;
    });
    for (const isBetter of [(fact) => fact.sort === '-', (fact) => fact.about])
      if (found.some(isBetter)) found = found.filter(isBetter);
    return found;
  };
  // Keeps the facts of the year and the group that were asked for; says so if there are none.
  const narrow = (card, years, isAbsent) => {
    const what = WORDS[card.asked[0]], newest = card.facts.map((fact) => fact.year).sort().pop();
    const keep = (isKept) => { card.facts = card.facts.filter(isKept); };
    if (!card.facts.length) {
      card.lead = `本站的文件没有写${card.place}${what}。`;
      return;
    }
    if (years.length && !isAbsent) {
      if (card.facts.some((fact) => years.includes(fact.year))) {
        keep((fact) => years.includes(fact.year));
      } else if (newest) {
        card.lead = `本站没有${card.place}${years.join('、')}年的安排。${newest}年的是：`;
        keep((fact) => fact.year === newest);
      }
    } else {
      keep((fact) => fact.year === newest || !fact.year);
    }
    if (!card.lead && card.facts.every((fact) => fact.sort === 'n')) {
      card.lead = card.facts[0].text;
      card.facts = [Object.assign({}, card.facts[0], { text: '' })];
      return;
    }
    if (!card.group || card.lead) return;
    const isOfGroup = (fact) => fact.text.includes(card.group) || fact.quote.includes(card.group);
    if (card.facts.some(isOfGroup)) {
      keep(isOfGroup);
    } else if (card.asked[0] !== PLACE && card.asked[0] !== TIME) {
      card.lead = `${words(card.facts[0].source)[0] || ''}没有写${card.group}${what}。写了的是：`;
    }
  };

  // ================================================================ what is not written

  // The card of a question for a number that none of the first results has.
  const unwritten = (question, found) => {
    const intent = EVIDENT.find((one) => endsWith(question, one)), shown = found.slice(0, RESULTS_WITH_EVIDENCE);
    if (intent === undefined || !shown.length) return null;
    if (shown.some((one) => isEvident(Array.from(one.text).slice(...one.shown).join(''), intent))) return null;
    return { place: '', url: '', asked: [intent], group: '', lead: `本站的文件没有写${UNWRITTEN[intent]}。`, facts: [] };
  };
  // Whether a question ends with a phrase that asks for something: 要几年, not 失踪几年了要什么证明.
  const endsWith = (question, intent) => api.manifest().intents[intent].phrases.some((phrase) => {
    const at = question.words.lastIndexOf(phrase), rest = question.words.slice(at + phrase.length);
    return at >= 0 && count(rest) <= MAX_AFTER_PHRASE && rest[0] !== '了';
  });
  // Whether a text has what is asked for: an amount or a rate, a telephone number, an hour.
  const isEvident = (text, intent) => {
    const folded = foldEach(text).join('');
    if (intent === AMOUNT) return /[0-9万千百][元%万]/.test(folded);
    if (intent === CONTACT) return new RegExp(`[0-9-]{${PHONE_DIGITS}}`).test(folded);
    if (intent === HOURS) return /[0-9万千百][点时:]/.test(folded);
    if (intent === ADDRESS) return /大厅|楼|路|街|巷|室/.test(text);
    return isDuration(Array.from(folded));
  };
  // Whether a text says how long: 三年, 15个工作日; not 2023年 or 7月17日.
  const isDuration = (chars) => {
    const isNumber = (char) => /[0-9一二三四五六七八九十两半]/.test(char);
    return chars.some((char, i) => {
      if (!i || !isNumber(chars[i - 1]) || !'年天日个周'.includes(char)) return false;
      let from = i;
      while (from && isNumber(chars[from - 1])) from--;
      const isDate = chars[from - 1] === '月' || i - from === 4 && char === '年';
      return !isDate && (char !== '个' || /[月工年]/.test(chars[i + 1] || ''));
    });
  };

  // ================================================================ what is shown

  const cardElement = (card, make, root, stateElement) => {
    const isMeaning = card.asked[0] === MEANING;
    const what = OF_SITE.includes(card.asked[0]) ? '' : WORDS[card.asked[0]];
    const title = card.place + (card.group && '：' + card.group) + what;
    const box = make('section', { className: card.lead ? 'reply reply-open' : 'reply' });
    if (card.place) box.append(make('h2', { textContent: title }));
    if (card.lead) box.append(make('p', {}, make('strong', { textContent: card.lead })));
    for (const fact of card.facts) {
      if (fact.text) box.append(make('p', { className: 'reply-fact', textContent: fact.text }));
      if (fact.state) box.append(make('p', {}, stateElement(fact.state)));
      if (fact.quote) box.append(make('blockquote', {}, '原文：“' + fact.quote + '”'));
      box.append(make('p', {}, make('a', { href: root + fact.url, textContent: fact.source })));
    }
    if (card.url) box.append(make('p', {},
      make('a', { href: root + card.url, textContent: isMeaning ? '看这个词的页面' : `${card.place}的全部内容` })));
    return box;
  };

  return { cardOf, unwritten, cardElement };
});
