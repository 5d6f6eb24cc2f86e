/** A table of the aggregate: its columns, each with its type and where its value lies in the domain's object. */
type Table = {
  readonly name: string;
  readonly columns: Readonly<Record<string, { readonly type: string; readonly from: readonly string[] }>>;
  /** What may change after the row was made. Everything else is fixed for ever, whatever is asked. */
  readonly mutable: readonly string[];
};

const at = (type: string, ...from: string[]) => ({ type, from });

const MONEY = { amount_minor: at("bigint", "amount", "minor"), currency: at("text", "amount", "currency") };

const LINKS: Table = {
  name: "links",
  columns: {
    id: at("uuid", "id"),
    invoice_id: at("uuid", "invoice"),
    token: at("text", "token"),
    state: at("text", "state"),
    stale: at("boolean", "stale"),
    ...MONEY,
    purpose: at("text", "purpose"),
    part: at("boolean", "part"),
    language: at("text", "language"),
    expires_at: at("timestamptz", "expiresAt"),
    issued_by: at("jsonb", "issuedBy"),
    issued_at: at("timestamptz", "issuedAt"),
    origin: at("jsonb", "origin"),
  },
  mutable: ["state", "stale", "amount_minor", "currency", "purpose", "part"],
};

const SENDS: Table = {
  name: "sends",
  columns: {
    id: at("uuid", "id"),
    link_id: at("uuid", "link"),
    key: at("text", "key"),
    at: at("timestamptz", "at"),
    by: at("text", "by"),
    channel: at("text", "channel"),
    outcome: at("text", "outcome"),
  },
  mutable: ["outcome"],
};

const ATTEMPTS: Table = {
  name: "attempts",
  columns: {
    id: at("uuid", "id"),
    invoice_id: at("uuid", "invoice"),
    link_id: at("uuid", "link"),
    number: at("int", "number"),
    provider: at("text", "provider"),
    account: at("text", "account"),
    state: at("text", "state"),
    reference: at("text", "reference"),
    checkout_url: at("text", "checkoutUrl"),
    checkout_expires_at: at("timestamptz", "checkoutExpiresAt"),
    lookups: at("int", "lookups"),
    request_ids: at("jsonb", "requestIds"),
    opened_at: at("timestamptz", "openedAt"),
  },
  mutable: ["state", "reference", "checkout_url", "checkout_expires_at", "lookups", "request_ids"],
};

const PAYMENTS: Table = {
  name: "payments",
  columns: {
    id: at("uuid", "id"),
    invoice_id: at("uuid", "invoice"),
    link_id: at("uuid", "link"),
    attempt_id: at("uuid", "attempt"),
    provider: at("text", "provider"),
    reference: at("text", "reference"),
    bank_reference: at("text", "bankReference"),
    ...MONEY,
    refunded_minor: at("bigint", "refunded", "minor"),
    home: at("text", "home"),
    dispute: at("text", "dispute"),
    fiscal: at("text", "fiscal"),
    paid_at: at("timestamptz", "paidAt"),
  },
  mutable: ["refunded_minor", "home", "dispute", "fiscal"],
};

const CASES: Table = {
  name: "cases",
  columns: {
    id: at("uuid", "id"),
    invoice_id: at("uuid", "invoice"),
    link_id: at("uuid", "link"),
    kind: at("text", "kind"),
    cause: at("text", "cause"),
    state: at("text", "state"),
    details: at("jsonb", "details"),
    opened_at: at("timestamptz", "openedAt"),
    resolution: at("jsonb", "resolution"),
  },
  mutable: ["state", "details", "resolution"],
};

/**
 * The part of one statement that writes a table: any number of rows from the array of its name in `held.doc`, new ones
 * inserted, known ones changed where they may, and only while `held` has the invoice.
 */
const upserting = ({ name, columns, mutable }: Table): string => {
  const names = Object.keys(columns).map((column) => `"${column}"`);
  const values = Object.values(columns).map(({ type, from }) =>
    type === "jsonb" ? `nullif(r #> '{${from.join(",")}}', 'null')` : `(r #>> '{${from.join(",")}}')::${type}`,
  );
  return `saved_${name} as (
    insert into ${name} (${names.join(", ")})
    select ${values.join(", ")} from held, jsonb_array_elements(held.doc -> '${name}') r
    on conflict (id) do update set ${mutable.map((column) => `"${column}" = excluded."${column}"`).join(", ")}
  )`;
};

/** Every table of the aggregate but the invoice's own row. */
export const UPSERTS = [LINKS, SENDS, ATTEMPTS, PAYMENTS, CASES].map(upserting).join(",\n");
