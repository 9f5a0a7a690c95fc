// What the visitor has said, until the stream brings it with its number.
import { Line } from "./line";
import { keep, recall, recallList } from "./keep";
import { Message, Pending } from "./types";

export abstract class Outbox extends Line {
  outbox: Pending[] = []; // not acknowledged
  readonly sent = new Map<string, Pending>(); // acknowledged, until the stream brings them
  readonly messages = new Map<number, Message>(); // what the stream has brought, by its number
  protected expecting = 0; // until when the bot's typing is shown although nobody said so yet
  private sending = false;

  // post sends one, in a conversation that is begun where there is none.
  protected abstract post(p: Pending): Promise<void>;

  protected enqueue(p: Pending): void {
    this.outbox.push(p);
    if (!p.image) this.keepOutbox(p);
    this.tell("messages");
    void this.flush();
  }

  // flush sends in order, one at a time; the server knows a message by its id, so sending twice is saying once.
  async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (let next; (next = this.outbox[0]); ) {
        next.failed = false;
        this.tell("messages");
        try {
          await this.post(next);
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
    if (![...this.messages.values()].some((m) => m.id === p.id)) this.sent.set(p.id, p);
    this.tell("messages");
  }

  // keepOutbox keeps a text for the next page, or lets go of it; what other tabs keep there stays.
  protected keepOutbox({ id, text }: Pending, sent = false): void {
    const texts = recallList(this.slot("outbox")).filter((p) => p.id !== id);
    if (!sent) texts.push({ id, text, failed: true });
    keep(this.slot("outbox"), texts.length ? JSON.stringify(texts) : "");
  }

  // arrived lets go of what the stream has brought; a picture's bytes go when they are acknowledged.
  protected arrived(id: string): void {
    this.sent.delete(id);
    this.outbox = this.outbox.filter((p) => p.id !== id || p.image);
    if (recall(this.slot("outbox"))) this.keepOutbox({ id, text: "" }, true);
  }
}
