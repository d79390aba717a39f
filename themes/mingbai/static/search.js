// Search: asks the index, ranks what it says, shows the results. Nothing typed leaves the browser: files of the index are
// fetched by the number of the shelf on which a word would stand, never by the word.
//
// The index is described in src/search/format.rs, the ranking in src/search/engine.rs. This file ranks exactly as the
// engine does: whole numbers only, the same order of steps, the same names; a test compares both on the judged questions.
// What only some questions need stands in search-more.js and search-facts.js.
(() => {
  'use strict';

  // ---- generated from src/search (ranking.rs, records.rs): MINGBAI_BLESS=1 cargo test --test search ----
  // The format of the index.
  const FORMAT = 2;
  // Bits of an entry's place in its part.
  const PLACE_BITS = 4;
  // The place of what the entries of a part inherit.
  const INHERITED = 15;
  // Characters of a question that are read; more is pasted text, and its first words say what it is about.
  const MAX_QUESTION_CHARACTERS = 80;
  // Units (characters, syllables, words) of a question that are counted: the bits of a positive 32-bit number.
  const MAX_UNITS = 31;
  // Characters of the longest phrase of the vocabulary.
  const MAX_PHRASE_CHARACTERS = 10;
  // A token as it was typed.
  const FACTOR_WHOLE = 16;
  // A single character, or a pair of a phrase that asks (什么时候): both are in many texts.
  const FACTOR_HALF = 8;
  // Shelves fetched for a question: each is a request, and the sixth rarely changes the first result.
  const MAX_SHELVES = 6;
  // Shelves fetched for a long question, which may be a whole title.
  const MAX_SHELVES_LONG = 8;
  // Units above which a question is long.
  const LONG_QUESTION_UNITS = 12;
  // What a shelf gains by a pair of common ideographs, which says little (points of the plan).
  const PLAN_COMMON_PAIR = 1;
  // What a shelf gains by any other pair of ideographs.
  const PLAN_PAIR = 4;
  // What a shelf gains by a number, a date, a word or syllables: they lead straight to the document.
  const PLAN_WORD = 8;
  // Shelves after which one that only helps (a phrase that asks) is not fetched.
  const ENOUGH_FOR_HELP = 3;
  // Shelves after which one with only common pairs is not fetched, if ENOUGH_STRONG of them say more.
  const ENOUGH_FOR_COMMON = 4;
  // Shelves with at least PLAN_PAIR points that make common pairs unnecessary.
  const ENOUGH_STRONG = 3;
  // A light character (我, 要, 还) weighs at most the size of the site divided by this.
  const LIGHT_KNOWN_DIVISOR = 4;
  // A light character that no text has weighs the size of the site divided by this.
  const LIGHT_UNKNOWN_DIVISOR = 8;
  // A unit that was looked for and is nowhere weighs this many eighths of the size of the site: it counts as rare.
  const UNKNOWN_UNIT_EIGHTHS = 5;
  // The same in a question of more than six units, and of more than ten: the longer, the more of it is talk.
  const UNKNOWN_UNIT_EIGHTHS_LONG = 4;
  // See UNKNOWN_UNIT_EIGHTHS_LONG.
  const UNKNOWN_UNIT_EIGHTHS_LONGEST = 2;
  // Points of an entry that says what is asked for (a time, papers), for each level, times FACTOR_WHOLE.
  const INTENT_WEIGHT = 10;
  // An entry gets its page's points divided by this, a page those of its best entry: enough to bring together what is
  // said in a title and in a clause, too little to push an empty clause up.
  const SHARED_POINTS_DIVISOR = 3;
  // The score of a document whose own number is asked for is multiplied by this.
  const NUMBER_FACTOR = 2;
  // In a large site, the score of one county's document is divided by this if no place is named: when many counties say
  // the same, the rule for all of them is meant.
  const LOCAL_DIVISOR = 2;
  // A self-check is looked at first if its score is at least this many tenths of the best.
  const LIFTED_CHECK_TENTHS = 6;
  // Of the share of the question that is in an entry in one piece, the score gains this part.
  const COMMON_PIECE_DIVISOR = 2;
  // The score of a page whose title was typed exactly is multiplied by this.
  const WHOLE_TITLE_FACTOR = 3;
  // In questions longer than this, characters in the order of the title can mean the title.
  const TITLE_ORDERED_CHARACTERS = 6;
  // Tenths of the question that the title must have in the same order.
  const TITLE_ORDERED_TENTHS = 9;
  // In questions longer than this, characters of the title in any order can mean the title.
  const TITLE_LOOSE_CHARACTERS = 9;
  // Twentieths of the question that the title must have in any order.
  const TITLE_LOOSE_TWENTIETHS = 19;
  // In questions longer than this, a title with all of their characters is meant.
  const TITLE_ALL_CHARACTERS = 5;
  // Halves by which the score of a meant title is multiplied.
  const TITLE_HALVES = 3;
  // The score of topics and of the site's own texts is divided by this, unless their title was typed: the documents
  // themselves come first.
  const TEXT_DIVISOR = 2;
  // What is open or in force on the reader's day gains its score divided by this: it decides between equals.
  const OPEN_DIVISOR = 16;
  // The score of what was repealed, replaced or withdrawn by the reader's day is divided by this: what took its place
  // comes first.
  const ENDED_DIVISOR = 4;
  // What the score says, as a share of SURE_SCORE times the weight of the question.
  const SURE_BY_SCORE = 409;
  // What the share of the question says that is covered: what the score says already counts less.
  const SURE_BY_COVERED = -186;
  // What words say that the site does not have.
  const SURE_BY_UNKNOWN = -163;
  // What the length of the question says, as a share of SURE_UNITS: who writes much asks something real.
  const SURE_BY_LENGTH = 479;
  // What it says that a title, a number or a place is meant.
  const SURE_BY_DIRECT = 79;
  // What words say that titles have.
  const SURE_BY_TITLED = 61;
  // What names and everyday phrases say.
  const SURE_BY_PHRASED = 64;
  // What the sum must reach.
  const SURE_FROM = 35200;
  // The score, per weight of the question, that counts as the whole share; at most twice as much counts.
  const SURE_SCORE = 30;
  // The units of a question that count as the whole share.
  const SURE_UNITS = 16;
  // Results that are compared and shown at once.
  const WINDOW = 5;
  // Boxes from which the first results come, at most: the others follow when these are shown.
  const WINDOW_BOXES = 3;
  // Results that are ever shown.
  const MAX_RESULTS = 48;
  // Characters of the piece of a text that a result shows.
  const MAX_EXCERPT_CHARACTERS = 90;
  // The same, for the first result: as much as the first screen of a phone has room for.
  const MAX_FIRST_EXCERPT_CHARACTERS = 200;
  // The score of a document or a self-check as a whole is multiplied by this many tenths, unless its title is meant: a
  // clause says it, a page has it somewhere.
  const PAGE_TENTHS = 8;
  // The same for a self-check: an answer only where one of its own questions is what is asked.
  const CHECK_TENTHS = 4;
  // The same for a province or a prefecture.
  const AREA_TENTHS = 3;
  // The score of a clause with a number or a day, if one is asked for, gains its score divided by this.
  const EVIDENT_DIVISOR = 3;
  // A province or a prefecture that is named is more than a suggestion if it covers this share of the question, in per
  // cent.
  const SURE_AREA_PERCENT = 50;
  // A place answers if it covers at most this much less of the question, in per cent, than something else.
  const PLACE_COVERED_LESS = 3;
  // Units of the longest question that is corrected: in a longer one, what is known is enough.
  const MAX_CORRECTED_UNITS = 8;
  // Characters of the longest name of a place.
  const MAX_PLACE_CHARACTERS = 16;
  // Characters of the shortest name of a place of which the site has nothing.
  const MIN_ABSENT_PLACE_CHARACTERS = 3;
  // From this level on, a document number is the document's own and not one that a text cites.
  const LEVEL_OWN_NUMBER = 14;
  // From this level on, a name is the entry's own or that of a place around it.
  const LEVEL_NAMED = 8;
  // Above this level, a whole name is that of a place.
  const LEVEL_TOPIC = 10;
  // Signs between the parts of a box, and between the entries of a part.
  const PART_SIGN = '\x1d';
  const ENTRY_SIGN = '\x1e';
  // Phrases of these are taken out of questions.
  const TAKEN_OUT = [0, 1, 2, 3, 8, 9, 11, 12, 13, 14];
  // These are answered by a number or a day.
  const NUMBERS = [0, 2, 4, 7, 9, 12];
  // Questions for these may have a card without a place.
  const ANYWHERE = [9, 10, 7, 2, 12, 13, 14, 8];
  // Characters with which names of places end.
  const PLACE_ENDS = '县区市旗州盟省';
  // Kinds of entries.
  const NOTICE = 'n', DATA = 'd', CLAUSE = 'c', COUNTY = 'u', AREA = 'a', TOPIC = 't', CHECK = 'k', TEXT = 'x';
  const readManifest = (text) => {
    const fields = text.split('\x1f');
    return fields.length !== 44 ? null : {
      // format::FORMAT of the index.
      format: +fields[0],
      // The folder of all other files: the hash of what is in it.
      version: fields[1],
      // Number of shelves.
      shelves: +fields[2],
      // Number of shelves with names of places of which the site has nothing.
      placeShelves: +fields[3],
      // Number of shelves with the facts of places.
      factShelves: +fields[4],
      // Parts in a box, as a power of two.
      boxBits: +fields[5],
      // Whether terms are on two shelves.
      twice: +fields[6],
      // In a large site: number of parts before the documents of single counties; else 0.
      wide: +fields[7],
      // Number of parts of self-checks, which are the first.
      checks: +fields[8],
      // Magnitude of the number of entries.
      size: +fields[9],
      // Common ideographs, by which no pair is filed.
      common: fields[10],
      // Characters that carry little in a question.
      light: fields[11],
      // Short names of provinces of which the site has nothing: 甘肃.
      absent: words(fields[12]),
      // Phrases that are taken out of questions.
      stop: words(fields[13]),
      // What questions ask for, in the order of Intent::ALL.
      intents: [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42].map((at) => ({ phrases: words(fields[at]), entries: postings(fields[at + 1], 0) })),
    };
  };
  const readHead = (text) => {
    const fields = text.split('\x1f');
    return fields.length !== 9 ? null : {
      // Letter of the kind of entry.
      kind: fields[0],
      // Address below the root of the site; empty if the part is not a page.
      url: fields[1],
      // Title.
      title: fields[2],
      // Where it belongs: 山西省 朔州市, or kind and year.
      path: fields[3],
      // A sentence that says what it is.
      text: fields[4],
      // Date in words.
      date: fields[5],
      // State, or nothing.
      state: fields[6],
      // Province, for the filter.
      province: fields[7],
      // Year, for the filter.
      year: fields[8],
    };
  };
  const readItem = (text) => {
    const fields = text.split('\x1f');
    return fields.length !== 5 ? null : {
      // Letter of the kind of entry.
      kind: fields[0],
      // #c1-3, or the address of a page of its own.
      url: fields[1],
      // Heading, or the title of the page.
      heading: fields[2],
      // Text.
      text: fields[3],
      // State, or nothing.
      state: fields[4],
    };
  };
  const readState = (text) => {
    const fields = text.split('|');
    return {
      // What the states are of: window, deadline or document.
      scale: fields[0],
      // Codes, and the days from which on they hold: upcoming 2023-07-17 open 2023-09-26 closed.
      days: fields[1],
    };
  };
  // ---- end of what is generated ----

  const { floor, max, min } = Math;

  // ================================================================ files of the index

  const script = document.currentScript;
  const ROOT = script ? script.src.replace(/assets\/[^/]*$/, '') : '';

  let manifest = null;
  // Payloads by the name of their file. site.js, or the search page, asked for the manifest together with this script.
  let payloads = { i: window._mb && window._mb.i };
  const requests = {};
  window._mb = (name, payload) => { payloads[name] = payload; };

  const make = window._mbMake;

  // Fetches a script that calls _mb(name, payload); the promise brings the payload.
  const loadScript = (name, address, integrity) => {
    if (payloads[name] !== undefined) return Promise.resolve(payloads[name]);
    return requests[name] = requests[name] || new Promise((resolve, reject) => {
      const element = window._mbScript(address, integrity);
      // The address of this page may hold a question.
      element.referrerPolicy = 'no-referrer';
      element.onload = element.onerror = () => {
        element.remove();
        delete requests[name];
        if (payloads[name] === undefined) reject(new Error(name)); else resolve(payloads[name]);
      };
      document.head.append(element);
    });
  };
  const loadFile = (name) => loadScript(name, `${ROOT}search/${manifest.version}/${name}.js`);

  // Fetches the manifest; with `fresh`, a new one instead of the one that is here.
  const loadManifest = (fresh) => {
    if (manifest && !fresh) return Promise.resolve();
    if (fresh) delete payloads.i;
    return loadScript('i', ROOT + 'search/index.js' + (fresh ? '?' + Date.now() : '')).then((payload) => {
      const read = readManifest(payload);
      if (!read || read.format !== FORMAT) {
        delete payloads.i;
        throw new Error('format');
      }
      if (manifest && manifest.version !== read.version) forgetIndex(payload);
      read.phrases = new Map(read.stop.map((phrase) => [phrase, -1]));
      for (const number of TAKEN_OUT) read.intents[number].phrases.forEach((phrase) => read.phrases.set(phrase, number));
      manifest = read;
    });
  };
  const forgetIndex = (payload) => {
    payloads = { i: payload, '+': payloads['+'], '?': payloads['?'] };
    terms.clear();
    shelvesRead.clear();
    more = facts = null;
  };

  // ================================================================ the form of the index

  const words = (text) => text ? text.split(' ') : [];

  // The value of the sign at `at`.
  const value = (text, at) => {
    const code = text.charCodeAt(at) - 33;
    if (!(code >= 0 && code < 93)) throw new Error('sign');
    return code - (code > 1) - (code > 59);
  };

  // Postings from `at` on: [entry, level, entry, level …]
  const postings = (text, at) => {
    const list = [];
    const number = () => {
      for (let sum = 0, unit = 1; ; unit *= 30) {
        const digit = value(text, at++);
        sum += digit * unit;
        if (digit < 61) return sum;
      }
    };
    while (at < text.length) {
      const first = value(text, at++), level = first % 15 + 1;
      let count = floor(first / 15) + 1, id = -1;
      if (count === 6) count += number();
      while (count-- > 0) {
        id += number() + 1;
        list.push(id, level);
      }
    }
    return list;
  };
  const eachPosting = (list, visit) => { for (let i = 0; i < list.length; i += 2) visit(list[i], list[i + 1]); };

  const partOf = (id) => id >>> PLACE_BITS;
  const placeOf = (id) => id & (1 << PLACE_BITS) - 1;
  const boxOf = (id) => partOf(id) >>> manifest.boxBits;

  // FNV-1a over UTF-16 units; the low bits alone would mix badly.
  const hash = (text) => {
    let h = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x1000193);
    return (h ^ h >>> 15) >>> 0;
  };

  // What the shelf of a key is chosen by: one address, or two where terms stand twice.
  const addresses = (key) => {
    const chars = Array.from(key.replace('*', '')), sign = chars[0], syllables = key.match(/^=([^']*'[^']*)/);
    if (sign === '#') return key.match(/20.*/) || key.match(/19.*/) || [key];
    if (syllables) return [syllables[1]];
    if (sign === '=' && (chars.length === 2 || chars[1] < '\x80')) return [chars.slice(1).join('')];
    if ('=?+'.includes(sign) && chars.length > 2) return addressesOfPair(chars[1], chars[2]);
    if (sign > '\x7f' && chars.length === 2) return addressesOfPair(sign, chars[1]);
    return [key];
  };
  const addressesOfPair = (a, b) => {
    const isCommonA = manifest.common.includes(a), isCommonB = manifest.common.includes(b);
    // Both ways round on one shelf: a swap is found without another request.
    if (isCommonA && isCommonB) return [a.codePointAt(0) < b.codePointAt(0) ? a + b : b + a];
    if (isCommonA || isCommonB) return [isCommonA ? b : a];
    return (hash(a) <= hash(b) ? [a, b] : [b, a]).slice(0, 1 + manifest.twice);
  };
  const shelvesOf = (key) => addresses(key).map((address) => hash(address) % manifest.shelves);

  // Terms that were fetched: key -> text of the term, or, once it was asked for, {frequency, list}.
  const terms = new Map();
  const shelvesRead = new Set();
  const loadShelf = (number) => {
    return loadFile('s' + number).then((payload) => {
      if (shelvesRead.has(number)) return;
      shelvesRead.add(number);
      payload.split('~').forEach((text) => {
        const blank = text.indexOf(' ');
        if (blank > 0) terms.set(text.slice(0, blank), text.slice(blank + 1));
      });
    });
  };
  const termOf = (key) => {
    let term = terms.get(key);
    if (typeof term === 'string') {
      const [signs, instead] = term.split(' ');
      term = { frequency: value(signs, 0), list: postings(signs, 1), instead: instead || '' };
      terms.set(key, term);
    }
    return term;
  };

  // Only shelves fetched for a question count for it, so that the same question always gets the same answer, whatever was
  // asked before.
  const isFetched = (question, key) => shelvesOf(key).some((number) => question.shelves.has(number));
  const isKnown = (question, key) => terms.has(key) && isFetched(question, key);

  // ================================================================ folding

  // search-more.js, if it was fetched: digits, Latin letters, traditional characters, mistakes.
  let more = null;
  const loadMore = () => {
    if (more) return Promise.resolve();
    return loadScript('+', ROOT + script.dataset.more, script.dataset.integrity).then(() => { more = payloads['+'](API); });
  };
  // search-facts.js, if it was fetched: what is known of places and words, and what is not written.
  let facts = null;
  const loadFacts = () => {
    if (facts) return Promise.resolve();
    return loadScript('?', ROOT + script.dataset.facts, script.dataset.integrity).then(() => { facts = payloads['?'](API); });
  };
  const NEEDS_MORE = /[0-9a-z\u00e0-\u01dc\uff10-\uff5a]|[〇零一二三四五六七八九十百][年月日号个名]/i;

  const isHan = (char) => {
    const code = char.codePointAt(0);
    return code >= 0x3400 && code <= 0x9fff || code === 0x3007 || code >= 0x20000 && code <= 0x3134f;
  };

  // The characters of some rows of GB 2312.
  const decodeRows = (first, last) => {
    const bytes = [];
    for (let row = first; row <= last; row++)
      for (let cell = 0xa1; cell < (row === 0xd7 ? 0xfa : 0xff); cell++) bytes.push(row, cell);
    return new TextDecoder('gbk').decode(new Uint8Array(bytes));
  };
  let commonCharacters = null;
  // Whether a character is one of the simplified characters of GB 2312; only others are ever replaced.
  const isCommon = (char) => {
    if (!commonCharacters) {
      try { commonCharacters = new Set(decodeRows(0xb0, 0xf7)); } catch (error) { commonCharacters = new Set(); }
    }
    return commonCharacters.has(char);
  };

  // Signs that mean the same, the plain one last.
  const SAME_SIGNS = ['〔【［﹝（([', '〕】］﹞）)]', "’＇'", '—–－―‐‑-'];
  const foldSign = (char) => {
    if (char >= 'A' && char <= 'Z') return char.toLowerCase();
    if (char < '\x7f' && char > ' ' && !"'-()".includes(char)) return char;
    if (/[\s\0-\x1f\x7f-\x9f\u200b]/.test(char)) return ' ';
    const same = SAME_SIGNS.find((list) => list.includes(char));
    if (same) return same.slice(-1);
    if (char >= '\uff01' && char <= '\uff5e') return String.fromCharCode(char.charCodeAt(0) - 0xfee0).toLowerCase();
    return more ? more.foldTone(char) : char;
  };
  const foldDigits = (chars) => more ? more.foldDigits(chars) : chars;

  // Texts of the site are simplified; in questions, traditional characters are replaced.
  const foldEach = (text) => Array.from(text).map(foldSign);
  const foldText = (text) => foldDigits(foldEach(text));
  const foldQuestion = (chars) => {
    return foldDigits(chars.map(foldSign).map((char) => more && isHan(char) && !isCommon(char) ? more.simple(char) : char));
  };
  // Ideographs, letters and digits.
  const plain = (chars) => chars.filter((char) => isHan(char) || /[a-z0-9]/i.test(char));

  // ================================================================ the question

  // Units `from` to `from + count` as bits.
  const bits = (from, count) => {
    let mask = 0;
    for (let unit = from; unit < min(from + count, MAX_UNITS); unit++) mask |= 1 << unit;
    return mask;
  };
  const eachUnit = (units, visit) => { for (let unit = 0; unit < MAX_UNITS; unit++) if (units >> unit & 1) visit(unit); };

  // Reads a question: {tokens, runs, units, intents, asked, subject, typed}.
  const readQuestion = (query) => {
    const chars = foldQuestion(Array.from(query).slice(0, MAX_QUESTION_CHARACTERS));
    let question = readWith(chars, manifest.phrases);
    if (!question.intents.length && !question.tokens.some((token) => token.units)) question = readWith(chars, new Map());
    const typed = question.words = question.typed.join('');
    // Everything that is asked for, by phrases that are still in the subject too.
    question.asked = Array.from(manifest.intents.keys()).filter((number) => {
      const isKept = () => !TAKEN_OUT.includes(number) && manifest.intents[number].phrases.some((phrase) => typed.includes(phrase));
      return question.intents.includes(number) || isKept();
    });
    question.asksNumber = NUMBERS.some((number) => question.asked.includes(number));
    return question;
  };

  const readWith = (chars, phrases) => {
    const question = { tokens: [], runs: [], units: 0, intents: [], subject: [], typed: plain(chars) };
    const readHan = (run) => readIdeographs(question, run, phrases);
    if (more) {
      more.read(question, chars, readHan, addToken);
    } else {
      for (let at = 0; at < chars.length;) {
        const from = at;
        while (at < chars.length && isHan(chars[at])) at++;
        if (at > from) readHan(chars.slice(from, at)); else at++;
      }
    }
    return question;
  };
  const addToken = (question, key, factor, units) => { question.tokens.push({ key, factor, units }); };

  // A run of ideographs: phrases are taken out, what is left is looked for.
  const readIdeographs = (question, run, phrases) => {
    let at = 0, from = 0;
    while (at < run.length) {
      const length = phraseAt(run, at, phrases);
      if (length > 1 || length && run[at] === '的') {
        readSegment(question, trim(run.slice(from, at), phrases));
        readIntent(question, run.slice(at, at + length), phrases);
        at += length;
        from = at;
      } else {
        at++;
      }
    }
    readSegment(question, trim(run.slice(from), phrases));
  };
  // Characters of the longest phrase at `at`, or 0.
  const phraseAt = (run, at, phrases) => {
    let length = min(MAX_PHRASE_CHARACTERS, run.length - at);
    while (length && !phrases.has(run.slice(at, at + length).join(''))) length--;
    return length;
  };
  const readIntent = (question, phrase, phrases) => {
    const intent = phrases.get(phrase.join(''));
    if (intent < 0) return;
    if (!question.intents.includes(intent)) question.intents.push(intent);
    for (let i = 0; i + 1 < phrase.length; i++) addToken(question, phrase[i] + phrase[i + 1], FACTOR_HALF, 0);
  };
  // Without single characters at both ends that carry nothing.
  const trim = (run, phrases) => {
    let from = 0, to = run.length;
    while (from < to && phrases.has(run[from])) from++;
    while (to > from && phrases.has(run[to - 1])) to--;
    return run.slice(from, to);
  };
  const readSegment = (question, chars) => {
    const unit = question.units;
    if (!chars.length || unit >= MAX_UNITS) return;
    question.subject.push(...chars);
    if (chars.length === 1) addToken(question, chars[0], FACTOR_HALF, bits(unit, 1));
    for (let i = 0; i + 1 < chars.length && unit + i < MAX_UNITS; i++)
      addToken(question, chars[i] + chars[i + 1], FACTOR_WHOLE, bits(unit + i, 2));
    question.runs.push({ chars, unit });
    question.units = min(unit + chars.length, MAX_UNITS);
  };

  // ================================================================ which shelves are fetched

  // In turn the shelf with most to say of what is not yet covered.
  const planShelves = (question) => {
    const plan = new Set(), most = question.units > LONG_QUESTION_UNITS ? MAX_SHELVES_LONG : MAX_SHELVES;
    let open = question.tokens.map((token) => ({ shelves: shelvesOf(token.key), value: valueOf(token) })), strong = 0;
    while (plan.size < most) {
      const best = bestShelf(open);
      if (!best) break;
      if (!best.value && plan.size >= ENOUGH_FOR_HELP) break;
      if (best.value && best.value < PLAN_PAIR && plan.size >= ENOUGH_FOR_COMMON && strong >= ENOUGH_STRONG) break;
      if (best.value >= PLAN_PAIR) strong++;
      plan.add(best.shelf);
      open = open.filter((one) => !one.shelves.includes(best.shelf));
    }
    return plan;
  };
  const valueOf = (token) => {
    const chars = Array.from(token.key), isPair = chars.length === 2;
    if (!token.units) return 0;
    if (isPair && chars.every((char) => manifest.common.includes(char))) return PLAN_COMMON_PAIR;
    return isPair && isHan(chars[0]) ? PLAN_PAIR : PLAN_WORD;
  };
  const bestShelf = (open) => {
    const sums = new Map();
    for (const one of open)
      for (const shelf of one.shelves) sums.set(shelf, (sums.get(shelf) || 0) + one.value);
    let best = null;
    // The first of equal ones.
    sums.forEach((sum, shelf) => { if (!best || sum > best.value) best = { shelf, value: sum }; });
    return best;
  };

  // ================================================================ names, and what is not known

  // Every piece of the question's runs with its units: by where it begins, the longest first.
  const eachPiece = (question, longest, visit) => {
    for (const run of question.runs)
      for (let from = 0; from < run.chars.length; from++)
        for (let count = min(run.chars.length - from, longest); count > 1; count--)
          visit(run.chars.slice(from, from + count).join(''), bits(run.unit + from, count));
  };

  // Adds names and everyday phrases that stand in the question as a whole; returns the units of the names of places.
  const addNames = (question) => {
    const found = [];
    let named = 0;
    eachPiece(question, MAX_PLACE_CHARACTERS, (name, units) => {
      // 许昌县 is not 许昌 and something more.
      if (found.some((token) => (token.units & units) === units)) return;
      for (const sign of ['=', '+', '?']) {
        const key = sign + name;
        if (!isKnown(question, key)) continue;
        // The highest level stands first.
        if (sign === '=' && termOf(key).list[1] > LEVEL_TOPIC) named |= units;
        // The meaning of a word is a card; its name counts as a name.
        found.push({ key, factor: sign === '?' ? 0 : FACTOR_WHOLE, units });
      }
    });
    question.tokens.push(...found);
    return named;
  };
  // Units of tokens for which a condition holds.
  const unitsOf = (question, condition) => {
    return question.tokens.reduce((mask, token) => condition(question, token.key) ? mask | token.units : mask, 0);
  };
  // Whether a run with unknown characters may end as the name of a place does.
  const mayNamePlace = (question, unknown) => question.runs.some((run) => {
    return run.chars.some((char, i) => i >= MIN_ABSENT_PLACE_CHARACTERS - 1 && PLACE_ENDS.includes(char)) &&
      unknown & bits(run.unit, run.chars.length);
  });
  // Whether characters are unknown that a mistake, or a place of which the site has nothing, would explain.
  const canCorrect = (question, unknown) => {
    return question.units <= MAX_CORRECTED_UNITS &&
      question.runs.some((run) => run.chars.length > 1 && unknown & bits(run.unit, run.chars.length));
  };

  // ================================================================ points

  // Points of every entry, the best first.
  const rank = (question) => {
    const own = new Map(), weights = new Array(MAX_UNITS).fill(0);
    for (const token of question.tokens)
      if (isKnown(question, token.key)) addPoints(own, weights, token);
    weighRest(question, weights);
    const onlyIntent = !own.size;
    addIntents(question, onlyIntent, own);
    question.total = max(sum(weights, -1), 1);
    question.sure = sureOf(question, floor(sum(weights, question.loaded & ~unitsOf(question, isKnown)) * 100 / question.total));
    const shared = sharedPoints(own), ranked = [];
    own.forEach((points, id) => {
      if (placeOf(id) !== INHERITED) ranked.push(rankedEntry(question, id, points, shared, onlyIntent ? null : weights));
    });
    ranked.sort((a, b) => b.score - a.score || a.id - b.id);
    ranked.splice(MAX_RESULTS);
    liftCheck(ranked);
    return ranked;
  };
  // How much a question says for its results, whatever they are: by its length, by words of titles, by names and everyday
  // phrases, against words that the site does not have.
  const sureOf = (question, unknown) => {
    const units = max(question.units, 1), share = (mask) => {
      let count = 0;
      eachUnit(mask, () => count++);
      return floor(count * 100 / units);
    };
    let titled = 0, phrased = 0;
    for (const token of question.tokens) if (isKnown(question, token.key)) {
      if (termOf(token.key).list[1] >= LEVEL_TOPIC) titled |= token.units;
      if (/^[=+]/.test(token.key)) phrased |= token.units;
    }
    return SURE_BY_LENGTH * floor(min(units, SURE_UNITS) * 100 / SURE_UNITS) + SURE_BY_TITLED * share(titled) +
      SURE_BY_PHRASED * share(phrased) + SURE_BY_UNKNOWN * unknown;
  };
  // The weight of units.
  const sum = (weights, units) => {
    let all = 0;
    eachUnit(units, (unit) => { all += weights[unit]; });
    return all;
  };
  const pointsOf = (own, id) => {
    if (!own.has(id)) own.set(id, { score: 0, units: 0, number: 0, named: 0 });
    return own.get(id);
  };
  // What the entries of a term get for a token; a unit weighs as much as its rarest term.
  const addPoints = (own, weights, token) => {
    const term = termOf(token.key), weight = max(manifest.size - term.frequency, 1), sign = token.key[0];
    eachUnit(token.units, (unit) => { weights[unit] = max(weights[unit], weight); });
    eachPosting(term.list, (id, level) => {
      const points = pointsOf(own, id);
      points.score += weight * level * token.factor;
      points.units |= token.units;
      if (sign === '#') points.number = max(points.number, level);
      if (sign === '=' && level >= LEVEL_NAMED) points.named |= token.units;
    });
  };
  // Weights of units that no term raised, and of characters that carry little.
  const weighRest = (question, weights) => {
    const size = manifest.size;
    for (const run of question.runs) run.chars.forEach((char, i) => {
      const unit = run.unit + i;
      if (unit >= MAX_UNITS || !manifest.light.includes(char)) return;
      weights[unit] = weights[unit] ? min(weights[unit], floor(size / LIGHT_KNOWN_DIVISOR)) : floor(size / LIGHT_UNKNOWN_DIVISOR);
    });
    // The longer a question, the more of it is talk.
    const { units } = question;
    const eighths = units > 10 ? UNKNOWN_UNIT_EIGHTHS_LONGEST : units > 6 ? UNKNOWN_UNIT_EIGHTHS_LONG : UNKNOWN_UNIT_EIGHTHS;
    eachUnit(question.loaded, (unit) => { weights[unit] = weights[unit] || floor(size * eighths / 8); });
  };
  // Points of entries that say what is asked for; if nothing else is asked, of all of these.
  const addIntents = (question, onlyIntent, own) => {
    for (const intent of question.intents) eachPosting(manifest.intents[intent].entries, (id, level) => {
      if (onlyIntent || own.has(id)) pointsOf(own, id).score += level * FACTOR_WHOLE * INTENT_WEIGHT;
    });
  };
  // What entries of the same part give to each other: points of pages and of the best entries, by part.
  const sharedPoints = (own) => {
    const heads = new Map(), best = new Map();
    own.forEach((points, id) => {
      const part = partOf(id), place = placeOf(id), other = best.get(part);
      if (!place || place === INHERITED) heads.set(part, points);
      // The first of equal ones.
      else if (!other || points.score > other.points.score || points.score === other.points.score && id < other.id)
        best.set(part, { id, points });
    });
    return { heads, best };
  };
  // The score of an entry by the share of the question that it covers; without weights, it covers all.
  const rankedEntry = (question, id, points, shared, weights) => {
    const part = partOf(id), place = placeOf(id), best = shared.best.get(part), total = question.total;
    const other = (place ? shared.heads.get(part) : best && best.points) || { score: 0, units: 0, named: 0 };
    const covered = weights ? sum(weights, points.units | other.units) : total;
    const exact = points.number >= LEVEL_OWN_NUMBER;
    const isLocal = manifest.wide && part > manifest.wide && !question.named;
    let score = points.score + floor(other.score / SHARED_POINTS_DIVISOR);
    score = floor(floor(score * covered / total) * covered / total);
    if (exact) score *= NUMBER_FACTOR;
    else if (isLocal) score = floor(score / LOCAL_DIVISOR);
    return {
      id, score, exact,
      covered: floor(covered * 100 / total),
      own: points.named,
      named: place ? points.named | other.named : points.named,
    };
  };
  // A self-check that fits answers the question: its words are looked at first.
  const liftCheck = (ranked) => {
    const at = ranked.findIndex((one) => {
      return !placeOf(one.id) && partOf(one.id) <= manifest.checks && one.score * 10 >= ranked[0].score * LIFTED_CHECK_TENTHS;
    });
    if (at > 0) ranked.unshift(...ranked.splice(at, 1));
  };

  // ================================================================ results

  // Characters of the longest piece that both have.
  const longestCommon = (a, b) => {
    const row = new Array(b.length).fill(0);
    let best = 0;
    for (const char of a) for (let j = 0, before = 0; j < b.length; j++) {
      const now = row[j];
      row[j] = char === b[j] ? before + 1 : 0;
      best = max(best, row[j]);
      before = now;
    }
    return best;
  };
  // Characters that both have in the same order.
  const longestSubsequence = (a, b) => {
    const row = new Array(b.length + 1).fill(0);
    for (const char of a) for (let j = 0, corner = 0; j < b.length; j++) {
      const above = row[j + 1];
      row[j + 1] = char === b[j] ? corner + 1 : max(above, row[j]);
      corner = above;
    }
    return row[b.length];
  };

  // Whether a window is open, or a document in force, on the reader's day: site.js looks it up.
  const holds = (state) => !!state && window._mbStates.holds(readState(state).days);
  const isEnded = (state) => !!state && window._mbStates.isEnded(readState(state).days);

  // An entry out of its box.
  const entryOf = (payload, id) => {
    const part = payload.split(PART_SIGN)[partOf(id) & (1 << manifest.boxBits) - 1].split(ENTRY_SIGN);
    const found = readHead(part[0]), place = placeOf(id);
    found.id = id;
    found.group = 'page';
    found.heading = '';
    if (place) {
      const item = readItem(part[place]);
      found.kind = item.kind;
      found.text = item.text;
      if (item.url[0] === '#') {
        found.group = 'clause';
        found.heading = item.heading;
        found.url += item.url;
      } else {
        found.url = item.url;
        found.title = item.heading;
        found.state = item.state;
      }
    }
    return found;
  };

  // The final score of an entry, and whether it answers or only suggests.
  const judge = (question, found, points) => {
    const title = plain(foldText(found.title)), isPage = !found.heading;
    const isWhole = isPage && title.join('') === question.typed.join('');
    // A county does not end with one of its plans.
    const isOver = found.kind !== COUNTY && isEnded(found.state);
    const isTitle = isWhole || isPage && !isOver && namesTitle(question, title, found.kind);
    const text = title.concat(' ', plain(foldText(found.heading)), ' ', plain(foldText(found.text)));
    const common = longestCommon(question.subject, text);
    let score = points.score;
    if (common > 1) score += floor(floor(score * common / max(question.subject.length, 1)) / COMMON_PIECE_DIVISOR);
    if (isWhole) score *= WHOLE_TITLE_FACTOR;
    if (isTitle) score = floor(score * TITLE_HALVES / 2);
    if ((found.kind === TOPIC || found.kind === TEXT) && !isWhole) score = floor(score / TEXT_DIVISOR);
    const isNamed = (found.kind === COUNTY || found.kind === AREA) && points.own &&
      (points.named & question.named) === question.named;
    const tenths = found.kind === CHECK ? CHECK_TENTHS : found.kind === AREA ? AREA_TENTHS : PAGE_TENTHS;
    if (isPage && !isTitle && found.kind !== COUNTY) score = floor(score * tenths / 10);
    if (question.asksNumber && /[0-9]/.test(found.text)) score += floor(score / EVIDENT_DIVISOR);
    if (holds(found.state)) score += floor(score / OPEN_DIVISOR);
    if (isOver && !isWhole) score = floor(score / ENDED_DIVISOR);
    const isDirect = isTitle || isNamed || points.exact && isPage;
    const byScore = min(floor(score * 100 / (question.total * SURE_SCORE)), 200);
    const sure = question.sure + SURE_BY_SCORE * byScore + SURE_BY_COVERED * points.covered + (isDirect ? SURE_BY_DIRECT * 100 : 0);
    const isSurePlace = isNamed && (found.kind === COUNTY || points.covered >= SURE_AREA_PERCENT);
    found.score = score;
    found.covered = points.covered;
    found.weak = question.absent || sure < SURE_FROM && !isSurePlace;
    // How directly it answers: 2 its title or number is meant, 1 the place is.
    found.direct = found.weak ? 0 : isTitle || points.exact && isPage ? 2 : isNamed ? 1 : 0;
    return found;
  };
  // Whether nearly all that was asked stands in the title, in its order, or (a longer question) in any.
  const namesTitle = (question, title, kind) => {
    const length = max(question.subject.length, 1), ordered = longestSubsequence(question.subject, title);
    const loose = question.subject.filter((char) => title.includes(char)).length;
    return length > TITLE_ORDERED_CHARACTERS && ordered * 10 >= length * TITLE_ORDERED_TENTHS ||
      length > TITLE_LOOSE_CHARACTERS && loose * 20 >= length * TITLE_LOOSE_TWENTIETHS ||
      length > TITLE_ALL_CHARACTERS && loose === length && kind !== CHECK;
  };

  // Answers first, the others by score; weak ones last. With a card, its place answers in any case.
  const order = (list, hasCard) => {
    const covered = max(0, ...list.map((found) => found.kind === COUNTY ? 0 : found.covered));
    for (const found of list) {
      // A place answers only if nothing says much more of what was asked.
      if (found.direct === 1 && found.covered + PLACE_COVERED_LESS < covered && !hasCard) found.direct = 0;
      if (found.direct) found.group = 'answer';
    }
    return list.sort((a, b) => a.weak - b.weak || b.direct - a.direct || b.score - a.score || a.id - b.id);
  };

  // ================================================================ what is shown of a text

  const ENDS = '。；！？，：、,;!?:', SENTENCE_ENDS = '。；！？;!?';

  // What an excerpt is to have: words with how much each says, and how much a number says.
  const soughtOf = (question) => {
    const words = [];
    for (const token of question.tokens) if (isKnown(question, token.key)) {
      const term = termOf(token.key), weight = max(manifest.size - term.frequency, 1);
      for (const word of [token.key.replace(/^[=+?]+/, ''), ...term.instead.split('|')]) {
        const chars = Array.from(word);
        if (chars.length > 1) words.push({ chars, weight });
      }
    }
    return { words, number: question.asksNumber ? floor(manifest.size / 2) : 0 };
  };
  const marksOf = (chars, sought) => {
    const marks = [];
    sought.words.forEach((word, number) => {
      for (let at = 0; at + word.chars.length <= chars.length; at++)
        if (word.chars.every((char, i) => chars[at + i] === char)) marks.push({ at, number, weight: word.weight });
    });
    if (sought.number) chars.forEach((char, at) => {
      if (/[0-9]/.test(char)) marks.push({ at, number: -1, weight: sought.number });
    });
    return marks;
  };
  // The piece of a text that says most of what was asked, as it is printed: its first character, and the one after its last.
  const excerptOf = (text, sought, room) => {
    const chars = foldEach(text);
    if (chars.length <= room) return [0, chars.length];
    const marks = marksOf(chars, sought);
    let best = null, most = -1;
    for (let from = 0; from < chars.length; from++) {
      if (from && !ENDS.includes(chars[from - 1])) continue;
      let to = min(from + room, chars.length);
      if (to < chars.length) {
        while (to > from && !ENDS.includes(chars[to - 1])) to--;
        if (to === from) to = from + room;
      }
      const seen = new Set();
      let worth = 0;
      for (const { at, number, weight } of marks) if (from <= at && at < to && !seen.has(number)) {
        seen.add(number);
        worth += weight;
      }
      // Of equal ones the first at the beginning of a sentence.
      worth = 2 * worth + (!from || SENTENCE_ENDS.includes(chars[from - 1]));
      if (worth > most) {
        most = worth;
        best = [from, to];
      }
    }
    return best;
  };

  // ================================================================ asking

  // Answers a question: {found, tokens, absent, note, end, full, more()}; more() fetches the next window.
  const ask = (query, isSecondTry) => {
    const isTraditional = Array.from(query).some((char) => isHan(char) && !isCommon(char));
    const needsMore = isTraditional || NEEDS_MORE.test(query);
    return Promise.all([loadManifest(isSecondTry), needsMore && loadMore()])
      .then(() => isTraditional && more.loadTraditional())
      .then(() => {
        const question = readQuestion(query);
        question.shelves = planShelves(question);
        return Promise.all(Array.from(question.shelves, loadShelf))
          .then(() => understand(question))
          .then(() => answerOf(question, rank(question)));
      })
      .catch((error) => {
        // Files that are gone: a new version of the site was put in place. Begin again with its manifest, once.
        if (isSecondTry || error.message === 'format') throw error;
        return ask(query, true);
      });
  };
  // Names, corrections if something is not known, and the facts of what is named.
  const understand = (question) => {
    question.named = addNames(question);
    question.loaded = unitsOf(question, isFetched);
    question.absent = false;
    const unknown = question.loaded & ~unitsOf(question, isKnown);
    return findAbsent(question, unknown).then((absent) => {
      question.absent = !!absent;
      if (!absent && unknown && canCorrect(question, unknown))
        return Promise.all([loadMore(), loadFile('y')]).then(() => more.correct(question, unknown));
      question.place = absent;
    }).then(() => mayHaveCard(question) && loadFacts().then(() => facts.cardOf(question))).then((card) => {
      question.card = card || null;
    });
  };
  // Whether something is asked of a place, or of the whole site, or for a meaning or a number.
  const mayHaveCard = (question) => {
    const isPlace = (token) => token.key[0] === '=' && isKnown(question, token.key) && termOf(token.key).list[1] > LEVEL_TOPIC;
    question.mayHaveCard = question.asked.some((intent) => ANYWHERE.includes(intent)) ||
      question.asked.length > 0 && (question.absent || question.tokens.some(isPlace));
    return question.mayHaveCard;
  };
  // A place that the question names and of which the site has nothing: {entry, absent}.
  const findAbsent = (question, unknown) => {
    const province = unknown && manifest.absent.find((name) => question.words.includes(name));
    if (province) return Promise.resolve({ entry: 0, absent: province, isCounty: true });
    if (!unknown || !mayNamePlace(question, unknown)) return Promise.resolve(null);
    return loadMore().then(() => more.absentPlace(question, unknown));
  };

  const answerOf = (question, ranked) => {
    const sought = soughtOf(question);
    const answer = {
      found: [],
      sought,
      card: question.card,
      absent: question.absent,
      note: question.note || '',
      end: !ranked.length,
    };
    let at = 0;
    answer.more = () => {
      const before = at, window = nextWindow(question, ranked, at);
      if (!window.length) return Promise.resolve([]);
      at += window.length;
      return Promise.all(window.map((points) => {
        return loadFile('b' + boxOf(points.id)).then((payload) => judge(question, entryOf(payload, points.id), points));
      })).then((list) => {
        const fresh = order(list, !!answer.card).filter((found) => !answer.found.some((one) => one.url === found.url) && answer.found.push(found));
        for (const found of fresh)
          found.shown = excerptOf(found.text, sought, found === answer.found[0] ? MAX_FIRST_EXCERPT_CHARACTERS : MAX_EXCERPT_CHARACTERS);
        if (!before && !answer.card && question.mayHaveCard) answer.card = facts.unwritten(question, fresh);
        answer.full = at >= WINDOW;
        answer.end = at >= ranked.length;
        return fresh;
      }).catch((error) => {
        at = before;
        throw error;
      });
    };
    return answer.more().then(() => answer);
  };
  // At first as many entries as stand in a few boxes; a long question may be a title, which only their words show.
  const nextWindow = (question, ranked, from) => {
    const to = min(from < WINDOW ? WINDOW : from + WINDOW, ranked.length), boxes = new Set();
    for (let at = from; at < to; at++) {
      boxes.add(boxOf(ranked[at].id));
      if (!from && question.units <= LONG_QUESTION_UNITS && boxes.size > WINDOW_BOXES) return ranked.slice(from, at);
    }
    return ranked.slice(from, to);
  };

  // What search-more.js and search-facts.js use of this file.
  const API = {
    isHan, bits, plain, hash, loadFile, loadShelf, isKnown, shelvesOf, decodeRows, termOf, foldEach, placeOf,
    inherited: INHERITED, today: () => window._mbStates.today, manifest: () => manifest,
  };

  // ================================================================ the box

  const KIND_NAMES = {
    [NOTICE]: '文件', [DATA]: '数据', [CLAUSE]: '条款', [COUNTY]: '县区',
    [AREA]: '省市', [TOPIC]: '主题', [CHECK]: '自查', [TEXT]: '本站',
  };
  const FILTERS = ['kind', 'province', 'year'];
  const GROUP_NAMES = { answer: '直接回答', other: '条款和页面', weak: '也许您想找' };
  const FAILED = '搜索的文件没有取到，请刷新再试，也可以从县名录、文件和主题里找。';
  const PAUSE = 180; // milliseconds after the last letter

  // The piece of a result's text that is shown, the words asked for marked.
  const excerpt = (found, sought) => {
    const chars = Array.from(found.text), [from, to] = found.shown, paragraph = make('p', { className: 'hit-text' });
    const marked = new Set();
    for (const { at, number } of marksOf(foldEach(found.text), sought))
      if (number >= 0) sought.words[number].chars.forEach((_, i) => marked.add(at + i));
    if (from) paragraph.append('…');
    for (let i = from, piece; i < to; i++) {
      if (!piece || marked.has(i) !== marked.has(i - 1)) paragraph.append(piece = marked.has(i) ? make('mark') : new Text());
      piece.textContent += chars[i];
    }
    if (to < chars.length) paragraph.append('…');
    return paragraph;
  };

  const resultElement = (found, sought) => {
    const link = make('a', { href: ROOT + found.url, textContent: found.title }), meta = make('p', { className: 'hit-meta' });
    if (found.heading) link.append(make('span', { className: 'hit-part', textContent: ' ' + found.heading }));
    // A clause says only that its document no longer holds.
    if (found.state && (!found.heading || isEnded(found.state))) meta.append(stateElement(readState(found.state)), ' ');
    meta.append([KIND_NAMES[found.kind], found.path, found.date].filter(Boolean).join(' · '));
    return make('li', { className: 'hit hit-' + found.kind }, link, excerpt(found, sought), meta);
  };
  // As pages have it: site.js puts the word of the reader's day in it.
  const stateElement = (state) => {
    const element = make('span', { className: 'state' });
    Object.assign(element.dataset, state);
    return element;
  };

  // Sets up the box of a page. On the search page, the results stand in #results; elsewhere in a panel below the box.
  const mount = (form) => {
    const input = form.q, page = document.getElementById('results'), register = document.getElementById('register');
    const output = page || make('div', { className: 'panel', hidden: true });
    const status = make('p', { className: 'hits-status' }), list = make('div');
    const filters = form.querySelector('.filters'), pageTitle = document.title;
    let turn = 0, timer; // A question is dropped when the next one is asked.
    status.setAttribute('role', 'status');
    output.append(status, list);
    if (!page) form.append(output);
    if (filters) filters.hidden = false;

    const filterOf = (name) => form[name] ? form[name].value : '';
    const isWanted = (found) => !filters || (!form.now.checked || holds(found.state)) && FILTERS.every((name) => {
      const wanted = filterOf(name);
      return !wanted || (name === 'kind' ? wanted.includes(found.kind) : wanted === found[name]);
    });
    const isFiltered = () => filters && (form.now.checked || FILTERS.some(filterOf));

    const show = (answer, fresh) => {
      for (const found of fresh.filter(isWanted)) {
        const group = found.weak ? 'weak' : found.direct ? 'answer' : 'other';
        if (group !== answer.group) {
          answer.group = group;
          answer.list = make('ol');
          list.append(make('h2', { textContent: GROUP_NAMES[group] }), answer.list);
        }
        answer.list.append(resultElement(found, answer.sought));
      }
      window._mbStates.show(list);
    };
    const showStatus = (answer, mine) => {
      const count = answer.found.filter(isWanted).length;
      if (answer.card || count && !answer.absent && answer.found.some((found) => !found.weak)) {
        status.textContent = '找到 ' + count + (answer.end ? ' 条' : ' 条以上') + answer.note;
        return;
      }
      return loadMore().then(() => { if (mine === turn) more.showDoubt(answer, count, status, list, make, ROOT); });
    };
    const showButton = (answer, mine) => {
      if (answer.end) return;
      const button = make('button', { type: 'button', className: 'hits-more', textContent: '更多结果' });
      button.onclick = () => {
        button.remove();
        answer.more().then((fresh) => {
          if (mine !== turn) return;
          const before = list.querySelectorAll('li').length;
          show(answer, fresh);
          showStatus(answer, mine);
          showButton(answer, mine);
          const next = list.querySelectorAll('li a')[before];
          if (next) next.focus();
        }).catch(() => {
          if (mine !== turn) return;
          status.textContent = FAILED;
          list.append(button);
        });
      };
      list.append(button);
    };
    // Shows the rest of what is looked at first; with a filter, of everything.
    const showRest = (answer, mine) => {
      if (mine !== turn || answer.end || answer.full && !isFiltered()) return;
      return answer.more().then((fresh) => {
        if (mine === turn) show(answer, fresh);
        return showRest(answer, mine);
      });
    };
    // Without a question, or without the index, the register below the box serves.
    const showRegister = (isShown) => { if (page && register) register.hidden = !isShown; };
    const clear = () => {
      list.textContent = status.textContent = '';
      output.hidden = false;
    };

    const run = () => {
      const query = input.value.trim(), mine = ++turn;
      clearTimeout(timer);
      if (page) remember(query);
      if (!query) {
        clear();
        output.hidden = !page;
        showRegister(true);
        return;
      }
      ask(query).then((answer) => {
        if (mine !== turn) return;
        list.textContent = '';
        output.hidden = false;
        showRegister(false);
        if (answer.card && !isFiltered()) list.append(facts.cardElement(answer.card, make, ROOT, (state) => stateElement(readState(state))));
        show(answer, answer.found);
        return Promise.resolve(showRest(answer, mine)).then(() => mine === turn && showStatus(answer, mine)).then(() => {
          if (mine !== turn) return;
          if (page) showButton(answer, mine);
          else list.append(make('a', { className: 'hits-all', href: `${form.action}?${asParameters(query)}`, textContent: '看全部结果' }));
        });
      }).catch(() => {
        if (mine !== turn) return;
        clear();
        showRegister(true);
        status.textContent = FAILED;
      });
    };
    // A question as it stands in an address; half a character becomes a sign for it.
    const asParameters = (query) => {
      const parameters = new URLSearchParams();
      parameters.set('q', query);
      return parameters;
    };
    // Puts question and filters into the address of the search page.
    const remember = (query) => {
      const parameters = new URLSearchParams();
      new FormData(form).forEach((text, name) => { if (text) parameters.set(name, name === 'q' ? query : text); });
      try { history.replaceState(null, '', '?' + parameters); } catch (error) { /* opened as a file */ }
      document.title = (query ? query + ' - ' : '') + pageTitle;
    };
    const recall = () => {
      const parameters = new URLSearchParams(location.search);
      for (const name of ['q', ...FILTERS]) if (parameters.get(name)) form[name].value = parameters.get(name);
      for (const name of FILTERS) if (form[name].selectedIndex < 0) form[name].selectedIndex = 0;
      form.now.checked = parameters.has('now');
    };
    const runSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE);
    };
    // Arrow keys walk through the box and the results; Escape closes the panel.
    const walk = (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [input, ...list.querySelectorAll('a')];
      const at = stops.indexOf(document.activeElement);
      if (event.key === 'Escape' && !page) {
        output.hidden = true;
        input.focus();
      }
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    };

    input.addEventListener('input', (event) => { if (!event.isComposing) runSoon(); });
    input.addEventListener('compositionend', runSoon);
    form.addEventListener('change', (event) => { if (event.target !== input) run(); });
    form.addEventListener('submit', (event) => {
      if (!page) return;
      event.preventDefault();
      run();
      input.blur();
    });
    (page || form).parentNode.addEventListener('keydown', walk);
    if (page) recall();
    if (filters) filters.open = isFiltered() || matchMedia('(min-width: 48em)').matches;
    // The panel does not cover what has the focus.
    else for (const name of ['click', 'focusin']) document.addEventListener(name, (event) => { if (!form.contains(event.target)) output.hidden = true; });
    if (input.value.trim()) run();
  };

  window.mingbaiSearch = { ask };
  document.querySelectorAll('form[role=search]').forEach(mount);
})();
