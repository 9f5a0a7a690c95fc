// The storefront's widget: <script src="…/widget.js" data-shop="KEY" async></script>. It adds one element to the page and
// touches nothing else of it.
import style from "./style.css";
import { Chat } from "./chat";
import { Panel } from "./panel";
import { pickLocale } from "./texts";

class FrontdeskWidget extends HTMLElement {
  private chat?: Chat;

  connectedCallback(): void {
    if (this.chat) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    this.chat = new Chat(this.dataset.base!, this.dataset.shop!, pickLocale(this.dataset.shop!, this.dataset.locale));
    new Panel(root, this.chat);
    this.chat.begin();
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
