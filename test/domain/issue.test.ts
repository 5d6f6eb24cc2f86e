import { describe, expect, test } from "vitest";
import { type Decision, REFUSALS, type RefusalCode } from "../../domain/decision.ts";
import type { Invoice } from "../../domain/invoice.ts";
import { type IssueRequest, unheeded } from "../../domain/issue.ts";
import { DEFAULT_POLICY } from "../../domain/policy.ts";
import { ani, DAY, DUE, later, link, money, NOW, owed, payment, when } from "./story.ts";

describe("a manager asks for a link", () => {
  test("it is made out for what is owed, in the CRM's words, by whoever asked", () => {
    const origin = { chat: "slack", channel: "C1", user: "UANI", locale: "ru" } as const;
    expect(when(owed()).isIssued({ language: "en", origin })).toEqual({
      kind: "done",
      facts: [
        {
          is: "link_issued",
          link: {
            id: "new",
            token: "token-of-new",
            state: "active",
            stale: false,
            part: false,
            amount: DUE,
            purpose: "Twelve chairs",
            language: "en",
            expiresAt: new Date("2026-11-27T19:59:59Z"),
            issuedBy: ani,
            issuedAt: NOW,
            origin,
            sends: [],
          },
        },
      ],
    });
  });

  test("without a language it speaks the customer's own", () => {
    expect(when(owed()).isIssued()).toMatchObject({ facts: [{ link: { language: null } }] });
  });

  test("it ends when the manager said", () => {
    expect(when(owed()).isIssued({ deadline: { date: "2026-12-01" } })).toMatchObject({
      facts: [{ link: { expiresAt: new Date("2026-12-01T19:59:59Z") } }],
    });
  });

  test("of an invoice that is paid in part, it is made out for the rest", () => {
    const rest = owed({ it: "paid" }, { payments: [payment("p", { amount: money(500_000n) })] });
    expect(when(rest).isIssued()).toMatchObject({ facts: [{ link: { amount: money(1_000_000n) } }] });
  });

  test("money that is held has paid nothing yet", () => {
    const held = owed({ it: "expired" }, { payments: [payment("p", { home: "held" })] });
    expect(when(held).isIssued()).toMatchObject({ facts: [{ link: { amount: DUE } }] });
  });

  test.each(["paid", "expired", "cancelled", "replaced"] as const)(
    "a link that is %s does not stand in the way",
    (state) => {
      expect(when(owed({ old: state })).isIssued()).toMatchObject({ kind: "done", facts: [{ is: "link_issued" }] });
    },
  );
});

describe("a link is live already", () => {
  test("asking again is the same link, whoever asks", () => {
    expect(when(owed({ it: "active" })).isIssued()).toEqual({ kind: "already" });
    expect(when(owed({ it: "active" })).isIssued({ by: { ...ani, id: "slack:T1:UBEN" } })).toEqual({ kind: "already" });
  });

  test("even when it is stale or its deadline has passed and nobody noticed yet", () => {
    expect(when(owed({ it: { stale: true } })).isIssued()).toEqual({ kind: "already" });
    expect(when(owed({ it: { expiresAt: NOW } })).isIssued()).toEqual({ kind: "already" });
  });
});

describe("words ask for another link than the one that is live", () => {
  const live = link("it", { language: "ru", expiresAt: new Date("2026-11-27T19:59:59Z") });
  const half = link("it", { part: true, amount: money(750_000n) });
  const words = (one: typeof live, asked: Partial<IssueRequest>) =>
    unheeded(owed({}, { links: [one] }), one, asked, { policy: DEFAULT_POLICY, now: NOW });

  test.each<[Partial<IssueRequest>, readonly string[]]>([
    [{ part: "50%" }, ["part"]],
    [{ deadline: { days: 2 } }, ["expires"]],
    [{ deadline: { date: "2026-11-28" } }, ["expires"]],
    [{ language: "hy" }, ["lang"]],
    [{ part: "7500", deadline: { days: 2 }, language: "en" }, ["part", "expires", "lang"]],
    [{ part: "7500", deadline: { days: 3 }, language: "ru" }, ["part"]],
  ])("%j: those words are not heeded", (asked, ignored) => {
    expect(words(live, asked)).toEqual(ignored);
  });

  test("words that say what it is anyway are heeded", () => {
    expect(words(live, {})).toEqual([]);
    expect(words(live, { part: "100%", deadline: { days: 3 }, language: "ru" })).toEqual([]);
    expect(words(half, { part: "50%" })).toEqual([]);
    expect(words(half, { part: "7500" })).toEqual([]);
    expect(words(half, {})).toEqual([]);
  });
});

type Story = { readonly invoice?: Partial<Invoice>; readonly request?: Partial<IssueRequest> };
type Given = Extract<
  RefusalCode,
  | "invoice_cancelled"
  | "invoice_paid"
  | "part_unreadable"
  | "part_too_small"
  | "part_too_large"
  | "part_too_many"
  | "part_leaves_too_little"
  | "amount_not_whole"
  | "deadline_passed"
  | "deadline_too_far"
>;

describe("a link is refused", () => {
  // One story for each no this rule can give; all others of RefusalCode are the desk's or another rule's.
  const STORIES: Record<Given, Story> & Partial<Record<RefusalCode, Story>> = {
    invoice_cancelled: { invoice: { state: "cancelled" } },
    invoice_paid: { invoice: { links: [link("it", { state: "paid" })], payments: [payment("p")] } },
    part_unreadable: { request: { part: "1.005" } },
    part_too_small: { request: { part: "999" } },
    part_too_large: { request: { part: "15001" } },
    part_too_many: {
      invoice: {
        links: [link("a", { state: "paid" })],
        payments: [1, 2, 3].map((n) => payment(`p${n}`, { amount: money(100_000n) })),
      },
      request: { part: "2000" },
    },
    part_leaves_too_little: { request: { part: "14500" } },
    amount_not_whole: { invoice: { amount: money(1_500_050n) } },
    deadline_passed: { request: { deadline: { date: "2026-11-23" } } },
    deadline_too_far: { request: { deadline: { date: "2027-11-27" } } },
  };
  const told = (because: string): object => ({ kind: "refused", because });
  const ask = ({ invoice, request }: Story): Decision => when(owed({}, invoice)).isIssued(request);

  test.each(Object.entries(STORIES))("%s", (because, story) => {
    expect(ask(story)).toMatchObject(told(because));
  });

  const ORDER = REFUSALS.filter((code) => code in STORIES);
  // Days that are over and days that are too far do not meet in one request; nor do a paid invoice and a broken rest of it.
  const NEVER_TOGETHER = new Set(["deadline_passed deadline_too_far", "invoice_paid amount_not_whole"]);
  const pairs = ORDER.flatMap((first, place) => ORDER.slice(place + 1).map((second) => [first, second] as const));
  const possible = pairs.filter(([first, second]) => !NEVER_TOGETHER.has(`${first} ${second}`));

  test.each(possible)("%s is said before %s", (first, second) => {
    const [one, two] = [STORIES[first] ?? {}, STORIES[second] ?? {}];
    const both = { invoice: { ...two.invoice, ...one.invoice }, request: { ...two.request, ...one.request } };
    expect(ask(both)).toMatchObject(told(first));
  });

  test("paid is paid even when more came than is owed now", () => {
    const story = { invoice: { amount: money(100_000n), payments: [payment("p")] } };
    expect(ask(story)).toMatchObject(told("invoice_paid"));
  });

  test("before it is said that a live link exists", () => {
    expect(when(owed({ it: "active" }, { state: "cancelled" })).isIssued()).toMatchObject(told("invoice_cancelled"));
  });

  test("from the very second the deadline is now", () => {
    const close = new Date("2026-11-24T19:59:59Z");
    expect(when(owed(), { at: close }).isIssued({ deadline: { days: 0 } })).toMatchObject(told("deadline_passed"));
    expect(when(owed(), { at: later(-1, close) }).isIssued({ deadline: { days: 0 } })).toMatchObject({ kind: "done" });
  });

  test("from a year and a day on", () => {
    const seconds = (count: number) => when(owed(), { policy: { deadline: { seconds: count } } }).isIssued();
    expect(seconds(366 * DAY)).toMatchObject({ kind: "done" });
    expect(seconds(366 * DAY + 1)).toMatchObject(told("deadline_too_far"));
  });
});

describe("fractions", () => {
  const luma = { amount: money(1_500_050n) };

  test("of a dram are collected where the policy says so", () => {
    expect(when(owed({}, luma), { policy: { wholeUnits: [] } }).isIssued()).toMatchObject({ kind: "done" });
  });

  test("of a dollar always are", () => {
    expect(when(owed({}, { amount: money(1999n, "USD") })).isIssued()).toMatchObject({ kind: "done" });
  });
});
