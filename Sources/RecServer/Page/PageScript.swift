/// What the page does beyond what the server writes: reasons on demand, ratings that are folded in, the test's news.
///
/// It makes elements and texts alone, never markup from data, and speaks to its own server only.
enum PageScript {
  static let text: StaticString = #"""
    "use strict";
    const byId = (id) => document.getElementById(id);
    let main, status, user, lists, search, found, stars, rated;
    // Whose lists are shown, and the latest request for them.
    let asked = "", turn = 0;
    const ratings = new Map();
    let token = sessionStorage.getItem("token") || "";
    let shown = new Map();

    function element(name, attributes, ...children) {
      const made = document.createElement(name);
      for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
      made.append(...children);
      return made;
    }

    async function ask(path, body) {
      const options = { headers: {} };
      if (token) options.headers.Authorization = "Bearer " + token;
      if (body !== undefined) {
        options.method = "POST";
        options.headers["Content-Type"] = "application/json";
        options.body = JSON.stringify(body);
      }
      const response = await fetch(path, options);
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.hint ? answer.message + "; " + answer.hint : answer.message);
      return answer;
    }

    const encode = encodeURIComponent;
    const history = () => [...ratings].map(([item, rating]) => ({ item, rating: rating.value }));
    const tell = (text) => { status.textContent = text; };

    // Reasons

    function parts(list) {
      const shown = element("ul", { class: "parts" });
      for (const part of list) {
        const value = element("span", { class: "number " + (part.adds < 0 ? "down" : "up") },
          (part.adds < 0 ? "−" : "+") + Math.abs(part.adds).toFixed(3));
        const words = part.rating === undefined ? part.part : part.part + ":\u00a0" + part.rating;
        shown.append(element("li", {}, element("span", {}, words), value));
        if (part.parts) shown.append(element("li", {}, parts(part.parts)));
      }
      return shown;
    }

    async function explain(button) {
      const row = button.closest("tr"), cell = button.parentElement;
      const open = cell.querySelector(".parts");
      if (open) { open.remove(); button.setAttribute("aria-expanded", "false"); return; }
      const model = button.closest("section").dataset.model;
      try {
        const query = { item: row.dataset.item, model };
        if (asked) query.user = asked;
        if (ratings.size) query.history = history();
        const answer = await ask("why", query);
        cell.append(parts(answer.parts));
        button.setAttribute("aria-expanded", "true");
        tell("");
      } catch (error) { tell(error.message); }
    }

    function whyButton(title) {
      const button = element("button", { type: "button", class: "why", "aria-expanded": "false", "aria-label": "Why " + title }, "why");
      button.addEventListener("click", () => explain(button));
      return button;
    }

    // Lists

    function section(answer, old, both) {
      const body = element("tbody");
      for (const item of answer.items) {
        const before = old ? old.get(item.item) : undefined;
        const cell = element("td", {}, element("span", { class: "title" }, item.title));
        cell.append(whyButton(item.title));
        if (old && before === undefined) cell.append(element("span", { class: "new" }, "new"));
        else if (old && before !== item.rank)
          cell.append(element("span", { class: before > item.rank ? "new" : "both" }, (before > item.rank ? "↑ from " : "↓ from ") + before));
        if (both && both.has(item.item)) cell.append(element("span", { class: "both" }, "in both"));
        body.append(element("tr", { "data-item": item.item, class: old && before !== item.rank ? "moved" : "" },
          element("td", { class: "number" }, String(item.rank)), cell, element("td", { class: "number" }, item.score.toFixed(3))));
      }
      const head = element("thead", {}, element("tr", {}, element("th", { scope: "col", class: "number" }, "#"),
        element("th", { scope: "col" }, "Title"), element("th", { scope: "col", class: "number" }, "Score")));
      const title = element("h2", {}, "For ", element("span", { class: "who" }, answer.user || "you"),
        element("small", {}, " by " + answer.model + (ratings.size ? ", with your ratings" : "")));
      const made = element("section", { class: "list", "data-model": answer.model }, title);
      if (answer.fallback) made.append(element("p", { class: "note" }, "Nothing is known of this user: what suits most people is shown."));
      made.append(element("table", {}, head, body));
      return made;
    }

    async function show() {
      const who = user.value.trim(), own = ++turn;
      const names = [main.dataset.model || null];
      if (main.dataset.compare) names.push(main.dataset.compare);
      try {
        const answers = [];
        for (const name of names) {
          const query = ratings.size || !who ? { history: history() } : {};
          if (who) query.user = who;
          if (name) query.model = name;
          else if (lists.querySelector(".list")) query.model = lists.querySelector(".list").dataset.model;
          answers.push(await ask("recommend", query));
        }
        if (own !== turn) return;
        asked = who;
        const ids = answers.map((answer) => new Set(answer.items.map((item) => item.item)));
        lists.replaceChildren(...answers.map((answer, place) => section(answer, shown.get(answer.model), ids[1 - place])));
        remember(answers);
        tell(ratings.size ? "The lists go by " + ratings.size + (ratings.size === 1 ? " more rating." : " more ratings.") : "");
      } catch (error) { if (own === turn) tell(error.message); }
    }

    function remember(answers) {
      shown = new Map(answers.map((answer) => [answer.model, new Map(answer.items.map((item) => [item.item, item.rank]))]));
    }

    // Ratings

    let titles = new Map(), timer;

    function showRatings() {
      rated.replaceChildren(...[...ratings].map(([item, rating]) => {
        const remove = element("button", { type: "button", "aria-label": "Take the rating of " + rating.title + " back" }, "×");
        remove.addEventListener("click", () => { ratings.delete(item); showRatings(); show(); search.focus(); });
        return element("li", {}, rating.title + ": " + rating.value + " ", remove);
      }));
    }

    async function find() {
      const text = search.value.trim();
      if (!text || titles.has(text)) return;
      try {
        const items = await ask("items?n=20&q=" + encode(text));
        titles = new Map(items.map((item) => [item.title, item.item]));
        found.replaceChildren(...items.map((item) => element("option", { value: item.title })));
      } catch (error) { tell(error.message); }
    }

    async function rate() {
      const title = search.value.trim();
      if (!title) { search.focus(); return; }
      try {
        const item = titles.get(title) || (await ask("items/" + encode(title))).item;
        ratings.set(item, { title, value: Number(stars.value) });
        search.value = "";
        showRatings();
        await show();
        search.focus();
      } catch (error) { tell(error.message); }
    }

    // The test

    const percent = (value, digits) => (100 * value).toFixed(digits) + "%";

    function boardTable(board) {
      const isRate = board.metric === "ctr" || board.metric === "clicked" || board.metric === "conversion";
      const number = (value) => isRate ? percent(value, 2) : value.toFixed(3);
      const names = { ctr: "Click-through", clicked: "Users who clicked", conversion: "Users who bought" };
      const head = element("tr", {}, element("th", { scope: "col" }, "Arm"), element("th", { scope: "col", class: "number" }, "Share"),
        element("th", { scope: "col", class: "number" }, "Users"),
        element("th", { scope: "col", class: "number" }, names[board.metric] || "Clicks"));
      const rows = board.arms.map((arm) => {
        const value = element("td", { class: "number" }, arm.value === undefined ? "–" : number(arm.value));
        if (arm.low !== undefined) value.append(element("span", { class: "interval" }, " " + number(arm.low) + " to " + number(arm.high)));
        return element("tr", {}, element("th", { scope: "row" }, arm.arm), element("td", { class: "number" }, percent(arm.share, 1)),
          element("td", { class: "number" }, arm.users === undefined ? "–" : arm.users.toLocaleString("en")), value);
      });
      return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
    }

    async function refresh() {
      const content = byId("board-content");
      if (!content || document.hidden) return;
      try {
        const board = await ask("abtest/board");
        const notes = board.verdicts.map((verdict) => element("p", {}, verdict));
        if (board.ratio_p !== undefined)
          notes.unshift(element("p", { class: board.ratio_fails ? "down" : "note" },
            (board.ratio_fails ? "Users did not come as they were sent" : "Users came as they were sent") + " (sample ratio, p = " + board.ratio_p.toPrecision(2) + ")."));
        content.replaceChildren(boardTable(board), ...notes);
      } catch (error) { /* The table of the server stays. */ }
    }

    // Start

    function start() {
      main = document.querySelector("main");
      [status, user, lists, search, found, stars, rated] =
        ["status", "user", "lists", "search", "found", "stars", "rated"].map(byId);
      asked = main.dataset.user;
      const unlock = byId("unlock");
      if (unlock) { unlock.addEventListener("submit", enter); return; }
      for (const link of document.querySelectorAll("a.why"))
        link.replaceWith(whyButton(link.closest("tr").querySelector(".title").textContent));
      for (const list of lists.querySelectorAll(".list"))
        shown.set(list.dataset.model, new Map([...list.querySelectorAll("tr[data-item]")].map((row, place) => [row.dataset.item, place + 1])));
      const [low, high] = (main.dataset.scale || "1 1").split(" ").map(Number);
      for (let value = high; value >= low; value -= low % 1 ? 0.5 : 1) stars.append(element("option", {}, String(value)));
      byId("rating").hidden = false;
      search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
      search.addEventListener("keydown", (event) => { if (event.key === "Enter") rate(); });
      byId("rate").addEventListener("click", rate);
      if (token) user.form.addEventListener("submit", (event) => { event.preventDefault(); load("?" + new URLSearchParams(new FormData(user.form))); });
      refresh();
    }

    // With a token the page comes as an answer to the script: a link cannot carry it.
    async function load(query) {
      const response = await fetch("./" + query, { headers: { Authorization: "Bearer " + token } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (page.getElementById("unlock")) { sessionStorage.removeItem("token"); tell("The token is wrong."); return; }
      sessionStorage.setItem("token", token);
      shown = new Map();
      ratings.clear();
      document.title = page.title;
      document.body.replaceWith(page.body);
      window.history.replaceState(null, "", "./" + query);
      start();
      lists.focus();
    }

    function enter(event) {
      event.preventDefault();
      token = byId("token").value;
      load(location.search);
    }

    start();
    if (token && byId("unlock")) load(location.search);
    setInterval(refresh, 5000);
    """#
}
