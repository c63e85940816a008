// The page works without this file. It adds the keyboard, copying, and the handling of the sheet.
"use strict";

const typing = (target) => target.closest("input, select, textarea") !== null;

function focusSearch() {
  const box = document.querySelector("[data-search]");
  if (box) { box.focus(); box.select(); }
}

async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Over plain http on a network there is no clipboard: the old way.
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return undefined;
}

function offerCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const before = button.textContent;
    button.addEventListener("click", async () => {
      await copy(button.dataset.copy);
      button.textContent = button.dataset.copied;
      button.focus();
      setTimeout(() => { button.textContent = before; }, 1800);
    });
  }
}

function keysAreOn() { return localStorage.getItem("keys") !== "off"; }

function offerKeySwitch() {
  const button = document.querySelector("[data-keys]");
  if (!button) return;
  const show = () => {
    button.querySelector("[data-state]").textContent = keysAreOn() ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => { localStorage.setItem("keys", keysAreOn() ? "off" : "on"); show(); });
  show();
}

function foldFacets() {
  const facets = document.querySelector("[data-fold]");
  if (!facets) return;
  // Where there is room the summary that would open them is not shown.
  const narrow = matchMedia("(max-width: 860px)");
  const fold = () => { facets.open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
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
      event.preventDefault();
      const place = this.window.getBoundingClientRect();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - place.left, event.clientY - place.top);
    }, { passive: false });
    this.window.addEventListener("scroll", () => this.follow(), { passive: true });
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

  zoom(factor, x = this.window.clientWidth / 2, y = this.window.clientHeight / 2) {
    const { scrollLeft, scrollTop } = this.window;
    const before = this.scale;
    const whole = this.window.clientHeight / (this.sheet.clientHeight / before);
    this.scale = Math.min(8, Math.max(Math.min(1, whole), before * factor));
    const ratio = this.scale / before;
    this.sheet.style.width = `${this.scale * 100}%`;
    this.window.scrollLeft = (scrollLeft + x) * ratio - x;
    this.window.scrollTop = (scrollTop + y) * ratio - y;
    if (this.scale > 1.2) this.sharpen();
  }

  // The first image is small, to come at once; who looks closer gets the whole one over it.
  sharpen() {
    if (this.sharp) return;
    this.sharp = true;
    const first = this.sheet.querySelector("image");
    const whole = first.cloneNode();
    const { whole: source, width, height } = first.dataset;
    for (const [name, value] of Object.entries({ x: 0, y: 0, width, height, href: source })) {
      whole.setAttribute(name, value);
    }
    first.after(whole);
  }

  // The readings follow the scan: the row in the middle of the window is in the middle of their column.
  follow() {
    const column = document.querySelector(".readings");
    if (!this.window.matches(":hover") || column.scrollHeight <= column.clientHeight) return;
    const view = this.window.getBoundingClientRect();
    const middle = view.top + view.height / 2;
    const away = (band) => {
      const place = band.getBoundingClientRect();
      return Math.abs(place.top + place.height / 2 - middle);
    };
    const bands = [...this.sheet.querySelectorAll(".band")];
    if (!bands.length) return;
    const nearest = bands.reduce((best, band) => (away(band) < away(best) ? band : best));
    const reading = column.querySelector(`[data-row="${nearest.dataset.row}"]`);
    if (reading) column.scrollTop = reading.offsetTop - column.clientHeight / 2;
  }

  turn() {
    this.turned = (this.turned + 90) % 360;
    this.sheet.style.transform = `rotate(${this.turned}deg)`;
  }

  dragging() {
    let from = null;
    this.window.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) {
        event.preventDefault();
        this.window.focus({ preventScroll: true });
        from = { x: event.clientX + this.window.scrollLeft, y: event.clientY + this.window.scrollTop };
        this.dragged = false;
        this.window.classList.add("dragging");
      }
    });
    addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = [from.x - event.clientX, from.y - event.clientY];
      if (Math.abs(x - this.window.scrollLeft) + Math.abs(y - this.window.scrollTop) > 3) this.dragged = true;
      this.window.scrollTo(x, y);
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
        if (link && !this.dragged) link.click();
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
    if (event.key.length === 1 && !keysAreOn()) return;
    if (event.key === "/") { event.preventDefault(); focusSearch(); return; }
    if (event.key === "j" || event.key === "k") { moveAmongResults(event.key === "j" ? 1 : -1); return; }
    if (viewer && viewer.key(event.key)) { event.preventDefault(); return; }
    if (event.target.closest("[data-window]") && viewer && viewer.scale > 1) return;
    const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });
}

offerCopies();
offerKeySwitch();
foldFacets();
const root = document.querySelector("[data-viewer]");
listen(root ? new Viewer(root) : null);
