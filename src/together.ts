/** So long the next statement waits for the one before it: what holds that one up must not hold up everybody. */
const PATIENCE_MS = 20;

/** How many are asked in one statement. */
export const MOST_TOGETHER = 16;

type Waiting<Ask, Answer> = {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Asks in one statement what is asked at the same time: whatever comes while one is under way waits for it and goes with the
 * next. Alone nothing waits; the more there is to do, the fewer statements and commits it takes. `many` answers for each in
 * the order in which it was asked. Where the database says that it rolled all of it back, each is asked once more alone, so
 * that an error is heard by whom it concerns, and only by them. After any other failure nobody knows whether it was done, and
 * everybody hears of it, as if they had asked alone.
 */
export function together<Ask, Answer>(
  many: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = [];
  let underWay: object | undefined;
  const go = (): void => {
    if (underWay || waiting.length === 0) return;
    const turn = {};
    underWay = turn;
    const over = (): void => {
      if (underWay !== turn) return;
      underWay = undefined;
      go();
    };
    const impatient = setTimeout(over, PATIENCE_MS);
    void answer(many, waiting.splice(0, MOST_TOGETHER)).finally(() => {
      clearTimeout(impatient);
      over();
    });
  };
  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      queueMicrotask(go);
    });
}

async function answer<Ask, Answer>(
  many: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  batch: readonly Waiting<Ask, Answer>[],
): Promise<void> {
  try {
    const answers = await many(batch.map(({ ask }) => ask));
    if (answers.length !== batch.length) throw new Error(`${batch.length} were asked and ${answers.length} answered`);
    answers.forEach((one, at) => batch[at]?.resolve(one));
  } catch (error) {
    if (batch.length > 1 && wasRolledBack(error)) await Promise.all(batch.map((one) => answer(many, [one])));
    else for (const { reject } of batch) reject(error);
  }
}

/** Refused for its data, its constraints, a conflict with another transaction, or by one of our own functions. */
const ROLLED_BACK = /^(?:22|23|40|P0)/;

const wasRolledBack = (error: unknown): boolean => {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && code.length === 5 && ROLLED_BACK.test(code);
};
