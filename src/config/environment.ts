import { z } from "zod";

/** An optional setting. An empty text, as an environment file leaves it, means that it is not set. */
const optional = <T extends z.ZodType>(inner: T) =>
  z.preprocess((text) => (text === "" ? undefined : text), inner.optional());

/** A setting with a default. */
const defaulted = <T extends z.ZodType>(inner: T, value: z.output<T>) =>
  optional(inner).transform((given) => given ?? value);

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== ""),
);

const url = (example: string) =>
  z.url({ protocol: /^https?$/, error: `must be an http(s) address such as ${example}` });

const origin = (example: string) =>
  url(example)
    .refine(
      (text) => !URL.canParse(text) || new URL(text).pathname === "/",
      `must be an origin such as ${example}, without a path`,
    )
    .transform((text) => new URL(text).origin);

/** One value, or several with the name of the merchant's account each belongs to: `sk_1` or `main=sk_1,shop2=sk_2`. */
const accounts = (form: RegExp, mistake: string) =>
  list
    .transform((all) => all.map((one) => /^(?:([\w-]+)=)?(.*)$/s.exec(one)))
    .transform((all) => all.map((read) => ({ account: read?.[1] ?? "main", value: read?.[2] ?? "" })))
    .refine((all) => all.every(({ value }) => form.test(value)), mistake);

const withoutSlash = (text: string): string => text.replace(/\/+$/, "");

const isTimeZone = (text: string): boolean => Intl.supportedValuesOf("timeZone").includes(text) || text === "UTC";

const LEASE = "must be a whole number of seconds, 2 to 300";

/** Every setting of paythread, by its name in the environment. What each is for stands in `.env.example`. */
export const Environment = z.object({
  // A slip of the pen here would switch the guards of production off in silence.
  NODE_ENV: optional(
    z.enum(["production", "development", "test"], "must be production, development or test, or not be set"),
  ),
  SANDBOX: optional(z.literal("1", "must be 1 or absent")),
  PORT: defaulted(z.coerce.number("must be a port number").int("must be a port number").min(0).max(65_535), 3000),
  HOST: defaulted(z.string(), "127.0.0.1"),
  PUBLIC_URL: optional(origin("https://pay.example.am")),
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host/database" }),
  ),
  DATA_DIR: defaulted(z.string(), ".data"),
  POLICY_FILE: optional(z.string()),
  MERCHANT_TIMEZONE: optional(z.string().refine(isTimeZone, "must be a time zone such as Asia/Yerevan")),
  LOG_LEVEL: defaulted(
    z.enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    ),
    "info",
  ),
  SLACK_BOT_TOKEN: optional(z.string().startsWith("xoxb-", "must be a bot token; it begins with xoxb-")),
  SLACK_SIGNING_SECRET: optional(z.string()),
  SLACK_APP_TOKEN: optional(z.string().startsWith("xapp-", "must be an app-level token; it begins with xapp-")),
  SLACK_OPS_CHANNEL: optional(
    z.string().regex(/^[^#\s]+$/, "must be a channel's id such as C0123456789, not its name"),
  ),
  SLACK_API_URL: optional(url("https://slack.com/api/").endsWith("/api/", "must end in /api/")),
  TELEGRAM_BOT_TOKEN: optional(z.string().regex(/^\d+:[\w-]+$/, "must be a bot token such as 123456:ABC")),
  TELEGRAM_WEBHOOK_SECRET: optional(z.string().regex(/^[\w-]{1,256}$/, "may hold 1 to 256 letters, digits, _ and -")),
  TELEGRAM_OPS_CHAT: optional(z.string().regex(/^-?\d+$/, "must be a chat's id, which is a number")),
  TELEGRAM_MANAGER_CHATS: optional(
    list.refine(
      (all) => all.every((one) => /^-\d+(?:\/\d+)?$/.test(one)),
      "must be ids of groups, such as -100123 or -100123/45 for one topic",
    ),
  ),
  TELEGRAM_API_ROOT: optional(url("https://api.telegram.org").transform(withoutSlash)),
  VPOS_BASE_URL: optional(origin("https://api.vpos.am")),
  VPOS_API_TOKEN: optional(z.string()),
  VPOS_WEBHOOK_SECRET: optional(list),
  VPOS_AMD_EXPONENT: optional(
    z.enum(["0", "2"], "must be 0 or 2: how many decimals VPOS.am counts in an amount of dram"),
  ),
  VPOS_ACCEPT_ASSUMED_CONTRACT: optional(z.literal("1", "must be 1 or absent")),
  STRIPE_SECRET_KEY: optional(
    accounts(/^[sr]k_(?:test|live)_\w+$/, "must be a secret or restricted key such as sk_live_…"),
  ),
  STRIPE_WEBHOOK_SECRET: optional(accounts(/^whsec_\w+$/, "must be a signing secret such as whsec_…")),
  STRIPE_API_URL: optional(origin("https://api.stripe.com")),
  IPAY_BASE_URL: optional(origin("https://ipay.arca.am")),
  IPAY_FORM_URL: optional(
    url("https://ipay.arca.am/payment/merchants/SHOP/payment_en.html?mdOrder={orderId}").includes(
      "{orderId}",
      "must name {orderId}, where iPay's id of the order stands",
    ),
  ),
  IPAY_USERNAME: optional(z.string()),
  IPAY_PASSWORD: optional(z.string()),
  LEASE_SECONDS: defaulted(z.coerce.number(LEASE).int(LEASE).min(2, LEASE).max(300, LEASE), 15),
  API_TOKENS: defaulted(list, []),
  INVOICE_WEBHOOK_URL: optional(url("https://crm.example.am/hooks/paythread")),
  INVOICE_WEBHOOK_SECRET: optional(
    z.string().regex(/^whsec_[A-Za-z0-9+/]+=*$/, "must be a Standard Webhooks secret: whsec_ followed by base64"),
  ),
});

export type Environment = z.infer<typeof Environment>;
