import { createHash, randomBytes } from "node:crypto";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Clock, Invitations } from "../ports.ts";
import { ask } from "../sql.ts";

type Needs = { readonly orm: MikroORM; readonly clock: Clock; readonly bot: string };

/** 128 random bits in 22 characters: what a deep link can carry and nobody can guess. */
export const newToken = (): string => randomBytes(16).toString("base64url");

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Invitations and chats on PostgreSQL, for one bot. */
export const createInvitations = ({ orm, clock, bot }: Needs): Invitations => {
  const run: Run = <T>(sql: string, values: unknown[]) => ask<T>(orm.em.fork(), sql, values);
  return { ...tokens(run, clock), ...chats(run, clock, bot) };
};

type Run = <T>(sql: string, values: unknown[]) => Promise<T[]>;

const tokens = (run: Run, clock: Clock): Pick<Invitations, "invite" | "open"> => ({
  invite: async (link, expiresAt) => {
    const token = newToken();
    const values = [hashOf(token), link, expiresAt];
    await run("insert into invitations (token_hash, link_id, expires_at) values (?, ?, ?) returning link_id", values);
    return token;
  },
  open: async (token, chat) => {
    const [row] = await run<{ link: string; invitation: string }>(OPEN, [chat, clock(), hashOf(token), clock(), chat]);
    return row;
  },
});

const chats = (run: Run, clock: Clock, bot: string): Omit<Invitations, "invite" | "open"> => ({
  chatOf: async ({ crm, customer }) => {
    const [row] = await run<{ chat: string }>(CHAT_OF, [crm, customer.id, bot]);
    return row?.chat;
  },
  bind: async ({ crm, customer }, chat) => {
    const rows = await run(
      `insert into customer_chats (crm, customer_id, bot, chat, bound_at) values (?, ?, ?, ?, ?)
       on conflict (crm, customer_id, bot) do update set chat = excluded.chat, bound_at = excluded.bound_at
       where exists (
         select from chat_settings s where s.bot = customer_chats.bot and s.chat = customer_chats.chat and not s.reachable
       )
       returning chat`,
      [crm, customer.id, bot, chat, clock()],
    );
    return rows.length > 0;
  },
  chatOfLink: async (link) => {
    const [row] = await run<{ chat: string }>(CHAT_OF_LINK, [link, bot]);
    return row?.chat;
  },
  showIn: async (link, chat) => {
    await run(
      `insert into link_chats (link_id, chat, bot) values (?, ?, ?)
       on conflict (link_id) do update set chat = excluded.chat, bot = excluded.bot returning chat`,
      [link, chat, bot],
    );
  },
});

/** The first chat keeps it: another chat with the same token learns nothing, not even that it is known. */
const OPEN = `
update invitations set opened_by = coalesce(opened_by, ?), opened_at = coalesce(opened_at, ?)
where token_hash = ? and expires_at > ? and (opened_by is null or opened_by = ?)
returning link_id as link, left(token_hash, 16) as invitation`;

/** A chat that shut us out sees nothing any more: the link may be shown in another. */
const CHAT_OF_LINK = `
select l.chat from link_chats l left join chat_settings s on s.bot = l.bot and s.chat = l.chat
where l.link_id = ? and l.bot = ? and coalesce(s.reachable, true)`;

const CHAT_OF = `
select c.chat from customer_chats c
left join chat_settings s on s.bot = c.bot and s.chat = c.chat
where c.crm = ? and c.customer_id = ? and c.bot = ? and coalesce(s.reachable, true)`;
