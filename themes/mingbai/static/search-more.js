// What only some questions need beside search.js: digits and dates, Latin letters as syllables, traditional characters,
// mistakes, places of which the site has nothing. search.js fetches it when a question has one of these, and ranks what it
// brings; the same steps stand in src/search (fold.rs, tokens.rs, sound.rs, question.rs, similar.rs, engine/correct.rs).
_mb('+', (api) => {
  'use strict';

  // ---- generated from src/search (ranking.rs, records.rs): MINGBAI_BLESS=1 cargo test --test search ----
  // Units (characters, syllables, words) of a question that are counted: the bits of a positive 32-bit number.
  const MAX_UNITS = 31;
  // Letters of the longest Latin word that is read as syllables.
  const MAX_SYLLABLE_LETTERS = 48;
  // Ways in which Latin letters are cut into syllables, at most: fangan is fang'an or fan'gan.
  const MAX_SYLLABLE_CUTS = 3;
  // A token as it was typed.
  const FACTOR_WHOLE = 16;
  // A second reading of what was typed: pairs of syllables, a document number without its issuer.
  const FACTOR_SECOND = 12;
  // A token that a correction brought: below what was typed, above what only helps.
  const FACTOR_CORRECTED = 11;
  // Shelves fetched to correct what was not found.
  const MAX_CORRECTION_SHELVES = 4;
  // Characters of the longest name of a place.
  const MAX_PLACE_CHARACTERS = 16;
  // Characters of the shortest name of a place of which the site has nothing.
  const MIN_ABSENT_PLACE_CHARACTERS = 3;
  // Characters of an issuer's name that the exact key of a document number repeats (助学 of 晋教助学).
  const ISSUER_TAIL_CHARACTERS = 2;
  // Characters with which names of places end.
  const PLACE_ENDS = '县区市旗州盟省';
  // ---- end of what is generated ----

  const { isHan, bits, plain, isKnown, loadFile } = api;
  const { max, min } = Math;

  // ================================================================ folding

  // Traditional characters with their simplified forms.
  let simplified = null;
  const loadTraditional = () => {
    if (simplified) return Promise.resolve();
    return loadFile('x').then((payload) => {
      const chars = Array.from(payload);
      simplified = new Map();
      for (let i = 0; i < chars.length; i += 2) simplified.set(chars[i], chars[i + 1]);
    });
  };
  const simple = (char) => simplified && simplified.get(char) || char;

  const TONES = { a: 'āáǎàĀÁ', e: 'ēéěè', i: 'īíǐì', o: 'ōóǒò', u: 'ūúǔù', v: 'üǖǘǚǜ' };
  const foldTone = (char) => Object.keys(TONES).find((vowel) => TONES[vowel].includes(char)) || char;

  const NUMERALS = '零一二三四五六七八九';
  // The value of a numeral sign: a digit, 10 or 100; -1 for other characters.
  const numeral = (char) => {
    if (char === '〇') return 0;
    if (char === '十') return 10;
    if (char === '百') return 100;
    return char ? NUMERALS.indexOf(char) : -1;
  };
  // Chinese numerals that count something become digits: two signs or more, or one before 月, 日 or 号.
  const foldDigits = (chars) => {
    const folded = [];
    for (let at = 0; at < chars.length;) {
      let end = at;
      while (end < chars.length && end - at < 8 && numeral(chars[end]) >= 0) end++;
      const count = end - at, next = chars[end] || ' ';
      if (count >= 2 && '年月日号个名'.includes(next) || count === 1 && '月日号'.includes(next)) {
        folded.push(...digitsOf(chars.slice(at, end).map(numeral)));
      } else {
        end = max(end, at + 1);
        folded.push(...chars.slice(at, end));
      }
      at = end;
    }
    return folded;
  };
  const digitsOf = (signs) => {
    if (signs.every((sign) => sign < 10)) return signs.map(String);
    let total = 0, last = 0;
    for (const sign of signs) {
      if (sign < 10) {
        last = sign;
      } else {
        total += (last || 1) * sign;
        last = 0;
      }
    }
    return String(total + last);
  };

  // ================================================================ pieces

  const isDigit = (char) => /^[0-9]$/.test(char);
  const isLetter = (char) => /^[a-z]$/.test(char);

  // The pieces of a folded text: {from, to, keys}. Runs of ideographs have no keys, words have one.
  const piecesOf = (chars) => {
    const pieces = [];
    for (let at = 0; at < chars.length;) {
      const from = at;
      let found = null;
      if (isHan(chars[at])) {
        while (at < chars.length && isHan(chars[at])) at++;
        found = { from, to: at };
      } else if (isDigit(chars[at])) {
        found = documentNumber(chars, at) || day(chars, at) || serialNumber(chars, at);
        if (!found) {
          while (isDigit(chars[at]) || chars[at] === '.' && isDigit(chars[at + 1]) && at > from) at++;
          found = { from, to: at, isWord: true };
        }
      } else if (isLetter(chars[at])) {
        while (isLetter(chars[at]) || chars[at] === "'" && isLetter(chars[at + 1])) at++;
        found = { from, to: at, isWord: true };
      }
      if (found) pieces.push(found);
      at = found ? found.to : at + 1;
    }
    return pieces;
  };

  // The digits from `at` on, at most `most`: {text, end}, without zeros before them.
  const digitsAt = (chars, at, most) => {
    let end = at;
    while (end - at < most && isDigit(chars[end])) end++;
    if (end === at || isDigit(chars[end])) return null;
    return { text: chars.slice(at, end).join('').replace(/^0+(?=.)/, ''), end };
  };
  const skip = (chars, at, signs) => {
    while (at < chars.length && signs.includes(chars[at])) at++;
    return at;
  };
  const isInNumber = (chars, at) => at > 0 && isDigit(chars[at - 1]);
  const yearAt = (chars, at) => {
    const text = chars.slice(at, at + 4).join('');
    return /^(20|19)\d\d$/.test(text) && !isInNumber(chars, at) ? text : null;
  };

  // [2020]7号, 2020年第7号, 教财20152号
  const documentNumber = (chars, from) => {
    const year = yearAt(chars, from);
    if (!year) return null;
    const isOpened = from > 0 && chars[from - 1] === '[', next = skip(chars, from + 4, ' '), isClosed = chars[next] === ']';
    const start = skip(chars, next, '] 年第'), isDated = chars.slice(next, start).includes('年');
    const serial = digitsAt(chars, start, 4);
    if (!serial) return null;
    const after = skip(chars, serial.end, ' '), sign = chars[after] || ' ', isCounted = sign === '号';
    let nameEnd = from;
    while (nameEnd > 0 && ' ['.includes(chars[nameEnd - 1])) nameEnd--;
    const isNamed = nameEnd > 0 && isHan(chars[nameEnd - 1]);
    if (!(isCounted || isClosed || isOpened || isNamed && !isDated && !'月年日.-/个名%'.includes(sign))) return null;
    const number = `${year}-${serial.text}`, keys = ['#' + number];
    if (isNamed) keys.unshift('#' + issuerTail(chars, nameEnd) + number);
    return { from, to: isCounted ? after + 1 : serial.end, keys };
  };
  // The last characters of the name before a document number.
  const issuerTail = (chars, end) => {
    let from = end;
    while (from > 0 && end - from < ISSUER_TAIL_CHARACTERS && isHan(chars[from - 1])) from--;
    return chars.slice(from, end).join('');
  };

  // 2020年7月22日, 2020-07-22, 7月22日, 7月, 7.22 (not 7.22%)
  const day = (chars, from) => {
    const year = yearAt(chars, from), sign = year && chars[from + 4];
    if (year && (!sign || !'年-./'.includes(sign)) || isInNumber(chars, from)) return null;
    const month = digitsAt(chars, year ? from + 5 : from, 2);
    if (!month) return null;
    const monthSign = chars[month.end] || ' ';
    const isShort = !year && monthSign === '.' && chars[from - 1] !== '.';
    if (!isShort && monthSign !== (!year || sign === '年' ? '月' : sign) || +month.text > 12 || +month.text < 1) return null;
    const date = digitsAt(chars, month.end + 1, 2), keys = [];
    let to = month.end + 1;
    if (isShort && date && chars[date.end] && '%万亿元倍分公斤米吨个点.'.includes(chars[date.end])) return null;
    if (date && +date.text < 32 && (+date.text || !isShort)) {
      keys.push(`d${month.text}-${date.text}`);
      to = date.end + (chars[date.end] === '日' || chars[date.end] === '号');
    } else if (monthSign === '月') {
      keys.push('d' + month.text);
    } else {
      return null;
    }
    if (year) keys.push(year);
    return { from, to, keys };
  };

  // 192号: a document number without its year.
  const serialNumber = (chars, from) => {
    const serial = !isInNumber(chars, from) && digitsAt(chars, from, 4), after = serial && skip(chars, serial.end, ' ');
    return serial && chars[after] === '号' ? { from, to: after + 1, keys: ['#-' + serial.text] } : null;
  };

  // ================================================================ syllables

  const FINALS = ('iang iong uang ang eng ing ong ian iao uai uan ai ei ao ou an en in un ia ie iu ua uo ui ue ve er ' +
    'a o e i u').split(' ');
  const INITIALS = 'zh ch sh b p m f d t n l g k h j q x r z c s y w'.split(' ').concat('');

  // Lengths of the syllables that letters may begin with, longest first.
  const syllableLengths = (letters) => {
    const lengths = new Set();
    for (const initial of INITIALS) {
      if (!letters.startsWith(initial)) continue;
      for (const final of FINALS.concat(initial === 'n' || initial === 'l' ? 'v' : [])) {
        // Without an initial, i, u and v begin no syllable.
        const isSound = initial || !'iuv'.includes(final[0]);
        if (isSound && letters.startsWith(final, initial.length)) lengths.add(initial.length + final.length);
      }
    }
    return Array.from(lengths).sort((a, b) => b - a);
  };
  // The ways to cut a word into the fewest syllables; one or two letters at its end may begin a syllable.
  const cutWord = (word) => {
    if (!word || word.length > MAX_SYLLABLE_LETTERS || /[^a-z]/.test(word)) return [];
    // The ways to read the letters from each place on: {left, syllables}, `left` letters at the end not read.
    const ways = [];
    ways[word.length] = [{ left: 0, syllables: [] }];
    for (let at = word.length - 1; at >= 0; at--) {
      const own = [], left = word.length - at;
      for (const length of syllableLengths(word.slice(at)))
        for (const rest of ways[at + length])
          own.push({ left: rest.left, syllables: [word.slice(at, at + length), ...rest.syllables] });
      if (at > 0 && left <= 2 && INITIALS.includes(word.slice(at))) own.push({ left, syllables: [] });
      const cost = (way) => way.left * 99 + way.syllables.length, least = min(...own.map(cost));
      ways[at] = own.filter((way) => cost(way) === least).slice(0, MAX_SYLLABLE_CUTS);
    }
    return ways[0].map((way) => way.syllables);
  };
  // Every row of syllables with every way after it.
  const product = (rows, ways) => {
    const longer = [];
    for (const row of rows) for (const way of ways) longer.push(row.concat(way));
    return longer.slice(0, MAX_SYLLABLE_CUTS);
  };
  const cutLetters = (letters) => letters.split("'").map(cutWord).reduce(product, [[]]);

  // ================================================================ reading a question

  // Reads folded characters that are not all ideographs; `readHan` reads a run of these.
  const read = (question, chars, readHan, addToken) => {
    let words = [], lastEnd = 0;
    // Latin words side by side are read as one row of syllables.
    const readWords = () => {
      const ways = words.map(cutLetters);
      for (let at = 0; at < words.length;) {
        let end = at;
        while (end < words.length && ways[end].length) end++;
        if (end === at) readWord(question, words[at++], addToken);
        else readSyllables(question, words.slice(at, end), ways.slice(at, end), addToken);
        at = max(at, end);
      }
      words = [];
    };
    for (const piece of piecesOf(chars)) {
      const run = chars.slice(piece.from, piece.to), isLatin = piece.isWord && isLetter(run[0]);
      const isNear = chars.slice(lastEnd, piece.from).every((char) => char === ' ');
      if (!(isLatin && isNear)) readWords();
      lastEnd = piece.to;
      if (isLatin) words.push(run.join(''));
      else if (piece.isWord) readNumber(question, run.join(''), chars[piece.to], addToken);
      else if (piece.keys) readKeys(question, run, piece.keys, addToken);
      else readHan(run);
    }
    readWords();
  };
  const readWord = (question, word, addToken) => {
    question.subject.push(...word);
    addToken(question, word, FACTOR_WHOLE, bits(question.units, 2));
    question.units += 2;
  };
  // A number, also with what it counts: 60名, 72.62%.
  const readNumber = (question, number, next, addToken) => {
    const units = bits(question.units, 2);
    readWord(question, number, addToken);
    if (next && (isHan(next) || next === '%')) addToken(question, number + next, FACTOR_WHOLE, units);
  };
  // A document number or a day.
  const readKeys = (question, run, keys, addToken) => {
    const units = bits(question.units, 2);
    question.subject.push(...plain(run));
    keys.forEach((key, i) => { addToken(question, key, i ? FACTOR_SECOND : FACTOR_WHOLE, units); });
    question.units += 2;
  };
  // Words as they are, all of them as one name in syllables, and every two neighbours.
  const readSyllables = (question, words, ways, addToken) => {
    const first = question.units;
    words.forEach((word, i) => {
      const count = ways[i][0].length;
      question.subject.push(...word);
      addToken(question, word, FACTOR_WHOLE, bits(question.units, count));
      question.units += count;
    });
    const rows = ways.reduce(product, [[]]);
    for (const row of rows) addToken(question, '=' + row.join("'"), FACTOR_WHOLE, bits(first, row.length));
    for (const row of rows) for (let i = 0; i + 1 < row.length; i++) {
      const key = `${row[i]}'${row[i + 1]}`, units = bits(first + i, 2);
      if (!question.tokens.some((token) => token.key === key && token.units === units))
        addToken(question, key, FACTOR_SECOND, units);
    }
  };

  // ================================================================ corrections

  // Readings of the common characters.
  let sounds = null;
  const loadSounds = () => {
    if (sounds) return Promise.resolve();
    return loadFile('y').then((payload) => {
      sounds = new Map();
      try {
        const chars = api.decodeRows(0xb0, 0xd7);
        let at = 0;
        payload.replace(/([a-z]+)(\d+)/g, (_, sound, count) => { for (; count > 0; count--) sounds.set(chars[at++], sound); });
      } catch (error) { /* no such decoder: nothing sounds alike */ }
    });
  };

  // The place that the question names and of which the site has nothing. Asked one after the other: most need one file.
  const absentPlace = (question, unknown) => {
    const groups = [];
    for (const run of question.runs) for (let end = MIN_ABSENT_PLACE_CHARACTERS; end <= run.chars.length; end++) {
      const names = placeNames(run, end, unknown);
      if (names.length) groups.push(names);
    }
    return groups.reduce((before, names) => before.then((found) => found || listed(names)), Promise.resolve(null));
  };
  // Pieces of a run that end before `end` as names of places do, with unknown characters, the shortest first.
  const placeNames = (run, end, unknown) => {
    const names = [];
    if (!PLACE_ENDS.includes(run.chars[end - 1])) return names;
    for (let count = MIN_ABSENT_PLACE_CHARACTERS; count <= min(end, MAX_PLACE_CHARACTERS); count++)
      if (unknown & bits(run.unit + end - count, count)) names.push(run.chars.slice(end - count, end).join(''));
    return names;
  };
  const listed = (names) => {
    const shelf = api.hash(Array.from(names[0]).slice(-2).join('')) % api.manifest().placeShelves;
    return loadFile('p' + shelf).then((payload) => {
      const found = payload.split('~').map((one) => one.split(' ')).find(([name]) => names.includes(name));
      return found ? { entry: +found[1] || 0, absent: found[0], isCounty: true } : null;
    });
  };

  // What may have been meant by a run with unknown characters: two characters swapped, one wrong, missing or too many, or
  // others of the same sound.
  const correctionsOf = (question, run, unknown) => {
    const { chars, unit } = run, tokens = [];
    const isUnknown = (i) => unit + i < MAX_UNITS && unknown >> unit + i & 1;
    const add = (key, from, count) => {
      const units = bits(unit + from, count);
      if (!tokens.some((token) => token.key === key && token.units === units)) tokens.push({ key, factor: FACTOR_CORRECTED, units });
    };
    for (let i = 0; i + 1 < chars.length; i++) {
      const a = chars[i], b = chars[i + 1], c = chars[i + 2];
      if (isKnown(question, a + b) || !(isUnknown(i) || isUnknown(i + 1))) continue;
      add(b + a, i, 2);
      if (c && isUnknown(i + 1)) add(`${a}*${c}`, i, 3);
      if (c && isUnknown(i)) add(`*${b}${c}`, i, 3);
      if (i > 0 && isUnknown(i + 1)) add(`${chars[i - 1]}${a}*`, i - 1, 3);
      add(`${a}*${b}`, i, 2);
      if (sounds.has(a) && sounds.has(b)) add(`${sounds.get(a)}'${sounds.get(b)}`, i, 2);
    }
    return tokens;
  };
  // Shelves of tokens that stand on none of those that were fetched.
  const correctionShelves = (question, tokens) => {
    const shelves = [];
    for (const token of tokens) {
      const stands = api.shelvesOf(token.key), isLoaded = (shelf) => question.shelves.has(shelf) || shelves.includes(shelf);
      if (shelves.length < MAX_CORRECTION_SHELVES && !stands.some(isLoaded)) shelves.push(stands[0]);
    }
    return shelves;
  };
  // Adds what may have been meant to a question.
  const correct = (question, unknown) => {
    return loadSounds().then(() => {
      const tokens = [];
      for (const run of question.runs) tokens.push(...correctionsOf(question, run, unknown));
      const shelves = correctionShelves(question, tokens);
      return Promise.all(shelves.map(api.loadShelf)).then(() => {
        for (const shelf of shelves) question.shelves.add(shelf);
        for (const token of tokens) {
          if (!isKnown(question, token.key) || question.tokens.some((other) => isSame(other, token))) continue;
          // In a longer question, the results say by themselves what was taken for what.
          if (question.units < 6) question.note = '（有的字按相近的找）';
          question.tokens.push(token);
        }
      });
    });
  };
  const isSame = (a, b) => a.key === b.key && a.units === b.units && a.factor === b.factor;

  // ================================================================ what is said if nothing is sure

  const showDoubt = (answer, count, status, list, make, root) => {
    const isSure = answer.found.some((found) => !found.weak);
    if (!count) status.textContent = '没有找到。';
    else if (answer.absent) status.textContent = '本站没有收录您问的这个地方或这件事，下面的结果只供参考。';
    else if (isSure) status.textContent = '找到 ' + count + ' 条';
    else status.textContent = '没有完全对得上的，下面这些也许有用。';
    if (isSure) return;
    list.append(make('p', { className: 'hits-help' },
      '可以只输县名（如“右玉”）、文号（如“2020 7号”）或换个说法；也可以看',
      make('a', { href: root + 'counties/index.html', textContent: '县名录' }), '、',
      make('a', { href: root + 'topics/index.html', textContent: '主题' }),
      '。本站没有写的，请问本县学生资助管理中心。'));
  };

  return { read, foldTone, foldDigits, loadTraditional, simple, absentPlace, correct, showDoubt };
});
