// Choosing one of many by typing: characters, a reading, its first letters, or the place around it. A combobox with a list of what
// fits; without script the lists of the page stay. Nothing is stored or sent.
(() => {
  'use strict';
  const make = window._mbMake;
  const MOST = 8;
  // ü is typed as v or u.
  const fold = (s) => s.normalize('NFKD').replace(/[\u0300-\u036f\s'-]/g, '').toLowerCase().replace(/v/g, 'u');
  let count = 0;

  /** How well something typed fits: 0 is best, 9 not at all. */
  const rank = (one, typed) => {
    const [name, place, sounds] = one.keys;
    if (!name.indexOf(typed)) return name === typed ? 0 : 1;
    if (name.indexOf(typed) > 0) return 2;
    if (!sounds.map((s) => s[0]).join('').indexOf(typed)) return 3;
    const at = sounds.findIndex((s, n) => !sounds.slice(n).join('').indexOf(typed));
    if (at >= 0) return at ? 5 : 4;
    return (place + name).indexOf(typed) < 0 ? 9 : 6;
  };

  /**
   * A field for one of `items` ({name, reading, place}). `take` gets the one that is chosen, or nothing while none is. `words`:
   * label, hint, none (nothing fits), and more (a function of how many are not shown).
   */
  const choose = (items, words, take, value) => {
    const id = 'choose' + (count += 1);
    items.forEach((one) => {
      one.keys = [fold(one.name), fold(one.place || ''), (one.reading || '').split(/[\s-]+/).map(fold).filter(Boolean)];
    });
    let fitting = [], at = -1;
    const input = make('input', {type: 'text', id, autocomplete: 'off', spellcheck: false, placeholder: words.hint, value: value || ''});
    const list = make('ul', {id: id + '-list', hidden: true});
    const status = make('p', {className: 'note'});
    const attributes = {role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocapitalize: 'off', enterkeyhint: 'done'};
    Object.keys(attributes).forEach((key) => input.setAttribute(key, attributes[key]));
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', words.label);
    status.setAttribute('role', 'status');

    const open = (isOpen) => {
      list.hidden = !isOpen;
      input.setAttribute('aria-expanded', isOpen);
      if (!isOpen) mark(-1);
    };
    const mark = (index) => {
      at = index;
      [].forEach.call(list.children, (option, n) => option.setAttribute('aria-selected', n === at));
      const option = list.children[at];
      if (option) {
        input.setAttribute('aria-activedescendant', option.id);
        option.scrollIntoView({block: 'nearest'});
      } else input.removeAttribute('aria-activedescendant');
    };
    const pick = (one) => {
      input.value = one.name;
      status.textContent = '';
      open(false);
      take(one);
    };
    const look = () => {
      const typed = fold(input.value);
      const ranked = typed ? items.map((one, n) => [rank(one, typed), n, one]).filter((r) => r[0] < 9) : [];
      ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      fitting = ranked.slice(0, MOST).map((r) => r[2]);
      list.textContent = '';
      list.append(...fitting.map((one, n) => {
        const option = make('li', {id: id + '-' + n, onmousedown: (e) => e.preventDefault(), onclick: () => pick(one)},
          one.name, make('small', {}, one.place || ''));
        option.setAttribute('role', 'option');
        return option;
      }));
      const rest = ranked.length - fitting.length;
      status.textContent = typed && !ranked.length ? words.none : rest ? words.more(rest) : '';
      open(fitting.length > 0);
      // What is typed whole, or fits alone, is marked, so that one key takes it.
      const whole = ranked.filter((r) => !r[0]);
      mark(whole.length === 1 || ranked.length === 1 ? 0 : -1);
      take(whole.length === 1 ? whole[0][2] : undefined, true);
    };
    input.oninput = look;
    input.onkeydown = (e) => {
      if (e.isComposing) return;
      const step = {ArrowDown: 1, ArrowUp: -1}[e.key];
      if (step) {
        if (list.hidden) look();
        else mark((at + step + fitting.length + (at < 0 && step < 0)) % fitting.length);
      } else if (e.key === 'Enter' && !list.hidden && at >= 0) pick(fitting[at]);
      else if (e.key === 'Escape' && !list.hidden) open(false);
      else return;
      e.preventDefault();
    };
    input.onblur = () => open(false);
    return make('div', {className: 'choose'}, make('label', {htmlFor: id}, words.label), input, list, status);
  };
  // For a list that opens, in its label: a field before it, and the list folded, for those who do not type. Both show one choice.
  window._mbChoose = (label) => {
    const select = label.querySelector('select'), isEnglish = document.querySelector('main > [lang=en]');
    const say = (chinese, english) => (isEnglish ? english : chinese);
    const items = [].slice.call(select.options, 1).map((option) => ({
      option, name: option.text, place: option.parentNode.label, reading: option.reading,
    }));
    const shown = () => (select.value ? select.selectedOptions[0].text : '');
    const box = choose(items, {
      label: say('打字找', 'Type to find'),
      hint: say('名称、拼音或首字母', 'name, pinyin or first letters'),
      none: say('没有这一项，请看下面的列表。', 'Nothing fits: see the list below.'),
      more: (n) => say('还有 ' + n + ' 项，再多写几个字。', n + ' more: type more letters.'),
    }, (one) => { select.value = one ? one.option.value : ''; }, shown());
    select.onchange = () => { box.querySelector('input').value = shown(); };
    return [box, make('details', {}, make('summary', {}, say('从列表里选', 'Choose from the list')), label)];
  };

  // `data-choose`: where the links to choose from are; the reading of one is in data-v or in a span next to it.
  document.querySelectorAll('[data-choose]').forEach((place) => {
    const items = [].map.call(document.querySelectorAll(place.dataset.choose + ' li > a'), (link) => {
      const sound = link.parentNode.querySelector('.pinyin'), around = link.closest('[data-place]');
      return {name: link.textContent.trim(), link, reading: link.dataset.v || sound && sound.textContent, place: around ? around.dataset.place : ''};
    }).filter((one) => one.reading);
    const words = {label: '打字找县（市、区）', hint: '县名、拼音或首字母', none: '这里没有这个县。', more: (n) => '还有 ' + n + ' 个，再多写几个字。'};
    if (items.length) place.append(choose(items, words, (one, isTyping) => { if (one && !isTyping) location.assign(one.link.href); }));
  });
})();
