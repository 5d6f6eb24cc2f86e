import { randomInt } from "node:crypto";
import { createPoster, type Posted, type Poster } from "./post.ts";
import type { PendingUpdate, SavedState } from "./state.ts";
import type { World } from "./world.ts";

type Webhook = NonNullable<SavedState["webhook"]>;
type Needs = Pick<World, "state" | "updates" | "clock" | "secondMs" | "wire" | "changed">;
/** One order of updates, busy while one of them is on its way or waits for its next try. */
type Lane = { failures: number; busy: boolean; timer: NodeJS.Timeout | null };
type Parcel = { readonly to: Webhook; readonly entry: PendingUpdate; readonly lane: Lane };

const READ_TIMEOUT_S = 60;
const GONE_CLOSES_MS = 23 * 3_600_000;

/** Posts updates to the webhook: in order within a lane, at least once, again until they expire. */
export class Delivery {
  readonly #needs: Needs;
  readonly #lanes = new Map<string, Lane>();
  #hook: Webhook | null = null;
  /** Null while stopped. */
  #poster: Poster | null = null;
  #connections = 0;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  start(): void {
    this.#poster = createPoster(READ_TIMEOUT_S * this.#needs.secondMs);
    this.pump();
  }

  stop(): void {
    const poster = this.#poster;
    this.#poster = null;
    this.#forgetLanes();
    poster?.close();
  }

  /** Posts whatever waits and may go now. */
  pump(): void {
    const { state, updates } = this.#needs;
    if (this.#hook !== state.webhook) this.#forgetLanes();
    this.#hook = state.webhook;
    if (!this.#hook || !this.#poster) return;
    for (const entry of updates.pending()) {
      if (this.#connections >= this.#hook.maxConnections) return;
      const lane = this.#lanes.get(entry.lane) ?? { failures: 0, busy: false, timer: null };
      if (lane.busy) continue;
      lane.busy = true;
      this.#lanes.set(entry.lane, lane);
      void this.#deliver({ to: this.#hook, entry, lane }, this.#poster);
    }
  }

  async #deliver(parcel: Parcel, poster: Poster): Promise<void> {
    this.#connections += 1;
    const posted = await send(this.#needs, poster, parcel);
    this.#connections -= 1;
    // Stopped, or the webhook was moved meanwhile: the update still waits and goes where it belongs now.
    if (poster !== this.#poster || parcel.to !== this.#needs.state.webhook) return this.pump();
    if (confirms(posted)) {
      parcel.to.goneSince = null;
      this.#done(parcel.entry);
    } else {
      this.#failed(parcel, posted);
    }
    this.#needs.changed();
  }

  #failed({ to, lane }: Parcel, posted: Posted): void {
    const { state, clock, secondMs } = this.#needs;
    const now = clock();
    lane.failures += 1;
    note(to, posted, now);
    if (to.goneSince !== null && now.getTime() - to.goneSince > GONE_CLOSES_MS) {
      state.webhook = null;
      return;
    }
    const seconds = pauseOf(posted, lane.failures);
    lane.timer = setTimeout(() => {
      lane.busy = false;
      this.pump();
    }, seconds * secondMs);
  }

  #done(entry: PendingUpdate): void {
    this.#needs.updates.confirm((other) => other === entry);
    this.#lanes.delete(entry.lane);
  }

  #forgetLanes(): void {
    for (const { timer } of this.#lanes.values()) if (timer) clearTimeout(timer);
    this.#lanes.clear();
  }
}

const confirms = ({ status }: Posted): boolean => status !== null && status >= 200 && status < 300;

/** The first retry comes at once, then after 2, 4, 8 ... seconds; the bot's own Retry-After goes before. */
function pauseOf(posted: Posted, failures: number): number {
  if (posted.status !== null && posted.retryAfter !== null) return posted.retryAfter;
  return failures === 1 ? 0 : Math.min(2 ** (failures - 1), randomInt(60, 121));
}

function note(hook: Webhook, posted: Posted, now: Date): void {
  const message =
    posted.status === null
      ? posted.problem
      : `Wrong response from the webhook: ${posted.status} ${posted.reason}`.trimEnd();
  hook.lastError = { at: Math.floor(now.getTime() / 1000), message };
  hook.goneSince = posted.status === 410 ? (hook.goneSince ?? now.getTime()) : null;
}

async function send({ wire }: Needs, poster: Poster, { to, entry }: Parcel): Promise<Posted> {
  const end = wire.begin({ direction: "to_bot", method: "webhook", request: entry.update });
  const secret: Record<string, string> =
    to.secretToken === "" ? {} : { "x-telegram-bot-api-secret-token": to.secretToken };
  const headers = { "content-type": "application/json", ...secret };
  const posted = await poster.post(to.url, headers, JSON.stringify(entry.update));
  end({ status: posted.status, response: posted.status === null ? posted.problem : posted.body });
  return posted;
}
