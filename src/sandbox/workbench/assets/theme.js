import { the } from "./dom.js";

const KEPT = "paythread-theme";

/** Light or dark: as the machine has it until somebody chooses. */
export function themeSwitch() {
  const root = document.documentElement;
  const kept = localStorage.getItem(KEPT);
  if (kept !== null) root.dataset["theme"] = kept;
  the(document, "#theme", HTMLButtonElement).addEventListener("click", () => {
    const isDark = root.dataset["theme"] === "dark" || (root.dataset["theme"] === undefined && machineIsDark());
    root.dataset["theme"] = isDark ? "light" : "dark";
    localStorage.setItem(KEPT, root.dataset["theme"]);
  });
}

const machineIsDark = () => matchMedia("(prefers-color-scheme: dark)").matches;
