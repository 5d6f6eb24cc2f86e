import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { mayNot } from "../../domain/rights.ts";
import { ani, owed } from "./story.ts";

describe("an invoice that nobody owns", () => {
  test("is refused to a viewer without a name of who may: there is none", () => {
    const viewer = { ...ani, userId: "UX", member: false };
    const policy = { ...DEFAULT_POLICY, roles: { ...DEFAULT_POLICY.roles, viewer: [viewer.id] } };
    expect(mayNot(viewer, "issue", owed({}, { owner: null }), policy)).toEqual({ because: "not_allowed", who: "" });
  });
});
