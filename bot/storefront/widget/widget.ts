// The storefront's widget: <script src="…/widget.js" data-shop="KEY" async></script>. It adds one element to the page and
// touches nothing else of it.
import style from "./style.css";
import { Chat } from "./chat";
import { h } from "./dom";
import { Panel } from "./panel";
import { pickLocale } from "./texts";

class FrontdeskWidget extends HTMLElement {
  private chat?: Chat;

  connectedCallback(): void {
    if (this.chat) return;
    const root = this.attachShadow({ mode: "open" });
    const chat = (this.chat = new Chat(this.dataset.base!, this.dataset.shop!, pickLocale(this.dataset.shop!, this.dataset.locale)));
    const show = () => {
      new Panel(root, chat);
      chat.begin();
    };
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } catch {
      // A browser of before 2023: nothing is shown until the same style has come as a file.
      root.append(h("link", { rel: "stylesheet", href: this.dataset.base + "/widget.css", load: show }));
      return;
    }
    show();
  }

  disconnectedCallback(): void {
    this.chat?.end();
  }
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && script.dataset.shop && !customElements.get("frontdesk-widget")) {
  customElements.define("frontdesk-widget", FrontdeskWidget);
  const element = document.createElement("frontdesk-widget");
  element.dataset.base = new URL(script.src).origin;
  element.dataset.shop = script.dataset.shop;
  if (script.dataset.locale) element.dataset.locale = script.dataset.locale;
  element.popover = "manual";
  const add = () => {
    document.body.append(element);
    element.showPopover?.(); // above everything, and out of reach of a transform or a filter on the page's own elements
  };
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
}
