// The widget's own words. What it says before a server was reached stands here; the rest comes with the shop's greeting.
import { recall } from "./keep";

export type Texts = Record<string, string>;

const core: Record<string, Texts> = {
  en: { open: "Chat with us", language: "Language", attach: "Send a picture", close: "Close chat", write: "Write a message", send: "Send", again: "Try again", broken: "The chat cannot be reached right now.", failed: "Not sent.", offline: "No connection. Reconnecting…" },
  zh: { open: "在线咨询", language: "语言", attach: "发送图片", close: "关闭对话", write: "请输入您的问题", send: "发送", again: "重试", broken: "暂时连接不上客服。", failed: "发送失败。", offline: "网络已断开，正在重连…" },
  es: { open: "Habla con nosotros", language: "Idioma", attach: "Enviar una foto", close: "Cerrar el chat", write: "Escribe un mensaje", send: "Enviar", again: "Reintentar", broken: "Ahora mismo no se puede abrir el chat.", failed: "No se ha enviado.", offline: "Sin conexión. Reconectando…" },
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

// today says whether a moment is of the visitor's own day.
export function today(iso: string): boolean {
  return new Date(iso).toDateString() === new Date().toDateString();
}

// clock says a moment as people say it: the time alone today, with the day otherwise.
export function clock(iso: string, locale: string): string {
  const tag = locale === "zh" ? "zh-CN" : locale;
  return new Date(iso).toLocaleString(tag, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(today(iso) ? {} : { weekday: "short", month: "short", day: "numeric" }) });
}
