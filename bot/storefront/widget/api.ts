// The HTTP side: requests with the visitor's token in a header, and the event stream read with fetch for the same reason.
export class Refused extends Error {
  constructor(readonly status: number, readonly field: string) {
    super();
  }
}

export interface Event {
  name: string;
  data: string;
}

const patience = 20_000; // then a request is taken for lost
const silence = 40_000; // the server says something every 15 s

export class Api {
  token = "";
  alive = 0; // when the stream last said something

  constructor(private readonly root: string) {}

  async request(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = this.auth();
    let payload: BodyInit | undefined;
    if (body instanceof Blob) payload = body;
    else if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      payload = JSON.stringify(body);
    }
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), patience);
    try {
      const response = await fetch(this.root + path, { method, headers, body: payload, signal: giveUp.signal, credentials: "omit" });
      if (!response.ok) {
        const problem = await response.json().catch(() => ({}));
        throw new Refused(response.status, problem.field ?? "");
      }
      return response;
    } finally {
      clearTimeout(timer);
    }
  }

  private auth(): Record<string, string> {
    return this.token ? { Authorization: "Bearer " + this.token } : {};
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.request(method, path, body)).json();
  }

  // stream calls back for each event until the connection ends, however it ends; a silence that is too long ends it, too.
  async stream(last: number, stop: AbortController, opened: () => void, take: (e: Event) => void): Promise<void> {
    const giveUp = () => setTimeout(() => stop.abort(), silence);
    let watch = giveUp();
    const headers = this.auth();
    if (last > 0) headers["Last-Event-ID"] = String(last);
    try {
      const response = await fetch(this.root + "/events", { headers, signal: stop.signal, credentials: "omit", cache: "no-store" });
      if (!response.ok || !response.body) throw new Refused(response.status, "");
      this.alive = Date.now();
      opened();
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        this.alive = Date.now();
        clearTimeout(watch);
        watch = giveUp();
        const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
        rest = blocks.pop()!;
        blocks.map(parse).forEach((e) => e.data && take(e));
      }
    } finally {
      clearTimeout(watch);
    }
  }
}

function parse(block: string): Event {
  const e: Event = { name: "message", data: "" };
  for (const line of block.split("\n")) {
    const at = line.indexOf(":");
    const value = line.slice(at + 1).replace(/^ /, "");
    const field = line.slice(0, at);
    if (field === "event") e.name = value;
    else if (field === "data") e.data += value;
  }
  return e;
}
