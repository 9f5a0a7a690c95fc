// A strip of tabs that is wider than its window shows the tab of the page that is open.
export function strips(): void {
  for (const tab of document.querySelectorAll<HTMLElement>("nav [aria-current]")) {
    const strip = tab.closest<HTMLElement>("nav");
    if (strip && strip.scrollWidth > strip.clientWidth) strip.scrollLeft += tab.getBoundingClientRect().left - strip.getBoundingClientRect().left - (strip.clientWidth - tab.offsetWidth) / 2;
  }
}
