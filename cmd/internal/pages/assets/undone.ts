// [data-waived="NAME"] asks for a tick as long as a box of that name beside it is empty. Where each is ticked nothing is left
// undone, and the question goes.
export function undone(): void {
  const ask = () => {
    for (const question of document.querySelectorAll<HTMLElement>("[data-waived]")) {
      const boxes = [...(question.parentElement?.querySelectorAll<HTMLInputElement>(`input[name="${question.dataset.waived}"]`) ?? [])];
      question.hidden = boxes.length > 0 && boxes.every((box) => box.checked);
      for (const box of question.querySelectorAll("input")) box.required = !question.hidden;
    }
  };
  document.addEventListener("change", ask);
  document.addEventListener("frontdesk:swapped", ask);
  ask();
}
