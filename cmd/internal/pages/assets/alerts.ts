// New work is heard and seen: <… data-alerts="3" data-alert-text="…"> on a live element says how much waits. When it grows, a short
// sound plays, a notification shows, and the title carries the number. Each can be switched off with the buttons marked for it.
let before = -1;
let alarmsBefore = 0;
const title = document.title;

export function alerts(first: boolean): void {
  const place = document.querySelector<HTMLElement>("[data-alerts]");
  if (!place) return;
  const waiting = Number(place.dataset.alerts);
  document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
  const alarms = Number(place.dataset.alarms ?? 0); // they sound as well, but are no part of the number in the title
  if (!first && (waiting > before || alarms > alarmsBefore)) announce(place.dataset.alertText ?? title);
  before = waiting;
  alarmsBefore = alarms;
  if (first) buttons();
}

function announce(text: string): void {
  if (localStorage.getItem("frontdesk.sound") !== "off") beep();
  if (document.hidden && "Notification" in window && Notification.permission === "granted") new Notification(text, { tag: "frontdesk" });
}

function beep(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.12, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.35);
    tone.onended = () => void audio.close();
  } catch {
    // A browser that plays no sound before the first click shows the number all the same.
  }
}

function buttons(): void {
  const sound = document.getElementById("sound");
  if (sound) {
    const show = () => {
      const on = localStorage.getItem("frontdesk.sound") !== "off";
      sound.setAttribute("aria-pressed", String(on));
      sound.textContent = (on ? sound.dataset.yes : sound.dataset.no) ?? "";
    };
    sound.hidden = false;
    sound.addEventListener("click", () => {
      localStorage.setItem("frontdesk.sound", localStorage.getItem("frontdesk.sound") === "off" ? "on" : "off");
      show();
    });
    show();
  }
  const notify = document.getElementById("notify");
  if (notify && "Notification" in window && Notification.permission === "default") {
    notify.hidden = false;
    notify.addEventListener("click", () => void Notification.requestPermission().then((answer) => {
      notify.textContent = (answer === "granted" ? notify.dataset.granted : notify.dataset.denied) ?? "";
      (notify as HTMLButtonElement).disabled = true;
    }));
  }
}
