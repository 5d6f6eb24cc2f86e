import { describe, expect, test } from "vitest";
import { answerSend, arrive } from "../../domain/send.ts";
import { after, later, NOW, owed, sent, when } from "./story.ts";

const sentAt = (seconds: number, more: Parameters<typeof sent>[1] = {}) =>
  owed({ it: { sends: [sent("s1", { at: later(-seconds), ...more })] } });

describe("a live link is sent", () => {
  test("the delivery is written down with who, when and where", () => {
    expect(when(owed({ old: "replaced", it: "active" })).isSent()).toEqual({
      kind: "done",
      facts: [
        {
          is: "link_sent",
          link: "it",
          send: { id: "s2", key: "key-of-s2", at: NOW, by: "Ani", channel: "telegram", outcome: "sent" },
        },
      ],
    });
  });

  test("sending never changes the link itself", () => {
    const before = owed({ it: "active" });
    const { sends, ...rest } = after(before, when(before).isSent()).links[0] ?? { sends: [] };
    expect(sends).toHaveLength(1);
    expect({ ...rest, sends: [] }).toEqual(before.links[0]);
  });

  test("the same request again is the same send, even when the link could not be sent any more", () => {
    expect(when(sentAt(0)).isSent({ key: "key-of-s1" })).toEqual({ kind: "already" });
    const stale = owed({ it: { stale: true, sends: [sent("s1")] } });
    expect(when(stale).isSent({ key: "key-of-s1" })).toEqual({ kind: "already" });
  });
});

describe("a resend to the customer's chat", () => {
  test("is too soon for ten minutes, and says until when", () => {
    expect(when(sentAt(0)).isSent()).toEqual({ kind: "refused", because: "resend_too_soon", until: later(600) });
    expect(when(sentAt(599)).isSent()).toMatchObject({ because: "resend_too_soon", until: later(1) });
  });

  test("goes out when they are over, or when the policy has shorter ones", () => {
    expect(when(sentAt(600)).isSent()).toMatchObject({ kind: "done" });
    expect(when(sentAt(30), { policy: { resendCooldownSeconds: 30 } }).isSent()).toMatchObject({ kind: "done" });
  });

  test("waits for the last of several", () => {
    const twice = owed({ it: { sends: [sent("s0", { at: later(-3600) }), sent("s1", { at: later(-60) })] } });
    expect(when(twice).isSent()).toMatchObject({ because: "resend_too_soon", until: later(540) });
  });

  test.each([
    ["sent", "refused"],
    ["opened", "refused"],
    ["blocked", "done"],
    ["failed", "done"],
  ] as const)("after one that was %s is %s: what did not arrive disturbed nobody", (outcome, kind) => {
    expect(when(sentAt(1, { outcome })).isSent()).toMatchObject({ kind });
  });

  test("is not held up by an address given to the manager, nor is that by a send", () => {
    expect(when(sentAt(1, { channel: "copy" })).isSent()).toMatchObject({ kind: "done" });
    expect(when(sentAt(1)).isSent({ channel: "copy" })).toMatchObject({ facts: [{ send: { channel: "copy" } }] });
  });
});

describe("a send is refused", () => {
  test.each(["paid", "expired", "cancelled", "replaced"] as const)("when the only link is %s", (state) => {
    expect(when(owed({ it: state })).isSent()).toEqual({ kind: "refused", because: "no_live_link" });
  });

  test("when the link is stale, and that is said before the cooldown", () => {
    const stale = owed({ it: { stale: true, sends: [sent("s1")] } });
    expect(when(stale).isSent()).toEqual({ kind: "refused", because: "link_stale" });
    expect(when(stale).isSent({ channel: "copy" })).toEqual({ kind: "refused", because: "link_stale" });
  });
});

describe("word comes of how a delivery ended", () => {
  const invoice = owed({ old: { state: "replaced", sends: [sent("s0")] }, it: { sends: [sent("s1"), sent("s2")] } });

  test("it is noted on that send alone, of whichever link", () => {
    const known = after(invoice, answerSend(invoice, "s1", "blocked"));
    expect(known.links[1]?.sends.map(({ outcome }) => outcome)).toEqual(["blocked", "sent"]);
    expect(answerSend(invoice, "s0", "failed")).toMatchObject({
      facts: [{ is: "send_answered", link: "old", send: "s0" }],
    });
  });

  test("the same word again, or about a send nobody knows, changes nothing", () => {
    expect(answerSend(invoice, "s1", "sent")).toEqual({ kind: "already" });
    expect(answerSend(invoice, "ghost", "failed")).toEqual({ kind: "already" });
  });

  test("a late failure does not close what the customer has opened", () => {
    const opened = after(invoice, answerSend(invoice, "s1", "opened"));
    expect(answerSend(opened, "s1", "failed")).toEqual({ kind: "already" });
  });
});

describe("a customer opens the invitation", () => {
  const arrival = { link: "it", id: "s1", key: "start:7", bound: true };

  test("the chat is theirs from now on, and the link counts as sent and opened", () => {
    expect(arrive(owed({ it: "active" }), arrival, NOW)).toEqual({
      kind: "done",
      facts: [
        { is: "customer_bound", link: "it", channel: "telegram" },
        {
          is: "link_sent",
          link: "it",
          send: { id: "s1", key: "start:7", at: NOW, by: "Karen", channel: "telegram", outcome: "opened" },
        },
      ],
    });
  });

  test("a chat that was theirs before is not bound again", () => {
    expect(arrive(owed({ it: "active" }), { ...arrival, bound: false }, NOW)).toMatchObject({
      facts: [{ is: "link_sent" }],
    });
  });

  test("opening it again is the same arrival, and starts no second cooldown", () => {
    const here = after(owed({ it: "active" }), arrive(owed({ it: "active" }), arrival, NOW));
    expect(arrive(here, arrival, later(60))).toEqual({ kind: "already" });
    expect(when(here, { at: later(599) }).isSent()).toMatchObject({ because: "resend_too_soon", until: later(600) });
  });
});
