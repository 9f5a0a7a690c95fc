// The conversation as this tab knows it: what the server has, and what can be done in it.
import { Event } from "./api";
import { keep, recall, recallList } from "./keep";
import { Outbox } from "./outbox";
import { Texts } from "./texts";
import { Article, Config, Message, Pending, Reach, Shared, State } from "./types";

// fresh is how things stand before anything was said.
const fresh: State = { holder: "bot", answering: false, case: "none", open: true };

export class Chat extends Outbox {
  state = fresh;
  config?: Config;
  configFailed = false;
  texts: Texts = {};
  draft = "";
  typist = "";
  private kept = "";
  private typistTimer = 0;
  private typedAt = 0;

  constructor(base: string, key: string, public locale: string) {
    super(base, key);
    this.remember();
  }

  begin(): void {
    super.begin();
    addEventListener("storage", this.stored, { signal: this.over.signal });
    this.outbox = recallList(this.slot("outbox"));
    this.adopt(recall(this.slot("token")));
    void this.flush();
  }

  get started(): boolean {
    return this.messages.size + this.outbox.length + this.sent.size > 0;
  }

  // answering says that the bot's typing is to be shown: the server said so, or a message has just gone off to it.
  get answering(): boolean {
    return this.state.answering || Date.now() < this.expecting;
  }

  // load gets the shop's greeting and our words in a language, which is the visitor's from then on.
  async load(locale = this.locale): Promise<void> {
    try {
      this.config = await this.api.json<Config>("GET", "/config?locale=" + locale);
      this.configFailed = false;
      this.locale = locale;
      keep(this.slot("texts"), JSON.stringify([locale, this.config.texts]));
      this.remember();
    } catch {
      this.configFailed = true;
    }
    this.tell("config");
  }

  // remember takes the words that came last, if they are in the visitor's language.
  private remember(): void {
    const kept = recall(this.slot("texts"));
    if (kept === this.kept) return;
    this.kept = kept;
    const [locale, texts] = recallList(this.slot("texts"));
    this.texts = locale === this.locale ? texts : {};
  }

  setLocale(locale: string): void {
    keep(this.slot("locale"), locale);
    void this.load(locale);
  }

  // context is what the shop's page has told of itself: the product or the order that is looked at.
  context: Record<string, string> = {};

  private about(): object {
    return { locale: this.locale, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, context: { page: location.origin + location.pathname, ...this.context } };
  }

  // ---- speaking

  send(text: string, image?: Blob): void {
    if (!this.answering) this.draft = ""; // of a turn that is over
    if (this.state.holder === "bot" || this.state.holder === "nobody") {
      this.expecting = Date.now() + 5000;
      setTimeout(() => this.tell("draft"), 5100);
    }
    this.enqueue({ id: crypto.getRandomValues(new Uint32Array(4)).join("-"), text, image });
  }

  protected async post({ id, text, image }: Pending): Promise<void> {
    await this.ensure();
    if (image) await this.api.request("POST", "/images?id=" + id, image);
    else await this.api.json("POST", "/messages", { id, text, ...this.about() });
  }

  // ensure begins a conversation unless this or another tab has one. Tabs take turns where the browser lets them.
  private async ensure(): Promise<void> {
    if (this.api.token) return;
    const make = async () => {
      const known = recall(this.slot("token"));
      if (known) return this.adopt(known);
      const started = await this.api.json<{ token: string; state: State }>("POST", "/conversations", this.about());
      keep(this.slot("token"), started.token);
      this.state = started.state;
      this.adopt(started.token);
    };
    if (navigator.locks) await navigator.locks.request(this.slot("begin"), make);
    else await make();
  }

  // pass asks for a person, or gives the conversation back to the bot.
  async pass(to: "person" | "bot"): Promise<void> {
    await this.ensure();
    this.state = await this.api.json<State>("POST", "/" + to);
    this.draft = "";
    this.expecting = 0;
    this.tell("state");
    this.tell("draft");
  }

  typing(): void {
    if (!this.api.token || Date.now() - this.typedAt < 3000) return;
    this.typedAt = Date.now();
    this.api.request("POST", "/typing").catch(() => undefined);
  }

  // typed is the newest address or number of their own that the visitor wrote in this episode, unless it is the one that we have.
  typed(): Reach | undefined {
    const mine = [...this.messages.values()].sort((a, b) => b.seq - a.seq);
    const wrote = mine.find((m) => m.contact && m.episode === mine[0].episode)?.contact;
    return wrote && Object.entries(wrote).some(([kind, where]) => this.state.reach?.[kind as keyof Reach] !== where) ? wrote : undefined;
  }

  private judging: Promise<unknown> = Promise.resolve();

  // thumb keeps one judgement after the other, so that the last one holds; what fails is as it was.
  thumb(m: Message, thumb: number, why?: string): Promise<unknown> {
    const before = m.thumb;
    m.thumb = thumb;
    const kept = this.judging.then(() => this.api.request("POST", "/thumbs", { seq: m.seq, thumb, why }));
    this.judging = kept.catch(() => (m.thumb = before));
    return kept;
  }

  async rate(score: number, comment: string): Promise<void> {
    await this.api.request("POST", "/rating", { score, comment });
    this.state = { ...this.state, rated: true };
    this.tell("state");
  }

  async contact(email: string, phone: string): Promise<void> {
    await this.api.request("POST", "/contact", { email, phone });
    this.state = { ...this.state, reach: { email, phone } };
    this.tell("state");
  }

  shared(): Promise<Shared> {
    return this.api.json("GET", "/shared");
  }

  async correct(text: string, wanted: string): Promise<void> {
    await this.api.request("POST", "/shared", { text, wanted });
  }

  article(ref: string): Promise<Article> {
    return this.api.json("GET", `/article?ref=${encodeURIComponent(ref)}&locale=${this.locale}`);
  }

  async image(id: string): Promise<Blob> {
    return (await this.api.request("GET", "/images/" + encodeURIComponent(id))).blob();
  }

  // ---- hearing

  protected forget(): void {
    this.messages.clear();
    this.state = fresh;
    this.tell("messages");
    this.tell("state");
  }

  private stored = (e: StorageEvent): void => {
    if (e.key === this.slot("token") && e.newValue) this.adopt(e.newValue);
    if (e.key === this.slot("seen")) this.tell("messages");
  };

  protected take(e: Event): void {
    const data = JSON.parse(e.data);
    if (e.name === "message") this.heard(data as Message);
    else if (e.name === "state") {
      this.state = data as State;
      if (!this.state.answering) {
        this.draft = "";
        if (this.state.holder !== "bot") this.expecting = 0;
      }
      this.tell("state");
    } else if (e.name === "draft") {
      this.draft = data.text;
    } else if (e.name === "typing") {
      this.typist = data.name;
      clearTimeout(this.typistTimer);
      this.typistTimer = window.setTimeout(() => {
        this.typist = "";
        this.tell("draft");
      }, 6000);
    } else if (e.name === "resync") {
      this.draft = this.typist = "";
    }
    this.tell("draft");
  }

  private heard(m: Message): void {
    this.last = Math.max(this.last, m.seq);
    this.messages.set(m.seq, m);
    if (m.author === "shopper") {
      if (m.id) this.arrived(m.id);
    } else {
      this.draft = this.typist = "";
      this.expecting = 0;
      this.state = { ...this.state, answering: false };
    }
    this.tell("messages");
  }
}
