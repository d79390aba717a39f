// Search: the engine, then the box. The index is drawn in src/search/format.rs, the ranking explained in
// src/search/engine.rs; both sides are compared in the tests. Nothing typed leaves the browser: files of the index are
// fetched by the shelf on which a word would stand, never by the word.
(function () {
  'use strict';
  var MOST_UNITS = 31, LONGEST = 80, LONGEST_PHRASE = 10, WINDOW = 5, WINDOW_BOXES = 3, MOST_FOUND = 48;
  var floor = Math.floor, WEAK = 42, FAINT = 95, SHORT = 8;
  var script = document.currentScript;
  var ROOT = script ? script.src.replace(/assets\/[^/]*$/, '') : '';

  // ---- files ----
  // site.js, or the search page, asked for the entry together with this script.
  var entry = null, got = { i: window._mb && window._mb.i }, waiting = {};
  window._mb = (name, payload) => { got[name] = payload; };

  function load(name, path) { return loadScript(name, ROOT + 'search/' + path); }
  function loadScript(name, address) {
    if (got[name] !== undefined) return Promise.resolve(got[name]);
    if (!waiting[name]) {
      waiting[name] = new Promise((done, fail) => {
        var s = document.createElement('script');
        s.src = address;
        // The address of this page may hold a question.
        s.referrerPolicy = 'no-referrer';
        s.onload = s.onerror = () => {
          s.remove();
          delete waiting[name];
          if (got[name] === undefined) fail(new Error(name)); else done(got[name]);
        };
        document.head.appendChild(s);
      });
    }
    return waiting[name];
  }
  function file(name) { return load(name, entry.version + '/' + name + '.js'); }

  function enter(fresh) {
    if (entry && !fresh) return Promise.resolve(entry);
    if (fresh) delete got.i;
    return load('i', 'index.js' + (fresh ? '?' + Date.now() : '')).then((payload) => {
      var f = payload.split('\x1f');
      if (f[0] !== '1' || f.length !== 20) { delete got.i; throw new Error('format'); }
      var e = { version: f[1], shelves: +f[2], places: +f[3], boxBits: +f[4], twice: +f[5], wide: +f[6], checks: +f[7], size: +f[8], common: f[9], light: f[10], phrases: new Map(), intents: [] };
      words(f[11]).forEach((p) => { e.phrases.set(p, -1); });
      for (var i = 0; i < 4; i++) {
        words(f[12 + 2 * i]).forEach((p) => { e.phrases.set(p, i); });
        e.intents.push(postings(f[13 + 2 * i], 0));
      }
      if (entry && entry.version !== e.version) { got = { i: payload, '+': got['+'] }; terms.clear(); shelf = {}; more = null; }
      return (entry = e);
    });
  }
  function words(text) { return text ? text.split(' ') : []; }

  // ---- the form of the index ----
  function value(text, at) {
    var c = text.charCodeAt(at) - 33;
    if (!(c >= 0 && c < 93)) throw new Error('sign');
    return c - (c > 1) - (c > 59);
  }
  // Postings from `at` on: [entry, level, entry, level …]
  function postings(text, at) {
    var out = [];
    function number() {
      for (var v = 0, unit = 1; ; unit *= 30) {
        var next = value(text, at++);
        v += next * unit;
        if (next < 61) return v;
      }
    }
    while (at < text.length) {
      var first = value(text, at++), level = first % 15 + 1, count = floor(first / 15) + 1, last = -1;
      if (count === 6) count += number();
      while (count-- > 0) { last += number() + 1; out.push(last, level); }
    }
    return out;
  }
  function hash(text) {
    var h = 0x811c9dc5;
    for (var i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x1000193);
    h >>>= 0;
    return (h ^ h >>> 15) >>> 0;
  }
  function pair(a, b) {
    var ca = entry.common.indexOf(a) >= 0, cb = entry.common.indexOf(b) >= 0, first = hash(a) <= hash(b);
    if (ca && cb) return [a.codePointAt(0) < b.codePointAt(0) ? a + b : b + a];
    if (ca || cb) return [ca ? b : a];
    return (first ? [a, b] : [b, a]).slice(0, 1 + entry.twice);
  }
  function addresses(key) {
    var c = Array.from(key.replace('*', '')), sounds = key.match(/^=([^']*'[^']*)/);
    if (c[0] === '#') return key.match(/20.*/) || key.match(/19.*/) || [key];
    if (sounds) return [sounds[1]];
    if (c[0] === '=' && (c.length === 2 || c[1] < '\x80')) return [c.slice(1).join('')];
    if (c.length > 2 && '=!+'.indexOf(c[0]) >= 0) return pair(c[1], c[2]);
    if (c.length === 2 && c[0] > '\x7f') return pair(c[0], c[1]);
    return [key];
  }
  function shelvesOf(key) { return addresses(key).map((a) => hash(a) % entry.shelves); }
  function stands(q, key) { return shelvesOf(key).some((n) => q.shelves.has(n)); }

  // Terms that were fetched: key -> text of the term, read when it is asked for.
  var terms = new Map(), shelf = {};
  function loadShelf(n) {
    return file('s' + n).then((payload) => {
      if (!shelf[n]) {
        shelf[n] = 1;
        payload.split('~').forEach((t) => {
          var at = t.indexOf(' ');
          if (at > 0) terms.set(t.slice(0, at), t.slice(at + 1));
        });
      }
    });
  }
  // Whether a question may use a key: only shelves fetched for it count, so that the same question always gets the same
  // answer, whatever was asked before.
  function has(q, key) { return terms.has(key) && stands(q, key); }
  // {often, list}
  function term(key) {
    var t = terms.get(key);
    if (typeof t === 'string') {
      t = { often: value(t, 0), list: postings(t, 1) };
      terms.set(key, t);
    }
    return t;
  }

  // ---- what only some questions need: digits, Latin letters, traditional characters, mistakes (search-more.js) ----
  var more = null;
  function loadMore() {
    return more ? Promise.resolve() : loadScript('+', ROOT + script.dataset.more).then(() => { more = got['+'](API); });
  }
  var NEEDS_MORE = /[0-9a-z\u00e0-\u01dc\uff10-\uff5a]|[〇零一二三四五六七八九十百][年月日号个名]/i;

  // ---- folding ----
  var gb = null;
  function isHan(c) { var n = c.codePointAt(0); return n >= 0x3400 && n <= 0x9fff || n === 0x3007 || n >= 0x20000 && n <= 0x3134f; }
  function rows(first, last) {
    var bytes = [];
    for (var r = first; r <= last; r++) for (var c = 0xa1; c < (r === 0xd7 ? 0xfa : 0xff); c++) bytes.push(r, c);
    return new TextDecoder('gbk').decode(new Uint8Array(bytes));
  }
  function isCommon(c) {
    try { gb = gb || new Set(rows(0xb0, 0xf7)); } catch (e) { gb = new Set(); }
    return gb.has(c);
  }
  // Signs that mean the same, the plain one last.
  var SIGNS = ['〔【［﹝（([', '〕】］﹞）)]', "’＇'", '—–－―‐‑-'];
  function sign(c) {
    if (c >= 'A' && c <= 'Z') return c.toLowerCase();
    if (c < '\x7f' && c > ' ' && "'-()".indexOf(c) < 0) return c;
    if (/[\s\0-\x1f\x7f-\x9f\ufeff\u200b]/.test(c)) return ' ';
    var alike = SIGNS.find((list) => list.indexOf(c) >= 0);
    if (alike) return alike.slice(-1);
    if (c >= '\uff01' && c <= '\uff5e') return String.fromCharCode(c.charCodeAt(0) - 0xfee0).toLowerCase();
    return more ? more.sign(c) : c;
  }
  function digits(text) { return more ? more.digits(text) : text; }
  function foldSigns(text) { return digits(Array.from(text).map(sign)); }
  function fold(text) {
    return digits(Array.from(text).map((c) => {
      c = sign(c);
      return more && isHan(c) && !isCommon(c) ? more.simple(c) : c;
    }));
  }
  function plain(chars) { return chars.filter((c) => isHan(c) || /[a-z0-9]/i.test(c)); }

  // ---- the question ----
  function bits(from, count) {
    for (var mask = 0, u = from; u < Math.min(from + count, MOST_UNITS); u++) mask |= 1 << u;
    return mask;
  }
  function readWith(text, phrases) {
    var q = { tokens: [], runs: [], units: 0, intents: [], subject: [], typed: plain(text) };
    function token(key, factor, units) { q.tokens.push({ key: key, factor: factor, units: units }); }
    function say(chars) { q.subject.push.apply(q.subject, chars); }
    function segment(chars) {
      if (!chars.length || q.units >= MOST_UNITS) return;
      var unit = q.units;
      say(chars);
      if (chars.length === 1) token(chars[0], 8, bits(unit, 1));
      for (var i = 0; i + 1 < chars.length && unit + i < MOST_UNITS; i++) token(chars[i] + chars[i + 1], 16, bits(unit + i, 2));
      q.runs.push({ chars: chars, unit: unit });
      q.units = Math.min(unit + chars.length, MOST_UNITS);
    }
    function trim(run) {
      var a = 0, b = run.length;
      while (a < b && phrases.has(run[a])) a++;
      while (b > a && phrases.has(run[b - 1])) b--;
      return run.slice(a, b);
    }
    function phrase(run, at) {
      for (var n = Math.min(LONGEST_PHRASE, run.length - at); n > 0; n--) {
        var p = run.slice(at, at + n).join('');
        if (phrases.has(p)) return [n, phrases.get(p)];
      }
      return null;
    }
    function han(run) {
      if (!phrases) return segment(run);
      var at = 0, from = 0;
      while (at < run.length) {
        var p = phrase(run, at);
        if (p && (p[0] > 1 || run[at] === '的')) {
          segment(trim(run.slice(from, at)));
          if (p[1] >= 0) {
            if (q.intents.indexOf(p[1]) < 0) q.intents.push(p[1]);
            for (var i = at; i + 1 < at + p[0]; i++) token(run[i] + run[i + 1], 8, 0);
          }
          at += p[0];
          from = at;
        } else at++;
      }
      segment(trim(run.slice(from)));
    }
    if (more) more.read(q, text, han, token, say);
    else for (var at = 0, from; at < text.length;) {
      for (from = at; at < text.length && isHan(text[at]);) at++;
      if (at > from) han(text.slice(from, at)); else at++;
    }
    return q;
  }
  function read(query) {
    var text = fold(Array.from(query).slice(0, LONGEST).join('')), q = readWith(text, entry.phrases);
    return q.intents.length || q.tokens.some((t) => t.units) ? q : readWith(text, null);
  }

  // ---- ranking ----
  // The shelves to fetch: again and again the one with most to say of what is not yet covered.
  function plan(q) {
    var out = new Set(), strong = 0, open = q.tokens.map((t) => {
      var c = Array.from(t.key), common = c.length === 2 && c.every((x) => entry.common.indexOf(x) >= 0);
      return [shelvesOf(t.key), !t.units ? 0 : common ? 1 : c.length === 2 && isHan(c[0]) ? 4 : 8];
    });
    while (out.size < (q.units > 12 ? 8 : 6)) {
      var worth = new Map(), best = -1, value = -1;
      open.forEach((t) => { t[0].forEach((n) => { worth.set(n, (worth.get(n) || 0) + t[1]); }); });
      worth.forEach((w, n) => { if (w > value) { best = n; value = w; } });
      if (best < 0 || value < 4 && (value ? out.size > 3 && strong > 2 : out.size > 2)) break;
      if (value > 3) strong++;
      out.add(best);
      open = open.filter((t) => t[0].indexOf(best) < 0);
    }
    return out;
  }
  function eachName(q, longest, visit) {
    q.runs.forEach((run) => {
      for (var from = 0; from < run.chars.length; from++)
        for (var count = Math.min(run.chars.length - from, longest); count > 1; count--)
          visit(run.chars.slice(from, from + count).join(''), bits(run.unit + from, count));
    });
  }
  function names(q) {
    var named = 0, found = [];
    eachName(q, 16, (name, units) => {
      var inside = found.some((f) => (f.units & units) === units);
      ['=', '+'].forEach((s) => {
        if (inside || !has(q, s + name)) return;
        // The highest level stands first; above 10 it is a place.
        if (s === '=' && term(s + name).list[1] > 10) named |= units;
        found.push({ key: s + name, factor: 16, units: units });
      });
    });
    q.tokens = q.tokens.concat(found);
    return named;
  }
  function known(q) { return q.tokens.reduce((m, t) => has(q, t.key) ? m | t.units : m, 0); }

  // Whether characters are unknown that a mistake, or a place of which the site has nothing, would explain.
  function mayMend(q, lost) {
    return q.units <= SHORT && q.runs.some((r) => r.chars.length > 1 && lost & bits(r.unit, r.chars.length));
  }
  // Whether the question names a subject of which the site has nothing.
  function isOther(q) {
    var other = false;
    eachName(q, 6, (name) => { other = other || has(q, '!' + name); });
    return other;
  }
  function rank(q, asked) {
    var own = new Map(), unit = new Array(MOST_UNITS).fill(0), size = entry.size;
    function eachUnit(units, visit) { for (var u = 0; u < MOST_UNITS; u++) if (units >> u & 1) visit(u); }
    function each(list, visit) { for (var i = 0; i < list.length; i += 2) visit(list[i], list[i + 1]); }
    function points(id, make) {
      if (make && !own.has(id)) own.set(id, { id: id, score: 0, units: 0, number: 0, named: 0 });
      return own.get(id);
    }
    q.tokens.forEach((t) => {
      if (!has(q, t.key)) return;
      var found = term(t.key), weight = Math.max(size - found.often, 1), sign = t.key[0];
      eachUnit(t.units, (u) => { unit[u] = Math.max(unit[u], weight); });
      each(found.list, (id, level) => {
        var p = points(id, true);
        p.score += weight * level * t.factor;
        p.units |= t.units;
        if (sign === '#') p.number = Math.max(p.number, level);
        if (sign === '=' && level >= 8) p.named |= t.units;
      });
    });
    q.runs.forEach((run) => {
      run.chars.forEach((c, i) => {
        var u = run.unit + i;
        if (u < MOST_UNITS && entry.light.indexOf(c) >= 0) unit[u] = unit[u] ? Math.min(unit[u], size >> 2) : size >> 3;
      });
    });
    eachUnit(asked, (u) => { unit[u] = unit[u] || floor(size * 5 / 8); });
    var only = !own.size;
    q.intents.forEach((n) => {
      each(entry.intents[n], (id, level) => {
        var p = points(id, only);
        if (p) p.score += level * 160;
      });
    });
    function sum(units) {
      var s = 0;
      eachUnit(units, (u) => { s += unit[u]; });
      return s;
    }
    var total = Math.max(sum(-1), 1), heads = new Map(), best = new Map();
    own.forEach((p, id) => {
      var part = id >>> 4, place = id & 15, b = best.get(part);
      if (place === 0 || place === 15) heads.set(part, p);
      else if (!b || p.score > b.score || p.score === b.score && id < b.id) best.set(part, p);
    });
    var ranked = [];
    own.forEach((p, id) => {
      var part = id >>> 4, place = id & 15, from = (place ? heads : best).get(part) || { score: 0 };
      if (place === 15) return;
      var units = p.units | from.units, covered = only ? total : sum(units), exact = p.number >= 14;
      var score = floor(floor((p.score + floor(from.score / 3)) * covered / total) * covered / total);
      if (exact) score *= 2;
      else if (entry.wide && part > entry.wide && !q.named) score = floor(score / 2);
      ranked.push({ id: id, score: score, covered: floor(covered * 100 / total), exact: exact, own: p.named, named: p.named | (place && from.named) });
    });
    ranked.sort((a, b) => b.score - a.score || a.id - b.id);
    q.total = total;
    // A self-check that fits answers the question: its words are looked at first.
    var at = ranked.slice(0, MOST_FOUND).findIndex((r) => !(r.id & 15) && r.id >>> 4 <= entry.checks && r.score * 10 >= ranked[0].score * 6);
    if (at > 0) ranked.unshift(ranked.splice(at, 1)[0]);
    return ranked.slice(0, MOST_FOUND);
  }

  // ---- results ----
  function commonPiece(a, b) {
    for (var row = [], best = 0, i = 0; i < a.length; i++)
      for (var before = 0, j = 0; j < b.length; j++) {
        var now = row[j] || 0;
        row[j] = a[i] === b[j] ? before + 1 : 0;
        if (row[j] > best) best = row[j];
        before = now;
      }
    return best;
  }
  function commonOrder(a, b) {
    for (var row = [0], i = 0; i < a.length; i++)
      for (var corner = 0, j = 0; j < b.length; j++) {
        var above = row[j + 1] || 0;
        row[j + 1] = a[i] === b[j] ? corner + 1 : Math.max(above, row[j]);
        corner = above;
      }
    return row[b.length] || 0;
  }
  // Whether a window is open, or a document in force, on the reader's day: site.js looks it up.
  function holds(state) {
    var days = state.split('|')[1];
    return !!days && window._mbStates.holds(days);
  }
  function entryOf(payload, id) {
    var part = payload.split('\x1d')[id >>> 4 & (1 << entry.boxBits) - 1].split('\x1e'), h = part[0].split('\x1f');
    if (h.length !== 9) throw new Error('box');
    var f = { id: id, sort: h[0], group: 'page', url: h[1], title: h[2], heading: '', path: h[3], text: h[4], date: h[5], state: h[6], province: h[7], year: h[8] };
    if (id & 15) {
      var t = part[id & 15].split('\x1f');
      if (t.length !== 5) throw new Error('box');
      f.sort = t[0];
      f.text = t[3];
      if (t[1][0] === '#') { f.group = 'clause'; f.heading = t[2]; f.url += t[1]; }
      else { f.url = t[1]; f.title = t[2]; f.state = t[4]; }
    }
    return f;
  }
  function judge(q, f, r) {
    var title = plain(foldSigns(f.title)), page = !f.heading, length = Math.max(q.subject.length, 1), score = r.score;
    var common = commonPiece(q.subject, title.concat(' ', plain(foldSigns(f.heading)), ' ', plain(foldSigns(f.text))));
    if (common > 1) score += floor(floor(score * common / length) / 2);
    var whole = page && title.join('') === q.typed.join('');
    if (whole) score *= 3;
    var loose = q.subject.filter((c) => title.indexOf(c) >= 0).length;
    var titled = whole || page && (length > 6 && commonOrder(q.subject, title) * 10 >= length * 9 ||
      length > 9 && loose * 20 >= length * 19 || length > 5 && loose === length && f.sort !== 'k');
    if (titled) score = floor(score * 3 / 2);
    if ((f.sort === 't' || f.sort === 'x') && !whole) score = floor(score / 2);
    if (holds(f.state)) score += floor(score / 16);
    var isNamed = (f.sort === 'u' || f.sort === 'a') && r.own && (r.named & q.named) === q.named;
    f.score = score;
    f.covered = r.covered;
    f.weak = q.absent || (r.covered < WEAK || score * 10 < FAINT * q.total) && !isNamed;
    f.rank = f.weak ? 0 : titled || r.exact && page ? 3 : isNamed ? 2 : f.sort === 'k' && page ? 1 : 0;
    return f;
  }
  function order(found) {
    var best = Math.max.apply(null, found.map((f) => f.score));
    found.forEach((f) => {
      if (f.rank === 1 && f.score * 10 < best * 6) f.rank = 0;
      if (f.rank) f.group = 'answer';
    });
    // Pages and clauses stand together, those first of which the best is better.
    function top(group) {
      return Math.max.apply(null, found.map((f) => f.rank || f.weak || f.group !== group ? -1 : f.score));
    }
    var first = top('page') > top('clause') ? 'page' : 'clause';
    function later(f) { return !f.weak && !f.rank && f.group !== first; }
    return found.sort((a, b) => a.weak - b.weak || b.rank - a.rank || later(a) - later(b) || b.score - a.score || a.id - b.id);
  }

  // Answers a question: {found, more()}. `more` fetches the next window.
  function ask(query, again) {
    var alien = Array.from(query).some((c) => isHan(c) && !isCommon(c));
    return Promise.all([enter(again), alien || NEEDS_MORE.test(query) ? loadMore() : 0]).then(() => {
      return alien ? more.table() : 0;
    }).then(() => {
      var q = read(query), lost;
      q.shelves = plan(q);
      return Promise.all(Array.from(q.shelves, loadShelf)).then(() => {
        q.named = names(q);
        q.asked = q.tokens.reduce((m, t) => stands(q, t.key) ? m | t.units : m, 0);
        lost = q.asked & ~known(q);
        if ((q.absent = isOther(q)) || !mayMend(q, lost)) return 0;
        return Promise.all([loadMore(), file('y')]).then(() => more.mend(q, lost));
      }).then(() => windows(q, rank(q, q.asked)));
    }).catch((error) => {
      // Files that are gone: a new version of the site was put in place. Start anew with its entry, once.
      if (again || error.message === 'format') throw error;
      return ask(query, true);
    });
  }
  function windows(q, ranked) {
    var answer = { found: [], absent: q.absent, mended: q.mended && q.units < 6, subject: q.subject, tokens: q.tokens }, at = 0;
    answer.more = () => {
      // At first as many as stand in a few boxes; a long question may be a title, which only their words show.
      var before = at, few = new Set(), part = [];
      for (var r, end = before < WINDOW ? WINDOW : before + WINDOW; at < end && (r = ranked[at]); at++) {
        few.add(r.id >>> 4 >>> entry.boxBits);
        if (!before && q.units <= 12 && few.size > WINDOW_BOXES) break;
        part.push(r);
      }
      if (!part.length) return Promise.resolve(null);
      return Promise.all(part.map((r) => {
        return file('b' + (r.id >>> 4 >>> entry.boxBits)).then((payload) => judge(q, entryOf(payload, r.id), r));
      })).then((list) => {
        var fresh = order(list).filter((f) => !answer.found.some((o) => o.url === f.url) && answer.found.push(f));
        answer.full = at >= WINDOW;
        answer.end = at >= ranked.length;
        return fresh;
      }).catch((error) => { at = before; throw error; });
    };
    return answer.more().then(() => { answer.end = at >= ranked.length; return answer; });
  }
  var API = {
    isHan: isHan, bits: bits, plain: plain, file: file, has: has, rows: rows, hash: hash, shelvesOf: shelvesOf, loadShelf: loadShelf,
    entry: () => entry
  };

  // ---- the box ----
  var SORTS = { n: '文件', d: '数据', c: '条款', u: '县（市、区）', a: '省、市', t: '主题', k: '自查', x: '本站' };
  var GROUPS = { answer: '直接回答', page: '页面', clause: '条款', weak: '也许您想找' };
  function el(tag, props) {
    var e = document.createElement(tag);
    for (var k in props) e[k] = props[k];
    for (var i = 2; i < arguments.length; i++) e.append(arguments[i]);
    return e;
  }
  // The sentence with most of the words asked for, these marked.
  function excerpt(text, pairs, whole) {
    function hit(t, i) { return i >= 0 && i + 1 < t.length && pairs.has((t[i] + t[i + 1]).toLowerCase()); }
    var best = text, most = -1, room = whole ? 300 : 90, p = el('p', { className: 'hit-text' });
    if (!whole) (text.match(/[^。；！？]+[。；！？]?/g) || []).forEach((s) => {
      for (var n = 0, i = 0; i < s.length; i++) n += hit(s, i);
      if (n > most) { most = n; best = s; }
    });
    best = Array.from(best.trim());
    var marked = best.map((c, i) => hit(best, i) || hit(best, i - 1)), more = best.length - room;
    var at = more > 0 ? Math.max(0, Math.min(marked.indexOf(true) - 20, more)) : 0, part;
    if (at) p.append('…');
    for (var i = at; i < at + room && i < best.length; i++) {
      if (!part || marked[i] !== marked[i - 1]) p.append(part = marked[i] ? el('mark', {}) : new Text());
      part.textContent += best[i];
    }
    if (at < more) p.append('…');
    return p;
  }
  function result(f, pairs) {
    var a = el('a', { href: ROOT + f.url, textContent: f.title }), s = f.state.split('|'), bits = [SORTS[f.sort], f.path, f.date];
    if (f.heading) a.append(el('span', { className: 'hit-part', textContent: ' ' + f.heading }));
    var meta = el('p', { className: 'hit-meta' });
    if (s[1] && f.group !== 'clause') {
      // site.js puts the word of the reader's day in it.
      var state = el('span', { className: 'state' });
      state.dataset.scale = s[0];
      state.dataset.days = s[1];
      meta.append(state, ' ');
    }
    meta.append(bits.filter(Boolean).join(' · '));
    return el('li', { className: 'hit hit-' + f.sort }, a, excerpt(f.text, pairs, f.sort === 'u'), meta);
  }
  var FAILED = '搜索用的文件没有取到，请刷新页面再试；也可以从县名录、文件和主题里找。';
  // A question as it stands in an address; half a character becomes a sign for it.
  function asked(query) {
    var p = new URLSearchParams();
    p.set('q', query);
    return p;
  }
  function mount(form) {
    var input = form.q, whole = document.getElementById('results'), out = whole || el('div', { className: 'panel', hidden: true });
    var status = el('p', { className: 'hits-status' }), list = el('div', {}), filters = form.querySelector('.filters'), title = document.title, turn = 0, timer;
    status.setAttribute('role', 'status');
    out.append(status, list);
    if (!whole) form.append(out);
    if (filters) filters.hidden = false;

    function wanted(f) {
      var v = (n) => form[n] ? form[n].value : '';
      return !filters || (!v('kind') || v('kind').indexOf(f.sort) >= 0) && (!v('province') || v('province') === f.province) &&
        (!v('year') || v('year') === f.year) && (!form.now.checked || holds(f.state));
    }
    function filtered() { return filters && (form.kind.value || form.province.value || form.year.value || form.now.checked); }
    function show(answer, fresh) {
      var pairs = new Set();
      answer.tokens.forEach((t) => { pairs.add(t.key); });
      fresh.filter(wanted).forEach((f) => {
        var g = f.weak ? 'weak' : f.group;
        if (g !== answer.group) {
          list.append(el('h2', { textContent: GROUPS[answer.group = g] }), answer.ol = el('ol', {}));
        }
        answer.ol.append(result(f, pairs));
      });
      window._mbStates.show(list);
    }
    function tell(answer, mine) {
      var n = answer.found.filter(wanted).length;
      if (n && !answer.absent && answer.found.some((f) => !f.weak)) {
        status.textContent = '找到 ' + n + (answer.end ? ' 条' : ' 条以上') + (answer.mended ? '（有的字按相近的找）' : '');
      } else return loadMore().then(() => { if (mine === turn) more.tell(answer, n, status, list, el, ROOT); });
    }
    function button(answer, mine) {
      if (answer.end) return;
      var b = el('button', { type: 'button', className: 'hits-more', textContent: '更多结果' });
      b.onclick = () => {
        b.remove();
        answer.more().then((fresh) => {
          if (mine !== turn) return;
          var before = list.querySelectorAll('li').length;
          show(answer, fresh);
          tell(answer, mine);
          button(answer, mine);
          var next = list.querySelectorAll('li a')[before];
          if (next) next.focus();
        }).catch(() => {
          if (mine !== turn) return;
          status.textContent = FAILED;
          list.append(b);
        });
      };
      list.append(b);
    }
    // Shows the rest of what is looked at first; with a filter, of everything.
    function rest(answer, mine) {
      if (mine !== turn || answer.end || answer.full && !filtered()) return;
      return answer.more().then((fresh) => {
        if (mine === turn) show(answer, fresh);
        return rest(answer, mine);
      });
    }
    function run() {
      var query = input.value.trim(), mine = ++turn;
      clearTimeout(timer);
      if (whole) remember(query);
      if (!query) { list.textContent = status.textContent = ''; out.hidden = !whole; fallback(true); return; }
      ask(query).then((answer) => {
        if (mine !== turn) return;
        list.textContent = '';
        out.hidden = false;
        fallback(false);
        show(answer, answer.found);
        return Promise.resolve(rest(answer, mine)).then(() => mine === turn && tell(answer, mine)).then(() => {
          if (mine !== turn) return;
          if (whole) button(answer, mine);
          else list.append(el('a', { className: 'hits-all', href: form.action + '?' + asked(query), textContent: '看全部结果' }));
        });
      }).catch(() => {
        if (mine !== turn) return;
        list.textContent = '';
        out.hidden = false;
        fallback(true);
        status.textContent = FAILED;
      });
    }
    // Without a question, or without the index, the register below the box serves.
    function fallback(on) {
      var r = document.getElementById('register');
      if (whole && r) r.hidden = !on;
    }
    function remember(query) {
      var p = new URLSearchParams();
      new FormData(form).forEach((v, k) => { if (v) p.set(k, k === 'q' ? query : v); });
      try { history.replaceState(null, '', '?' + p); } catch (e) { /* opened as a file */ }
      document.title = (query ? query + ' - ' : '') + title;
    }
    function soon() { clearTimeout(timer); timer = setTimeout(run, 180); }
    input.addEventListener('input', (e) => { if (!e.isComposing) soon(); });
    input.addEventListener('compositionend', soon);
    form.addEventListener('change', (e) => { if (e.target !== input) run(); });
    form.addEventListener('submit', (e) => { if (whole) { e.preventDefault(); run(); input.blur(); } });
    (whole || form).parentNode.addEventListener('keydown', (e) => {
      if (e.isComposing) return;
      var step = { ArrowDown: 1, ArrowUp: -1 }[e.key], links = [input].concat(Array.from(list.querySelectorAll('a')));
      var at = links.indexOf(document.activeElement);
      if (e.key === 'Escape' && !whole) { out.hidden = true; input.focus(); }
      if (!step || at < 0 || !links[at + step]) return;
      e.preventDefault();
      links[at + step].focus();
    });
    if (!whole) document.addEventListener('click', (e) => { if (!form.contains(e.target)) out.hidden = true; });
    if (whole) {
      var p = new URLSearchParams(location.search);
      ['q', 'kind', 'province', 'year'].forEach((k) => { if (p.get(k)) form[k].value = p.get(k); });
      ['kind', 'province', 'year'].forEach((k) => { if (form[k].selectedIndex < 0) form[k].selectedIndex = 0; });
      form.now.checked = p.has('now');
    }
    if (input.value.trim()) run();
  }
  window.mingbaiSearch = { ask: ask };
  document.querySelectorAll('form[role=search]').forEach(mount);

})();
