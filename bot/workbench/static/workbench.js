"use strict";

const question = () => document.getElementById("question");

// "/" goes to the question from wherever nothing is being typed.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea")) {
    event.preventDefault();
    question().focus();
  }
});

// A new answer is read from its beginning.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "log") return;
  if (event.detail.requestConfig.elt.id === "composer") question().value = "";
  event.detail.target.lastElementChild.scrollIntoView({ block: "start" });
});
