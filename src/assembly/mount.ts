import type { MikroORM } from "@mikro-orm/postgresql";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readAsk } from "../../bots/ask.ts";
import type { ResolveCase } from "../http/api/needs.ts";
import { docsRoutes } from "../http/api/docs.ts";
import { dryRunRoutes } from "../http/api/dry-run.ts";
import { providerRoutes } from "../http/api/providers.ts";
import { apiRoutes } from "../http/api/routes.ts";
import { healthRoutes } from "../http/health.ts";
import { noSuchPage, payPages } from "../http/pages/routes.ts";
import { answerNotFound, answerProblem } from "../http/problem.ts";
import { providerRoute } from "../http/provider-route.ts";
import { slackRoute } from "../http/slack-route.ts";
import { telegramRoute } from "../http/telegram-route.ts";
import type { Clock, InvoiceBook } from "../ports.ts";
import type { Inbox } from "../store/inbox.ts";
import type { createUsedSignatures } from "../store/used-signatures.ts";
import { createDryRun } from "../usecases/dry-run.ts";
import type { Needs } from "../usecases/needs.ts";
import { expectingBy } from "../usecases/expect-part.ts";
import { createPayDesk } from "../usecases/pay-desk.ts";
import { viewProviders } from "../usecases/providers-view.ts";
import { resolveAsProgram } from "../usecases/resolve-case.ts";
import { keepWebhookIn } from "./keep.ts";
import type { Parts } from "./parts.ts";
import type { assembleSlack } from "./slack.ts";
import type { assembleTelegram } from "./telegram.ts";

type Mounting = {
  readonly parts: Parts;
  readonly needs: Needs;
  readonly orm: MikroORM;
  readonly inbox: Inbox;
  readonly used: ReturnType<typeof createUsedSignatures>;
  readonly slack: ReturnType<typeof assembleSlack>;
  readonly telegram: ReturnType<typeof assembleTelegram>;
  readonly clock: Clock;
  readonly book: InvoiceBook;
  readonly publicUrl: string;
  readonly apiTokens: readonly string[];
};

/** Every door of the one port. */
export async function mountRoutes(server: FastifyInstance, from: Mounting): Promise<void> {
  const { parts, needs, orm, inbox, used, slack, telegram, clock } = from;
  server.setErrorHandler(answerProblem);
  server.setNotFoundHandler(answerNotFound);
  // isConnected() is false until somebody has asked something, so the database is asked.
  healthRoutes(server, { database: () => orm.em.fork().execute("select 1") });
  const { signingSecret } = parts.slack;
  if (signingSecret !== null) slackRoute(server, { listener: slack.listener, signingSecret, used, now: clock });
  const { webhookSecret: secret } = parts.telegram;
  telegramRoute(server, { secret, keep: (update) => telegram.keepUpdate(update) });
  providerRoute(server, { hear: needs.providers.hear, keep: keepWebhookIn(inbox, needs), clock });
  const resolve: ResolveCase = (wish, actor) => resolveAsProgram(needs, wish, actor);
  const { books, policy } = needs;
  await apiRoutes(server, { ...from, books, policy, tokens: from.apiTokens, resolve, expecting: expectingBy(needs) });
  await dryRunRoutes(server, { tokens: from.apiTokens, policy, readAsk, dryRun: createDryRun(needs) });
  await providerRoutes(server, { tokens: from.apiTokens, providers: () => viewProviders(needs) });
  docsRoutes(server, from);
  await payPages(server, { desk: createPayDesk(needs), formTargets: checkoutOrigins(parts) });
}

/** An address that cannot be read: under the pages it looks like an unknown link, elsewhere it is a problem. */
export const unreadable =
  (parts: Parts) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    request.url.startsWith("/p/") ? noSuchPage(checkoutOrigins(parts))(request, reply) : answerNotFound(request, reply);

/** The hosted checkout may stand anywhere on the web, except that a stand-in's stands on this machine. */
const checkoutOrigins = ({ vpos, stripe, ipay }: Parts): readonly string[] => {
  const addresses = [vpos?.baseUrl, ipay?.baseUrl, ...stripe.map(({ apiUrl }) => apiUrl)];
  return ["https:", ...addresses.filter((one) => typeof one === "string" && !one.startsWith("https:"))].map(String);
};
