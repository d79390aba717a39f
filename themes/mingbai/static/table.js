// Tables marked data-table sort and filter; the state lives in the address, so that it can be cited and restored. How to
// mark a table: components/units/units.html. Nothing is stored or sent. Without script a table is whole.
(() => {
  'use strict';
  const make = window._mbMake;
  const fold = (s) => s.normalize('NFKD').replace(/[\u0300-\u036f\s]/g, '').toLowerCase();
  const compare = new Intl.Collator('zh-Hans-CN', {numeric: true}).compare;
  const addressed = () => { try { return decodeURIComponent(location.hash.slice(1)); } catch (e) { return ''; } };

  // What a cell sorts by: data-v, or else its text; empty cells come last whatever the direction.
  const value = (cell) => ('v' in cell.dataset ? cell.dataset.v : cell.textContent.trim());
  const kinds = {
    text: () => (v) => v,
    number: () => (v) => { const n = parseFloat(v.replace(/[^\d.-]/g, '')); return isNaN(n) ? '' : n; },
    // The order in which values first appear.
    order: (values) => (v) => v && values.indexOf(v),
  };
  const both = (a, b) => (typeof a === 'number' ? a - b : compare(a, b));

  const setUp = (table) => {
    const d = table.dataset, prefix = d.table && d.table + '-';
    const heads = Array.from(table.tHead.rows[0].cells), body = table.tBodies[0], rows = Array.from(body.rows);
    const words = rows.map((r) => Array.from(r.cells, (c) => {
      const v = c.dataset.v || '';
      // The first letters of a reading find it too: lyx.
      return [c.textContent, v, v.replace(/([a-z])[a-z]*/g, '$1')].map(fold).join('\n');
    }).join('\n'));
    const text = rows.map((r) => Array.from(r.cells, (c) => c.textContent.trim()));
    rows.forEach((r) => {
      const link = r.querySelector('td a[href^="#"]'), head = r.querySelector('th');
      if (link && head) link.setAttribute('aria-label', link.textContent + '，' + head.firstChild.textContent.trim() + '：链接到这一行');
    });
    let sort = '', down = false, typing = false;

    const columns = heads.map((th, i) => {
      const name = th.textContent.trim(), key = th.dataset.key, values = Array.from(new Set(text.map((t) => t[i])));
      const column = {th, i, name, key};
      if (th.dataset.sort) {
        const of = kinds[th.dataset.sort](Array.from(new Set(rows.map((r) => value(r.cells[i])))));
        column.keys = new Map(rows.map((r) => [r, of(value(r.cells[i]))]));
        th.append(make('button', {type: 'button', className: 'sort', onclick() {
          if (sort !== key) { sort = key; down = false; } else if (down) sort = ''; else down = true;
          change(true);
        }}, ...th.childNodes));
      }
      if ('filter' in th.dataset) {
        const count = (v) => text.filter((t) => t[i] === v).length;
        // Of few values also each one that is not: !优秀.
        const others = values.length > 1 && values.length < 9 ? values : [];
        column.select = make('select', {onchange() { change(true); }}, make('option', {value: ''}, '全部'),
          ...values.map((v) => make('option', {value: v}, v + '（' + count(v) + '）')),
          ...others.map((v) => make('option', {value: '!' + v}, '不是' + v + '（' + (text.length - count(v)) + '）')));
      }
      return column;
    });
    const selects = columns.filter((c) => c.select);
    const query = make('input', {type: 'search', autocomplete: 'off', placeholder: d.search || '', oninput() { change(!typing); typing = true; }});
    const reset = make('button', {type: 'button', className: 'reset', onclick() {
      selects.forEach((c) => { c.select.value = ''; });
      query.value = sort = '';
      change(true);
      query.focus();
    }}, '清除筛选和排序');
    const status = make('p', {className: selects.length || 'search' in d ? 'shown' : 'sr'}), printed = make('p', {className: 'print-only'});
    status.setAttribute('role', 'status');
    const nothing = make('tr', {hidden: true}, make('td', {colSpan: heads.length}, '没有符合的行。请改一改条件，或者清除筛选。'));
    const bar = make('div', {className: 'filters'}, ...selects.map((c) => make('label', {}, c.name, c.select)));
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', '筛选：' + table.caption.textContent);
    if ('search' in d) bar.append(make('label', {}, '含有', query));
    bar.append(reset);
    const place = table.closest('.scroll') || table;
    place.before(bar, status, printed);

    const state = () => {
      const s = {sort: sort && (down ? '-' : '') + sort, q: query.value.trim()};
      selects.forEach((c) => { s[c.key] = c.select.value; });
      return s;
    };
    const isChosen = (chosen, v) => !chosen || (chosen[0] === '!' ? chosen.slice(1) !== v : chosen === v);
    const show = () => {
      const s = state(), terms = s.q.split(/\s+/).map(fold), here = addressed(), by = columns.find((c) => c.keys && c.key === sort);
      let shown = 0, beside = false;
      rows.forEach((r, n) => {
        const fits = selects.every((c) => isChosen(s[c.key], text[n][c.i])) && terms.every((t) => words[n].includes(t));
        const isHere = !!r.id && r.id === here;
        if (fits) shown += 1;
        beside = beside || isHere && !fits;
        r.hidden = !fits && !isHere;
        if (isHere) r.setAttribute('aria-current', 'true'); else r.removeAttribute('aria-current');
      });
      const list = by ? rows.slice().sort((a, b) => {
        const x = by.keys.get(a), y = by.keys.get(b);
        return x === '' || y === '' ? (x === '') - (y === '') : (down ? -1 : 1) * both(x, y);
      }) : rows;
      nothing.hidden = shown > 0 || beside;
      if (list.some((r, n) => body.rows[n] !== r)) body.append(...list);
      body.append(nothing);
      heads.forEach((th) => { th.removeAttribute('aria-sort'); });
      if (by) by.th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const order = by ? '，按“' + by.name + '”' + (down ? '倒序' : '顺序') + '排列' : '';
      const count = '显示 ' + shown + ' 行，共 ' + rows.length + ' 行' + order + (beside ? '；网址指到的一行不在筛选结果里，也显示着' : '') + '。';
      if (status.textContent !== count) status.textContent = count;
      const filters = selects.filter((c) => s[c.key]).map((c) => c.name + '：' + s[c.key].replace('!', '不是')).concat(s.q ? '含有：' + s.q : []);
      printed.textContent = filters.length ? '筛选条件：' + filters.join('；') + '。' : '';
      reset.hidden = !filters.length && !by;
    };
    // The state goes into the address, beside what stands there; `step`: as a step that the back button undoes.
    const change = (step) => {
      typing = false;
      show();
      const s = state(), p = new URLSearchParams(location.search);
      Object.keys(s).forEach((k) => { if (s[k]) p.set(prefix + k, s[k]); else p.delete(prefix + k); });
      const all = p.toString();
      try {
        history[step ? 'pushState' : 'replaceState'](null, '', location.pathname + (all && '?' + all) + location.hash);
      } catch (e) { /* no address to write to */ }
    };
    const restore = () => {
      const p = new URLSearchParams(location.search), get = (k) => p.get(prefix + k) || '';
      const by = get('sort');
      down = by[0] === '-';
      sort = by.replace('-', '');
      query.value = get('q');
      typing = false;
      selects.forEach((c) => {
        c.select.value = get(c.key);
        if (c.select.selectedIndex < 0) c.select.value = '';
      });
      show();
    };
    window.addEventListener('popstate', restore);
    window.addEventListener('hashchange', show);
    restore();
    // Rows above may be gone: go to the one addressed again.
    const here = rows.find((r) => r.id && r.id === addressed());
    if (here && !reset.hidden) here.scrollIntoView();
  };
  document.querySelectorAll('table[data-table]').forEach(setUp);
})();
