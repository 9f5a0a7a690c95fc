// What the browser remembers for a shop. Where it may not (private mode, blocked storage), the page remembers.
const page = new Map<string, string>();

export function recall(key: string): string {
  try {
    return localStorage.getItem(key) ?? page.get(key) ?? "";
  } catch {
    return page.get(key) ?? "";
  }
}

export function keep(key: string, value: string): void {
  page.set(key, value);
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // the page remembers
  }
}

// recallList is recall for a JSON array; what is no such thing is an empty one.
export function recallList(key: string): any[] {
  try {
    return JSON.parse(recall(key));
  } catch {
    return [];
  }
}
