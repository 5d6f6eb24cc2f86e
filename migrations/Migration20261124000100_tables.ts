import { Migration } from "@mikro-orm/migrations";

/** The first tables: one invoice is locked, loaded and saved as a whole; what arrives and what was said is kept. */
export class Migration20261124000100_tables extends Migration {
  override name = "Migration20261124000100_tables";

  override up(): void {
    this.addSql(
      `create table "audit_checkpoints" ("id" bigserial primary key, "at" timestamptz not null, "entries" bigint not null, "up_to" bigint not null, "chains" jsonb not null, "previous" text not null, "root" text not null);`,
    );
    this.addSql(
      `create table "book_invoices" ("id" uuid not null, "kind" text not null, "number" text not null, "amount_minor" bigint not null, "currency" char(3) not null, "purpose" text not null, "customer" jsonb not null, "owner" jsonb null, "state" text not null, "paid_minor" bigint not null default '0', "paid_at" timestamptz null, "updated_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "book_effects" ("key" text not null, "invoice_id" uuid not null, "content" jsonb not null, "at" timestamptz not null, primary key ("key"));`,
    );
    this.addSql(
      `create table "chat_settings" ("bot" text not null, "chat" text not null, "language" text null, "reachable" boolean not null default true, primary key ("bot", "chat"));`,
    );
    this.addSql(
      `create table "customer_chats" ("crm" text not null, "customer_id" text not null, "bot" text not null, "chat" text not null, "bound_at" timestamptz not null, primary key ("crm", "customer_id", "bot"));`,
    );
    this.addSql(
      `create table "account_codes" ("code_hash" text not null, "person" text not null, "person_name" text not null, "expires_at" timestamptz not null, "used_by" text null, "used_in" text null, primary key ("code_hash"));`,
    );
    this.addSql(`create index "account_codes_person" on "account_codes" ("person");`);
    this.addSql(
      `create table "linked_accounts" ("id" bigserial primary key, "account" text not null, "person" text not null, "person_name" text not null, "linked_at" timestamptz not null, "ended_at" timestamptz null, "ended_in" text null);`,
    );
    this.addSql(
      `create unique index "linked_accounts_one_person" on "linked_accounts" ("account") where "ended_at" is null;`,
    );
    this.addSql(`create index "linked_accounts_person" on "linked_accounts" ("person");`);
    this.addSql(
      `create table "inbox" ("id" bigserial primary key, "source" text not null, "key" text not null, "received_at" timestamptz not null, "headers" jsonb not null, "body" bytea not null, "verdict" text not null, "subject" text null);`,
    );
    this.addSql(`alter table "inbox" add constraint "inbox_key_once" unique ("source", "key");`);
    this.addSql(`create index "inbox_subject" on "inbox" ("source", "subject");`);
    this.addSql(`create index "inbox_rejected" on "inbox" ("received_at") where "verdict" = 'rejected';`);
    this.addSql(`create index "inbox_with_body" on "inbox" ("received_at") where "body" <> '';`);
    this.addSql(
      `create table "asked_attempts" ("attempt_id" uuid not null, "asked_at" timestamptz not null, primary key ("attempt_id"));`,
    );
    this.addSql(
      `create table "invoices" ("id" uuid not null, "crm" text not null, "kind" text not null, "number" text not null, "amount_minor" bigint not null, "currency" char(3) not null, "purpose" text not null, "customer_id" text not null, "customer_name" text not null, "customer_language" text null, "owner" jsonb null, "state" text not null, "url" text null, "entries" int not null default 0, "audit_head" text not null default '0000000000000000000000000000000000000000000000000000000000000000', "created_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `create table "audit_entries" ("id" bigserial primary key, "invoice_id" uuid null, "position" int not null, "fact" jsonb not null, "actor" jsonb not null, "request_id" text not null, "at" timestamptz not null, "policy_version" text not null, "previous" text not null, "hash" text not null);`,
    );
    this.addSql(`alter table "audit_entries" add constraint "audit_position_once" unique ("invoice_id", "position");`);
    this.addSql(
      `create unique index "audit_position_once_without_invoice" on "audit_entries" ("position") where "invoice_id" is null;`,
    );
    this.addSql(
      `create table "links" ("id" uuid not null, "invoice_id" uuid not null, "token" text not null, "state" text not null, "stale" boolean not null, "amount_minor" bigint not null, "currency" char(3) not null, "purpose" text not null, "part" boolean not null, "language" text null, "expires_at" timestamptz not null, "issued_by" jsonb not null, "issued_at" timestamptz not null, "origin" jsonb null, primary key ("id"));`,
    );
    this.addSql(`create index "links_invoice" on "links" ("invoice_id");`);
    this.addSql(`alter table "links" add constraint "links_token_once" unique ("token");`);
    this.addSql(`create unique index "links_one_active" on "links" ("invoice_id") where "state" = 'active';`);
    this.addSql(
      `create table "link_chats" ("link_id" uuid not null, "chat" text not null, "bot" text not null, primary key ("link_id"));`,
    );
    this.addSql(
      `create table "invitations" ("token_hash" text not null, "link_id" uuid not null, "expires_at" timestamptz not null, "opened_by" text null, "opened_at" timestamptz null, primary key ("token_hash"));`,
    );
    this.addSql(`create index "invitations_link" on "invitations" ("link_id");`);
    this.addSql(
      `create table "cases" ("id" uuid not null, "invoice_id" uuid null, "link_id" uuid null, "kind" text not null, "cause" text not null, "state" text not null, "details" jsonb not null, "opened_at" timestamptz not null, "resolution" jsonb null, primary key ("id"));`,
    );
    this.addSql(`create index "cases_invoice" on "cases" ("invoice_id");`);
    this.addSql(`create unique index "cases_one_open_a_cause" on "cases" ("kind", "cause") where "state" = 'open';`);
    this.addSql(
      `create table "attempts" ("id" uuid not null, "invoice_id" uuid not null, "link_id" uuid not null, "number" int not null, "provider" text not null, "account" text not null, "state" text not null, "reference" text null, "checkout_url" text null, "checkout_expires_at" timestamptz null, "lookups" int not null, "request_ids" jsonb not null, "opened_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "attempts_link" on "attempts" ("link_id");`);
    this.addSql(`alter table "attempts" add constraint "attempts_number_once" unique ("invoice_id", "number");`);
    this.addSql(`alter table "attempts" add constraint "attempts_reference_once" unique ("provider", "reference");`);
    this.addSql(
      `create table "payments" ("id" uuid not null, "invoice_id" uuid not null, "link_id" uuid not null, "attempt_id" uuid not null, "provider" text not null, "reference" text not null, "bank_reference" text null, "amount_minor" bigint not null, "refunded_minor" bigint not null, "currency" char(3) not null, "home" text not null, "dispute" text null, "fiscal" text not null, "paid_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(`create index "payments_invoice" on "payments" ("invoice_id");`);
    this.addSql(`alter table "payments" add constraint "payments_attempt_once" unique ("attempt_id");`);
    this.addSql(`alter table "payments" add constraint "payments_reference_once" unique ("provider", "reference");`);
    this.addSql(`create table "poll_offsets" ("bot" text not null, "offset" bigint not null, primary key ("bot"));`);
    this.addSql(
      `create table "posted_messages" ("purpose" text not null, "subject" text not null, "channel" text not null, "message" text not null, "content" text not null, primary key ("purpose", "subject"));`,
    );
    this.addSql(
      `create table "sends" ("id" uuid not null, "link_id" uuid not null, "key" text not null, "at" timestamptz not null, "by" text not null, "channel" text not null, "outcome" text not null, primary key ("id"));`,
    );
    this.addSql(`create index "sends_link" on "sends" ("link_id");`);
    this.addSql(`alter table "sends" add constraint "sends_key_once" unique ("link_id", "key");`);
    this.addSql(
      `create table "used_signatures" ("signature" text not null, "expires_at" timestamptz not null, primary key ("signature"));`,
    );
    this.addSql(`create index "used_signatures_expiry" on "used_signatures" ("expires_at");`);
    this.addSql(`alter table "book_invoices" add constraint "book_invoices_amount" check (amount_minor > 0);`);
    this.addSql(
      `alter table "book_effects" add constraint "book_effects_invoice_id_foreign" foreign key ("invoice_id") references "book_invoices" ("id");`,
    );
    this.addSql(`alter table "invoices" add constraint "invoices_kind" check (kind in ('invoice', 'deal', 'order'));`);
    this.addSql(
      `alter table "invoices" add constraint "invoices_state" check (state in ('open', 'cancelled', 'settled'));`,
    );
    this.addSql(`alter table "invoices" add constraint "invoices_amount" check (amount_minor > 0);`);
    this.addSql(
      `alter table "audit_entries" add constraint "audit_entries_invoice_id_foreign" foreign key ("invoice_id") references "invoices" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "links" add constraint "links_invoice_id_foreign" foreign key ("invoice_id") references "invoices" ("id");`,
    );
    this.addSql(
      `alter table "links" add constraint "links_state" check (state in ('active', 'paid', 'expired', 'cancelled', 'replaced'));`,
    );
    this.addSql(`alter table "links" add constraint "links_amount" check (amount_minor > 0);`);
    this.addSql(`alter table "links" add constraint "links_language" check (language in ('hy', 'ru', 'en'));`);
    this.addSql(
      `alter table "link_chats" add constraint "link_chats_link_id_foreign" foreign key ("link_id") references "links" ("id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "asked_attempts" add constraint "asked_attempts_attempt_id_foreign" foreign key ("attempt_id") references "attempts" ("id") on update no action on delete no action;`,
    );
    this.addSql(
      `alter table "invitations" add constraint "invitations_link_id_foreign" foreign key ("link_id") references "links" ("id");`,
    );
    this.addSql(
      `alter table "cases" add constraint "cases_invoice_id_foreign" foreign key ("invoice_id") references "invoices" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "cases" add constraint "cases_link_id_foreign" foreign key ("link_id") references "links" ("id") on delete no action;`,
    );
    this.addSql(
      `alter table "cases" add constraint "cases_kind" check (kind in ('order_differs', 'currency_differs', 'amount_differs', 'overpaid', 'underpaid', 'paid_twice', 'paid_cancelled_link', 'paid_stale_link', 'paid_expired_link', 'paid_replaced_link', 'unknown_payment', 'refund_unannounced', 'refund_overdue', 'refund_refused', 'refund_came_back', 'refund_reversed', 'reconciliation_break', 'chargeback', 'fiscal_failed', 'refund_exceeds', 'link_stale', 'part_overdue', 'provider_refused', 'provider_unclear', 'provider_silent', 'provider_down', 'provider_stopped', 'webhook_altered', 'crm_unknown', 'crm_refused', 'delivery_failed'));`,
    );
    this.addSql(`alter table "cases" add constraint "cases_state" check (state in ('open', 'resolved'));`);
    this.addSql(
      `alter table "attempts" add constraint "attempts_invoice_id_foreign" foreign key ("invoice_id") references "invoices" ("id");`,
    );
    this.addSql(
      `alter table "attempts" add constraint "attempts_link_id_foreign" foreign key ("link_id") references "links" ("id");`,
    );
    this.addSql(
      `alter table "attempts" add constraint "attempts_state" check (state in ('opening', 'pending', 'paid', 'failed', 'expired', 'unknown'));`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_invoice_id_foreign" foreign key ("invoice_id") references "invoices" ("id");`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_link_id_foreign" foreign key ("link_id") references "links" ("id");`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_attempt_id_foreign" foreign key ("attempt_id") references "attempts" ("id");`,
    );
    this.addSql(
      `alter table "payments" add constraint "payments_home" check (home in ('applied', 'held', 'refunded'));`,
    );
    this.addSql(`alter table "payments" add constraint "payments_amount" check (amount_minor > 0);`);
    this.addSql(
      `alter table "payments" add constraint "payments_refunded" check (refunded_minor between 0 and amount_minor);`,
    );
    this.addSql(`alter table "payments" add constraint "payments_dispute" check (dispute in ('open', 'won', 'lost'));`);
    this.addSql(
      `alter table "payments" add constraint "payments_fiscal" check (fiscal in ('none', 'required', 'queued', 'issued', 'failed', 'unknown', 'manual', 'part returned', 'returned'));`,
    );
    this.addSql(`create index "payments_bank_reference" on "payments" ("provider", "bank_reference");`);
    this.addSql(
      `alter table "sends" add constraint "sends_link_id_foreign" foreign key ("link_id") references "links" ("id");`,
    );
    this.addSql(
      `alter table "sends" add constraint "sends_channel" check (channel in ('telegram', 'slack', 'email', 'copy'));`,
    );
    this.addSql(
      `alter table "sends" add constraint "sends_outcome" check (outcome in ('sent', 'opened', 'blocked', 'failed'));`,
    );

    for (const statement of BY_HAND) this.addSql(statement);
  }
}

/** What the entity definitions cannot say: guards that stand behind the rules where no race can pass them. */
const BY_HAND = [
  `create unique index "invoices_number_once" on "invoices" ("crm", "kind", upper("number"))`,
  `create unique index "book_invoices_number_once" on "book_invoices" ("kind", upper("number"))`,
  `create unique index "attempts_one_open" on "attempts" ("link_id") where state in ('opening', 'pending', 'unknown')`,
  `create function audit_is_append_only() returns trigger language plpgsql as $$
   begin
     raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
   end $$`,
  `create trigger audit_append_only before update or delete on "audit_entries"
   for each row execute function audit_is_append_only()`,
  `create trigger audit_never_truncated before truncate on "audit_entries"
   for each statement execute function audit_is_append_only()`,
  `create trigger audit_checkpoints_append_only before update or delete on "audit_checkpoints"
   for each row execute function audit_is_append_only()`,
  `create trigger audit_checkpoints_never_truncated before truncate on "audit_checkpoints"
   for each statement execute function audit_is_append_only()`,
];
