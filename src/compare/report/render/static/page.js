(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("cp-js");
  function kept(name) { try { return localStorage.getItem("carbon-peak-" + name); } catch (e) { return null; } }
  function keep(name, value) { try { localStorage.setItem("carbon-peak-" + name, value); } catch (e) { /* private mode */ } }

  var themes = ["auto", "light", "dark"];
  function setTheme(name) {
    if (name === "light" || name === "dark") root.setAttribute("data-theme", name);
    else root.removeAttribute("data-theme");
    document.querySelectorAll("[data-theme-name]").forEach(function (label) {
      label.hidden = label.getAttribute("data-theme-name") !== name;
    });
  }
  var theme = themes.indexOf(kept("theme")) < 0 ? "auto" : kept("theme");
  setTheme(theme);

  var switchable = root.hasAttribute("data-lang");
  function setLang(lang) {
    root.setAttribute("data-lang", lang);
    root.lang = lang === "en" ? "en" : "zh-CN";
    document.querySelectorAll("[data-title-" + lang + "]").forEach(function (title) {
      document.title = title.getAttribute("data-title-" + lang);
    });
    document.querySelectorAll("[data-hint-" + lang + "]").forEach(function (input) {
      input.placeholder = input.getAttribute("data-hint-" + lang);
    });
  }
  function firstLang() {
    var asked = /[?&]lang=(zh|en)\b/.exec(location.search);
    if (asked) return asked[1];
    var known = kept("lang");
    if (known === "zh" || known === "en") return known;
    return /^zh/i.test(navigator.language || "zh") ? "zh" : "en";
  }
  if (switchable) root.setAttribute("data-lang", firstLang());

  function folded(text) { return text.normalize("NFKC").toLowerCase(); }
  function search(input) {
    var words = folded(input.value).split(/\s+/).filter(Boolean), shown = 0;
    document.querySelectorAll("[data-search]").forEach(function (item) {
      var text = item.getAttribute("data-search");
      var hit = words.every(function (word) { return text.indexOf(word) >= 0; });
      item.hidden = !hit;
      if (hit && item.hasAttribute("data-count")) shown += 1;
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = words.length > 0 && !group.querySelector("[data-search]:not([hidden])");
    });
    document.querySelectorAll("[data-shown]").forEach(function (place) { place.textContent = shown; });
    document.querySelectorAll("[data-nothing]").forEach(function (place) { place.hidden = shown > 0; });
  }

  // a frame whose content goes on beyond an edge shows it there
  function mark(frame) {
    frame.classList.toggle("cp-more-right", frame.scrollLeft + frame.clientWidth < frame.scrollWidth - 2);
    frame.classList.toggle("cp-more-below", frame.scrollTop + frame.clientHeight < frame.scrollHeight - 2);
  }
  function watchEdges() {
    var seen = new ResizeObserver(function (entries) { entries.forEach(function (e) { mark(e.target); }); });
    document.querySelectorAll(".cp-scroll, .cp-figure").forEach(function (frame) {
      frame.addEventListener("scroll", function () { mark(frame); }, { passive: true });
      frame.querySelectorAll("img").forEach(function (image) {
        image.addEventListener("load", function () { mark(frame); });
      });
      seen.observe(frame);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    setTheme(theme);
    watchEdges();
    if (switchable) setLang(root.getAttribute("data-lang"));
    document.querySelectorAll("[data-set-lang]").forEach(function (button) {
      button.addEventListener("click", function () {
        keep("lang", button.getAttribute("data-set-lang"));
        setLang(button.getAttribute("data-set-lang"));
      });
    });
    document.querySelectorAll("[data-cycle-theme]").forEach(function (button) {
      button.addEventListener("click", function () {
        theme = themes[(themes.indexOf(theme) + 1) % themes.length];
        keep("theme", theme);
        setTheme(theme);
      });
    });
    var input = document.querySelector("[data-search-box]");
    if (!input) return;
    input.addEventListener("input", function () { search(input); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { input.value = ""; search(input); }
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== input) { event.preventDefault(); input.focus(); }
    });
    search(input);
  });
})();
