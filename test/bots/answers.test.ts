import { describe, expect, test } from "vitest";
import { sayReport } from "../../bots/answers.ts";
import { LOCALES } from "../../domain/locale.ts";
import { ani, NOW, owed } from "../domain/story.ts";

const invoice = owed({ it: "active" });
const AT = { timeZone: "Asia/Yerevan", room: 2000, name: (text: string) => text };

/** How many lines tell something, and how many are said to be left out. */
function counted(text: string, kept: RegExp): [told: number, leftOut: number] {
  const lines = text.split("\n");
  const left = lines.find((line) => !kept.test(line) && /\d/.test(line) && line !== lines[0]);
  return [lines.filter((line) => kept.test(line)).length, Number(/\d+/.exec(left ?? "0")?.[0])];
}

describe("more is to be told than one message takes", () => {
  test.each(LOCALES)("in %s a story is told from its end, and says how much came before", (locale) => {
    const entry = {
      fact: { is: "link_expired", link: "it" },
      actor: ani,
      requestId: "r",
      at: NOW,
      policyVersion: "p",
    } as const;
    const entries = Array.from({ length: 200 }, (_, at) => ({ ...entry, position: at + 1 }));
    const [told, leftOut] = counted(sayReport({ kind: "why", invoice, entries }, { ...AT, locale }), /2026/);
    expect([told > 10, told + leftOut]).toEqual([true, 200]);
  });

  test.each(LOCALES)("in %s a list says how many more there are", (locale) => {
    const invoices = Array.from({ length: 150 }, () => invoice);
    const [told, leftOut] = counted(`\n${sayReport({ kind: "list", invoices }, { ...AT, locale })}`, /INV-1042/);
    expect([told > 10, told + leftOut]).toEqual([true, 150]);
  });
});
