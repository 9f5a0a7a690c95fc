// What the server sends; openapi.yaml describes it.
export interface Source {
  ref: string;
  title: string;
}

export interface Message {
  seq: number;
  id?: string;
  author: "shopper" | "bot" | "agent" | "system";
  name?: string;
  text: string;
  kind: string;
  language?: string;
  episode: number;
  at: string;
  thumb?: number;
  options?: string[];
  sources?: Source[];
  contact?: Reach;
  near?: string[];
}

export interface Reach {
  email?: string;
  phone?: string;
}

// Pending is a message that the server has not acknowledged.
export interface Pending {
  id: string;
  text: string;
  image?: Blob;
  failed?: boolean;
}

export interface State {
  holder: "bot" | "queue" | "agent" | "nobody";
  answering: boolean;
  case: "none" | "waiting" | "claimed" | "resolved";
  place?: number;
  minutes?: number;
  due?: string;
  plan?: boolean;
  late?: boolean;
  may_return?: boolean;
  open: boolean;
  opens_at?: string;
  agent?: string;
  rated?: boolean;
  reach?: Reach;
}

export interface Config {
  name: string;
  locale: string;
  greeting: string;
  suggestions: string[];
  texts: Record<string, string>;
  open?: boolean;
  opens_at?: string;
}

export interface Shared {
  summary: string;
  tried?: string;
  wanted?: string;
  order?: string;
  correction?: string;
}

export interface Article {
  title: string;
  answer: string;
  updated: string;
}
