import { type Command, sendCommand } from "./commands.ts";
import { checkCertificate, type EventOptions, say, type Saying, sendEvent, verifyAddress } from "./events.ts";
import { sendShortcut, type Shortcut } from "./interactions.ts";
import { leave, type Submit, submit, type Suggest, suggest } from "./modals.ts";
import { press, type Press, pressInView, type PressInView } from "./press.ts";
import type { Ephemeral, Json, Message, SavedState, View } from "./saved-state.ts";
import { send, type Sent } from "./sender.ts";
import { createServer } from "./server.ts";
import type { Exchange } from "./wire.ts";
import { createWorkspace, type Setup, type Workspace } from "./workspace.ts";

export type SlackSandbox = ReturnType<typeof createSlackSandbox>;

/**
 * Slack on this machine: one workspace with one installed app, over real HTTP on 127.0.0.1. People act through the
 * methods below (each is a signed request to the app), the app answers through the Web API at `apiUrl`.
 */
export function createSlackSandbox(setup: Setup) {
  const workspace = createWorkspace(setup);
  const server = createServer(workspace);

  return {
    /** Port 0 takes a free one. */
    async start(port = 0): Promise<void> {
      workspace.origin = await server.listen({ host: "127.0.0.1", port });
    },
    /** Breaks every open connection and ends every retry that is still waiting. */
    async stop(): Promise<void> {
      workspace.stopping.abort();
      await server.close();
    },
    /** For `slackApiUrl` of the SDK. Known after `start()`. */
    get apiUrl(): string {
      if (workspace.origin === "") throw new Error("The Slack stand-in has no address yet: await start() first.");
      return `${workspace.origin}/api/`;
    },
    team: workspace.team,
    app: workspace.app,
    people: setup.people,
    channels: setup.channels,
    /** What shall go wrong with the next calls of the app. */
    faults: workspace.faults,
    ...whatPeopleDo(workspace),
    ...whatSlackDoes(workspace),
    ...whatCanBeSeen(workspace),
  };
}

function whatPeopleDo(workspace: Workspace) {
  return {
    command: async (command: Command) => sendCommand(workspace, command),
    press: async (asked: Press) => press(workspace, asked),
    pressInView: async (asked: PressInView) => pressInView(workspace, asked),
    submitView: async (asked: Submit) => submit(workspace, asked),
    /** A person closes a window without saying anything. */
    leaveView: (asked: Pick<Submit, "userId" | "viewId">) => leave(workspace, asked),
    suggest: async (asked: Suggest) => suggest(workspace, asked),
    shortcut: async (asked: Shortcut) => sendShortcut(workspace, asked),
    say: async (saying: Saying) => say(workspace, saying),
  };
}

function whatSlackDoes(workspace: Workspace) {
  return {
    event: async (event: Json, options?: EventOptions) => sendEvent(workspace, event, options),
    verifyAddress: async () => verifyAddress(workspace),
    checkCertificate: async () => checkCertificate(workspace),
    /** An administrator closes the account of a person; a new start of the stand-in has forgotten it. */
    deactivates: (userId: string): void => void workspace.deactivated.add(userId),
    /** The same bytes and the same signature once more, as an attacker who listened would send them. */
    replay: async (sent: Sent) => send(workspace, sent),
  };
}

function whatCanBeSeen(workspace: Workspace) {
  const { state, listeners, wire } = workspace;
  return {
    /** In the order of their `ts`; replies carry `threadTs`. */
    messages: (channelId: string): Message[] =>
      structuredClone(state.messages.filter((message) => message.channelId === channelId)),
    /** What only this person sees. */
    ephemerals: (userId: string): Ephemeral[] =>
      structuredClone(state.ephemerals.filter((message) => message.userId === userId)),
    /** The open modals and the App Home of this person. */
    views: (userId: string): View[] => structuredClone(state.views.filter((view) => view.userId === userId)),
    wire: (): readonly Exchange[] => wire.all(),
    /** JSON for the disk; give it back as `state`. */
    snapshot: (): SavedState => structuredClone(state),
    /** Returns the way to stop listening. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
