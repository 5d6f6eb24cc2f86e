import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { TIERS } from "../../src/sandbox/slack/limits.ts";
import type { Exchange } from "../../src/sandbox/slack/wire.ts";
import {
  bodyViolations,
  manifestViolations,
  methodSpec,
  slackSpecPresent,
  slackViolations,
} from "../specs/slack-spec.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/specs/slack");

/** Examples that contradict the schema of their own method, in Slack's published data. */
const CONTRADICTIONS: Readonly<Record<string, number>> = {
  "auth.teams.list": 1,
  "chat.scheduledMessages.list": 1,
  "conversations.history": 3,
  // A failure without an error code.
  "conversations.leave": 1,
  "conversations.setPurpose": 1,
  "oauth.v2.access": 2,
  "usergroups.create": 1,
  "usergroups.disable": 1,
  "usergroups.enable": 1,
  "users.profile.set": 1,
  "users.setPhoto": 1,
};

function sent(
  name: string,
  request: Record<string, string>,
  response: unknown = { ok: false, error: "fatal_error" },
): Exchange {
  return { at: "", direction: "from_app", kind: "web_api", name, request, response, status: 200, ms: 0 };
}

describe.skipIf(!slackSpecPresent)("the validator of Slack calls", () => {
  test("accepts the published examples, but for those that contradict their own schema", () => {
    const failing: Record<string, number> = {};
    const names = readdirSync(join(FOLDER, "methods")).map((file) => file.replace(/\.json$/, ""));
    let examples = 0;
    for (const name of names) {
      const spec = methodSpec(name);
      if (!spec) throw new Error(`${name} cannot be read`);
      for (const { example } of Object.values(spec.examples)) {
        examples += 1;
        if (bodyViolations(name, example, spec).length > 0) failing[name] = (failing[name] ?? 0) + 1;
      }
    }
    expect(examples).toBe(169);
    expect(failing).toEqual(CONTRADICTIONS);
  });

  const wrong: Record<string, Exchange> = {
    "a method that does not exist": sent("chat.shout", {}),
    "an unknown argument": sent("chat.postMessage", { channel: "C1", colour: "red" }),
    "a missing argument": sent("chat.postMessage", { text: "x" }),
    "blocks that are no list": sent("chat.postMessage", { channel: "C1", blocks: "{}" }),
    "metadata that is no object": sent("chat.postMessage", { channel: "C1", metadata: "[" }),
    "a flag that is none": sent("users.info", { user: "U1", include_locale: "perhaps" }),
    "a view that is no object": sent("views.open", { trigger_id: "1", view: "[]" }),
    "an answer without its ts": sent("chat.postMessage", { channel: "C1" }, { ok: true, channel: "C1" }),
    "an error nobody documented": sent("chat.postMessage", { channel: "C1" }, { ok: false, error: "tired" }),
  };
  test.for(Object.entries(wrong))("refuses %s", ([, exchange]) => {
    expect(slackViolations([exchange])).toHaveLength(1);
  });

  test("accepts a right call, and does not judge an answer that a fault has broken", () => {
    const request = { channel: "C1", blocks: "[]", metadata: "{}", unfurl_links: "false", team_id: "T1" };
    expect(slackViolations([sent("chat.postMessage", request)])).toEqual([]);
    expect(slackViolations([{ ...sent("chat.postMessage", request, null), status: 0, fault: "hang" }])).toEqual([]);
  });
});

describe.skipIf(!slackSpecPresent)("the validator of manifests", () => {
  const manifest = {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: { name: "paythread" },
    features: { slash_commands: [{ command: "/paylink", description: "Payment link" }] },
  };
  test("accepts a right one", () => {
    expect(manifestViolations(manifest)).toEqual([]);
  });
  test("refuses a long name, a command without a slash and an unknown key", () => {
    const command = { command: "paylink", description: "x" };
    expect(manifestViolations({ ...manifest, display_information: { name: "x".repeat(36) } })).not.toEqual([]);
    expect(manifestViolations({ ...manifest, features: { slash_commands: [command] } })).not.toEqual([]);
    expect(manifestViolations({ ...manifest, colour: "red" })).not.toEqual([]);
  });
});

describe.skipIf(!slackSpecPresent)("the stand-in's rates", () => {
  const tiers = {
    "usergroups.users.list": "t2",
    "chat.update": "t3",
    "conversations.history": "t3",
    "users.info": "t4",
  } as const;
  test.for(Object.entries(tiers))("%s is %s in both published tables", ([name, tier]) => {
    const table = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(join(FOLDER, "rate_limit_tiers.json"), "utf8")));
    expect(methodSpec(name)?.rate_limits).toBe(tier);
    expect(table[name]).toBe(`Tier${tier.slice(1)}`);
    expect(TIERS[tier]).toBe({ t2: 20, t3: 50, t4: 100 }[tier]);
  });
});
