import { createFaults, type Faults } from "./faults.ts";
import { createRates, type Rates } from "./rates.ts";
import { createResponseUrls, type ResponseUrls } from "./response-urls.ts";
import { emptyState, savedState, type SavedState } from "./saved-state.ts";
import { createTriggers, type Triggers } from "./triggers.ts";
import { createWire, type Wire } from "./wire.ts";

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly realName?: string;
  /** As Slack writes it: `hy-AM`, `ru-RU`, `en-US`. */
  readonly locale?: string;
  /** A guest of the workspace: of several channels, or of one. */
  readonly isRestricted?: boolean;
  readonly isUltraRestricted?: boolean;
  readonly isBot?: boolean;
  readonly deleted?: boolean;
  /** Someone of another company in a shared channel. */
  readonly teamId?: string;
};

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isShared?: boolean;
  /** Whether somebody has invited the app. */
  readonly botIsMember?: boolean;
  /** Absent: everybody. */
  readonly members?: readonly string[];
};

/** Looked up at each call, so a change of `users` holds from the next one on. */
export type UserGroup = {
  readonly id: string;
  readonly handle: string;
  readonly users: readonly string[];
  readonly disabled?: boolean;
};

/** One installed app in one workspace: what its admins have set up. */
export type Setup = {
  readonly botToken: string;
  readonly signingSecret: string;
  /** Where the app takes commands, clicks and events. Asked at each delivery, so it may be known late. */
  readonly eventsUrl: () => string;
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly userGroups?: readonly UserGroup[];
  readonly clock?: () => Date;
  readonly scopes?: readonly string[];
  readonly team?: { readonly id: string; readonly domain: string; readonly name: string };
  readonly app?: { readonly id: string; readonly name: string; readonly botId: string; readonly userId: string };
  /** What `snapshot()` gave earlier. */
  readonly state?: unknown;
  /** How long Slack waits for an answer before the person sees a failure. */
  readonly answerWithinMs?: number;
  /** When a failed event is sent again. */
  readonly eventRetryDelaysMs?: readonly number[];
};

export type Workspace = {
  readonly setup: Setup;
  readonly team: NonNullable<Setup["team"]>;
  readonly app: NonNullable<Setup["app"]>;
  readonly scopes: readonly string[];
  readonly clock: () => Date;
  readonly state: SavedState;
  readonly rates: Rates;
  readonly faults: Faults;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly wire: Wire;
  /** Aborted by `stop()`: ends every wait. */
  readonly stopping: AbortController;
  readonly listeners: Set<() => void>;
  /** Whose accounts were closed since the start. */
  readonly deactivated: Set<string>;
  origin: string;
};

const DEFAULT_SCOPES = [
  "app_mentions:read",
  "chat:write",
  "commands",
  "im:write",
  "users:read",
  "usergroups:read",
  "channels:history",
  "groups:history",
  "im:history",
];

export function createWorkspace(setup: Setup): Workspace {
  const clock = setup.clock ?? (() => new Date());
  return {
    setup,
    team: setup.team ?? { id: "T0SANDBOX", domain: "sandbox", name: "Sandbox" },
    app: setup.app ?? { id: "A0PAYTHREAD", name: "paythread", botId: "B0PAYTHREAD", userId: "U0PAYTHREAD" },
    scopes: setup.scopes ?? DEFAULT_SCOPES,
    clock,
    state: setup.state === undefined ? emptyState() : savedState.parse(setup.state),
    rates: createRates(clock),
    faults: createFaults(),
    triggers: createTriggers(clock),
    responseUrls: createResponseUrls(clock),
    wire: createWire(clock, [setup.botToken, setup.signingSecret]),
    stopping: new AbortController(),
    listeners: new Set(),
    deactivated: new Set(),
    origin: "",
  };
}

export function personOf(workspace: Workspace, userId: string): Person | undefined {
  const { app, setup, deactivated } = workspace;
  if (userId === app.userId) return { id: userId, name: app.name, isBot: true };
  const person = setup.people.find(({ id }) => id === userId);
  return person && deactivated.has(userId) ? { ...person, deleted: true } : person;
}

/** Tells whoever watches (the workbench page, the file on disk) that something changed. */
export function changed(workspace: Workspace): void {
  for (const listener of workspace.listeners) listener();
}
