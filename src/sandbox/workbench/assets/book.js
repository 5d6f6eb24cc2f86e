/** @import { BookRow, PaymentView } from "../state.ts" */
import { act } from "./api.js";
import { element, the } from "./dom.js";
import { show } from "./list.js";

/**
 * @param {readonly BookRow[]} rows
 * @param {(name: string) => void} choose
 */
export function drawBook(rows, choose) {
  show(the(document, "#book", HTMLUListElement), rows, {
    key: ({ name }) => name,
    draw: ({ name, amount, customer, purpose, status }) =>
      element(
        "li",
        {},
        element(
          "button",
          { type: "button", class: "invoice", title: purpose, click: () => choose(name), "data-focus": name },
          element(
            "span",
            { class: "first" },
            element("strong", {}, name),
            element("span", { class: "amount" }, amount),
          ),
          element(
            "span",
            { class: "second" },
            element("span", { class: "who" }, customer),
            status !== null && element("span", { class: "status", "data-status": status }, status),
          ),
          element("span", { class: "third" }, purpose),
        ),
      ),
  });
}

const MOST = 4;

/** What a bank can still do with a payment. @type {Readonly<Record<string, readonly string[]>>} */
const MOVES = {
  created: ["paid", "failed"],
  pending: ["paid", "failed"],
  failed: ["paid"],
  cancelled: ["paid"],
  expired: ["paid"],
};

/** @param {readonly PaymentView[]} payments */
export function drawPayments(payments) {
  the(document, "#bank", HTMLDivElement).hidden = payments.length === 0;
  show(the(document, "#payments", HTMLUListElement), payments.slice(-MOST), {
    key: ({ id }) => id,
    draw: ({ id, order, amount, status }) =>
      element(
        "li",
        { class: "payment" },
        element("span", { class: "first" }, element("strong", {}, order), element("span", { class: "amount" }, amount)),
        element("span", { class: "status", "data-status": status }, status.replaceAll("_", " ")),
        ...(MOVES[status] ?? []).map((to) =>
          moveButton({ id, to, late: status !== "created" && status !== "pending" }),
        ),
      ),
  });
}

/** @param {{ id: string, to: string, late: boolean }} move */
const moveButton = ({ id, to, late }) =>
  element(
    "button",
    {
      type: "button",
      title: `The bank says: ${to}`,
      click: () => void act("vpos/settle", { paymentId: id, status: to }),
      "data-focus": to,
    },
    late ? `${to} after all` : to,
  );
