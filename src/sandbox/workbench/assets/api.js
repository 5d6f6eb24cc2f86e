/** @import { WorkbenchState } from "../state.ts" */
/** @import { WireEntry } from "../wire.ts" */
import { element, the } from "./dom.js";

/** @returns {Promise<WorkbenchState>} */
export async function fetchState() {
  const answer = await fetch("/sandbox/api/state");
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return answer.json();
}

/**
 * @param {number} after
 * @returns {Promise<readonly WireEntry[]>}
 */
export async function fetchWire(after) {
  const answer = await fetch(`/sandbox/api/wire?after=${after}`);
  if (!answer.ok) throw new Error(await reasonOf(answer));
  return exchangesIn(answer);
}

/**
 * @param {Response} answer
 * @returns {Promise<readonly WireEntry[]>}
 */
const exchangesIn = (answer) => answer.json().then(({ exchanges }) => exchanges);

/**
 * Does something as a person. What went wrong is shown, never thrown; the chats tell by themselves what came of it.
 * @param {string} what
 * @param {object} asked
 * @returns {Promise<boolean>} whether it was taken
 */
export async function act(what, asked) {
  try {
    const answer = await fetch(`/sandbox/api/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
    if (!answer.ok) notice(await reasonOf(answer));
    return answer.ok;
  } catch {
    notice("The service does not answer. Is it still running?");
    return false;
  }
}

/**
 * @param {Response} answer
 * @returns {Promise<string>}
 */
async function reasonOf(answer) {
  const otherwise = `The service answered ${answer.status}.`;
  return answer.json().then(
    ({ error }) => (typeof error === "string" ? error : otherwise),
    () => otherwise,
  );
}

/**
 * Says something to the person at the page for some seconds.
 * @param {string} sentence
 */
export function notice(sentence) {
  const line = element("p", {}, sentence);
  the(document, "#notices", HTMLDivElement).append(line);
  setTimeout(() => line.remove(), 6_000);
}
