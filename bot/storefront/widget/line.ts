// The line to the shop: one stream for what happens, which comes back by itself, and the token that opens it.
import { Api, Event, Refused } from "./api";
import { keep } from "./keep";

export type What = "messages" | "state" | "draft" | "config" | "line" | "typing";

export abstract class Line {
  readonly api: Api;
  readonly over = new AbortController();
  online = true;
  protected last = 0; // the newest message that has come
  private listeners: ((what: What) => void)[] = [];
  private stop?: AbortController;
  private tries = 0;
  private retry = 0;

  constructor(base: string, private readonly key: string) {
    this.api = new Api(`${base}/api/storefront/${encodeURIComponent(key)}`);
  }

  // take is given each event, flush sends what could not be sent, and forget lets go of what a token had opened.
  protected abstract take(e: Event): void;
  abstract flush(): Promise<void>;
  protected abstract forget(): void;

  on(listener: (what: What) => void): void {
    this.listeners.push(listener);
  }

  protected tell(what: What): void {
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
  }

  end(): void {
    this.over.abort();
    clearTimeout(this.retry);
    this.stop?.abort();
  }

  protected adopt(token: string): void {
    if (!token || token === this.api.token) return;
    this.api.token = token;
    this.last = 0;
    void this.connect();
  }

  // lost forgets a token that opens nothing any more and says that the caller may try again with a new one.
  protected lost(e: unknown): boolean {
    if (!this.api.token || !(e instanceof Refused) || (e.status !== 401 && e.status !== 404)) return false;
    keep(this.slot("token"), "");
    this.api.token = "";
    this.last = 0;
    this.stop?.abort();
    this.forget();
    return true;
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    this.stop?.abort();
    if (this.over.signal.aborted || !this.api.token) return;
    const stop = (this.stop = new AbortController());
    const failure = await this.api.stream(this.last, stop, () => this.opened(), (e) => !stop.signal.aborted && this.take(e)).catch((e) => e);
    if (stop !== this.stop || this.over.signal.aborted || this.lost(failure)) return;
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
}
