// Of a list of counties: the rows that are shown as a file, and a citation of the row that the address names. Tables marked
// data-cite, whose value is the source. Everything is made here; nothing is sent.
(() => {
  'use strict';
  const make = window._mbMake;
  const small = (cell) => Array.from(cell.querySelectorAll('small'), (note) => note.textContent.trim());
  const words = (cell) => small(cell).reduce((text, note) => text.replace(note, ''), cell.textContent).replace(/\s+/g, ' ').trim();
  // A spreadsheet takes what begins with these for a formula.
  const field = (text) => '"' + text.replace(/^[=+@-]/, "'$&").replace(/"/g, '""') + '"';
  const two = (n) => (n < 10 ? '0' : '') + n;

  document.querySelectorAll('table[data-cite]').forEach((table) => {
    const heads = Array.from(table.tHead.rows[0].cells, words);
    const rows = Array.from(table.tBodies[0].rows).filter((row) => row.cells.length === heads.length);
    const file = () => {
      const shown = Array.from(table.tBodies[0].rows).filter((row) => !row.hidden && rows.indexOf(row) >= 0);
      const lines = shown.map((row) => {
        const cells = Array.from(row.cells);
        return cells.map(words).concat(row.id, [].concat(...cells.map(small)).join('；'));
      });
      const text = [heads.concat('代码', '备注')].concat(lines).map((line) => line.map(field).join(',')).join('\r\n') + '\r\n';
      const link = make('a', {
        href: URL.createObjectURL(new Blob(['\ufeff', text], {type: 'text/csv'})),
        download: location.pathname.replace(/^.*\/|\.html$/g, '') + '-' + shown.length + '.csv',
      });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
    };
    const input = make('input', {readOnly: true, id: 'citation'});
    const done = make('span', {className: 'note'});
    done.setAttribute('role', 'status');
    const copy = () => {
      const said = (isDone) => { done.textContent = isDone ? '已复制' : '请长按或按 Ctrl+C 复制'; };
      input.select();
      if (navigator.clipboard) navigator.clipboard.writeText(input.value).then(() => said(true), () => said(document.execCommand('copy')));
      else said(document.execCommand('copy'));
    };
    const button = (text, onclick) => make('button', {type: 'button', className: 'reset', onclick}, text);
    const box = make('p', {className: 'citation', hidden: true}, make('label', {htmlFor: input.id}, '引用这一行'), input, button('复制引用', copy), done);
    const show = () => {
      let id = '';
      try { id = decodeURIComponent(location.hash.slice(1)); } catch (e) { /* no row has such a name */ }
      const row = id && rows.find((one) => one.id === id);
      box.hidden = !row;
      done.textContent = '';
      if (!row) return;
      const said = Array.from(row.cells, (cell, n) => (n ? heads[n] + '：' + words(cell) : '')).filter(Boolean).join('，');
      const now = new Date();
      input.value = '“' + said + '”，' + document.querySelector('h1').textContent.trim() + '，' + table.dataset.cite + '，' +
        location.href.split(/[?#]/)[0] + '#' + id + '，' + now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate()) + ' 查看';
    };
    (table.closest('.scroll') || table).before(make('p', {className: 'take'}, button('下载显示的行（CSV）', file),
      make('span', {className: 'note'}, '点序号，可以引用那一行。')), box);
    window.addEventListener('hashchange', show);
    show();
  });
})();
