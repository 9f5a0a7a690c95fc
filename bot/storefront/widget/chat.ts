// The conversation as this tab knows it: what the server has, what is on its way there, and the stream between them.
import { Api, Event, Refused } from "./api";
import { keep, recall, recallList } from "./keep";
import { Texts } from "./texts";
import { Article, Config, Message, Pending, Reach, Shared, State } from "./types";

export type What = "messages" | "state" | "draft" | "config" | "line" | "typing";

// fresh is how things stand before anything was said.
const fresh: State = { holder: "bot", answering: false, case: "none", open: true };

export class Chat {
  readonly api: Api;
  readonly messages = new Map<number, Message>();
  outbox: Pending[] = [];
  state = fresh;
  config?: Config;
  configFailed = false;
  texts: Texts = {};
  private kept = "";
  draft = "";
  online = true;
  typist = "";
  private last = 0;
  private expecting = 0; // until when the bot's typing is shown although nobody said so yet
  private listeners: ((what: What) => void)[] = [];
  private stop?: AbortController;
  private sending = false;
  private tries = 0;
  readonly over = new AbortController();
  private retry = 0;
  private typistTimer = 0;
  private typedAt = 0;

  constructor(readonly base: string, readonly key: string, public locale: string) {
    this.api = new Api(`${base}/api/storefront/${encodeURIComponent(key)}`);
    this.remember();
  }

  on(listener: (what: What) => void): void {
    this.listeners.push(listener);
  }

  private tell(what: What): void {
    this.listeners.forEach((l) => l(what));
  }

  slot(name: string): string {
    return `frontdesk:${this.key}:${name}`;
  }

  begin(): void {
    const until = { signal: this.over.signal };
    for (const name of ["online", "pageshow"]) addEventListener(name, this.wake, until);
    for (const name of ["visibilitychange", "resume"]) document.addEventListener(name, this.wake, until);
    // A page that the browser keeps for the way back must not keep its connection: there are only six to a host.
    addEventListener("pagehide", () => this.stop?.abort(), until);
    addEventListener("offline", this.gone, until);
    addEventListener("storage", this.stored, until);
    this.outbox = recallList(this.slot("outbox"));
    this.adopt(recall(this.slot("token")));
    void this.flush();
  }

  end(): void {
    this.over.abort();
    clearTimeout(this.retry);
    this.stop?.abort();
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
    const id = crypto.getRandomValues(new Uint32Array(4)).join("-");
    this.outbox.push({ id, text, image });
    if (!this.answering) this.draft = ""; // of a turn that is over
    if (this.state.holder === "bot" || this.state.holder === "nobody") {
      this.expecting = Date.now() + 5000;
      setTimeout(() => this.tell("draft"), 5100);
    }
    if (!image) this.keepOutbox({ id, text });
    this.tell("messages");
    void this.flush();
  }

  // flush sends in order, one at a time; the server knows a message by its id, so sending twice is saying once.
  async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let next = this.outbox[0]; next; next = this.outbox[0]) {
        next.failed = false;
        this.tell("messages");
        try {
          await this.ensure();
          if (next.image) await this.api.request("POST", "/images?id=" + next.id, next.image);
          else await this.api.json("POST", "/messages", { id: next.id, text: next.text, ...this.about() });
          this.acknowledged(next);
        } catch (e) {
          if (this.lost(e)) continue;
          next.failed = true;
          this.expecting = 0;
          this.tell("messages");
          this.tell("draft");
          return;
        }
      }
    } finally {
      this.sending = false;
    }
  }

  // acknowledged leaves the message in the thread as sent until the stream brings it with its number.
  private acknowledged(p: Pending): void {
    this.outbox = this.outbox.filter((o) => o !== p);
    this.keepOutbox(p, true);
    this.sent.set(p.id, p);
    if ([...this.messages.values()].some((m) => m.id === p.id)) this.sent.delete(p.id);
    this.tell("messages");
  }

  readonly sent = new Map<string, Pending>();

  // keepOutbox keeps a text for the next page, or lets go of it; what other tabs keep there stays.
  private keepOutbox({ id, text }: Pending, sent = false): void {
    const texts = recallList(this.slot("outbox")).filter((p) => p.id !== id);
    if (!sent) texts.push({ id, text, failed: true });
    keep(this.slot("outbox"), texts.length ? JSON.stringify(texts) : "");
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

  private adopt(token: string): void {
    if (!token || token === this.api.token) return;
    this.api.token = token;
    this.last = 0;
    void this.connect();
  }

  // lost forgets a token that opens nothing any more and says that the caller may try again with a new one.
  private lost(e: unknown): boolean {
    if (!this.api.token || !(e instanceof Refused) || (e.status !== 401 && e.status !== 404)) return false;
    keep(this.slot("token"), "");
    this.api.token = "";
    this.last = 0;
    this.messages.clear();
    this.state = fresh;
    this.stop?.abort();
    this.tell("messages");
    this.tell("state");
    return true;
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

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    this.stop?.abort();
    if (this.over.signal.aborted || !this.api.token) return;
    const stop = (this.stop = new AbortController());
    try {
      await this.api.stream(this.last, stop, () => this.opened(), (e) => !stop.signal.aborted && this.take(e));
    } catch (e) {
      if (stop !== this.stop || this.over.signal.aborted || this.lost(e)) return;
    }
    if (stop !== this.stop || this.over.signal.aborted) return;
    this.tries++;
    if (this.tries > 1) this.setOnline(false);
    const wait = Math.min(15_000, 400 * 2 ** this.tries) * (0.6 + 0.4 * Math.random());
    this.retry = window.setTimeout(() => void this.connect(), wait);
  }

  private opened(): void {
    this.tries = 0;
    this.setOnline(true);
    void this.flush();
  }

  private setOnline(online: boolean): void {
    if (this.online === online) return;
    this.online = online;
    this.tell("line");
  }

  // wake is for a network that is back, a lid that opens, a tab that is looked at again.
  private wake = (): void => {
    if (document.hidden || !this.api.token) return;
    this.tell("messages"); // they are seen now
    if (this.tries > 0 || this.stop?.signal.aborted || Date.now() - this.api.alive > 20_000) void this.connect();
  };

  // gone is for a network that the browser knows to be away, while the stream still looks alive.
  private gone = (): void => {
    this.tries = Math.max(1, this.tries);
    void this.connect();
  };

  private stored = (e: StorageEvent): void => {
    if (e.key === this.slot("token") && e.newValue) this.adopt(e.newValue);
    if (e.key === this.slot("seen")) this.tell("messages");
  };

  private take(e: Event): void {
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
      if (m.id) {
        this.sent.delete(m.id);
        this.outbox = this.outbox.filter((p) => p.id !== m.id || p.image);
        if (recall(this.slot("outbox"))) this.keepOutbox({ id: m.id, text: "" }, true);
      }
    } else {
      this.draft = this.typist = "";
      this.expecting = 0;
      this.state = { ...this.state, answering: false };
    }
    this.tell("messages");
  }
}
