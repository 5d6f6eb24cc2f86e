import { Composer, type Context, type NextFunction } from "grammy";
import type { CodeOpened } from "../../desk.ts";
import type { Languages } from "../customer-doors.ts";
import { isCode, PASTED } from "../features/code.ts";
import { FALLBACK, languageOf } from "../languages.ts";
import { deliveryOf } from "./asked.ts";
import type { ManagerDoors } from "./doors.ts";
import { MANAGER_WORDS, type ManagerWords } from "./words.ts";

type Doors = Pick<ManagerDoors, "accounts"> & { readonly languages: Languages };

/**
 * A person of Slack opens the bot with a code they got there, or ends that. Codes look like a customer's invitations: one that
 * is not ours is handed on, and nobody who has never been linked learns that there is such a thing.
 */
export function account({ accounts, languages }: Doors): Composer<Context> {
  const composer = new Composer<Context>();
  const privately = composer.chatType("private");

  const open = async (ctx: Context, code: string, next: NextFunction): Promise<void> => {
    const opened = isCode(code) ? await accounts.open(code, String(ctx.from?.id), deliveryOf(ctx)) : UNKNOWN;
    if (opened.is === "unknown") await next();
    else await ctx.reply(sayOpened(opened, await wordsFor(ctx, languages)));
  };
  privately.command("start", async (ctx, next) => open(ctx, ctx.match.trim(), next));
  privately.hears(PASTED, async (ctx, next) => open(ctx, ctx.match[1] ?? "", next));

  privately.command("unlink", async (ctx, next) => {
    const left = await accounts.leave(String(ctx.from.id), deliveryOf(ctx));
    if (left === "never") return next();
    const words = await wordsFor(ctx, languages);
    await ctx.reply(left === "ended" ? words.notLinked : words.unlinked(left.name));
  });
  return composer;
}

const UNKNOWN: CodeOpened = { is: "unknown" };

function sayOpened(opened: Exclude<CodeOpened, { is: "unknown" }>, words: ManagerWords): string {
  if (opened.is !== "linked") return opened.is === "used" ? words.codeUsed : words.codeExpired;
  const { person, instead } = opened;
  return instead ? words.linkedInstead(person.name, instead.name) : words.linked(person.name);
}

const wordsFor = async (ctx: Context, languages: Languages): Promise<ManagerWords> =>
  MANAGER_WORDS[(await languageOf(ctx, languages)) ?? FALLBACK];
