/** What can go wrong with one call. `afterActing`: Slack did what was asked, only the answer is bad. */
export type Fault =
  /** Slack acts, then the connection breaks: the app cannot know what happened. */
  | { readonly is: "answer_lost" }
  /** The request is taken and never answered; nothing is done unless `afterActing`. */
  | { readonly is: "hang"; readonly afterActing?: boolean }
  | { readonly is: "http"; readonly status: number; readonly afterActing?: boolean }
  /** Slack acts and answers 200 with half a JSON text. */
  | { readonly is: "broken_json" }
  | { readonly is: "rate_limited"; readonly retryAfterSeconds: number }
  /** Slack acts at once and answers so many milliseconds later. */
  | { readonly is: "slow"; readonly ms: number }
  | { readonly is: "error"; readonly code: string; readonly afterActing?: boolean };

export type Faults = ReturnType<typeof createFaults>;

/** A queue of faults for each Web API method, and one named `response_url`. Each call takes the next of its queue. */
export function createFaults() {
  const queues = new Map<string, Fault[]>();

  return {
    add(method: string, fault: Fault, times = 1): void {
      const queue = queues.get(method) ?? [];
      queues.set(method, [...queue, ...Array.from({ length: times }, () => fault)]);
    },
    take: (method: string): Fault | undefined => queues.get(method)?.shift(),
    /** Faults nobody has met yet: a test that ends with some has not tested what it says. */
    left: (method: string): number => queues.get(method)?.length ?? 0,
    clear: (): void => queues.clear(),
  };
}

/** True when the call must not reach Slack's memory. */
export function preventsActing(fault: Fault): boolean {
  if (fault.is === "rate_limited") return true;
  return (fault.is === "hang" || fault.is === "http" || fault.is === "error") && fault.afterActing !== true;
}
