import type { Invoice } from "../../domain/invoice.ts";
import { after, factsOf } from "./story.ts";
import type { Step } from "./lives.ts";

/** The story of one cell of a table of states: what somebody would live through in it. */
export type CellStory<State> = {
  readonly tells: string;
  readonly play: () => Played;
  /** What the rule answers: facts in their order, `already`, its no, or the bug it would be. */
  readonly answers: readonly string[];
  readonly becomes: State;
};

type Played = { readonly before: Invoice; readonly after: Invoice; readonly answers: readonly string[] };

/** This happens to that invoice. What is thrown is a bug that would be seen, and changes nothing. */
export function happens(before: Invoice, step: Step): Played {
  try {
    const decision = step(before);
    const kept = decision.kind === "done" ? factsOf(decision).map(({ is }) => is) : [said(decision)];
    return { before, after: after(before, decision), answers: kept };
  } catch (error) {
    return { before, after: before, answers: [`bug: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

const said = (decision: Exclude<ReturnType<Step>, { kind: "done" }>): string =>
  decision.kind === "refused" ? `no: ${decision.because}` : decision.kind;
