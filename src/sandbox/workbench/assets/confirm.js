import { element } from "./dom.js";
import { decoded } from "./mrkdwn.js";

/** @import { Confirmation } from "./block-kit.js" */

/**
 * Asks the person first, as Slack does. Escape and a press beside the dialog mean no.
 * @param {Confirmation} asked
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, confirm, deny, style = "primary" }) {
  const dialog = element(
    "dialog",
    { "aria-labelledby": "confirm-title" },
    element(
      "form",
      { method: "dialog" },
      element("h3", { id: "confirm-title" }, decoded(title.text)),
      element("p", {}, decoded(text.text)),
      element(
        "div",
        { class: "block-actions" },
        element("button", { class: "slack-button", value: "no" }, decoded(deny.text)),
        element("button", { class: `slack-button ${style}`, value: "yes" }, decoded(confirm.text)),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("click", ({ target }) => {
      if (target === dialog) dialog.close("no");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
