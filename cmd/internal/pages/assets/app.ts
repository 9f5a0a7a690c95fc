// The one script of the staff pages. Everything works without it; it keeps pages live, and hands quicker.
import { live } from "./live";
import { keys } from "./keys";
import { drafts } from "./drafts";
import { assist } from "./assist";
import { attach } from "./attach";
import { clocks } from "./clocks";
import { compose } from "./compose";
import { copies } from "./copies";
import { files } from "./files";
import { keep } from "./keep";
import { leave, passing } from "./leave";
import { preview } from "./preview";
import { quiet } from "./quiet";
import { reading } from "./reading";
import { send } from "./send";
import { strips } from "./strips";
import { undone } from "./undone";

live();
keys();
drafts();
clocks();
compose();
copies();
preview();
quiet();
attach();
assist();
files();
strips();
reading();
undone();
document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(); // what a form was refused for is where one goes on

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const question = (event as SubmitEvent).submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !passing(form) && !window.confirm(question)) event.preventDefault();
});
send(); // after the question whether it shall be
leave();
keep();

document.addEventListener("change", (event) => {
  const field = event.target as HTMLElement;
  if (field.dataset.submit !== undefined) (field.closest("form") as HTMLFormElement | null)?.requestSubmit();
});
