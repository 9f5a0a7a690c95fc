// The widget's own words. What it says before a server was reached stands here; the rest, which the browser then keeps, comes with the shop's greeting.
import { recall } from "./keep";

export type Texts = Record<string, string>;

const core: Record<string, Texts> = {
  en: { open: "Chat with us", language: "Language", attach: "Send a picture", close: "Close chat", write: "Write a message", send: "Send", again: "Try again", broken: "The chat cannot be reached right now.", failed: "Not sent." },
  zh: { open: "在线咨询", language: "语言", attach: "发送图片", close: "关闭对话", write: "请输入您的问题", send: "发送", again: "重试", broken: "暂时连接不上客服。", failed: "发送失败。" },
  es: { open: "Habla con nosotros", language: "Idioma", attach: "Enviar una foto", close: "Cerrar el chat", write: "Escribe un mensaje", send: "Enviar", again: "Reintentar", broken: "Ahora mismo no se puede abrir el chat.", failed: "No se ha enviado." },
};
export const locales: [string, string][] = [["zh", "中文"], ["en", "English"], ["es", "Español"]];

export type Words = ReturnType<typeof words>;

export function words(locale: string, more: Texts): (id: string, ...values: (string | number)[]) => string {
  const set: Texts = { ...core[locale], ...more };
  return (id, ...values) => (set[id] ?? "").replace(/\{(\d)\}/g, (_, n) => String(values[+n]));
}

// pickLocale takes the visitor's choice, then the script tag's, the page's, the browser's.
export function pickLocale(key: string, given?: string): string {
  for (const wish of [recall(`frontdesk:${key}:locale`), given, document.documentElement.lang, ...navigator.languages]) {
    const language = (wish ?? "").toLowerCase().split("-")[0];
    if (core[language]) return language;
  }
  return "en";
}

// clock says a moment as people say it, and as the thread does: the time alone today, with the day otherwise.
export function clock(iso: string, locale: string): string {
  const at = new Date(iso);
  return at.toLocaleString(locale === "en" ? "en-GB" : locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(at.toDateString() !== new Date().toDateString() && { weekday: "long", month: "long", day: "numeric" }) });
}
