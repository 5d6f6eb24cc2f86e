/** Who did something. `id` is stable and belongs to one party (`slack:T1:U1`, `api:1a2b`, `system:expiry`); `name` is for people. */
export type Actor = {
  readonly kind: "manager" | "customer" | "ops" | "provider" | "crm" | "api" | "system";
  readonly id: string;
  readonly name: string;
  /** The chat that a person of another one spoke through; absent: their own. */
  readonly via?: "telegram";
};

/** A job of ours acting by itself, named by its task. */
export const system = (job: string): Actor => ({ kind: "system", id: `system:${job}`, name: job });
