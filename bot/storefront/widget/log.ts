// The thread on the screen. What stands there is never built twice: a new message is one new element, so nothing flickers.
import { Chat } from "./chat";
import { h, icon, icons } from "./dom";
import { markdown } from "./markdown";
import { clock, Words } from "./texts";
import { Message, Pending } from "./types";

export class Log {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly bubble: HTMLElement; // what is being written now
  private readonly jump: HTMLButtonElement;
  readonly scroller: HTMLElement;
  private readonly rows = new Map<string, HTMLElement>();
  private shownDraft = "";
  private agent = "";
  private stick = true;
  private size = 0;

  constructor(
    private readonly chat: Chat,
    private readonly t: Words,
    private readonly article: (ref: string) => void,
    private readonly say: (text: string) => void,
  ) {
    this.greeting = h("div", { class: "greeting" });
    this.list = h("div", { class: "list", role: "log", "aria-live": "polite", "aria-label": t("title") });
    this.bubble = h("div", { class: "row bot now", hidden: true });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, click: () => this.toEnd() }, t("newer"));
    this.scroller = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("title"), scroll: () => this.scrolled() }, this.greeting, this.list, this.bubble);
    this.element = h("div", { class: "log" }, this.scroller, this.jump);
    this.agent = chat.state.agent ?? "";
    new ResizeObserver(() => this.stick && this.bottom()).observe(this.scroller);
  }

  // greet says first that it is a bot, and offers what is asked most while nothing was said.
  greet(): void {
    const { config, configFailed } = this.chat;
    if (!config) {
      this.greeting.replaceChildren(configFailed
        ? h("div", { class: "trouble", role: "alert" }, h("p", {}, this.t("broken")), h("button", { type: "button", class: "soft", click: () => void this.chat.load() }, this.t("again")))
        : h("div", { class: "row bot" }, h("div", { class: "bubble" }, dots())));
      return;
    }
    const asks = config.suggestions.map((q) => h("button", { type: "button", class: "choice", click: () => this.say(q) }, q));
    this.greeting.replaceChildren(
      h("div", { class: "row bot" }, h("div", { class: "name" }, this.t("botName")), h("div", { class: "bubble" }, config.greeting)),
      h("div", { class: "choices", role: "group", "aria-label": this.t("ask"), hidden: this.chat.started || !asks.length }, h("p", {}, this.t("ask")), ...asks));
  }

  update(): void {
    const wanted: [string, Message | Pending][] = [...this.chat.messages.values()].sort((a, b) => a.seq - b.seq).map((m) => [m.id && m.author === "shopper" ? "p" + m.id : "s" + m.seq, m]);
    this.chat.sent.forEach((p) => wanted.push(["p" + p.id, p]));
    this.chat.outbox.forEach((p) => wanted.push(["p" + p.id, p]));
    const keys = new Set(wanted.map(([key]) => key));
    this.rows.forEach((row, key) => {
      if (!keys.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    });
    let before: HTMLElement | undefined;
    let added = false;
    for (const [key, item] of wanted) {
      let row = this.rows.get(key);
      if (!row) {
        this.rows.set(key, (row = this.row(item)));
        added = true;
      }
      this.mark(row, item);
      let place = before ? before.nextElementSibling : this.list.firstElementChild;
      while (place?.classList.contains("note")) place = place.nextElementSibling; // what was noted stays where it happened
      if (row !== place) this.list.insertBefore(row, place);
      before = row;
    }
    const last = wanted.at(-1)?.[0] ?? "";
    this.rows.forEach((row, key) => row.classList.toggle("last", key === last));
    const choices = this.greeting.querySelector<HTMLElement>(".choices");
    if (choices) choices.hidden = this.chat.started;
    this.live();
    if (added) this.follow();
  }

  // live shows the draft, or that somebody is writing. Where the finished message takes the draft's place nothing moves.
  live(): void {
    const { draft, typist, answering } = this.chat;
    const visible = !!draft || !!typist || answering;
    if (draft && draft !== this.shownDraft) {
      this.bubble.replaceChildren(h("div", { class: "bubble", "aria-hidden": "true" }, markdown(draft)));
    } else if (!draft && visible) {
      const who = typist || this.t("botName");
      if (this.bubble.dataset.who !== who || this.shownDraft || !this.bubble.firstChild) {
        this.bubble.replaceChildren(h("div", { class: "bubble" }, dots(), h("span", { class: "hide" }, this.t("typing", who))));
      }
      this.bubble.dataset.who = who;
    }
    this.shownDraft = draft;
    if (this.bubble.hidden === visible) this.bubble.hidden = !visible;
    if (visible) this.follow();
  }

  // state tells once that a colleague has come.
  state(): void {
    const { agent, case: stage } = this.chat.state;
    if (agent && agent !== this.agent && stage === "claimed") this.note(this.t("joined", agent));
    this.agent = agent ?? "";
  }

  note(text: string, bad = false): void {
    this.list.append(h("p", { class: bad ? "note bad" : "note", role: bad ? "alert" : undefined }, text));
    this.follow();
  }

  toEnd(): void {
    this.stick = true;
    this.bottom();
  }

  private bottom(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.jump.hidden = true;
  }

  private follow(): void {
    if (this.stick) this.bottom();
    else this.jump.hidden = false;
  }

  // scrolled lets go of the end only when the visitor moved away from it, not when what is around the thread grew.
  private scrolled(): void {
    const s = this.scroller;
    const size = s.scrollHeight - s.clientHeight;
    if (size === this.size) this.stick = size - s.scrollTop < 60;
    this.size = size;
    if (this.stick) this.jump.hidden = true;
  }

  private row(item: Message | Pending): HTMLElement {
    if (!("seq" in item)) {
      return h("div", { class: "row shopper" }, h("span", { class: "hide" }, this.t("you") + ": "), item.image ? this.picture(item.image) : h("div", { class: "bubble" }, item.text), h("div", { class: "meta" }));
    }
    const mine = item.author === "shopper";
    const name = mine ? this.t("you") : item.author === "agent" ? item.name ?? "" : item.author === "bot" ? this.t("botName") : this.t("shop");
    const body = item.kind === "image" ? this.picture(item.text) : h("div", { class: "bubble", lang: item.language }, mine ? item.text : markdown(item.text));
    return h("div", { class: "row " + item.author },
      mine ? h("span", { class: "hide" }, name + ": ") : h("div", { class: "name" }, name),
      body,
      item.sources && h("div", { class: "chips" }, ...item.sources.slice(0, 3).map((s) => h("button", { type: "button", class: "chip", click: () => this.article(s.ref) }, icon(icons.page), h("span", {}, ours(item.language, this.chat.locale) ? this.t("from", s.title) : s.title)))),
      item.options && this.options(item.options),
      item.author === "bot" && item.kind === "text" && this.thumbs(item),
      h("div", { class: "meta" }));
  }

  // options are the choices of a question back, with a way out of them.
  private options(all: string[]): HTMLElement {
    const choice = (text: string, click: () => void) => h("button", { type: "button", class: "choice", click }, text);
    const group = h("div", { class: "choices inline", role: "group" }, ...all.map((o) => choice(o, () => this.say(o))), choice(this.t("none"), () => {
      group.replaceChildren(h("p", { role: "status" }, this.t("rephrase")));
      this.say("");
    }));
    return group;
  }

  private mark(row: HTMLElement, item: Message | Pending): void {
    const meta = row.querySelector<HTMLElement>(".meta")!;
    const state = "seq" in item ? "s" + item.seq : item.failed ? "failed" : this.chat.sent.has(item.id) ? "sent" : "sending";
    if (meta.dataset.state === state) return;
    meta.dataset.state = state;
    if ("seq" in item) meta.replaceChildren(clock(item.at, this.chat.locale), item.author === "shopper" ? " · " + this.t("sent") : "");
    else if (item.failed) meta.replaceChildren(h("b", {}, this.t("failed")), " ", h("button", { type: "button", class: "plain", click: () => void this.chat.flush() }, this.t("again")));
    else meta.textContent = this.t(state === "sent" ? "sent" : "sending");
  }

  private thumbs(m: Message): HTMLElement {
    const make = (thumb: number) => {
      const label = this.t(thumb > 0 ? "helped" : "notHelped");
      const b = h("button", { type: "button", class: "thumb", "aria-label": label, title: label, "aria-pressed": String(m.thumb === thumb), click: () => {
        this.chat.thumb(m, m.thumb === thumb ? 0 : thumb);
        both.forEach((x, i) => x.setAttribute("aria-pressed", String(m.thumb === (i ? -1 : 1))));
      } }, icon(thumb > 0 ? icons.up : icons.down));
      return b;
    };
    const both = [make(1), make(-1)];
    return h("div", { class: "thumbs" }, ...both);
  }

  // picture paints on a canvas: a host page's policy for images does not reach it, and the token stays in a header.
  private picture(source: Blob | string): HTMLElement {
    const canvas = h("canvas", { class: "picture", role: "img", "aria-label": this.t("picture"), width: "240", height: "180" });
    const paint = async () => {
      const bitmap = await createImageBitmap(typeof source === "string" ? await this.chat.image(source) : source);
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
      if (this.stick) this.bottom();
    };
    paint().catch(() => canvas.replaceWith(h("div", { class: "bubble" }, this.t("picture"))));
    return canvas;
  }
}

// ours says whether a message is in the language of our own words, so that they may stand beside its.
function ours(language: string | undefined, locale: string): boolean {
  return !language || language.split("-")[0] === locale;
}

function dots(): HTMLElement {
  return h("span", { class: "dots", "aria-hidden": "true" }, h("i", {}), h("i", {}), h("i", {}));
}
