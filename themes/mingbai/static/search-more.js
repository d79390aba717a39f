// What only some questions need beside search.js: digits and dates, Latin letters as syllables, traditional characters,
// mistakes, places of which the site has nothing. Loaded by search.js when a question has one of these.
_mb('+', (api) => {
  'use strict';
  var isHan = api.isHan, bits = api.bits, plain = api.plain, file = api.file, has = api.has;
  var simple = null, sounds = null, PLACE_ENDS = '县区市旗州盟省';
  // Traditional characters.
  function table() {
    return simple ? Promise.resolve() : file('x').then((payload) => {
      var p = Array.from(payload);
      simple = new Map();
      for (var i = 0; i < p.length; i += 2) simple.set(p[i], p[i + 1]);
    });
  }
  // Readings of common characters.
  function readings() {
    return sounds ? Promise.resolve() : file('y').then((payload) => {
      sounds = new Map();
      try {
        var chars = api.rows(0xb0, 0xd7), at = 0;
        payload.replace(/([a-z]+)(\d+)/g, (_, s, n) => { for (; n > 0; n--) sounds.set(chars[at++], s); });
      } catch (e) { /* no such decoder: nothing sounds alike */ }
    });
  }
  var TONES = { 'a': 'āáǎàĀÁ', 'e': 'ēéěè', 'i': 'īíǐì', 'o': 'ōóǒò', 'u': 'ūúǔù', 'v': 'üǖǘǚǜ' };
  function sign(c) {
    for (var v in TONES) if (TONES[v].indexOf(c) >= 0) return v;
    return c;
  }
  var ONES = '零一二三四五六七八九';
  function numeral(c) {
    if (c === '〇') return 0;
    var n = ONES.indexOf(c);
    return n >= 0 ? n : c === '十' ? 10 : c === '百' ? 100 : -1;
  }
  // Chinese numerals that count something become digits.
  function digits(text) {
    var out = [];
    for (var at = 0; at < text.length;) {
      var end = at;
      while (end < text.length && end - at < 8 && numeral(text[end]) >= 0) end++;
      var next = text[end] || ' ';
      if (end - at >= 2 && '年月日号个名'.indexOf(next) >= 0 || end - at === 1 && '月日号'.indexOf(next) >= 0) {
        var n = text.slice(at, end).map(numeral);
        if (n.every((x) => x < 10)) out.push.apply(out, n.map(String));
        else {
          var total = 0, last = 0;
          n.forEach((x) => { if (x < 10) last = x; else { total += (last || 1) * x; last = 0; } });
          out.push.apply(out, Array.from(String(total + last)));
        }
        at = end;
      } else {
        var stop = Math.max(end, at + 1);
        while (at < stop) out.push(text[at++]);
      }
    }
    return out;
  }
  // ---- pieces: [from, to, kind or keys]; kinds: 'h' ideographs, 'w' word ----
  function isDigit(c) { return c >= '0' && c <= '9' && c.length === 1; }
  function isLetter(c) { return c >= 'a' && c <= 'z' && c.length === 1; }
  function pieces(t) {
    function at(i) { return t[i] === undefined ? '' : t[i]; }
    function number(i, most) {
      var end = i;
      while (end - i < most && isDigit(at(end))) end++;
      if (end === i || isDigit(at(end))) return null;
      return [t.slice(i, end).join('').replace(/^0+(?=.)/, ''), end];
    }
    function skip(i, signs) { while (at(i) && signs.indexOf(at(i)) >= 0) i++; return i; }
    function year(i) {
      var y = t.slice(i, i + 4).join('');
      return /^(20|19)\d\d$/.test(y) && !(i > 0 && isDigit(t[i - 1])) ? y : null;
    }
    function docNumber(i) {
      var y = year(i);
      if (!y) return null;
      var opened = i > 0 && t[i - 1] === '[', next = skip(i + 4, ' '), closed = at(next) === ']', start = skip(next, '] 年第');
      var dated = t.slice(next, start).indexOf('年') >= 0, serial = number(start, 4);
      if (!serial) return null;
      var end = serial[1], behind = skip(end, ' '), s = at(behind) || ' ', last = i;
      while (last > 0 && ' ['.indexOf(t[last - 1]) >= 0) last--;
      var named = last > 0 && isHan(t[last - 1]), counted = s === '号';
      if (!(counted || closed || opened || named && !dated && '月年日.-/个名%'.indexOf(s) < 0)) return null;
      var keys = [], id = y + '-' + serial[0];
      if (named) {
        var first = last;
        while (first > 0 && last - first < 2 && isHan(t[first - 1])) first--;
        keys.push('#' + t.slice(first, last).join('') + id);
      }
      keys.push('#' + id);
      return [i, counted ? behind + 1 : end, keys];
    }
    function day(i) {
      var y = year(i), mark = y && at(i + 4);
      if (y && (!mark || '年-./'.indexOf(mark) < 0)) return null;
      if (i > 0 && isDigit(t[i - 1])) return null;
      var month = number(y ? i + 5 : i, 2);
      if (!month) return null;
      var s = at(month[1]) || ' ';
      if (s !== (!y || mark === '年' ? '月' : mark) || +month[0] > 12) return null;
      var keys, last = month[1] + 1, d = number(last, 2);
      if (d && +d[0] < 32) {
        keys = ['d' + month[0] + '-' + d[0]];
        last = d[1] + (at(d[1]) && '日号'.indexOf(at(d[1])) >= 0 ? 1 : 0);
      } else if (s === '月') keys = ['d' + month[0]];
      else return null;
      if (y) keys.push(y);
      return [i, last, keys];
    }
    function bare(i) {
      if (i > 0 && isDigit(t[i - 1])) return null;
      var n = number(i, 4), behind = n && skip(n[1], ' ');
      return n && at(behind) === '号' ? [i, behind + 1, ['#-' + n[0]]] : null;
    }
    var out = [];
    for (var i = 0; i < t.length;) {
      var from = i, found;
      if (isHan(t[i])) {
        while (i < t.length && isHan(t[i])) i++;
        out.push([from, i, 'h']);
      } else if (isDigit(t[i])) {
        if ((found = docNumber(i) || day(i) || bare(i))) { i = found[1]; out.push(found); continue; }
        while (isDigit(at(i)) || at(i) === '.' && isDigit(at(i + 1)) && i > from) i++;
        out.push([from, i, 'w']);
      } else if (isLetter(t[i])) {
        while (isLetter(at(i)) || at(i) === "'" && isLetter(at(i + 1))) i++;
        out.push([from, i, 'w']);
      } else i++;
    }
    return out;
  }

  // ---- syllables ----
  var FINALS = 'iang iong uang ang eng ing ong ian iao uai uan ai ei ao ou an en in un ia ie iu ua uo ui ue ve er a o e i u'.split(' ');
  var INITIALS = 'zh ch sh b p m f d t n l g k h j q x r z c s y w'.split(' ').concat('');
  function syllables(letters) {
    var lengths = [];
    INITIALS.forEach((initial) => {
      if (letters.indexOf(initial) !== 0) return;
      var rest = letters.slice(initial.length);
      FINALS.concat(initial === 'n' || initial === 'l' ? 'v' : []).forEach((last) => {
        var whole = initial.length + last.length;
        if ((initial || 'iuv'.indexOf(last[0]) < 0) && rest.indexOf(last) === 0 && lengths.indexOf(whole) < 0) lengths.push(whole);
      });
    });
    return lengths.sort((a, b) => b - a);
  }
  function cutsOf(word) {
    if (!/^[a-z]{1,48}$/.test(word)) return [];
    var best = [];
    best[word.length] = [[0, []]];
    for (var at = word.length - 1; at >= 0; at--) {
      var ways = [], left = word.length - at;
      syllables(word.slice(at)).forEach((length) => {
        best[at + length].forEach((rest) => { ways.push([rest[0], [word.slice(at, at + length)].concat(rest[1])]); });
      });
      if (at > 0 && left <= 2 && INITIALS.indexOf(word.slice(at)) >= 0) ways.push([left, []]);
      var few = Math.min.apply(null, ways.map((w) => w[0] * 99 + w[1].length));
      best[at] = ways.filter((w) => w[0] * 99 + w[1].length === few).slice(0, 3);
    }
    return best[0].map((w) => w[1]);
  }
  function product(rows, ways) {
    var out = [];
    rows.forEach((row) => { ways.forEach((way) => { out.push(row.concat(way)); }); });
    return out.slice(0, 3);
  }
  function cuts(letters) {
    return letters.split("'").reduce((all, piece) => product(all, cutsOf(piece)), [[]]);
  }

  // Reads folded text that is not all ideographs.
  function read(q, text, han, token, say) {
    var letters = [], lastEnd = 0;
    function spell() {
      var list = letters, ways = list.map(cuts), at = 0;
      letters = [];
      while (at < list.length) {
        var end = at;
        while (end < list.length && ways[end].length) end++;
        if (end === at) {
          say(Array.from(list[at]));
          token(list[at], 16, bits(q.units, 2));
          q.units += 2;
          at++;
          continue;
        }
        var first = q.units, i;
        for (i = at; i < end; i++) {
          var count = ways[i][0].length;
          say(Array.from(list[i]));
          token(list[i], 16, bits(q.units, count));
          q.units += count;
        }
        var rows = ways.slice(at, end).reduce(product, [[]]);
        rows.forEach((row) => { token('=' + row.join("'"), 16, bits(first, row.length)); });
        rows.forEach((row) => {
          for (var i = 0; i + 1 < row.length; i++) {
            var key = row[i] + "'" + row[i + 1], units = bits(first + i, 2);
            if (!q.tokens.some((t) => t.key === key && t.units === units)) token(key, 12, units);
          }
        });
        at = end;
      }
    }
    pieces(text).forEach((p) => {
      var run = text.slice(p[0], p[1]), isWord = p[2] === 'w' && isLetter(run[0]);
      var near = text.slice(lastEnd, p[0]).every((c) => c === ' ');
      if (!(isWord && near)) spell();
      lastEnd = p[1];
      if (p[2] === 'h') han(run);
      else if (isWord) letters.push(run.join(''));
      else {
        say(p[2] === 'w' ? run : plain(run));
        (p[2] === 'w' ? [run.join('')] : p[2]).forEach((key, i) => { token(key, i ? 12 : 16, bits(q.units, 2)); });
        var unit = text[p[1]];
        if (p[2] === 'w' && unit && (isHan(unit) || unit === '%')) token(run.join('') + unit, 16, bits(q.units, 2));
        q.units += 2;
      }
    });
    spell();
  }

  // ---- mistakes ----
  function isAbsent(q, lost) {
    var asks = [];
    q.runs.forEach((run) => {
      for (var end = 3; end <= run.chars.length; end++) {
        if (PLACE_ENDS.indexOf(run.chars[end - 1]) < 0) continue;
        var list = [];
        for (var count = 3; count <= Math.min(end, 16); count++)
          if (lost & bits(run.unit + end - count, count)) list.push(run.chars.slice(end - count, end).join(''));
        if (list.length) asks.push([api.hash(Array.from(list[0]).slice(-2).join('')) % api.entry().places, list]);
      }
    });
    return asks.reduce((before, ask) => {
      return before.then((yes) => {
        return yes || file('p' + ask[0]).then((payload) => {
          return payload.split('~').some((p) => ask[1].indexOf(p) >= 0);
        });
      });
    }, Promise.resolve(false));
  }

  function guesses(q, run, lost) {
    var c = run.chars, out = [];
    function isLost(i) { return run.unit + i < 31 && lost >> run.unit + i & 1; }
    function push(key, from, count) {
      var units = bits(run.unit + from, count);
      if (!out.some((t) => t.key === key && t.units === units)) out.push({ key: key, factor: 11, units: units });
    }
    for (var i = 0; i + 1 < c.length; i++) {
      var a = c[i], b = c[i + 1], third = c[i + 2];
      if (has(q, a + b) || !(isLost(i) || isLost(i + 1))) continue;
      push(b + a, i, 2);
      if (third !== undefined) {
        if (isLost(i + 1)) push(a + '*' + third, i, 3);
        if (isLost(i)) push('*' + b + third, i, 3);
      }
      if (i > 0 && isLost(i + 1)) push(c[i - 1] + a + '*', i - 1, 3);
      push(a + '*' + b, i, 2);
      if (sounds && sounds.has(a) && sounds.has(b)) push(sounds.get(a) + "'" + sounds.get(b), i, 2);
    }
    return out;
  }
  // The file of readings is fetched beside this script.
  function mend(q, lost) {
    return readings().then(() => {
      var tries = [], shelves = [];
      q.runs.forEach((run) => { tries = tries.concat(guesses(q, run, lost)); });
      tries.forEach((t) => {
        var at = api.shelvesOf(t.key);
        if (shelves.length < 4 && !at.some((n) => q.shelves.has(n) || shelves.indexOf(n) >= 0)) shelves.push(at[0]);
      });
      return Promise.all([isAbsent(q, lost)].concat(shelves.map(api.loadShelf))).then((done) => {
        if ((q.absent = done[0])) return;
        shelves.forEach((n) => { q.shelves.add(n); });
        tries.forEach((t) => {
          if (has(q, t.key) && !q.tokens.some((o) => o.key === t.key && o.units === t.units && o.factor === t.factor)) {
            q.mended = true;
            q.tokens.push(t);
          }
        });
      });
    });
  }

  // What is said of results that are none, or not sure.
  function tell(answer, n, status, list, el, root) {
    var sure = answer.found.some((f) => !f.weak);
    status.textContent = !n ? '没有找到。' : answer.absent ? '本站没有收录您问的这个地方或这件事，下面的结果只供参考。' :
      sure ? '找到 ' + n + ' 条' : '没有完全对得上的，下面这些也许有用。';
    if (!sure) list.append(el('p', { className: 'hits-help' }, '可以只输县名（如“右玉”）、文号（如“2020 7号”）或换个说法；也可以看',
      el('a', { href: root + 'counties/index.html', textContent: '县名录' }), '、', el('a', { href: root + 'topics/index.html', textContent: '主题' }),
      '。本站没有写的，请问本县学生资助管理中心。'));
  }

  return { tell: tell, read: read, digits: digits, sign: sign, table: table, simple: (c) => simple && simple.get(c) || c, mend: mend };
});
