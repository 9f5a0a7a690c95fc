// The frame: launcher, header, composer, and the page of an article over them.
import { Chat, What } from "./chat";
import { Card, Over } from "./card";
import { button, h, icon, iconButton, icons } from "./dom";
import { Log } from "./log";
import { face } from "./marks";
import { shrunk } from "./picture";
import { keep, recall } from "./keep";
import { locales, Texts, words } from "./texts";

export class Panel {
  private t = words("", {});
  private texts?: Texts; // what is on the screen is built with
  private open = false;
  private unread = 0;
  private news?: () => void; // says, on a page over the thread, what comes under it
  private readonly root: HTMLElement;
  private launcher!: HTMLButtonElement;
  private badge!: HTMLElement;
  private panel!: HTMLElement;
  private picker!: HTMLSelectElement;
  private head!: HTMLElement;
  private title!: HTMLElement;
  private status!: HTMLElement;
  private line!: HTMLElement;
  private input!: HTMLTextAreaElement;
  private personButton!: HTMLButtonElement;
  private main!: HTMLElement;
  private log!: Log;
  private card!: Card;

  constructor(shadow: ShadowRoot, private readonly chat: Chat) {
    this.root = h("div", { class: "root" });
    shadow.append(this.root);
    this.build();
    chat.on((what) => this.changed(what));
    this.fit();
    for (const name of ["resize", "scroll"]) visualViewport?.addEventListener(name, () => this.fit(), { signal: chat.over.signal });
    addEventListener("message", (e) => this.told(e), { signal: chat.over.signal });
    // On a phone the panel covers the shop: there it comes back by itself only where the visitor loads the same page again.
    const [load] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (recall(chat.slot("open")) && (!small() || load?.type === "reload")) this.show(false);
  }

  // fit keeps the panel within what a phone's keyboard leaves of the screen.
  private fit(): void {
    const v = visualViewport;
    const set = (name: string, px: number) => (v && small() && v.scale < 1.05 ? this.root.style.setProperty(name, px + "px") : this.root.style.removeProperty(name));
    set("--tall", v?.height ?? 0);
    set("--top", v?.offsetTop ?? 0);
  }

  // told hears the shop's own page, which stands in the same window: {frontdesk: "open" | "close"}, and
  // {frontdesk: "context", product, order}. The server lets nobody in from a site that is not registered.
  private told(e: MessageEvent): void {
    if (e.origin !== location.origin || e.source !== window) return;
    const { frontdesk, ...rest } = Object(e.data);
    if (frontdesk === "open") this.show(true);
    else if (frontdesk === "close") this.hide();
    else if (frontdesk === "context") {
      this.chat.context = {};
      for (const name of ["product", "order"]) if (rest[name]) this.chat.context[name] = String(rest[name]).slice(0, 300);
    }
  }

  // tell tells the shop's own page, and no other.
  private tell(frontdesk: string, count?: number): void {
    postMessage({ frontdesk, count }, location.origin);
  }

  // build makes everything anew, in the language that the visitor has now.
  private build(): void {
    this.texts = this.chat.texts;
    const t = (this.t = words(this.chat.locale, this.texts));
    const draft = this.input?.value ?? recall(this.chat.slot("draft"));
    const at = (this.root.getRootNode() as ShadowRoot).activeElement;
    const back = at && (at === this.input ? () => this.input : at === this.picker && (() => this.picker));
    this.root.lang = this.chat.locale;
    this.badge = h("span", { class: "badge", hidden: true });
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", click: () => this.show(true) }, icon(icons.chat), h("span", { class: "label" }, t("open")), this.badge);
    this.log = new Log(this.chat, t, this.over, (text) => this.say(text), () => void this.person());
    this.card = new Card(this.chat, t, this.over, (text, bad) => {
      this.log.note(text, bad);
      this.log.scroller.focus({ preventScroll: true });
    });
    this.title = h("h1", {});
    this.status = h("p", { class: "status" });
    this.line = h("p", { class: "line", role: "status", hidden: true }, t("offline"));
    this.input = h("textarea", { rows: "1", "aria-label": t("write"), placeholder: t("write"), maxlength: "8000", enterkeyhint: "send", keydown: (e: KeyboardEvent) => this.key(e), input: () => this.typed(), paste: (e: ClipboardEvent) => {
      if (!e.clipboardData!.getData("text")) this.dropped(e, e.clipboardData!);
    } });
    this.input.value = draft;
    this.personButton = button("person", () => void this.person(), icon(icons.person), t("person"));
    const file = h("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif", class: "file", multiple: true, hidden: true, change: () => {
      void this.attach(file.files!);
      file.value = "";
    } });
    this.main = h("div", { class: "main" },
      this.line, this.log.element, this.card.element,
      h("div", { class: "bar" }, this.personButton, ...this.card.actions),
      h("form", { class: "composer", submit: (e: Event) => { e.preventDefault(); this.say(this.input.value, true); } },
        file,
        iconButton("icon", t("attach"), icons.clip, () => file.click()),
        this.input,
        iconButton("icon send", t("send"), icons.send)));
    this.panel = h("section", { class: "panel", role: "dialog", "aria-label": t("open"), hidden: !this.open, keydown: (e: KeyboardEvent) => e.key === "Escape" && this.hide(), dragover: (e: DragEvent) => e.dataTransfer!.types.includes("Files") && e.preventDefault(), drop: (e: DragEvent) => this.dropped(e, e.dataTransfer!) },
      (this.head = h("header", {},
        h("div", { class: "who" }, this.title, this.status),
        (this.picker = this.languages()),
        iconButton("icon", t("close"), icons.close, () => this.hide()))),
      this.main);
    this.root.replaceChildren(this.launcher, this.panel);
    this.launcher.hidden = this.open;
    (["config", "messages", "state", "draft", "line"] as What[]).forEach((what) => this.changed(what));
    this.typed(false);
    if (back) back().focus({ preventScroll: true });
  }

  private write(): void {
    this.input.focus({ preventScroll: true });
  }

  private languages(): HTMLSelectElement {
    const select = h("select", { "aria-label": this.t("language"), change: () => this.chat.setLocale(select.value) });
    for (const [value, name] of locales) select.append(h("option", { value, selected: value === this.chat.locale, lang: value }, name));
    return select;
  }

  private show(focus: boolean): void {
    this.turn(true);
    if (!this.chat.config) void this.chat.load();
    this.log.toEnd();
    this.changed("messages");
    if (focus) this.write();
  }

  private hide(): void {
    if (!this.open) return;
    this.turn(false);
    this.launcher.focus({ preventScroll: true });
  }

  private turn(open: boolean): void {
    keep(this.chat.slot("open"), open ? "1" : "");
    this.panel.hidden = !open;
    this.launcher.hidden = this.open = open;
    this.tell(open ? "opened" : "closed");
  }

  private changed(what: What): void {
    const { chat, t } = this;
    if (what === "config") {
      if (this.texts !== chat.texts) return this.build();
      this.title.textContent = chat.config?.name ?? t("open");
      this.picker.value = chat.locale;
      this.log.greet();
    } else if (what === "messages") {
      this.log.update();
      this.card.update();
      this.count();
    } else if (what === "draft") {
      this.log.live();
    } else if (what === "line") {
      this.line.hidden = chat.online;
      this.changed("state"); // nothing answers right away
    } else if (what === "state") {
      const s = chat.state;
      const person = s.holder === "queue" || s.holder === "agent";
      this.status.textContent = !chat.online ? "" : s.holder === "agent" && s.agent ? t("withPerson", s.agent) : person ? t(s.open ? "waiting" : "closedNoTime") : s.holder === "nobody" ? t("ended") : t("bot");
      this.panel.dataset.holder = s.holder;
      this.head.dataset.face = s.holder === "agent" ? face(s.agent ?? "") : "";
      this.personButton.hidden = person || !t("person");
      this.card.update();
      this.log.state();
      this.news?.();
    }
  }

  // count marks the launcher, or the way back from a page over the thread, with what came since the thread was last before
  // somebody's eyes, in this tab or another.
  private count(): void {
    const slot = this.chat.slot("seen");
    const newest = Math.max(0, ...this.chat.messages.keys());
    if (this.open && !this.main.inert && newest && !document.hidden) keep(slot, String(newest));
    let unread = 0;
    this.chat.messages.forEach((m) => m.author !== "shopper" && m.seq > Number(recall(slot)) && unread++);
    this.badge.hidden = !unread;
    this.badge.textContent = String(unread);
    if (unread !== this.unread) this.tell("unread", (this.unread = unread));
    this.news?.();
  }

  private say(text: string, fromInput = false): void {
    if (text.trim()) {
      this.chat.send(text.trim());
      if (fromInput) {
        this.input.value = "";
        this.typed(false);
      }
      this.log.toEnd();
    }
    this.write();
  }

  private key(e: KeyboardEvent): void {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.say(this.input.value, true);
    }
  }

  private typed(tell = true): void {
    keep(this.chat.slot("draft"), this.input.value);
    this.input.rows = Math.min(5, Math.max(1, this.input.value.split("\n").length, Math.ceil(this.input.value.length / 34)));
    if (tell && this.input.value.trim()) this.chat.typing();
  }

  private async person(): Promise<void> {
    this.personButton.disabled = true;
    this.status.textContent = this.t("personAsked");
    try {
      await this.chat.pass("person");
      this.write();
    } catch {
      this.log.note(this.t("wrong"), true);
      this.changed("state");
    } finally {
      this.personButton.disabled = false;
    }
  }

  private async attach(files: FileList): Promise<void> {
    this.root.querySelectorAll(".note.bad").forEach((said) => said.remove()); // of what was tried before
    for (const file of Array.from(files)) {
      try {
        this.chat.send("", await shrunk(file));
        this.log.toEnd();
      } catch {
        this.log.note(this.t("tooLarge", file.name), true);
      }
    }
  }

  // dropped takes pictures that were pasted, or dragged onto the panel; other things go where they would have gone.
  private dropped(e: Event, from: DataTransfer): void {
    if (!from.files.length) return;
    e.preventDefault();
    void this.attach(from.files);
  }

  // over puts a page over the panel, with a way back to where the visitor was, which says, once, what has come there meanwhile.
  private over: Over = (fill) => {
    const opener = (this.root.getRootNode() as ShadowRoot).activeElement as HTMLElement | null;
    const body = h("div", { class: "text", tabindex: "0" });
    const close = () => {
      page.remove();
      this.main.inert = false;
      this.count();
      (opener?.isConnected && !opener.hidden ? opener : this.input).focus({ preventScroll: true });
    };
    const back = button("plain", close, icon(icons.back), this.t("back"));
    const { status } = this;
    const before = status.textContent;
    this.news = () => {
      const { t, unread } = this;
      const told = [t("back"), unread && t(unread > 1 ? "news" : "new", unread), status.textContent !== before && status.textContent].filter(Boolean).join(" · ");
      if (back.lastChild!.textContent !== told) back.lastChild!.textContent = told;
    };
    const page = h("article", { class: "article", keydown: (e: KeyboardEvent) => { if (e.key === "Escape") { e.stopPropagation(); close(); } } }, h("div", { "aria-live": "polite" }, back), body);
    this.main.inert = true;
    this.panel.append(page);
    back.focus({ preventScroll: true });
    Promise.resolve(fill(body, close)).catch(() => body.replaceChildren(h("p", {}, this.t("wrong"))));
  };
}

function small(): boolean {
  return innerWidth <= 480;
}
