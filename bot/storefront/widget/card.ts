// What stands above the composer while a person is awaited or has just finished: the place in line, what is passed on,
// where to reach the visitor, and the rating.
import { Chat } from "./chat";
import { Refused } from "./api";
import { h } from "./dom";
import { clock, words } from "./texts";
import { Shared } from "./types";

type Words = ReturnType<typeof words>;

export class Card {
  readonly element: HTMLElement;
  private readonly place: HTMLElement;
  private readonly rest: HTMLElement;
  private stage = "";
  private dismissed = false;
  private thanking = false;

  constructor(private readonly chat: Chat, private readonly t: Words) {
    this.place = h("p", { class: "place", role: "status" });
    this.rest = h("div", {});
    this.element = h("div", { class: "card", hidden: true }, this.place, this.rest);
  }

  // update changes words in place; what the visitor is filling in is built anew only when the stage changes.
  update(): void {
    const s = this.chat.state;
    const stage = s.holder === "queue" ? (s.open ? "wait" : s.contact ? "reached" : "away") : s.case === "resolved" && !s.rated && s.holder !== "agent" ? "rate" : "";
    if (!stage && this.thanking) return; // the thanks stand for a moment, whatever else is told meanwhile
    this.element.hidden = !stage || (stage === "rate" && this.dismissed);
    const line = stage && stage !== "rate" ? this.line() : "";
    if (this.place.textContent !== line) this.place.textContent = line;
    if (stage === this.stage) return;
    this.stage = stage;
    if (stage !== "rate") this.dismissed = false;
    this.rest.replaceChildren(...(stage === "rate" ? [this.rating()] : stage ? this.waiting(stage) : []));
  }

  private line(): string {
    const { t, chat } = this;
    const s = chat.state;
    if (!s.open) return s.opens_at ? t("closed", clock(s.opens_at, chat.locale)) : t("closedNoTime");
    const place = s.place ? (s.place === 1 && (s.minutes ?? 0) <= 1 ? t("placeSoon") : t("place", s.place, Math.max(1, s.minutes ?? 1))) : "";
    return [t("placeOnly"), place, s.due ? t("due", clock(s.due, chat.locale)) : ""].filter(Boolean).join(chat.locale === "zh" ? "" : " ");
  }

  private waiting(stage: string): HTMLElement[] {
    const share = h("details", { toggle: () => share.open && !share.dataset.full && void this.fill(share) }, h("summary", {}, this.t("share")));
    return [...(stage === "away" ? [this.contact()] : stage === "reached" ? [h("p", { class: "small" }, this.t("reached"))] : []), share];
  }

  private async fill(share: HTMLDetailsElement): Promise<void> {
    let shared: Shared;
    try {
      shared = await this.chat.shared();
    } catch {
      return;
    }
    share.dataset.full = "1";
    const rows = ([["summary", shared.summary], ["tried", shared.tried], ["wanted", shared.wanted], ["order", shared.order]] as const)
      .flatMap(([label, text]) => (text ? [h("dt", {}, this.t(label)), h("dd", {}, text)] : []));
    const box = h("textarea", { rows: "2", maxlength: "1000", "aria-label": this.t("correct"), placeholder: this.t("correct") });
    box.value = shared.correction ?? "";
    const said = h("p", { class: "small", role: "status" });
    share.append(h("dl", {}, ...rows), h("form", { submit: (e: Event) => {
      e.preventDefault();
      if (!box.value.trim()) return;
      this.chat.correct(box.value).then(() => (said.textContent = this.t("saved")), () => (said.textContent = this.t("wrong")));
    } }, box, h("button", { class: "soft" }, this.t("save")), said));
  }

  private contact(): HTMLElement {
    const email = h("input", { type: "email", autocomplete: "email", "aria-label": this.t("email"), placeholder: this.t("email") });
    const phone = h("input", { type: "tel", autocomplete: "tel", "aria-label": this.t("phone"), placeholder: this.t("phone") });
    const bad = h("p", { class: "small bad", role: "alert" });
    const form = h("form", { class: "contact", novalidate: true, submit: (e: Event) => {
      e.preventDefault();
      bad.textContent = "";
      this.chat.contact(email.value.trim(), phone.value.trim()).catch((error) => {
        const field = error instanceof Refused ? error.field : "";
        bad.textContent = this.t(field === "phone" ? "badPhone" : field === "email" ? "badEmail" : "wrong");
        (field === "phone" ? phone : email).focus();
      });
    } }, h("p", {}, this.t("reach")), email, phone, h("button", { class: "primary" }, this.t("save")), bad);
    return form;
  }

  private rating(): HTMLElement {
    const stars = [1, 2, 3, 4, 5].map((n) =>
      h("label", {}, h("input", { type: "radio", name: "score", value: String(n), "aria-label": this.t("stars", n), change: () => { more.hidden = false; light(n); } }), h("span", { "aria-hidden": "true" }, "★")));
    const light = (n: number) => stars.forEach((label, i) => label.classList.toggle("on", i < n));
    const comment = h("textarea", { rows: "2", maxlength: "1000", "aria-label": this.t("comment"), placeholder: this.t("comment") });
    const bad = h("p", { class: "small bad", role: "alert" });
    const more = h("div", { hidden: true }, comment, h("button", { class: "primary" }, this.t("rateSend")), bad);
    const form = h("form", { class: "rating", submit: (e: Event) => {
      e.preventDefault();
      const score = Number(new FormData(form).get("score"));
      this.chat.rate(score, comment.value).then(() => this.thank(), () => (bad.textContent = this.t("wrong")));
    } },
      h("fieldset", {}, h("legend", {}, this.t("rate")), h("div", { class: "stars" }, ...stars)),
      more,
      h("button", { type: "button", class: "plain", click: () => { this.dismissed = true; this.element.hidden = true; } }, this.t("later")));
    return form;
  }

  private thank(): void {
    this.thanking = true;
    this.stage = "thanks";
    this.element.hidden = false;
    this.rest.replaceChildren(h("p", { role: "status" }, this.t("rated")));
    setTimeout(() => {
      this.thanking = false;
      this.update();
    }, 4000);
  }
}
