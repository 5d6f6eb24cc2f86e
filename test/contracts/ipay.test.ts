import { describe } from "vitest";
import { torture } from "./kit.ts";
import { IPAY } from "./ipay.ts";

describe("ArCa iPay, against our stand-in", () => {
  torture(IPAY);
});
