import { createHash } from "node:crypto";
import type { EntityManager } from "@mikro-orm/postgresql";
import { CompiledQuery } from "kysely";
import pg from "pg";

/**
 * Asks PostgreSQL one statement, on the transaction of `em` where it is in one. Each `?` is a value that travels beside the
 * statement: MikroORM's own `execute` writes the values into it, so that PostgreSQL reads and plans every single one anew.
 */
export async function ask<Row>(em: EntityManager, statement: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(numbered(statement), [...values]));
  return rows;
}

/** `?` as PostgreSQL knows it: `$1`, `$2`. Statements are few and asked often. */
function numbered(statement: string): string {
  const known = NUMBERED.get(statement);
  if (known !== undefined) return known;
  let place = 0;
  const text = statement.replaceAll("?", () => `$${(place += 1)}`);
  if (NUMBERED.size < MOST_KNOWN) NUMBERED.set(statement, text);
  return text;
}

const NUMBERED = new Map<string, string>();

/** More texts than we ever wrote: some are put together from lists, and those are not remembered for ever. */
const MOST_KNOWN = 300;

/** The name under which a connection prepares a statement: the same text has the same name, everywhere. */
function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined || NAMES.size >= MOST_KNOWN) return known;
  const name = createHash("sha256").update(text).digest("base64url");
  NAMES.set(text, name);
  return name;
}

const NAMES = new Map<string, string>();

/** A connection that has PostgreSQL read and plan a statement with values once, and not each time it is asked. */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const plainly = this.query.bind(this);
    const query = (first: unknown, values?: unknown, ...rest: unknown[]): unknown => {
      const name = typeof first === "string" && Array.isArray(values) && values.length > 0 ? nameOf(first) : undefined;
      const what = name === undefined ? [first, values] : [{ name, text: first, values }];
      return Reflect.apply<undefined, unknown[], unknown>(plainly, undefined, [...what, ...rest]);
    };
    Reflect.defineProperty(this, "query", { value: query });
  }
}
