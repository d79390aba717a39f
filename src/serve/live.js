// The preview's own script, added to pages by `mingbai serve` and never to built ones.
//
// Listens for news of the page it stands on: reloads it when it has changed, and shows the problems of the sources over it.
// What comes from sources is put into the page as text.
(function () {
  'use strict';
  var me = document.currentScript;
  var page = me.getAttribute('data-page');
  var version = me.getAttribute('data-version');
  var lang = me.getAttribute('data-lang');
  var noPage = document.body.classList.contains('no-page');

  function words(zh, en) {
    return lang === 'en' ? en : zh;
  }

  function counted(n, zh, en) {
    return words(n + ' 个' + zh, n + ' ' + en + (n === 1 ? '' : 's'));
  }

  /** An element with a class and children; strings become text. */
  function make(name, kind, children) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    (children || []).forEach(function (child) {
      if (child) element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
    });
    return element;
  }

  // ------------------------------------------------------------ the panel

  // In a tree of its own: the theme's style stays out of it, and ours out of the page.
  var host = make('div');
  host.setAttribute('data-mingbai-preview', '');
  host.lang = lang === 'en' ? 'en' : 'zh-CN';
  var root = host.attachShadow({ mode: 'open' });
  var style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/.mingbai/live.css';
  root.appendChild(style);
  var spoken = make('div', 'spoken');
  spoken.setAttribute('role', 'alert');
  root.appendChild(spoken);
  var shell = make('div', 'shell');
  root.appendChild(shell);

  var problems = null;
  var folded = false;
  var away = false;

  function remembered() {
    try {
      return sessionStorage.getItem('mingbai-folded');
    } catch (e) {
      return null;
    }
  }

  function fold(is, moveFocus) {
    folded = is;
    try {
      if (is) sessionStorage.setItem('mingbai-folded', problems.version);
      else sessionStorage.removeItem('mingbai-folded');
    } catch (e) { /* then it is not remembered */ }
    draw();
    var button = shell.querySelector('button');
    if (moveFocus && button) button.focus();
  }

  function place(of) {
    return of.file + ':' + of.line + ':' + of.column;
  }

  /** The line of a place, with the part that is meant. */
  function line(of) {
    var code = make('code', '', [
      of.before,
      make('mark', of.marked ? '' : 'caret', [of.marked]),
      of.after
    ]);
    var number = make('span', 'number', [String(of.line)]);
    number.setAttribute('aria-hidden', 'true');
    return make('p', 'line', [number, code]);
  }

  function one(problem) {
    var item = make('li', 'problem ' + problem.severity, [
      make('p', 'head', [
        make('span', 'word', [problem.word]),
        make('span', 'code', [problem.code]),
        make('span', 'place', [place(problem.place)])
      ]),
      make('p', 'message', [problem.message[0]]),
      problem.message[1] && make('p', 'second', [problem.message[1]]),
      line(problem.place),
      problem.place.words && make('p', 'label', [problem.place.words])
    ]);
    (problem.hint || []).forEach(function (hint, i) {
      item.appendChild(make('p', 'hint' + (i ? ' second' : ''), [
        i ? null : make('strong', '', [words('提示', 'Hint')]),
        hint
      ]));
    });
    (problem.also || []).forEach(function (also) {
      item.appendChild(make('div', 'also', [
        make('p', 'head', [also.words && make('span', '', [also.words]), make('span', 'place', [place(also)])]),
        line(also)
      ]));
    });
    return item;
  }

  function list(severity) {
    return make('ol', '', problems.list.filter(function (problem) {
      return problem.severity === severity;
    }).map(one));
  }

  function title() {
    if (problems.trouble) return words('预览遇到了麻烦', 'The preview is in trouble');
    var parts = [];
    if (problems.errors) parts.push(counted(problems.errors, '错误', 'error'));
    if (problems.warnings) parts.push(counted(problems.warnings, '提醒', 'warning'));
    return parts.join(words('、', ', '));
  }

  function panel() {
    var grave = problems.errors || problems.trouble;
    var body = make('div', 'body');
    body.tabIndex = 0;
    body.setAttribute('role', 'group');
    body.setAttribute('aria-label', words('问题清单', 'List of problems'));
    if (problems.trouble) {
      problems.trouble.forEach(function (text, i) {
        body.appendChild(make('p', i ? 'said' : 'message', [text]));
      });
    }
    if (problems.errors) body.appendChild(list('error'));
    if (problems.warnings) {
      var warnings = list('warning');
      if (grave) {
        var details = make('details', '', [make('summary', '', [counted(problems.warnings, '提醒', 'warning')]), warnings]);
        body.appendChild(details);
      } else {
        body.appendChild(warnings);
      }
    }
    if (problems.more) {
      body.appendChild(make('p', 'second', [words('还有 ' + problems.more + ' 个，先改上面的。', problems.more + ' more; mend these first.')]));
    }
    var close = make('button', 'fold', [words('收起', 'Fold away'), make('kbd', '', ['Esc'])]);
    close.type = 'button';
    close.addEventListener('click', function () { fold(true, true); });
    var about = grave
      ? words('最后一次没有错误的网页仍在下面。改好、保存，这里就会消失。', 'The last page without errors stays underneath. Mend and save, and this goes away.')
      : words('网页已更新，但请看一看。', 'The page is up to date, but please have a look.');
    var section = make('section', 'panel ' + (grave ? 'grave' : 'mild'), [
      make('header', '', [
        make('div', 'titles', [make('h2', '', [title()]), noPage ? null : make('p', '', [about])]),
        noPage ? null : close
      ]),
      body
    ]);
    section.setAttribute('aria-label', words('预览：', 'Preview: ') + title());
    return section;
  }

  function pill(text, kind, act) {
    var element = make(act ? 'button' : 'p', 'pill ' + kind, [text]);
    if (act) {
      element.type = 'button';
      element.addEventListener('click', act);
    }
    return element;
  }

  function draw() {
    while (shell.firstChild) shell.removeChild(shell.firstChild);
    var any = problems && (problems.errors || problems.warnings || problems.trouble);
    if (any && (!folded || noPage)) {
      shell.appendChild(panel());
    } else if (any) {
      var kind = problems.errors || problems.trouble ? 'grave' : 'mild';
      shell.appendChild(pill(title() + words('，展开', ', unfold'), kind, function () { fold(false, true); }));
    }
    if (away) shell.appendChild(pill(words('预览程序没有在运行', 'The preview is not running'), 'away'));
    host.classList.toggle('whole', noPage);
    if (shell.firstChild && !host.parentNode) {
      var at = noPage ? document.querySelector('main') : document.body;
      at.appendChild(host);
    } else if (!shell.firstChild && host.parentNode) {
      host.parentNode.removeChild(host);
    }
    var plain = noPage && document.querySelector('pre');
    if (plain) plain.hidden = Boolean(any);
  }

  function show(news) {
    var before = problems;
    problems = news;
    // Warnings do not cover the page by themselves.
    folded = remembered() === news.version || !(news.errors || news.trouble);
    draw();
    if (!before || before.version !== news.version) {
      spoken.textContent = '';
      var first = news.trouble ? news.trouble[0] : news.list[0] && news.list[0].message[0];
      if (!folded && first) spoken.textContent = title() + words('：', ': ') + first;
    }
  }

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape' && problems && !folded && shell.querySelector('.panel')) {
      fold(true, root.activeElement !== null);
    }
  });

  // ------------------------------------------------------------ the news

  var source = null;
  var waiting = null;

  function stop() {
    if (source) source.close();
    source = null;
    settle();
  }

  function settle() {
    clearTimeout(waiting);
    waiting = null;
  }

  function listen() {
    stop();
    source = new EventSource('/.mingbai/events?page=' + encodeURIComponent(page) + '&version=' + encodeURIComponent(version));
    source.addEventListener('problems', function (event) {
      show(JSON.parse(event.data));
    });
    source.addEventListener('reload', function () {
      stop();
      location.reload();
    });
    source.onopen = function () {
      settle();
      if (away) {
        away = false;
        draw();
      }
    };
    source.onerror = function () {
      // Each new try fails too: the first one counts the time.
      if (waiting) return;
      waiting = setTimeout(function () {
        waiting = null;
        away = true;
        draw();
        if (source && source.readyState === 2) listen();
      }, 2000);
    };
  }

  // A browser opens six connections to one server: a page that nobody sees leaves its own to others.
  document.addEventListener('visibilitychange', function () {
    if (document.hidden) stop();
    else listen();
  });
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) listen();
  });
  window.addEventListener('pagehide', stop);
  if (!document.hidden) listen();
}());
