import { describe } from "vitest";
import { torture } from "./kit.ts";
import { VPOS } from "./vpos.ts";

describe("VPOS.am, by the assumed contract against our stand-in", () => {
  torture(VPOS);
});
