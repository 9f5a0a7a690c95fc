// <time data-clock datetime="…"> says how much time is left, or how late it is: amber below a quarter of an hour, red when it
// has passed. The words are the page's (data-clock-… of <html>).
export function clocks(): void {
  tick(document);
  window.setInterval(() => tick(document), 5000);
}

// tick brings the clocks of a document up to date; a fresh one is ticked before it is compared with what is shown.
export function tick(page: Document): void {
  const words = document.documentElement.dataset;
  const [d, h, min] = (words.clockUnits ?? "d|h|min").split("|");
  for (const clock of page.querySelectorAll<HTMLTimeElement>("time[data-clock]")) {
    const seconds = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 1000);
    const text = ((seconds < 0 ? words.clockLate : words.clockLeft) ?? "%s").replace("%s", spell(Math.floor(Math.abs(seconds) / 60), d, h, min));
    if (clock.textContent !== text) clock.textContent = text;
    clock.classList.toggle("warn", seconds >= 0 && seconds < 900);
    clock.classList.toggle("bad", seconds < 0);
  }
}

function spell(minutes: number, d: string, h: string, min: string): string {
  if (minutes >= 48 * 60) return Math.floor(minutes / 1440) + d;
  if (minutes >= 60) return Math.floor(minutes / 60) + h + (minutes % 60 ? (h.startsWith(" ") ? " " : "") + (minutes % 60) + min : "");
  return (minutes < 1 ? "<1" : String(minutes)) + min;
}
