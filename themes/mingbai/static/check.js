// A self-check: asks what can still change the answer. Nothing is stored or sent. Where it cannot run, or on any fault, the page stays as built.
(() => {
  const all = (n, s) => Array.from(n.querySelectorAll(s)), E = {};
  all(document, '[id]').forEach(n => { E[n.id] = n; });
  const text = E['check-data'].textContent, C = JSON.parse(text), F = C.facts, T = F.length;
  const D = C.decisions.map((d, i) => ({n: d.n, at: C.at + 4 * d.r, box: E['d' + i], outs: all(E['d' + i], '.out')}));
  let W;
  try {
    W = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(atob(C.wasm), c => c.charCodeAt(0)))).exports;
  } catch (e) {
    return;
  }
  const u = new Int32Array(W.m.buffer), init = u.slice(0, C.words);
  F.forEach(f => { f.p = f.k === 'r' ? [].concat(...f.o.map(g => g[1])) : f.o; });
  // A: the answers. An option's number, [lowest, highest], -1 for 不知道; A[T]: the tick list was seen.
  let A = [], pos, past = [], stuck;

  const h = (tag, props, ...kids) => { const n = Object.assign(document.createElement(tag), props); n.append(...kids); return n; };
  const fill = (n, kids) => { n.textContent = ''; n.append(...kids); };
  const list = items => h('ul', 0, ...items.map(i => h('li', 0, i)));
  const fold = (words, ...kids) => h('details', 0, h('summary', 0, words), ...kids);
  const button = (words, i) => h('button', {type: 'button', onclick() { move(i); }}, words);

  const decide = a => {
    u.set(init);
    F.forEach((f, i) => { if (a[i] >= 0) u[f.s] = 1 << f.p[a[i]][1] | init[f.s] + 1 >>> 1; else if (a[i] && a[i].length) u.set(a[i], f.s); });
    W.e();
  };
  const swap = (i, v) => { const a = A.slice(); a[i] = v; decide(a); };
  const still = d => d.outs.filter((o, i) => u[d.at] >>> i & 1);
  const matters = d => f => f.v.some(v => u[d.at + 2 + (v >> 5)] >>> v & 1);
  const title = o => o.querySelector('h4').textContent;
  const sign = o => o.querySelector('.state').textContent;
  const name = o => title(o) + '，' + sign(o);
  const names = d => still(d).map(name).join('；或者');
  const facts = o => all(o, 'dd li').map(n => n.firstChild.data.trim());
  const common = l => facts(l[0]).filter(w => l.every(o => facts(o).indexOf(w) >= 0));

  const day = v => Date.UTC(v / 1e4, v / 100 % 100 - 1, v % 100) / 864e5;
  const iso = n => new Date(n * 864e5).toISOString().slice(0, 10);
  const ymd = n => +iso(n).replace(/-/g, '');
  const show = (f, v) => f.k === 'd' ? iso(day(v)) : f.k === 'm' ? `00${v}`.replace(/^0*(\d+)(\d\d)$/, '$1.$2').replace('.00', '') : `${v}`;
  const words = (f, v) => show(f, v).replace(/-0?(\d+)-0?(\d+)$/, '年$1月$2日') + (f.u || '');
  const say = (f, a) => a < 0 ? '不知道' : f.p ? f.p[a][0] : words(f, a[0]) + (a[0] < a[1] ? '至' + words(f, a[1]) : '');
  const read = (f, s) => {
    const m = {d: /^(\d{4})\D(\d\d?)\D(\d\d?)\D?$/, m: /^(\d+)(?:\.(\d\d?))?$/, n: /^(-?\d+)$/}[f.k].exec(s.normalize('NFKC').replace(/[\s,元¥]/g, ''));
    const v = m && (f.k === 'd' ? m[1] * 1e4 + m[2] * 100 + +m[3] : +(m[1] + (f.k === 'm' ? `${m[2] || ''}00`.slice(0, 2) : '')));
    return m && f.lo <= v && v <= f.hi && (f.k !== 'd' || ymd(day(v)) === v) ? v : NaN;
  };

  // All answers as text; taken back only if every one is right.
  const key = Array.from(text).reduce((k, c) => k * 31 + c.charCodeAt(0) | 0, 0);
  const code = () => [key].concat(Array.from({length: T + 1}, (o, i) => A[i] && A[i].length ? A[i].join('_') : A[i])).join('.');
  const load = s => {
    A = s.split('.').slice(1).map(p => /_/.test(p) ? p.split('_').map(Number) : p ? +p : undefined);
    const ok = code() === s && F.every((f, i) => {
      const a = A[i];
      return a === undefined || f.k !== 'x' && (a === -1 || (f.p ? f.p[a] : a.length === 2 && a[0] <= a[1] && a.every(v => read(f, show(f, v)) === v)));
    });
    if (!ok) A = [];
    return ok;
  };

  // The history entry now shown holds the answers, those behind it only their place.
  const here = () => location.href.split('#')[0];
  const keep = (how, hash) => { try { history[how]({n: past.length, p: pos, a: code()}, '', here() + hash); } catch (e) { stuck = 1; } };
  const focus = () => E[pos < 0 ? 'rh' : 'q'].focus();
  const move = p => {
    if (!stuck) history.replaceState({n: past.length, p: pos}, '', here());
    past.push(pos);
    draw(p);
    keep('pushState', '');
    focus();
  };
  const enter = (s, first) => {
    const link = /^#a=(.+)/.exec(location.hash);
    if (first && !(s && s.a && load(s.a))) s = null;
    const bad = !s && link && !load(link[1]);
    if (s) past.length = s.n;
    if (s || link || first) draw(s ? s.p : -1);
    if (bad) wrong('这个网址里的回答读不出来，或者规则已经改过，请重新回答', E.in.querySelector('input,select'));
    keep('replaceState', location.hash);
  };
  const draw = p => {
    decide(A);
    W.q();
    W.x();
    const ask = C.order.filter(i => A[i] === undefined && D.some(d => matters(d)(F[i])));
    pos = p >= 0 ? p : C.tick && !A[T] && C.tick.f.some(i => ask.indexOf(i) >= 0) ? T : ask.concat(-1)[0];
    E.ask.hidden = E.sure.hidden = pos < 0;
    E.res.hidden = pos >= 0;
    E.back.hidden = !past.length;
    E.wipe.parentNode.hidden = !A.length;
    E.err.hidden = E.box.hidden = true;
    fill(E.now, [h('b', 0, `最多还有 ${ask.length} 题`), h('ul', 0, ...D.map(d => {
      const l = still(d), same = l[1] ? common(l) : [];
      return h('li', {className: l[1] && !same[0] ? 'may' : ''}, d.n + '：' + (l[1] ? `还有 ${l.length} 种可能` : name(l[0])) + (same[0] ? '，都有：' + same.join('；') : ''));
    }))]);
    C.clauses.forEach(c => {
      const v = u[C.at + 4 * c[0]] - 1;
      Object.assign(c[2], {className: 'state state-' + ['closed', 'open', 'unsettled'][v], textContent: ['不成立', '成立', '未定'][v]});
    });
    if (pos < 0) result(); else question();
  };

  const question = () => {
    const tick = pos === T, f = tick ? C.tick : F[pos], a = A[pos], [x, y] = a && a.length ? a : [f.t && ymd(Date.now() / 864e5 - new Date().getTimezoneOffset() / 1440)];
    const pick = (type, i, checked, words) => h('label', {className: 'pick'}, h('input', {type, name: 'a', value: i, checked}), h('span', 0, words));
    const field = (words, v) => h('label', 0, words, h('input', {type: f.k === 'd' ? 'date' : 'text', inputMode: f.k === 'm' ? 'decimal' : 'numeric', value: v === undefined ? '' : show(f, v)}), f.u || '');
    let n = 0;
    E.q.textContent = f.a;
    E.tip.textContent = f.h || '';
    E.why.textContent = f.w ? '为什么问：' + f.w : '';
    E.ok.textContent = tick ? '没勾的都没有' : '下一题';
    E.dk.textContent = tick ? '没勾的说不准' : '不知道';
    E.in.className = f.p && f.p[6] && f.p.every(o => o[0].length < 6) ? 'short' : '';
    fill(E.in, tick ? f.f.map(i => pick('checkbox', i, A[i] === 1, F[i].a))
      : f.k === 'r' ? [h('label', 0, '请选择', h('select', 0, h('option'), ...f.o.map(g => h('optgroup', {label: g[0] || '其他'}, ...g[1].map(o => h('option', {value: n, selected: n++ === a}, o[0]))))))]
      : f.p ? (f.k === 'y' ? [1, 0] : Object.keys(f.p)).map(i => pick('radio', i, +i === a, f.p[i][0]))
      : [field('填写', x), h('details', {open: x < y, ontoggle() { E.in.firstChild.firstChild.data = this.open ? '从' : '填写'; }}, h('summary', 0, '只知道大概范围'), field('到', x < y ? y : undefined))]);
  };
  const wrong = (words, n) => {
    Object.assign(E.err.firstChild, {textContent: words, onclick() { n.focus(); return false; }});
    n.setAttribute('aria-describedby', 'err');
    E.err.hidden = false;
    E.err.focus();
  };
  const answer = unsure => {
    const f = F[pos], I = all(E.in, 'input,select'), on = E.in.querySelector(':checked');
    if (!f) {
      I.forEach(n => { A[n.value] = n.checked ? 1 : unsure ? undefined : 0; });
      A[T] = 1;
    } else if (unsure) A[pos] = -1;
    else if (f.p) {
      if (!on || !on.value) return wrong('请选一项；不清楚就按“不知道”', I[0]);
      A[pos] = +on.value;
    } else {
      const [x, y] = I.map(n => n.value), v = [x || !y ? read(f, x) : f.lo, read(f, y || x)], bad = v.findIndex(isNaN);
      if (bad >= 0) return wrong(`请写 ${words(f, f.lo)}到 ${words(f, f.hi)}之间的${{d: '日期', m: '钱数', n: '整数'}[f.k]}`, I[y ? bad : 0]);
      A[pos] = v.sort((p, q) => p - q);
    }
    move();
  };

  const copy = n => {
    n = n.cloneNode(true);
    n.removeAttribute('id');
    all(n, '.papers li').forEach(l => l.prepend(h('label', 0, h('input', {type: 'checkbox'}), l.firstChild)));
    return n;
  };
  const verdict = d => {
    decide(A);
    W.q();
    const l = still(d), open = F.filter(matters(d)), is = u[d.at], same = () => u[d.at] === is, ifs = [], why = A.slice();
    const box = h('section', 0, h('h3', 0, d.box.querySelector('h3').textContent)), add = (words, ...more) => box.append(h('p', 0, h('b', 0, words)), ...more);
    if (l[1]) {
      const lack = open.filter(f => f.k !== 'x'), both = common(l);
      if (lack[0]) add('还差这些才能确定：', h('div', {className: 'keys'}, ...lack.map(f => button(f.n, F.indexOf(f)))));
      F.filter(f => f.k === 'x').forEach((f, i) => {
        if (open.indexOf(f) >= 0) add('原文有两种读法，请向受理的资助中心问清', ...Array.from(copy(E['x' + i]).children).slice(0, 2), list(f.p.map((o, j) => { swap(F.indexOf(f), j); return o[0] + (lack[0] ? '' : '：' + names(d)); })));
      });
      if (both[0]) add('不论哪种结果都有：', list(both));
      add('可能的结果：', ...l.map(o => fold(name(o), copy(o))));
      return box;
    }
    box.append(copy(l[0]));
    const also = d.outs.filter(o => o !== l[0] && l[0].dataset.c && C.clauses.some(c => c[1] === o.dataset.c && c[2].textContent === '成立'));
    if (also[0]) add('也符合：' + also.map(title).join('、'), all(d.box, 'h3+.note').map(n => n.textContent).join(''));
    // The fewest answers that decide it, and the nearest other answers that would turn it round.
    F.forEach((f, i) => { const a = why[i]; delete why[i]; decide(why); if (!same()) why[i] = a; });
    const test = (i, v, words) => { swap(i, v); if (!(u[d.at] & is) && still(d).some(o => sign(o) !== sign(l[0]))) ifs.push([F[i].p && F[i].k !== 'y' ? 1 : 0, F[i].n + words + '：' + names(d)]); };
    F.forEach((f, i) => {
      const a = A[i];
      if (f.p) f.p.forEach((o, j) => { if (a >= 0 && o[1] !== f.p[a][1] && f.p.findIndex(p => p[1] === o[1]) === j) test(i, j, `改为“${o[0]}”`); });
      else if (a && a.length) [f.hi, f.lo].forEach((far, k) => {
        const s = 1 - 2 * k, [to, from] = f.k === 'd' ? [day, ymd] : [Number, Number], end = far = to(far);
        let near = to(a[1 - k]);
        while (near !== far) {
          const mid = s * Math.ceil(s * (near + far) / 2);
          swap(i, k ? [from(mid), a[1]] : [a[0], from(mid)]);
          if (same()) near = mid; else far = mid - s;
        }
        const next = from(near + s);
        if (near !== end) test(i, [next, next], (f.k === 'd' ? '晚早' : '高低')[k] + '于 ' + words(f, from(near)));
      });
    });
    const because = F.filter((f, i) => i in why);
    if (because[0]) box.append(fold('为什么是这个结果', h('p', 0, '决定这个结果的回答：'), list(because.map(f => f.n + '：' + say(f, A[F.indexOf(f)]))), ...(ifs[0] ? [h('p', 0, '改一个回答，结果就变：'), list(ifs.sort((p, q) => p[0] - q[0]).slice(0, 5).map(p => p[1]))] : [])));
    return box;
  };
  const result = () => {
    fill(E.out, D.map(verdict));
    fill(E.said, C.order.filter(i => A[i] !== undefined).map(i => h('div', 0, h('dt', 0, F[i].a), h('dd', 0, say(F[i], A[i]), button('修改', i)))));
  };

  const start = ok => { E.app.hidden = !ok; E.plain.hidden = ok; E.all.open = !ok; };
  all(E.all, '.conds li').forEach((n, i) => { n.prepend(C.clauses[i][2] = h('b')); });
  const t = E.all.querySelector(':target');
  window.onerror = () => { start(); };
  window.onpopstate = e => { enter(e.state); if (e.state) focus(); };
  start(true);
  enter(history.state, 1);
  E.ask.onsubmit = () => { answer(); return false; };
  E.dk.onclick = answer;
  E.back.onclick = () => { if (stuck) { draw(past.pop()); focus(); } else history.back(); };
  E.wipe.onclick = () => { A = []; E.url.value = ''; move(); };
  E.save.onclick = () => {
    const hash = '#a=' + code();
    keep('replaceState', hash);
    E.url.value = here() + hash;
    E.box.hidden = false;
    E.url.select();
  };
  if (t) { E.all.open = true; t.scrollIntoView(); }
})();
