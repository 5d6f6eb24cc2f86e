/**
 * Asks how the payment stands and shows the page anew when that has changed. It asks less and less often, and not at all
 * while nobody looks at the page.
 */
const SOONEST_MS = 2_000;
const LATEST_MS = 10_000;
const SILENCE_MS = 8_000;
/** The provider is asked at most this often while somebody waits for its word. */
const ASK_EVERY_MS = 20_000;

/**
 * Whether the state is no longer the one on the page. No answer is no news: the network may be away for a moment.
 * @param {string} state
 * @param {string} address
 */
async function hasChanged(state, address) {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(SILENCE_MS) });
    if (!answer.ok) return answer.status === 404;
    return (await answer.json()).state !== state;
  } catch {
    return false;
  }
}

/**
 * Has the provider asked about a payment that is not confirmed yet. Whether that was heard shows in the next look.
 * @param {string} address
 */
async function askProvider(address) {
  try {
    await fetch(address.replace(/status$/, "ask"), { method: "POST", signal: AbortSignal.timeout(SILENCE_MS) });
  } catch {
    // The network may be away for a moment: the next time will do.
  }
}

/**
 * @param {string} state
 * @param {string} address
 */
function watch(state, address) {
  let wait = SOONEST_MS;
  let askedAt = Date.now();
  /** @type {number | undefined} */
  let timer;

  const askLater = () => {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(() => void ask(), wait);
  };
  const ask = async () => {
    if (await hasChanged(state, address)) {
      location.reload();
      return;
    }
    if (state === "pending" && Date.now() - askedAt >= ASK_EVERY_MS) {
      askedAt = Date.now();
      await askProvider(address);
    }
    wait = Math.min(wait * 1.25, LATEST_MS);
    askLater();
  };
  const lookAgain = () => {
    wait = SOONEST_MS;
    askLater();
  };

  document.addEventListener("visibilitychange", lookAgain);
  addEventListener("pageshow", lookAgain);
}

const shown = document.querySelector("main").dataset;
watch(String(shown.state), String(shown.status));
