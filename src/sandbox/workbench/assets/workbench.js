/** @import { WorkbenchState } from "../state.ts" */
import { fetchState, notice } from "./api.js";
import { drawBook, drawPayments } from "./book.js";
import { the } from "./dom.js";
import { drawModals } from "./modal.js";
import { slackPane } from "./slack.js";
import { telegramPane } from "./telegram.js";
import { themeSwitch } from "./theme.js";
import { wireDrawer } from "./wire.js";

const pane = (/** @type {string} */ id) => the(document, id, HTMLElement);

themeSwitch();
const wire = wireDrawer();
const customer = telegramPane(pane("#customer"));
const sales = slackPane(pane("#sales"), {
  channel: () => "C0SALES",
  person: "U0ANI",
  examples: ["/paylink INV-1042", "/paylink list", "/paylink why INV-1042", "/paylink help"],
  links: customer,
});
const ops = slackPane(pane("#ops"), {
  channel: ({ opsChannel }) => opsChannel,
  person: "U0LILIT",
  examples: ["/paylink cases", "/paylink help"],
  links: customer,
});

/** @param {WorkbenchState} state */
function draw({ slack, telegram, vpos, book, wireCount }) {
  // Telegram first: Slack's messages need to know which addresses are its bot's.
  if (telegram) customer.draw(telegram);
  if (slack) {
    sales.draw(slack);
    ops.draw(slack);
    drawModals(slack, [sales.person(), ops.person()]);
  }
  for (const id of ["#sales", "#ops"]) pane(id).classList.toggle("elsewhere", slack === null);
  pane("#customer").classList.toggle("elsewhere", telegram === null);
  drawBook(book, (name) => sales.type(`/paylink ${name}`));
  drawPayments(vpos?.payments ?? []);
  wire.count(wireCount);
}

let loading = false;
let again = false;

/** Fetches and draws what there is now; what is asked for meanwhile is done once, afterwards. */
async function refresh() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    draw(await fetchState());
  } catch (error) {
    notice(error instanceof Error ? error.message : "The page could not be drawn.");
  }
  loading = false;
  if (again) {
    again = false;
    await refresh();
  }
}

const events = new EventSource("/sandbox/api/events");
events.addEventListener("message", () => void refresh());
// Also after the connection was lost: the service may have been restarted.
events.addEventListener("open", () => void refresh());
void refresh();
