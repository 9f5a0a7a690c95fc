// A log opens at its end or, where the shopper waits and their last words are out of sight there, at these.
export function reading(): void {
  const log = document.querySelector<HTMLElement>('[data-scroll="end"]');
  const said = [...(log?.querySelectorAll<HTMLElement>(".entry.shopper, .entry.agent") ?? [])].pop();
  if (!log || !said?.matches(".shopper") || location.hash) return;
  if (said.getBoundingClientRect().top < log.getBoundingClientRect().top) log.scrollTop += said.getBoundingClientRect().top - log.getBoundingClientRect().top;
}
