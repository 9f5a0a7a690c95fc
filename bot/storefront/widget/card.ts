// What stands above the composer while a person is awaited or has just finished: the place in line and the rating; and the
// pages that belong to it: what is passed on, where to reach the visitor, the way back to the bot.
import { Chat } from "./chat";
import { Refused } from "./api";
import { button, h, icon, icons } from "./dom";
import { clock, Words } from "./texts";
import { Reach } from "./types";

// Over puts a page over the panel; fill gets its body and what closes it.
export type Over = (fill: Fill) => void;
type Reached = { rows: HTMLElement[]; changed: () => boolean; save: () => Promise<void>; wrong: (error: unknown) => string };
type Fill = (body: HTMLElement, close: () => void) => void | Promise<void>;

export class Card {
  readonly element: HTMLElement;
  readonly actions: HTMLElement[];
  private readonly place: HTMLElement;
  private readonly rest: HTMLElement;
  private stage = "";
  private dismissed = false;
  private half: HTMLInputElement[] = []; // the fields of what is passed on, as they were left

  constructor(private readonly chat: Chat, private readonly t: Words, over: Over, private readonly note: (text: string, bad?: boolean) => void) {
    this.place = h("p", { class: "place", role: "status" });
    this.rest = h("div", {});
    this.element = h("div", { class: "card", hidden: true }, this.place, this.rest);
    const action = (name: string, fill: Fill) => button("person to-" + name, () => over(fill), t(name));
    this.actions = [
      action("share", (body) => this.share(body)),
      action("contact", (body, close) => body.append(this.contact(chat.state.reach, close))),
      action("return", (body, close) => this.giveBack(body, close)),
    ];
  }

  // update changes words in place; what the visitor is filling in is built anew only when the stage changes.
  update(): void {
    const s = this.chat.state;
    const owed = s.holder === "agent" && (s.due || s.late);
    const stage = s.holder === "queue" ? (s.open ? "wait" : s.reach ? "reached" : "away") : owed ? "owed" : s.case === "resolved" && !s.rated && s.holder !== "agent" ? "rate" : "";
    this.element.hidden = !stage || (stage === "rate" && this.dismissed);
    const line = stage && stage !== "rate" ? this.line() : "";
    if (this.place.textContent !== line) this.place.textContent = line;
    const person = s.holder === "queue" || s.holder === "agent";
    [person, person && stage !== "away", s.may_return].forEach((on, i) => (this.actions[i].hidden = !on));
    const typed = person ? this.chat.typed() : undefined;
    const key = stage + JSON.stringify(typed);
    if (key === this.stage) return;
    this.stage = key;
    if (stage !== "rate") this.dismissed = false;
    this.rest.replaceChildren(...(stage === "rate" ? [this.rating()] : stage === "away" ? [this.contact(typed)] : [stage === "reached" && h("p", { class: "small" }, this.t("reached")), typed && this.offer(typed)].filter(Boolean) as Node[]));
  }

  // offer asks whether an address that stands in the chat is to be used: nobody is written to for having mentioned one.
  private offer({ email = "", phone = "" }: Reach): HTMLElement {
    return button("soft", () => this.chat.contact(email, phone).catch(() => this.note(this.t("wrong"), true)), this.t("useTyped", email || phone));
  }

  // line says where the visitor stands and what holds now: the same time that the thread names, or that it has passed.
  private line(): string {
    const { t, chat } = this;
    const s = chat.state;
    const due = s.due && Date.parse(s.due);
    if (!s.open && !s.agent && !(due && !s.late && s.opens_at && due < Date.parse(s.opens_at))) return s.opens_at ? t("closed", clock(s.opens_at, chat.locale)) : t("closedNoTime");
    const place = s.place ? (s.place === 1 && s.minutes === 1 && !s.late ? t("placeSoon") : s.minutes ? t("place", s.place, s.minutes) : t("placeAlone", s.place)) : "";
    return [t(s.agent ? "claimed" : "placeOnly", s.agent ?? ""), place, s.due ? t(s.late ? "newTime" : s.plan ? "plan" : "due", clock(s.due, chat.locale)) : s.late ? t("late") : ""].filter(Boolean).join(chat.locale === "zh" ? "" : " ");
  }

  // share shows what a colleague is told, and keeps what is half written there until it is saved.
  private async share(body: HTMLElement): Promise<void> {
    const { t, chat } = this;
    const shared = await chat.shared();
    const reach = this.reach(chat.state.reach);
    const field = (label: string, text: string | undefined) => {
      const box = h("textarea", { rows: "2", maxlength: "1000" }, text);
      return [box, h("label", {}, t(label), box)] as const;
    };
    const [wanted, wantedRow] = field("wanted", shared.wanted);
    const [more, moreRow] = field("correct", shared.correction);
    const rows = (["summary", "tried", "order"] as const).flatMap((id) => (shared[id] ? [h("dt", {}, t(id)), h("dd", {}, shared[id])] : []));
    const save = async () => {
      await Promise.all([chat.correct(more.value, wanted.value), reach.changed() && reach.save()]);
      half.forEach((f) => (f.defaultValue = f.value));
    };
    const form = this.form([h("dl", {}, ...rows), wantedRow, moreRow], reach, save);
    const half = [...form.querySelectorAll<HTMLInputElement>("input, textarea")];
    this.half.forEach((f, i) => f.value !== f.defaultValue && (half[i].value = f.value));
    this.half = half;
    body.replaceChildren(h("h2", {}, t("share")), form);
  }

  // form is one whose button stays in sight, with what came of it beside; reach are its last fields.
  private form(rows: HTMLElement[], reach: Reached, save: () => Promise<unknown>): HTMLElement {
    const said = h("p", { role: "status" });
    return h("form", { class: "contact", novalidate: true, submit: (e: Event) => {
      e.preventDefault();
      said.textContent = "";
      said.className = "bad";
      save().then(() => {
        said.className = "";
        said.textContent = this.t("saved");
      }, (error) => (said.textContent = reach.wrong(error)));
    } }, ...rows, ...reach.rows, h("div", { class: "save" }, h("button", { class: "primary" }, this.t("save")), said));
  }

  private giveBack(body: HTMLElement, close: () => void): void {
    const { t } = this;
    body.replaceChildren(h("h2", {}, t("return")), h("p", {}, t("returnMore")),
      button("primary", () => { close(); this.chat.pass("bot").catch(() => this.note(t("wrong"), true)); }, t("return")));
  }

  // reach are the two fields for where to be reached, and what is done with them.
  private reach({ email = "", phone = "" }: Reach = {}): Reached {
    const { t, chat } = this;
    const field = (type: string, value: string, label: string) => {
      const input = h("input", { type, value, autocomplete: type });
      return [input, h("label", {}, t(label), input)] as const;
    };
    const [mail, mailRow] = field("email", email, "email");
    const [tel, telRow] = field("tel", phone, "phone");
    return {
      rows: [mailRow, telRow],
      changed: () => mail.value !== email || tel.value !== phone,
      save: () => chat.contact(mail.value.trim(), tel.value.trim()),
      wrong: (error: unknown) => {
        const field = error instanceof Refused ? error.field : "";
        (field === "phone" ? tel : mail).focus();
        return t(field === "phone" ? "badPhone" : field === "email" ? "badEmail" : "wrong");
      },
    };
  }

  private contact(given?: Reach, done?: () => void): HTMLElement {
    const { t } = this;
    const reach = this.reach(given);
    return this.form([h(done ? "h2" : "p", {}, t("reach"))], reach, async () => {
      await reach.save();
      if (!done) return;
      done();
      if (this.chat.state.holder !== "queue") this.note(t("saved")); // who waits is told in the thread
    });
  }

  private rating(): HTMLElement {
    const { t } = this;
    const ends: Record<number, string> = { 1: t("worst"), 5: t("best") };
    const stars = [1, 2, 3, 4, 5].map((n) =>
      h("label", {}, h("input", { type: "radio", name: "score", value: String(n), "aria-label": [t("stars", n), ends[n]].filter(Boolean).join(", "), tabindex: n > 1 && "-1", change: () => choose(n) }), icon(icons.star)));
    const choose = (n: number) => {
      more.hidden = false;
      stars.forEach((label, i) => {
        label.classList.toggle("on", i < n);
        label.firstElementChild!.removeAttribute("tabindex"); // from now on the chosen one is where Tab goes
      });
    };
    const comment = h("textarea", { rows: "2", maxlength: "1000", "aria-label": t("comment"), placeholder: t("comment") });
    const bad = h("p", { class: "small bad", role: "alert" });
    const more = h("div", { hidden: true }, comment, h("button", { class: "primary" }, t("rateSend")), bad);
    const form = h("form", { class: "rating", submit: (e: Event) => {
      e.preventDefault();
      this.chat.rate(Number(new FormData(form).get("score")), comment.value).then(() => this.note(t("rated")), () => (bad.textContent = t("wrong")));
    } },
      h("fieldset", {}, h("legend", {}, t("rate")), h("div", { class: "stars" }, ...stars), h("div", { class: "ends", "aria-hidden": "true" }, h("span", {}, ends[1]), h("span", {}, ends[5]))),
      more,
      button("plain", () => { this.dismissed = true; this.element.hidden = true; }, t("later")));
    return form;
  }
}
