import { describe } from "vitest";
import { torture } from "./kit.ts";
import { STRIPE } from "./stripe.ts";

describe("Stripe, against our stand-in", () => {
  torture(STRIPE);
});
