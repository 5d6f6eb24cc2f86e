import { describe, expect, test } from "vitest";
import { theAttempt, theLink } from "../../domain/apply.ts";
import { appliedTo, heldFor, type Invoice } from "../../domain/invoice.ts";
import { ATTEMPT_MOVES, LINK_MOVES } from "../../domain/states.ts";
import { ATTEMPT_CELLS } from "./attempt-cells.ts";
import type { CellStory } from "./cell.ts";
import { LINK_CELLS } from "./link-cells.ts";
import { DUE } from "./story.ts";

type Cells = Readonly<Record<string, Readonly<Record<string, CellStory<string>>>>>;
type Moves = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every cell with its story, and where the table says that it leads: nowhere is where it was. */
const cellsOf = (cells: Cells, moves: Moves) =>
  Object.entries(cells).flatMap(([from, stories]) =>
    Object.entries(stories).map(([change, story]) => ({
      from,
      change,
      story,
      tells: story.tells,
      to: moves[from]?.[change] ?? from,
    })),
  );

const LINKS = cellsOf(LINK_CELLS, LINK_MOVES);
const ATTEMPTS = cellsOf(ATTEMPT_CELLS, ATTEMPT_MOVES);

/** What is true of the money whatever happened: a payment has one home, and nothing is applied twice. */
function moneyIsCountedOnce(invoice: Invoice): void {
  const paid = invoice.payments.reduce((sum, { amount }) => sum + amount.minor, 0n);
  expect(appliedTo(invoice) + heldFor(invoice)).toBe(paid);
  expect(appliedTo(invoice)).toBeLessThanOrEqual(DUE.minor);
  expect(invoice.links.filter(({ state }) => state === "active").length).toBeLessThanOrEqual(1);
}

describe("a link that is", () => {
  test.each(LINKS)("$from and hears $change: $tells", ({ from, story, to }) => {
    const { before, after, answers } = story.play();
    expect(theLink(before, "it").state).toBe(from);
    expect(answers).toEqual(story.answers);
    expect(theLink(after, "it").state).toBe(story.becomes);
    expect(story.becomes).toBe(to);
    moneyIsCountedOnce(after);
  });
});

describe("an attempt that is", () => {
  test.each(ATTEMPTS)("$from and hears $change: $tells", ({ from, story, to }) => {
    const { before, after, answers } = story.play();
    expect(theAttempt(before, "try").state).toBe(from);
    expect(answers).toEqual(story.answers);
    expect(theAttempt(after, "try").state).toBe(story.becomes);
    expect(story.becomes).toBe(to);
    moneyIsCountedOnce(after);
  });
});

describe("the stories of all cells", () => {
  test("are as many as there are cells, and no two are the same", () => {
    const told = [...LINKS, ...ATTEMPTS].map(({ tells }) => tells);
    expect(new Set(told).size).toBe(5 * 4 + 6 * 5);
    expect(told.length).toBe(50);
  });
});
