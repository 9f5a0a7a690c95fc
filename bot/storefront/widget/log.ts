// The thread on the screen. What stands there is never built twice: a new message is one new element, so nothing flickers.
import { Over } from "./card";
import { Chat } from "./chat";
import { button, h, icon, iconButton, icons } from "./dom";
import { markdown } from "./markdown";
import { dots, metaLine, named, nameOf, ours } from "./marks";
import { picture } from "./picture";
import { clock, Words } from "./texts";
import { Message, Pending } from "./types";

export class Log {
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly greeting: HTMLElement;
  private readonly now: HTMLElement; // what is being written
  private readonly jump: HTMLButtonElement;
  readonly scroller: HTMLElement;
  private readonly rows = new Map<string, HTMLElement>();
  private readonly joined = new Set<string>();
  private shown = "";
  private stick = true;
  private size = 0;

  constructor(
    private readonly chat: Chat,
    private readonly t: Words,
    private readonly over: Over,
    private readonly say: (text: string) => void,
    private readonly person: () => void,
  ) {
    this.greeting = h("div", { class: "greeting" });
    this.list = h("div", { class: "list", role: "log", "aria-live": "polite", "aria-label": t("open") });
    this.now = h("div", { class: "row now", hidden: true });
    this.jump = button("jump", () => this.toEnd(), t("newer"));
    this.jump.hidden = true;
    this.scroller = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("open"), scroll: () => this.scrolled() }, this.greeting, this.list, this.now);
    this.element = h("div", { class: "log" }, this.scroller, this.jump);
    new ResizeObserver(() => this.stick && this.bottom()).observe(this.scroller);
  }

  // greet says first that it is a bot, and offers what is asked most while nothing was said.
  greet(): void {
    const { config, configFailed } = this.chat;
    if (!config) {
      this.greeting.replaceChildren(configFailed
        ? h("div", { class: "trouble", role: "alert" }, h("p", {}, this.t("broken")), button("soft", () => void this.chat.load(), this.t("again")))
        : h("div", { class: "row bot" }, h("div", { class: "bubble" }, dots())));
      return;
    }
    const asks = config.suggestions.map((q) => button("choice", () => this.say(q), q));
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
    const drafted = this.drafting;
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
      while (place?.matches(".note")) place = place.nextElementSibling; // what was noted stays where it happened
      if (row !== place) this.list.insertBefore(row, place);
      if ("name" in item) this.joins(item, item.name, row);
      this.group(row);
      before = row;
    }
    // The newest message of all and the visitor's own newest say when; the latter's does not go away under an answer that comes in.
    const [last] = wanted.slice(-1);
    const [own] = wanted.filter(([key]) => key[0] === "p").slice(-1);
    this.rows.forEach((row, key) => {
      row.classList.toggle("last", key === last?.[0]);
      row.classList.toggle("own", key === own?.[0]);
    });
    const choices = this.greeting.querySelector<HTMLElement>(".choices");
    if (choices) choices.hidden = this.chat.started;
    this.live();
    if (added && !drafted) this.follow(); // what was read while it came stays where it is
  }

  // live shows the draft, or that somebody is writing. The finished message takes the draft's place: same name, same words, same spot.
  live(): void {
    const { typist, answering } = this.chat;
    const draft = answering ? this.chat.draft : ""; // one that comes after its answer is over with it
    const visible = !!(typist || answering);
    const who = typist || this.t("botName");
    const shown = visible ? who + "\n" + draft : "";
    if (shown && shown !== this.shown) {
      this.now.className = "row now " + (typist ? "agent" : "bot") + (draft ? " drafting" : "");
      this.now.replaceChildren(named(who, !!typist), draft ? h("div", { class: "bubble", "aria-hidden": "true" }, markdown(draft)) : h("div", { class: "bubble" }, dots(), h("span", { class: "hide" }, this.t("typing", who))));
      this.group(this.now, this.list.lastElementChild);
    }
    this.shown = shown;
    if (this.now.hidden === visible) this.now.hidden = !visible;
    if (visible) this.follow();
  }

  private get drafting(): boolean {
    return this.now.matches(".drafting:not([hidden])");
  }

  // state tells of a colleague who has come.
  state(): void {
    const { agent, case: stage } = this.chat.state;
    if (stage === "claimed") this.joins([...this.chat.messages.values()].pop(), agent);
  }

  // joins tells once in an episode that a colleague has come: when they come, or, when the thread is loaded anew, over what they wrote first.
  private joins(m?: Message, name?: string, row?: Element): void {
    const key = m?.episode + ":" + name;
    if (!name || this.joined.has(key)) return;
    this.joined.add(key);
    this.note(this.t("joined", name), false, row);
  }

  // group lets one name stand over all that somebody writes in a row.
  private group(row: Element, before = row.previousElementSibling): void {
    row.classList.toggle("more", nameOf(row) === nameOf(before));
  }

  note(text: string, bad = false, over: Element | null = null): void {
    this.list.insertBefore(h("p", { class: bad ? "note bad" : "note", role: bad && "alert" }, text), over);
    this.follow();
  }

  toEnd(): void {
    this.stick = true;
    this.bottom();
  }

  // bottom goes on to the end, but no further than the first line of what came last: it is read from its beginning.
  private bottom(): void {
    const s = this.scroller;
    const last = this.drafting ? this.now : this.list.lastElementChild; // mere dots take nobody away from what they read
    const end = s.scrollHeight - s.clientHeight;
    const first = last?.matches(".bot, .agent, .system") ? (last as HTMLElement).offsetTop : end;
    const to = end - first < 20 ? end : first - 12; // a name may go out of sight for what would be cut off below
    if (to > s.scrollTop) s.scrollTop = to;
    this.jump.hidden = true;
  }

  // reveal brings to sight what has just appeared.
  private reveal(what: HTMLElement): void {
    const s = this.scroller;
    s.scrollTop = Math.max(s.scrollTop, what.offsetTop + what.offsetHeight - s.clientHeight + 12);
  }

  private follow(): void {
    if (this.stick) this.bottom();
    else this.jump.hidden = false;
  }

  // scrolled lets go of the end only when the visitor moved away from it, not when what is around the thread grew.
  private scrolled(): void {
    const s = this.scroller;
    const size = s.scrollHeight - s.clientHeight;
    if (size === this.size) this.stick = size - s.scrollTop < 140;
    this.size = size;
    if (this.stick) this.jump.hidden = true;
  }

  private row(item: Message | Pending): HTMLElement {
    if (!("seq" in item)) {
      return h("div", { class: "row shopper" }, h("span", { class: "hide" }, this.t("you") + ": "), item.image ? this.picture(Promise.resolve(item.image)) : h("div", { class: "bubble" }, item.text), metaLine());
    }
    const mine = item.author === "shopper";
    const name = mine ? this.t("you") : item.author === "agent" ? item.name ?? "" : item.author === "bot" ? this.t("botName") : this.t("shop");
    const body = item.kind === "image" ? this.picture(this.chat.image(item.text)) : h("div", { class: "bubble", lang: item.language }, mine ? item.text : markdown(item.text));
    return h("div", { class: "row " + item.author },
      mine ? h("span", { class: "hide" }, name + ": ") : named(name, item.author === "agent"),
      body,
      item.sources && h("div", { class: "chips" }, ...item.sources.slice(0, 3).map((s) => button("chip", () => this.article(s.ref), icon(icons.page), h("span", {}, ours(item.language, this.chat.locale) ? this.t("from", s.title) : s.title)))),
      item.options && this.options(item.options),
      ...(item.author === "bot" && item.kind === "text" ? this.thumbs(item) : [metaLine()]),
      item.near && h("div", { class: "chips follow", role: "group", "aria-label": this.t("ask") }, ...item.near.map((q) => button("chip", () => this.say(q), q))));
  }

  private article(ref: string): void {
    this.over(async (body) => {
      const a = await this.chat.article(ref);
      const day = new Date(a.updated).toLocaleDateString(this.chat.locale, { dateStyle: "long" });
      body.replaceChildren(h("h2", {}, a.title), markdown(a.answer), h("p", { class: "small" }, this.t("updated", day)));
    });
  }

  // options are the choices of a question back, with a way out of them, after which they still stand there: who mistook one may take it.
  private options(all: string[]): HTMLElement {
    const on = this.instead();
    const group = h("div", { class: "choices inline", role: "group" }, ...all.map((o) => button("choice", () => this.say(o), o)), button("choice", (e) => {
      (e.currentTarget as Element).setAttribute("aria-pressed", "true");
      group.append(on);
      this.reveal(group);
      this.say("");
    }, this.t("none")));
    return group;
  }

  private mark(row: HTMLElement, item: Message | Pending): void {
    const meta = row.querySelector<HTMLElement>(".meta")!;
    const state = "seq" in item ? "s" + item.seq : item.failed ? "failed" : this.chat.sent.has(item.id) ? "sent" : "sending";
    if (meta.dataset.state === state) return;
    meta.dataset.state = state;
    if ("seq" in item) meta.replaceChildren(clock(item.at, this.chat.locale), item.author === "shopper" ? " · " + this.t("sent") : "");
    else if (item.failed) meta.replaceChildren(h("b", { role: "alert" }, this.t("failed")), " ", button("plain", () => void this.chat.flush(), this.t("again")));
    else meta.textContent = this.t(state === "sent" ? "sent" : "sending");
  }

  // instead is what is left to do where an answer was none.
  private instead(): HTMLElement {
    return h("p", { role: "status" }, this.t("rephrase"));
  }

  // thumbs say whether an answer helped; where it did not, the way on stands under it.
  private thumbs(m: Message): HTMLElement[] {
    const on = h("div", { class: "choices sorry" });
    const show = (thumb: number) => both.forEach((b, i) => b.setAttribute("aria-pressed", String(thumb === (i ? -1 : 1))));
    const both = [1, -1].map((thumb) => {
      return iconButton("thumb", this.t(thumb > 0 ? "helped" : "notHelped"), icons.up, () => {
        const now = m.thumb === thumb ? 0 : thumb;
        show(now);
        on.replaceChildren(...(now < 0 ? [this.why(m), ...(this.chat.state.holder === "bot" ? [this.instead(), button("choice", this.person, this.t("person"))] : [])] : []));
        this.reveal(on);
        this.chat.thumb(m, now).catch(() => show(m.thumb ?? 0));
      });
    });
    show(m.thumb ?? 0);
    return [h("div", { class: "foot" }, h("div", { class: "thumbs" }, ...both), metaLine()), on];
  }

  // why offers one tap that says what is amiss with an answer.
  private why(m: Message): HTMLElement {
    const all = ["mistaken", "beside", "outdated"].map((why) => button("chip", (e) => {
      const press = (one?: EventTarget | null) => all.forEach((b) => b.setAttribute("aria-pressed", String(b === one)));
      press(e.currentTarget);
      this.chat.thumb(m, -1, why).catch(() => press());
    }, this.t(why)));
    return h("div", { class: "chips", role: "group", "aria-label": this.t("notHelped") }, ...all);
  }

  private picture(source: Promise<Blob>): HTMLElement {
    return picture(source, this.t("picture"), this.over, () => this.stick && this.bottom());
  }
}
