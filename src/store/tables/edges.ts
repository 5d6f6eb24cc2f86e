import { defineEntity, p } from "@mikro-orm/postgresql";
import { Attempts, Links } from "./aggregate.ts";

/** What arrived from outside, as it arrived, once per key, stored before it is acknowledged. */
export const Inbox = defineEntity({
  name: "Inbox",
  tableName: "inbox",
  properties: {
    id: p.bigint().primary().autoincrement(),
    source: p.text(),
    key: p.text(),
    receivedAt: p.datetime(),
    headers: p.json(),
    body: p.blob(),
    verdict: p.text(),
    /** The provider's id of what it is about, by which a person finds it; null: of a chat, or it could not be read. */
    subject: p.text().nullable(),
  },
  indexes: [
    { name: "inbox_subject", properties: ["source", "subject"] },
    { name: "inbox_rejected", properties: ["receivedAt"], where: { verdict: "rejected" } },
    { name: "inbox_with_body", properties: ["receivedAt"], where: `"body" <> ''` },
  ],
  uniques: [{ name: "inbox_key_once", properties: ["source", "key"] }],
});

/** When the provider was last asked about an attempt because somebody pressed Pay, by whichever copy of the service. */
export const AskedAttempts = defineEntity({
  name: "AskedAttempts",
  tableName: "asked_attempts",
  properties: {
    attempt: () => p.manyToOne(Attempts).primary().deleteRule("no action").updateRule("no action"),
    askedAt: p.datetime(),
  },
});

/** Slack signatures already used, so that a replayed request runs nothing. */
export const UsedSignatures = defineEntity({
  name: "UsedSignatures",
  tableName: "used_signatures",
  properties: { signature: p.text().primary(), expiresAt: p.datetime().index("used_signatures_expiry") },
});

/** Messages of ours that stand in chats, so that they are edited and never posted twice. */
export const PostedMessages = defineEntity({
  name: "PostedMessages",
  tableName: "posted_messages",
  properties: {
    purpose: p.text().primary(),
    subject: p.text().primary(),
    channel: p.text(),
    message: p.text(),
    content: p.text(),
  },
});

/** Deep links into the customer's chat: only the hash of a token is kept, for one link, until it expires. */
export const Invitations = defineEntity({
  name: "Invitations",
  tableName: "invitations",
  properties: {
    tokenHash: p.text().primary(),
    link: () => p.manyToOne(Links).index("invitations_link"),
    expiresAt: p.datetime(),
    openedBy: p.text().nullable(),
    openedAt: p.datetime().nullable(),
  },
});

/** Which chat sees a link: the customer's own, or whoever opened the invitation. */
export const LinkChats = defineEntity({
  name: "LinkChats",
  tableName: "link_chats",
  properties: {
    link: () => p.manyToOne(Links).primary().deleteRule("no action").updateRule("no action"),
    chat: p.text(),
    bot: p.text(),
  },
});

/** The chat of a CRM customer, bound by the first invitation of theirs that was opened. */
export const CustomerChats = defineEntity({
  name: "CustomerChats",
  tableName: "customer_chats",
  properties: {
    crm: p.text().primary(),
    customerId: p.text().primary(),
    bot: p.text().primary(),
    chat: p.text(),
    boundAt: p.datetime(),
  },
});

/** What a chat told us about itself: its language, and whether it still lets us in. */
export const ChatSettings = defineEntity({
  name: "ChatSettings",
  tableName: "chat_settings",
  properties: {
    bot: p.text().primary(),
    chat: p.text().primary(),
    language: p.text().nullable(),
    reachable: p.boolean().default(true),
  },
});

/** How far a bot's updates have been kept. */
export const PollOffsets = defineEntity({
  name: "PollOffsets",
  tableName: "poll_offsets",
  properties: { bot: p.text().primary(), offset: p.bigint() },
});
