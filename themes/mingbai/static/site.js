// States on the reader's own date, and the contents list. Nothing is stored or sent.
(function () {
  'use strict';
  var now = new Date();
  function two(n) { return (n < 10 ? '0' : '') + n; }
  var today = now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());

  // ---- generated from src/forms/state.rs: MINGBAI_BLESS=1 cargo test --test states ----
  var WORDS = {
    window: { 'upcoming': '未开始', 'starting': '陆续开始', 'open': '受理中', 'closing': '即将截止', 'today': '今日截止', 'closed': '已结束', 'unsettled': '截止日未载明', 'start-unstated': '开始日未载明', 'unstated': '起止日未载明', 'yearly': '每年', 'past-year': '往年窗口', 'repealed': '已废止', 'replaced': '已被代替' },
    deadline: { 'upcoming': '未到期', 'closing': '即将到期', 'today': '今日到期', 'closed': '已过期', 'yearly': '每年', 'unstated': '未写年份', 'floor': '最早日期', 'repealed': '已废止', 'replaced': '已被代替' },
    document: { 'upcoming': '尚未施行', 'in-force': '现行有效', 'this-year': '当年文件', 'past-year': '往年文件', 'closed': '已过期', 'unstated': '有效期未载明', 'repealed': '已废止', 'replaced': '已被代替', 'withdrawn': '已撤下' },
  };
  var HOLDING = ' open start-unstated closing today unsettled in-force ';
  var ENDED = ' repealed replaced withdrawn ';
  // ---- end of what is generated ----

  // What holds on the reader's day, of values with the days between them: "upcoming 2023-07-17 open 2023-09-26 closed".
  function codeOf(course) {
    var parts = course.split(' ');
    var code = parts[0];
    for (var i = 1; i < parts.length && parts[i] <= today; i += 2) code = parts[i + 1];
    return code;
  }

  // Puts the words of the reader's day into all states of a part of the page.
  function showStates(root) {
    root.querySelectorAll('.state[data-days]').forEach(function (element) {
      var code = codeOf(element.dataset.days);
      element.className = 'state state-' + code;
      element.textContent = WORDS[element.dataset.scale][code];
    });
  }
  showStates(document);
  // Results of a search have states too.
  function isIn(codes) { return function (course) { return codes.indexOf(' ' + codeOf(course) + ' ') >= 0; }; }
  window._mbStates = { today: today, show: showStates, holds: isIn(HOLDING), isEnded: isIn(ENDED) };

  // A new element with properties and children, for the other scripts.
  window._mbMake = function (tag, properties) {
    var element = Object.assign(document.createElement(tag), properties);
    element.append.apply(element, [].slice.call(arguments, 2));
    return element;
  };

  // What is shown on some days only: "hidden 2023-09-26 shown".
  document.querySelectorAll('[data-shown]').forEach(function (element) {
    element.hidden = codeOf(element.dataset.shown) === 'hidden';
  });

  // Lists whose order depends on the day. Each item has its places: "3 2023-09-26 7".
  var sorted = [];
  document.querySelectorAll('[data-order]').forEach(function (item) {
    if (sorted.indexOf(item.parentNode) < 0) sorted.push(item.parentNode);
  });
  sorted.forEach(function (list) {
    var items = [].slice.call(list.children).map(function (item) {
      return { item: item, place: +codeOf(item.dataset.order) };
    });
    items.sort(function (a, b) { return a.place - b.place; });
    items.forEach(function (one, index) {
      if (list.children[index] !== one.item) list.insertBefore(one.item, list.children[index]);
    });
  });

  // The day by which the states are told.
  document.querySelectorAll('time[data-today]').forEach(function (element) {
    element.dateTime = today;
    element.textContent = now.getFullYear() + '年' + (now.getMonth() + 1) + '月' + now.getDate() + '日';
  });

  // A script that is fetched later comes from two folders of this site; a browser with trusted types accepts no other.
  var home = document.currentScript.src.replace(/assets\/[^/]*$/, '');
  function own(address) {
    var url = new URL(address, location.href).href;
    if (url.indexOf(home) || !/^(assets|search)\/[\w.\/-]*\.js(\?\d+)?$/.test(url.slice(home.length))) throw new TypeError(address);
    return url;
  }
  var rules = { createScriptURL: own };
  var trusted = window.trustedTypes ? trustedTypes.createPolicy('mingbai', rules) : rules;
  // The element that fetches it; the bytes must have this hash, if one is given.
  window._mbScript = function (address, integrity) {
    return window._mbMake('script', { src: trusted.createScriptURL(address), integrity: integrity || '' });
  };

  // The search is fetched when somebody goes to the box: the entry of its index and the script, together.
  window._mb = function (name, text) { window._mb[name] = text; };
  var box = document.querySelector('.find[data-script]');
  if (box) box.addEventListener('focusin', function () {
    var hashes = box.dataset.integrity || '';
    var script = window._mbScript(box.dataset.script, hashes);
    var index = window._mbScript(box.action.replace(/html$/, 'js'));
    index.async = script.async = false;
    script.dataset.more = box.dataset.more;
    script.dataset.facts = box.dataset.facts;
    script.dataset.integrity = hashes;
    document.head.append(index, script);
  }, { once: true });

  // Menu and contents list are open where there is room for them.
  var wide = window.matchMedia('(min-width: 64em)').matches;
  document.querySelectorAll('.menu, .toc details').forEach(function (list) { list.open = wide; });
  document.querySelectorAll('.toc details').forEach(function (list) {
    list.addEventListener('click', function (e) { if (e.target.closest('a') && !wide) list.open = false; });
  });

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
