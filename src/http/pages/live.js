/**
 * Asks how the payment stands and shows the page anew when that has changed. It asks less and less often, and not at all
 * while nobody looks at the page.
 */
const SOONEST_MS = 2_000;
const LATEST_MS = 10_000;
const SILENCE_MS = 8_000;

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
 * @param {string} state
 * @param {string} address
 */
function watch(state, address) {
  let wait = SOONEST_MS;
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
