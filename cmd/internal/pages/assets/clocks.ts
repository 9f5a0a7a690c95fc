// <time data-clock datetime="…"> counts down: amber below a quarter of an hour, red when it has passed.
export function clocks(): void {
  const tick = () => {
    for (const clock of document.querySelectorAll<HTMLTimeElement>("time[data-clock]")) {
      const left = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 1000);
      clock.textContent = (left < 0 ? "−" : "") + spell(Math.abs(left));
      clock.classList.toggle("warn", left >= 0 && left < 900);
      clock.classList.toggle("bad", left < 0);
    }
  };
  tick();
  window.setInterval(tick, 1000);
  document.addEventListener("frontdesk:swapped", tick);
}

function spell(seconds: number): string {
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = seconds % 60;
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 99 ? `${Math.floor(h / 24)} d` : h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
