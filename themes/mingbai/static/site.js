// States on the reader's own date, and the contents list. Nothing is stored or sent.
(function () {
  'use strict';
  var now = new Date();
  function two(n) { return (n < 10 ? '0' : '') + n; }
  var today = now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());

  // Whole days from today to an ISO date.
  function days(iso) {
    return Math.round((Date.parse(iso) - Date.parse(today)) / 864e5);
  }

  // [code, words] by the builder's own rules; null: leave as built.
  function rule(scale, from, until, floor, ceiling, code, year) {
    var left = until ? days(until) : null;
    if (scale === 'window') {
      if (from && today < from) return ceiling ? ['unsettled', '陆续开始'] : ['upcoming', '未开始'];
      if (left === null) return from ? ['open', '受理中'] : null;
      if (left < 0 && floor) return today.slice(0, 4) > until.slice(0, 4) ? ['past-year', '往年窗口'] : ['unsettled', '截止日未载明'];
      if (left < 0) return ['closed', '已结束'];
      if (!floor && left === 0) return ['today', '今日截止'];
      if (!floor && left <= 7) return ['closing', '即将截止'];
      return ['open', '受理中'];
    }
    if (scale === 'deadline') {
      if (left === null || floor) return null;
      if (left < 0) return ['closed', '已过期'];
      if (left === 0) return ['today', '今日到期'];
      return left <= 7 ? ['closing', '即将到期'] : ['upcoming', '未到期'];
    }
    if (scale === 'document') {
      if (year && today.slice(0, 4) > year) return ['past-year', '往年文件'];
      if (year && today.slice(0, 4) === year && !from) return ['this-year', '当年文件'];
      if (from && today < from) return ['upcoming', '尚未施行'];
      if (left !== null && left < 0) return ['closed', '已过期'];
      if (code === 'upcoming') return ['in-force', '现行有效'];
    }
    return null;
  }

  function states(root) {
    root.querySelectorAll('.state[data-scale]').forEach(function (s) {
    var d = s.dataset;
    var old = (s.className.match(/state-(\S+)/) || [])[1];
    var r = rule(d.scale, d.from, d.until, 'floor' in d, 'ceiling' in d, old, d.year);
    if (!r || r[1] === s.textContent) return;
    s.className = 'state state-' + r[0];
    s.textContent = r[1];
    });
  }
  states(document);
  // Results of a search have states too.
  window._mbStates = states;

  // The search is fetched when somebody goes to the box: the entry of its index and the script, together.
  window._mb = function (name, text) { window._mb[name] = text; };
  var box = document.querySelector('.find[data-script]');
  if (box) box.addEventListener('focusin', function () {
    [box.action.replace(/html$/, 'js'), box.dataset.script].forEach(function (address) {
      var s = document.createElement('script');
      s.async = false;
      s.src = address;
      s.dataset.more = box.dataset.more;
      document.head.appendChild(s);
    });
  }, { once: true });

  // The contents list stands open where there is room beside the text.
  var toc = document.querySelector('.toc details');
  if (toc && window.matchMedia) {
    var wide = window.matchMedia('(min-width: 64em)');
    toc.open = wide.matches;
    toc.addEventListener('click', function (e) {
      if (e.target.closest('a') && !wide.matches) toc.open = false;
    });
  }

  // The line of today in pictures of years: on the reader's own day.
  document.querySelectorAll('.chart[data-year]').forEach(function (p) {
    var y = p.dataset.year;
    var n = p.querySelector('.now');
    if (!n) return;
    var here = !y || y === today.slice(0, 4);
    n.setAttribute('visibility', here ? 'visible' : 'hidden');
    if (!here) return;
    // Where no year is meant, as in a leap year, which the builder takes too.
    var of = (y || '2024') + '-';
    var all = Math.round((Date.parse(of + '12-31') - Date.parse(of + '01-01')) / 864e5) + 1;
    var at = (Math.round((Date.parse(of + today.slice(5)) - Date.parse(of + '01-01')) / 864e5) + .5) / all * 100;
    var line = n.querySelector('line');
    var text = n.querySelector('text');
    line.setAttribute('x1', at + '%');
    line.setAttribute('x2', at + '%');
    text.setAttribute('x', at + '%');
    text.setAttribute('text-anchor', at < 20 ? 'start' : at < 80 ? 'middle' : 'end');
    text.textContent = '今天 ' + (now.getMonth() + 1) + '月' + now.getDate() + '日';
  });

  // Pictures of rules begin at their root, in the middle.
  document.querySelectorAll('.picture').forEach(function (p) { p.scrollLeft = (p.scrollWidth - p.clientWidth) / 2; });

  // A fold that holds the place asked for opens.
  function unfold() {
    var t = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var f = t && t.closest('details');
    if (f) { f.open = true; t.scrollIntoView(); }
  }
  window.addEventListener('hashchange', unfold);
  unfold();
})();
