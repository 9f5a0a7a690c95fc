// The frame: launcher, header, composer, and the page of an article over them.
import { Chat, What } from "./chat";
import { Card } from "./card";
import { h, icon, icons } from "./dom";
import { Log } from "./log";
import { markdown } from "./markdown";
import { keep, recall } from "./keep";
import { locales, words } from "./texts";

export class Panel {
  private t = words("en");
  private open = false;
  private unread = 0;
  private seen = -1;
  private readonly root: HTMLElement;
  private launcher!: HTMLButtonElement;
  private badge!: HTMLElement;
  private panel!: HTMLElement;
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
    if (recall(`frontdesk:${chat.key}:open`) === "1" && innerWidth > 480) this.show(false);
  }

  // build makes everything anew, in the language that the visitor has now.
  private build(): void {
    const t = (this.t = words(this.chat.locale));
    const draft = this.input?.value ?? recall(this.slot("draft"));
    this.root.lang = this.chat.locale;
    this.badge = h("span", { class: "badge", hidden: true });
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": String(this.open), click: () => this.show(true) }, icon(icons.chat), h("span", { class: "label" }, t("open")), this.badge);
    this.log = new Log(this.chat, t, (ref) => void this.showArticle(ref), (text) => this.say(text));
    this.card = new Card(this.chat, t);
    this.title = h("h1", {}, this.chat.config?.name ?? t("title"));
    this.status = h("p", { class: "status" });
    this.line = h("p", { class: "line", role: "status", hidden: true }, t("offline"));
    this.input = h("textarea", { rows: "1", "aria-label": t("write"), placeholder: t("write"), maxlength: "8000", enterkeyhint: "send", keydown: (e: KeyboardEvent) => this.key(e), input: () => this.typed() });
    this.input.value = draft;
    this.personButton = h("button", { type: "button", class: "person", click: () => void this.person() }, icon(icons.person), t("person"));
    const file = h("input", { type: "file", accept: "image/jpeg,image/png,image/webp,image/gif", class: "file", tabindex: "-1", "aria-hidden": "true", change: () => void this.attach(file) });
    this.main = h("div", { class: "main" },
      this.line, this.log.element, this.card.element,
      h("div", { class: "bar" }, this.personButton),
      h("form", { class: "composer", submit: (e: Event) => { e.preventDefault(); this.say(this.input.value, true); } },
        file,
        h("button", { type: "button", class: "icon", "aria-label": t("attach"), title: t("attach"), click: () => file.click() }, icon(icons.clip)),
        this.input,
        h("button", { class: "icon send", "aria-label": t("send"), title: t("send") }, icon(icons.send))));
    this.panel = h("section", { class: "panel", role: "dialog", "aria-label": t("title"), hidden: !this.open, keydown: (e: KeyboardEvent) => e.key === "Escape" && this.hide() },
      h("header", {},
        h("div", { class: "who" }, this.title, this.status),
        this.languages(),
        h("button", { type: "button", class: "icon", "aria-label": t("close"), title: t("close"), click: () => this.hide() }, icon(icons.close))),
      this.main);
    this.root.replaceChildren(this.launcher, this.panel);
    this.launcher.hidden = this.open;
    (["config", "messages", "state", "draft", "line"] as What[]).forEach((what) => this.changed(what));
    this.typed(false);
  }

  private slot(name: string): string {
    return `frontdesk:${this.chat.key}:${name}`;
  }

  private languages(): HTMLElement {
    const select = h("select", { "aria-label": this.t("language"), change: () => { this.chat.setLocale(select.value); this.build(); this.root.querySelector("select")?.focus(); } });
    for (const [value, name] of locales) select.append(h("option", { value, selected: value === this.chat.locale, lang: value }, name));
    return select;
  }

  private show(focus: boolean): void {
    this.open = true;
    this.unread = 0;
    keep(this.slot("open"), "1");
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    if (!this.chat.config) void this.chat.load();
    this.log.toEnd();
    if (focus) this.input.focus({ preventScroll: true });
  }

  private hide(): void {
    this.open = false;
    keep(this.slot("open"), "");
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.changed("messages");
    this.launcher.focus({ preventScroll: true });
  }

  private changed(what: What): void {
    const { chat, t } = this;
    if (what === "config") {
      this.title.textContent = chat.config?.name ?? t("title");
      this.log.greet();
    } else if (what === "messages") {
      this.log.update();
      this.count();
    } else if (what === "draft") {
      this.log.live();
    } else if (what === "line") {
      this.line.hidden = chat.online;
    } else if (what === "state") {
      const s = chat.state;
      const person = s.holder === "queue" || s.holder === "agent";
      this.status.textContent = s.holder === "agent" && s.agent ? t("withPerson", s.agent) : person ? t(s.open ? "waiting" : "closedNoTime") : s.holder === "nobody" ? t("ended") : t("bot");
      this.panel.dataset.holder = s.holder;
      this.personButton.hidden = person;
      this.card.update();
      this.log.state();
    }
  }

  // count marks the launcher with what came while the panel was closed.
  private count(): void {
    let newest = 0;
    this.chat.messages.forEach((m) => {
      if (m.author !== "shopper" && m.seq > this.seen && this.seen >= 0 && !this.open) this.unread++;
      newest = Math.max(newest, m.seq);
    });
    this.seen = this.chat.messages.size ? Math.max(this.seen, newest) : this.seen;
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = String(this.unread);
  }

  private say(text: string, fromInput = false): void {
    if (!text.trim()) return;
    this.chat.send(text.trim());
    if (fromInput) {
      this.input.value = "";
      this.typed(false);
    }
    this.log.toEnd();
    this.input.focus({ preventScroll: true });
  }

  private key(e: KeyboardEvent): void {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.say(this.input.value, true);
    }
  }

  private typed(tell = true): void {
    keep(this.slot("draft"), this.input.value);
    this.input.rows = Math.min(5, Math.max(1, this.input.value.split("\n").length, Math.ceil(this.input.value.length / 34)));
    if (tell && this.input.value.trim()) this.chat.typing();
  }

  private async person(): Promise<void> {
    this.personButton.disabled = true;
    this.status.textContent = this.t("personAsked");
    try {
      await this.chat.person();
      this.input.focus({ preventScroll: true });
    } catch {
      this.log.note(this.t("wrong"), true);
      this.changed("state");
    } finally {
      this.personButton.disabled = false;
    }
  }

  private async attach(file: HTMLInputElement): Promise<void> {
    const picked = file.files?.[0];
    file.value = "";
    if (!picked) return;
    try {
      this.chat.send("", await fit(picked));
      this.log.toEnd();
    } catch {
      this.log.note(this.t("tooLarge"), true);
    }
  }

  private async showArticle(ref: string): Promise<void> {
    const from = this.root.getRootNode() as ShadowRoot;
    const opener = from.activeElement as HTMLElement | null;
    const body = h("div", { class: "text", tabindex: "0" }, h("p", { class: "dots" }, "…"));
    const back = h("button", { type: "button", class: "plain", click: () => close() }, icon(icons.back), this.t("back"));
    const page = h("article", { class: "article", keydown: (e: KeyboardEvent) => { if (e.key === "Escape") { e.stopPropagation(); close(); } } }, back, body);
    const close = () => {
      page.remove();
      this.main.inert = false;
      opener?.focus({ preventScroll: true });
    };
    this.main.inert = true;
    this.panel.append(page);
    back.focus();
    try {
      const a = await this.chat.article(ref);
      body.replaceChildren(h("h2", {}, a.title), markdown(a.answer));
    } catch {
      body.replaceChildren(h("p", {}, this.t("wrong")));
    }
  }
}

// fit brings a large photograph down to what the shop keeps, so that it travels quickly; the server does so, too.
async function fit(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 2000 / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.size < 1_000_000) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext("2d")!.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const kind = file.type === "image/png" && file.size < 4_000_000 ? "image/png" : "image/jpeg";
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, kind, 0.86));
  if (!blob || blob.size > 5 << 20) throw new Error(); // too large
  return blob;
}
