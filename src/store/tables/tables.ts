import { AccountCodes, LinkedAccounts } from "./accounts.ts";
import { Attempts, CaseFiles, Invoices, Links, Payments, Sends } from "./aggregate.ts";
import { AuditCheckpoints, AuditEntries } from "./audit.ts";
import { BookEffects, BookInvoices } from "./book.ts";
import {
  AskedAttempts,
  ChatSettings,
  CustomerChats,
  Inbox,
  Invitations,
  LinkChats,
  PollOffsets,
  PostedMessages,
  UsedSignatures,
} from "./edges.ts";

/** Every table MikroORM knows. The outbox is written by hand: see its migration. */
export const TABLES = [
  Invoices,
  Links,
  Sends,
  Attempts,
  Payments,
  CaseFiles,
  AuditEntries,
  AuditCheckpoints,
  Inbox,
  AskedAttempts,
  UsedSignatures,
  PostedMessages,
  Invitations,
  LinkChats,
  CustomerChats,
  ChatSettings,
  PollOffsets,
  AccountCodes,
  LinkedAccounts,
  BookInvoices,
  BookEffects,
];
