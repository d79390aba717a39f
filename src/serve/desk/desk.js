// Selecting words of the official text and saying what they are. Without this script every form works; words are then typed or pasted.
(function () {
  "use strict";
  const official = document.getElementById("official");
  const chooser = document.getElementById("chooser");
  const form = document.getElementById("form");

  // ---------------------------------------------------------------- a file that is dropped
  for (const drop of document.querySelectorAll("form.drop")) {
    const input = drop.querySelector("input[type=file]");
    const over = (on) => drop.classList.toggle("over", on);
    drop.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    drop.addEventListener("dragleave", () => over(false));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  }

  // ---------------------------------------------------------------- what is not saved
  if (form) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
    form.dispatchEvent(new Event("ready"));
  }

  // ---------------------------------------------------------------- rows of conditions
  /** A row as it is in the page, emptied, under another name. */
  function emptied(row, at) {
    const next = row.cloneNode(true);
    named(next, at);
    for (const one of next.querySelectorAll("input")) one.value = "";
    for (const one of next.querySelectorAll("select")) one.selectedIndex = 0;
    fitted(next);
    return next;
  }

  /** A row that says that something is so needs no value. */
  function fitted(row) {
    const [operator, value] = ["operator", "value"].map((name) => row.querySelector('[name$="/' + name + '"]'));
    row.classList.toggle("alone", operator.value.endsWith("holds") && !value.value);
  }

  function named(row, at) {
    const old = row.dataset.at;
    row.dataset.at = at;
    for (const one of row.querySelectorAll("[name]")) one.name = at + one.name.slice(old.length);
  }

  for (const row of document.querySelectorAll(".rule")) fitted(row);
  if (form) form.addEventListener("change", (event) => {
    const row = event.target.closest(".rule");
    if (!row) return;
    fitted(row);
    const kind = row.querySelector('[name$="/kind"]');
    if (event.target === kind && kind.value) {
      // Several in the place of one: it is the first of them.
      const at = row.dataset.at;
      const group = document.createElement("div");
      group.className = "rules";
      group.dataset.at = at;
      const chosen = kind.cloneNode(true);
      chosen.value = kind.value;
      row.replaceWith(group);
      kind.value = "";
      named(row, at + "/0");
      group.append(chosen, row, emptied(row, at + "/1"));
      row.querySelector("input").focus();
      return;
    }
    const group = row.parentElement;
    const isLast = group.classList.contains("rules") && row === group.lastElementChild;
    if (isLast && row.querySelector("input").value) {
      const count = Array.from(group.children).filter((one) => one.dataset.at).length;
      group.append(emptied(row, group.dataset.at + "/" + count));
    }
  });

  // ---------------------------------------------------------------- lists of places
  function counted(name) {
    const lines = document.getElementById(name).value.split("\n").map((line) => line.split(/[:：](.*)/)[1]);
    const count = lines.reduce((sum, names) => sum + (names && names.trim() ? names.split("、").length : 0), 0);
    const total = document.querySelector('[data-total="' + name + '"] b');
    if (total) total.textContent = count;
  }

  function put(name, text) {
    const area = document.getElementById(name);
    area.value = text;
    area.rows = Math.min(14, text.split("\n").length + 1);
    counted(name);
    form.dispatchEvent(new Event("input"));
  }

  /** A pasted list goes into its field: at once if that is empty, else in the place of what is there or after it. */
  function offered(list, into, result) {
    const english = document.documentElement.lang === "en";
    let name = into;
    if (list.grade) {
      const grade = Array.from(form.querySelectorAll('[name$="/grade"]')).find((one) => one.value === list.grade);
      name = grade && grade.name.replace(/grade$/, "counties");
    }
    const line = document.createElement("p");
    line.className = "row";
    result.prepend(line);
    if (!name || !document.getElementById(name)) {
      line.textContent = english ? "The form has no grade " + list.grade + "." : "表单里没有“" + list.grade + "”这一等，没有填进去。";
      return;
    }
    const done = () => { line.textContent = (list.grade || "") + (english ? " is in the form; save it." : "已经填进表单，记得保存。"); };
    const now = document.getElementById(name).value.trim();
    if (!/[:：]/.test(now)) { put(name, list.lines); done(); return; }
    const act = (zh, en, what) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = (list.grade ? list.grade + "：" : "") + (english ? en : zh);
      button.addEventListener("click", () => { what(); done(); });
      line.append(button);
    };
    act("换掉现在的名单", "replace the list", () => put(name, list.lines));
    act("添到现在的名单后面", "add to the list", () => {
      for (const one of list.lines.split("\n")) {
        const [heading, names] = one.split(/[:：]\s*/);
        for (const county of names.split("、")) grow(name, heading + " " + county);
      }
    });
  }

  /** One more name under its heading. */
  function grow(name, path) {
    const parts = path.split(" ");
    const county = parts.pop();
    const heading = parts.pop();
    const lines = document.getElementById(name).value.split("\n").filter((line) => line.trim());
    const at = lines.findIndex((line) => line.split(/[:：]/)[0].trim() === heading);
    if (at < 0) lines.push(heading + ": " + county);
    else if (!lines[at].split(/[:：、]\s*/).includes(county)) lines[at] += "、" + county;
    put(name, lines.join("\n"));
  }

  /** Whole names under a field in which a place is typed. */
  function offer(input, wanted, chosen) {
    const list = document.createElement("datalist");
    list.id = "places-" + offer.count;
    offer.count += 1;
    input.after(list);
    input.setAttribute("list", list.id);
    input.addEventListener("input", async () => {
      const typed = input.value.trim();
      const known = Array.from(list.options, (one) => one.value);
      if (known.includes(typed)) { if (chosen) chosen(typed); return; }
      if (!typed) return;
      const above = form.querySelector('[name="region"]');
      const under = chosen && above ? above.value : "";
      const asked = new URLSearchParams({ wanted, under, q: typed });
      const answer = await fetch("/.desk/places?" + asked);
      if (!answer.ok || input.value.trim() !== typed) return;
      const paths = (await answer.text()).split("\n").filter(Boolean);
      list.replaceChildren(...paths.map((path) => {
        const option = document.createElement("option");
        option.value = path;
        option.label = typed;
        return option;
      }));
    });
  }
  offer.count = 0;

  if (form) {
    for (const input of form.querySelectorAll("[data-place]")) {
      const name = input.dataset.place;
      offer(input, "county", (path) => { grow(name, path); input.value = ""; });
      // With the keyboard: the first of those that fit.
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        const first = input.list && input.list.options[0];
        if (first) { grow(name, first.value); input.value = ""; }
      });
      document.getElementById(name).addEventListener("input", () => counted(name));
    }
    for (const input of form.querySelectorAll('input[name="region"], input[name$="/region"]')) offer(input, "any", null);
    for (const button of form.querySelectorAll('[formaction="/.desk/paste"]')) {
      button.addEventListener("click", async (event) => {
        event.preventDefault();
        const body = new URLSearchParams(new FormData(form));
        body.set("@into", button.value);
        const answer = await fetch("/.desk/paste", { method: "POST", body });
        if (!answer.ok) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.getElementById("pasted-result");
        if (!found) return;
        const result = document.importNode(found, true);
        button.closest("details").querySelector("[aria-live]").replaceChildren(result);
        const lists = JSON.parse(result.dataset.lists || "[]");
        for (const list of lists) {
          if (list.lines) offered(list, button.value, result);
        }
      });
    }
  }

  // ---------------------------------------------------------------- a self-check that is tried
  const trial = document.getElementById("trial");
  if (trial) {
    const tried = document.getElementById("tried");
    trial.querySelector("[data-try]").addEventListener("click", async (event) => {
      event.preventDefault();
      const answer = await fetch("/.desk/try", { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      tried.replaceChildren(document.importNode(page.getElementById("tried-results"), true));
      tried.scrollIntoView({ block: "nearest" });
    });
    for (const more of trial.querySelectorAll("[data-frame]")) {
      more.addEventListener("toggle", () => {
        if (!more.open || more.querySelector("iframe")) return;
        const frame = document.createElement("iframe");
        frame.src = more.dataset.frame;
        frame.title = more.querySelector("summary").textContent.trim();
        more.append(frame);
      });
    }
  }
  if (location.hash) open(decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", () => open(decodeURIComponent(location.hash.slice(1))));
  if (!official || !chooser || !form) return;

  /** Opens an entry and everything around it. */
  function open(name) {
    const target = document.getElementById(name);
    if (!target) return null;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "center" });
    return target;
  }

  // ---------------------------------------------------------------- the words that are selected
  let chosen = null;

  const omit = chooser.querySelector("form.omit");

  function choose(quote, clause) {
    chosen = quote ? { quote, clause } : null;
    chooser.hidden = !chosen;
    if (!omit || !chosen) return;
    // What is left out, as most often: a number, a name, or both.
    const number = /\d[\d\- ]{6,}/.test(quote);
    const name = /[\u4e00-\u9fff×某]{2,}/.test(quote.replace(/联系人|经办人|负责人|手机|电话|号码/g, ""));
    const words = number && name ? "一名工作人员的姓名和电话" : number ? "一个电话号码" : "一名工作人员的姓名";
    if (chosen.quote !== omit.elements.quote.value) omit.elements.what.value = words;
    omit.elements.quote.value = quote;
    omit.elements.clause.value = clause;
  }

  function clauseOf(node) {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const paragraph = element && element.closest("[data-clause]");
    return paragraph && official.contains(paragraph) ? paragraph : null;
  }

  /** The words of a range without the labels of clauses. */
  function wordsOf(range) {
    const part = range.cloneContents();
    for (const label of part.querySelectorAll(".clause")) label.remove();
    return part.textContent.replace(/\s*\n\s*/g, " ").trim();
  }

  function selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const from = clauseOf(range.startContainer);
    const to = clauseOf(range.endContainer);
    if (!from || !to) return;
    mark([]);
    choose(wordsOf(range), from.dataset.clause);
  }

  // While the mouse is down nothing moves under it.
  let isDown = false;
  document.addEventListener("selectionchange", () => { if (!isDown) selected(); });

  // With the keyboard: sentences.
  let sentences = [];
  let anchor = 0;
  function listed() {
    sentences = Array.from(official.querySelectorAll(".s"));
    anchor = 0;
    if (sentences[0]) sentences[0].tabIndex = 0;
  }
  listed();

  // While the mouse is down no sentence can have the focus: a selection from its first letter would be lost.
  official.addEventListener("pointerdown", () => {
    isDown = true;
    for (const one of sentences) one.removeAttribute("tabindex");
  });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => {
    if (!isDown) return;
    isDown = false;
    if (sentences[anchor]) sentences[anchor].tabIndex = 0;
    selected();
  });

  function mark(list) {
    for (const one of official.querySelectorAll(".s.chosen")) one.classList.remove("chosen");
    for (const one of list) one.classList.add("chosen");
  }

  function move(to, extend) {
    const at = Math.max(0, Math.min(sentences.length - 1, to));
    for (const one of sentences) one.removeAttribute("tabindex");
    sentences[at].tabIndex = 0;
    sentences[at].focus();
    if (!extend) anchor = at;
    const own = sentences[at].parentElement;
    const [low, high] = [Math.min(anchor, at), Math.max(anchor, at)];
    const list = sentences.slice(low, high + 1).filter((one) => one.parentElement === own);
    mark(list);
    choose(list.map((one) => one.textContent).join("").trim(), own.dataset.clause);
  }

  official.addEventListener("keydown", (event) => {
    const at = sentences.indexOf(document.activeElement);
    if (at < 0) return;
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (steps[event.key]) {
      event.preventDefault();
      move(at + steps[event.key], event.shiftKey);
    } else if (event.key === "Enter") {
      event.preventDefault();
      move(at, event.shiftKey);
      chooser.querySelector("button:not([hidden])").focus();
    }
  });

  chooser.addEventListener("keydown", (event) => {
    const buttons = Array.from(chooser.querySelectorAll("button:not([hidden])"));
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "ArrowRight" && buttons[at + 1]) buttons[at + 1].focus();
    if (event.key === "ArrowLeft" && buttons[at - 1]) buttons[at - 1].focus();
    if (event.key === "Escape") { choose(""); sentences[anchor].focus(); }
  });

  // ---------------------------------------------------------------- what they are
  async function fill(list, index, reading) {
    const body = new URLSearchParams({ path: official.dataset.path, list, index, reading, quote: chosen.quote, clause: chosen.clause });
    const answer = await fetch("/.desk/fill", { method: "POST", body });
    if (!answer.ok) {
      window.alert(document.documentElement.lang === "en" ? "This could not be filled in." : "没能填好，请手工添一条。");
      return null;
    }
    const holder = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
    return document.importNode(holder, true);
  }

  function numberOf(list) {
    const all = form.querySelectorAll("[data-entry]");
    let next = 0;
    for (const one of all) {
      const [own, number] = one.dataset.entry.split("/");
      if (own === list) next = Math.max(next, Number(number) + 1);
    }
    return next;
  }

  async function add(list, index, reading, old) {
    const entry = await fill(list, index, reading);
    if (!entry) return;
    const set = form.querySelector('[data-list="' + list + '"]');
    set.classList.remove("empty");
    if (old) old.replaceWith(entry); else set.querySelector(".entries").append(entry);
    form.dispatchEvent(new Event("input"));
    const again = entry.querySelector("[data-reading]");
    if (again) again.addEventListener("click", () => add(list, index, again.dataset.reading, entry));
    for (let at = entry; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    entry.scrollIntoView({ block: "nearest" });
    const fields = Array.from(entry.querySelectorAll("input:not([type=checkbox]), textarea, select"));
    const empty = fields.find((one) => !one.value && !one.closest(".more")) || fields[0];
    if (empty) empty.focus({ preventScroll: true });
  }

  for (const button of chooser.querySelectorAll("[data-kind]")) {
    button.addEventListener("click", async () => {
      if (!chosen) return;
      const list = button.dataset.kind;
      await add(list, numberOf(list), 0, null);
    });
  }

  // The words of the entry that is being written.
  const into = chooser.querySelector("[data-into]");
  let writing = null;
  form.addEventListener("focusin", (event) => {
    const entry = event.target.closest("[data-entry], fieldset.group");
    const has = entry && entry.querySelector('[name$="/quote"]');
    if (has) writing = entry;
    into.hidden = !writing;
  });
  into.addEventListener("click", () => {
    if (!chosen || !writing || !writing.isConnected) return;
    const of = (name) => writing.querySelector('[name$="/' + name + '"]');
    of("quote").value = chosen.quote;
    if (of("clause")) of("clause").value = chosen.clause;
    form.dispatchEvent(new Event("input"));
    for (let at = of("quote"); at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    of("quote").focus();
  });

  // Another text in the place of the own one: its words can only go into the entry that is being written.
  const other = document.getElementById("other");
  if (other) other.addEventListener("change", async () => {
    const path = "content/notices/" + other.value + ".md";
    const answer = await fetch("/.desk/file?path=" + encodeURIComponent(path));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page.getElementById("official");
    if (!text) return;
    const isOwn = other.value === other.dataset.own;
    if (!isOwn) for (const mark of text.querySelectorAll("mark")) mark.replaceWith(mark.textContent);
    official.replaceChildren(...document.importNode(text, true).childNodes);
    for (const button of chooser.querySelectorAll("[data-kind], form.term, form.omit")) button.hidden = !isOwn;
    listed();
    choose("");
  });

  // A term of the glossary, in a form of its own.
  const term = chooser.querySelector("form.term");
  term.addEventListener("submit", () => {
    term.elements.quote.value = chosen ? chosen.quote : "";
    term.elements.clause.value = chosen ? chosen.clause : "";
  });

  // A marked fact leads to its entry, an entry to its words.
  official.addEventListener("click", (event) => {
    const fact = event.target.closest("mark");
    if (!fact || !document.getSelection().isCollapsed) return;
    const entry = open(fact.dataset.fact);
    if (!entry) return;
    for (const one of form.querySelectorAll(".pointed")) one.classList.remove("pointed");
    entry.classList.add("pointed");
  });
  form.addEventListener("toggle", (event) => {
    const name = event.target.dataset && event.target.dataset.entry;
    if (!name || !event.target.open) return;
    const words = official.querySelector('mark[data-fact="' + CSS.escape(name) + '"]');
    if (words) words.scrollIntoView({ block: "center" });
  }, true);
})();
