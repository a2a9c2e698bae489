"use strict";

const question = () => document.getElementById("question");

// "/" goes to the question from wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea")) {
    event.preventDefault();
    question().focus();
  }
});

// What a view asked for by itself is not shown once another view has taken its place.
document.addEventListener("htmx:beforeSwap", (event) => {
  const asker = event.detail.requestConfig.elt;
  if (asker.hasAttribute("hx-trigger") && !asker.isConnected) event.detail.shouldSwap = false;
});

// A new answer, or one that is gone back to, is read from its beginning.
document.addEventListener("htmx:afterSwap", (event) => {
  const asker = event.detail.requestConfig.elt.id;
  if (event.detail.target.id !== "log" && asker !== "tab-why") return;
  if (asker === "composer") question().value = "";
  document.getElementById("log").lastElementChild.scrollIntoView({ block: "start" });
});

// Whoever waits for an answer learns that none comes.
const tell = (isSilent) => () => { document.getElementById("fault").hidden = !isSilent; };
for (const name of ["sendError", "responseError", "timeout", "sseError"]) document.addEventListener(`htmx:${name}`, tell(true));
for (const name of ["afterOnLoad", "sseOpen"]) document.addEventListener(`htmx:${name}`, tell(false));

// The tab of the view that is shown is marked.
document.addEventListener("htmx:afterSettle", () => {
  const shown = document.querySelector("#panel .view").dataset.view;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.view === shown) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
});
