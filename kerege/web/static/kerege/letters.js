// Buttons for ң, ө and ү under the field one writes in: many keyboards lack them.
(() => {
  const bar = document.createElement("div");
  let field;
  bar.className = "letters";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", document.currentScript.dataset.label);
  for (const letter of "ңөүҢӨҮ") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = letter;
    button.onmousedown = (event) => event.preventDefault();
    button.onclick = () => {
      field.focus();
      field.setRangeText(letter, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    bar.append(button);
  }
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("textarea, input[type=search], input[type=text]:not([inputmode], [autocomplete])")) return;
    field = target;
    if (field.nextSibling !== bar) field.after(bar);
  });
})();
