// The page works without this file. It adds the keyboard, copying, and the handling of the sheet.
"use strict";

const typing = (target) => target.closest("input, select, textarea") !== null;

function focusSearch() {
  const box = document.querySelector("[data-search]");
  if (box) { box.focus(); box.select(); }
}

function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const before = button.textContent;
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = before; }, 1800);
    });
  }
}

function foldFacets() {
  const facets = document.querySelector("[data-fold]");
  if (facets && matchMedia("(max-width: 860px)").matches) facets.open = false;
}

class Viewer {
  constructor(root) {
    this.root = root;
    this.window = root.querySelector("[data-window]");
    this.sheet = root.querySelector("[data-sheet]");
    this.scale = 1;
    this.turned = 0;
    for (const part of root.querySelectorAll("[data-tools]")) part.hidden = false;
    for (const button of root.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => this.act(button.dataset.act));
    }
    this.window.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    this.dragging();
    this.linkRows();
    this.showLit();
  }

  act(name) {
    if (name === "in") this.zoom(1.3);
    if (name === "out") this.zoom(1 / 1.3);
    if (name === "turn") this.turn();
    if (name === "light") this.root.classList.toggle("bright");
    if (name === "print") print();
  }

  zoom(factor) {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.window;
    const before = this.scale;
    this.scale = Math.min(8, Math.max(1, before * factor));
    const ratio = this.scale / before;
    this.sheet.style.width = `${this.scale * 100}%`;
    this.window.scrollLeft = (scrollLeft + clientWidth / 2) * ratio - clientWidth / 2;
    this.window.scrollTop = (scrollTop + clientHeight / 2) * ratio - clientHeight / 2;
  }

  turn() {
    this.turned = (this.turned + 90) % 360;
    this.sheet.style.transform = `rotate(${this.turned}deg)`;
  }

  dragging() {
    let from = null;
    this.window.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) {
        from = { x: event.clientX + this.window.scrollLeft, y: event.clientY + this.window.scrollTop };
        this.window.classList.add("dragging");
      }
    });
    addEventListener("pointermove", (event) => {
      if (from) this.window.scrollTo(from.x - event.clientX, from.y - event.clientY);
    });
    addEventListener("pointerup", () => { from = null; this.window.classList.remove("dragging"); });
  }

  linkRows() {
    const mark = (row, on) => {
      document.querySelector(`.band[data-row="${row}"]`)?.classList.toggle("near", on);
      document.querySelector(`.rows [data-row="${row}"]`)?.classList.toggle("near", on);
    };
    for (const part of document.querySelectorAll("[data-row]")) {
      part.addEventListener("mouseenter", () => mark(part.dataset.row, true));
      part.addEventListener("mouseleave", () => mark(part.dataset.row, false));
    }
    for (const band of this.sheet.querySelectorAll(".band")) {
      band.addEventListener("click", () => {
        const link = document.querySelector(`.rows [data-row="${band.dataset.row}"] a.row`);
        if (link && !String(getSelection())) location.replace(link.href);
      });
    }
  }

  showLit() {
    const band = this.sheet.querySelector(".band.lit");
    if (!band) return;
    const place = band.getBoundingClientRect();
    const view = this.window.getBoundingClientRect();
    this.window.scrollTop += place.top - view.top - view.height / 2;
    const reading = document.querySelector(".rows .lit");
    const column = document.querySelector(".readings");
    if (reading && column.scrollHeight > column.clientHeight) {
      column.scrollTop = reading.offsetTop - column.clientHeight / 2;
    }
  }

  key(name) {
    const acts = { "+": "in", "=": "in", "-": "out", r: "turn", l: "light" };
    if (!(name in acts)) return false;
    this.act(acts[name]);
    return true;
  }
}

function moveAmongResults(step) {
  const results = [...document.querySelectorAll(".results > li")];
  if (!results.length) return;
  const here = results.findIndex((item) => item.contains(document.activeElement));
  results[Math.min(results.length - 1, Math.max(0, here + step))].focus();
}

function listen(viewer) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") { event.preventDefault(); focusSearch(); return; }
    if (event.key === "j" || event.key === "k") { moveAmongResults(event.key === "j" ? 1 : -1); return; }
    if (viewer && viewer.key(event.key)) { event.preventDefault(); return; }
    if (event.target.closest("[data-window]") && viewer && viewer.scale > 1) return;
    const link = document.querySelector(`[data-key="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });
}

offerCopies();
foldFacets();
const root = document.querySelector("[data-viewer]");
listen(root ? new Viewer(root) : null);
