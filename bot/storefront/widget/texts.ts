// The widget's own words. Chinese as a Chinese shop addresses its customers, Spanish with tú.
import { recall } from "./keep";

const en = {
  open: "Chat with us", close: "Close chat", title: "Chat", language: "Language",
  bot: "Bot · answers right away", waiting: "A colleague is on the way", withPerson: "You are talking to {0}", ended: "Closed · write to start again",
  ask: "People often ask", person: "Talk to a person", personAsked: "Asking for a colleague…",
  write: "Write a message", send: "Send", attach: "Send a picture",
  sending: "Sending…", sent: "Sent", failed: "Not sent.", again: "Try again", you: "You", botName: "Bot", shop: "Shop",
  typing: "{0} is writing…", newer: "New messages", joined: "{0} has joined the chat",
  from: "From: {0}", back: "Back", helped: "This helped", notHelped: "This did not help",
  place: "You are number {0} in line, about {1} min.", placeSoon: "You are next. Somebody will write in a moment.", placeOnly: "A colleague has your chat.",
  due: "At the latest by {0}.", closed: "Nobody is in right now. We are back {0}.", closedNoTime: "Nobody is in right now.",
  share: "What we pass on", summary: "Your matter", tried: "Tried so far", wanted: "What you would like", order: "Order", correct: "Anything to correct or add?", save: "Save", saved: "Saved. Thank you.",
  reach: "Where can we reach you?", email: "E-mail", phone: "or phone", badEmail: "This does not look like an e-mail address.", badPhone: "This does not look like a phone number.", reached: "Thank you. We will write there as soon as we are back.",
  rate: "How did it go?", stars: "{0} of 5", comment: "Would you like to add something?", rateSend: "Send rating", rated: "Thank you for your rating.", later: "Not now",
  offline: "The connection is gone. Reconnecting…", broken: "The chat cannot be reached right now.", tooLarge: "This picture cannot be sent (JPEG, PNG, WebP or GIF, 5 MB).", wrong: "That did not work. Please try again.", picture: "Picture",
};

type Words = typeof en;

const zh: Words = {
  open: "在线咨询", close: "关闭对话", title: "在线咨询", language: "语言",
  bot: "智能客服 · 即时回复", waiting: "正在为您转接人工", withPerson: "{0} 正在为您服务", ended: "对话已结束 · 发消息即可继续",
  ask: "大家常问", person: "转人工", personAsked: "正在转人工…",
  write: "请输入您的问题", send: "发送", attach: "发送图片",
  sending: "发送中…", sent: "已发送", failed: "发送失败。", again: "重试", you: "您", botName: "智能客服", shop: "店铺",
  typing: "{0} 正在输入…", newer: "有新消息", joined: "{0} 已加入对话",
  from: "来源：{0}", back: "返回", helped: "有帮助", notHelped: "没帮助",
  place: "您排在第 {0} 位，预计等待约 {1} 分钟。", placeSoon: "马上轮到您了，客服即将回复。", placeOnly: "您的问题已转给人工客服。",
  due: "最晚 {0} 前回复您。", closed: "现在是非工作时间，我们将于 {0} 上线。", closedNoTime: "现在是非工作时间。",
  share: "转给客服的内容", summary: "您的问题", tried: "已尝试", wanted: "您的诉求", order: "订单", correct: "有需要更正或补充的吗？", save: "保存", saved: "已保存，谢谢。",
  reach: "方便留个联系方式吗？", email: "邮箱", phone: "或手机号", badEmail: "邮箱格式好像不对。", badPhone: "号码格式好像不对。", reached: "谢谢，我们上线后会第一时间联系您。",
  rate: "这次服务您还满意吗？", stars: "{0} 星（满分 5 星）", comment: "想补充点什么吗？", rateSend: "提交评价", rated: "感谢您的评价。", later: "暂不评价",
  offline: "网络已断开，正在重新连接…", broken: "暂时连接不上客服。", tooLarge: "图片无法发送（限 5 MB 以内的 JPEG、PNG、WebP、GIF）。", wrong: "没有成功，请再试一次。", picture: "图片",
};

const es: Words = {
  open: "Habla con nosotros", close: "Cerrar el chat", title: "Chat", language: "Idioma",
  bot: "Bot · responde al momento", waiting: "Un compañero viene de camino", withPerson: "Estás hablando con {0}", ended: "Cerrado · escribe para seguir",
  ask: "Se pregunta a menudo", person: "Hablar con una persona", personAsked: "Avisando a un compañero…",
  write: "Escribe un mensaje", send: "Enviar", attach: "Enviar una foto",
  sending: "Enviando…", sent: "Enviado", failed: "No se ha enviado.", again: "Reintentar", you: "Tú", botName: "Bot", shop: "Tienda",
  typing: "{0} está escribiendo…", newer: "Mensajes nuevos", joined: "{0} se ha unido al chat",
  from: "Fuente: {0}", back: "Volver", helped: "Me ha servido", notHelped: "No me ha servido",
  place: "Eres el número {0} de la cola, unos {1} min.", placeSoon: "Te toca enseguida. Alguien te escribe ahora mismo.", placeOnly: "Un compañero tiene tu chat.",
  due: "Como muy tarde a las {0}.", closed: "Ahora no hay nadie. Volvemos {0}.", closedNoTime: "Ahora no hay nadie.",
  share: "Lo que le contamos", summary: "Tu consulta", tried: "Ya probado", wanted: "Lo que necesitas", order: "Pedido", correct: "¿Quieres corregir o añadir algo?", save: "Guardar", saved: "Guardado. Gracias.",
  reach: "¿Dónde te podemos localizar?", email: "Correo electrónico", phone: "o teléfono", badEmail: "Esto no parece un correo electrónico.", badPhone: "Esto no parece un teléfono.", reached: "Gracias. Te escribiremos en cuanto volvamos.",
  rate: "¿Qué tal ha ido?", stars: "{0} de 5", comment: "¿Quieres añadir algo?", rateSend: "Enviar valoración", rated: "Gracias por tu valoración.", later: "Ahora no",
  offline: "Se ha perdido la conexión. Reconectando…", broken: "Ahora mismo no se puede abrir el chat.", tooLarge: "No se puede enviar la foto (JPEG, PNG, WebP o GIF, 5 MB).", wrong: "No ha funcionado. Inténtalo de nuevo.", picture: "Foto",
};

const all: Record<string, Words> = { en, zh, es };
export const locales: [string, string][] = [["zh", "中文"], ["en", "English"], ["es", "Español"]];

export function words(locale: string): (id: keyof Words, ...values: (string | number)[]) => string {
  const set = all[locale] ?? en;
  return (id, ...values) => set[id].replace(/\{(\d)\}/g, (_, n) => String(values[+n]));
}

// pickLocale takes the visitor's choice, then the script tag's, the page's, the browser's.
export function pickLocale(key: string, given?: string): string {
  for (const wish of [recall(`frontdesk:${key}:locale`), given, document.documentElement.lang, ...navigator.languages]) {
    const language = (wish ?? "").toLowerCase().split("-")[0];
    if (all[language]) return language;
  }
  return "en";
}

// clock says a moment as people say it: the time alone today, with the day otherwise.
export function clock(iso: string, locale: string): string {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const tag = locale === "zh" ? "zh-CN" : locale;
  return at.toLocaleString(tag, { hour: "2-digit", minute: "2-digit", hour12: false, ...(today ? {} : { weekday: "short", month: "short", day: "numeric" }) });
}
