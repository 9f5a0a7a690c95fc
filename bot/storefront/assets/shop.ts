// The demo shop's bag: it only counts.
const bag = document.getElementById("bag")!;
document.addEventListener("click", (e) => {
  const button = (e.target as Element).closest("[data-add]");
  if (!button) return;
  bag.textContent = String(Number(bag.textContent) + 1);
  button.classList.add("added");
  setTimeout(() => button.classList.remove("added"), 900);
});
