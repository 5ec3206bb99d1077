// The digits press the buttons that they stand on; Enter on the focused button needs no script.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, textarea, input[type=text]")) return;
  document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`)?.click();
});
