import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PayDesk } from "../../usecases/page-view.ts";
import { type AssetName, ASSETS, assetCaching } from "./assets.ts";
import { pageHeaders } from "./headers.ts";
import { chooseLanguage } from "./language.ts";
import { noticePage } from "./notice.ts";
import { languageQuery, payPage } from "./page.ts";
import { chosenLanguage, fromAnotherSite, tokenOf, versionAsked, wishesOf } from "./request.ts";
import type { NoticeKind } from "./words/page-words.ts";

export type PagesOptions = {
  readonly desk: PayDesk;
  /** The origins of the provider's checkout, where a press on Pay may lead. */
  readonly formTargets: readonly string[];
  /** The id under which a press on Pay is recorded. Fastify's own when absent. */
  readonly requestIdOf?: (request: FastifyRequest) => string;
};

/** The customer's pages. Looking (GET, HEAD) changes nothing; the only thing a customer can do is press Pay. */
export async function payPages(server: FastifyInstance, options: PagesOptions): Promise<void> {
  const { requestIdOf = ({ id }: FastifyRequest) => id } = options;
  const known = { ...options, requestIdOf };
  await server.register(
    (pages, _, done) => {
      const headers = pageHeaders(options.formTargets);
      pages.addHook("onRequest", async (_request, reply) => void reply.headers(headers));
      pages.setNotFoundHandler((request, reply) => notice(request, reply, { status: 404, kind: "notFound" }));
      pages.setErrorHandler(failed(known));
      look(pages, "/:token", showPage(known, { returned: false }));
      look(pages, "/:token/return", showPage(known, { returned: true }));
      look(pages, "/:token/status", showStatus(known));
      look(pages, "/-/style.css", sendAsset("style.css"));
      look(pages, "/-/live.js", sendAsset("live.js"));
      pages.post("/:token/pay", press(known));
      pages.post("/:token/ask", ask(known));
      refuseOtherMethods(pages, "/:token/ask", ["POST"]);
      refuseOtherMethods(pages, "/:token/pay", ["POST"]);
      done();
    },
    { prefix: "/p" },
  );
}

/**
 * The answer to an address under `/p/` that no route ever sees, because it cannot be decoded or is too long: for the
 * server's `frameworkErrors`, so that such an address, too, is the same page as an unknown one.
 */
export const noSuchPage =
  (formTargets: readonly string[]) =>
  (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    notice(request, reply.headers(pageHeaders(formTargets)), { status: 404, kind: "notFound" });

type Known = Required<PagesOptions>;
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function look(pages: FastifyInstance, url: string, handler: Handler): void {
  pages.route({ method: ["GET", "HEAD"], url, handler });
  refuseOtherMethods(pages, url, ["GET", "HEAD"]);
}

function refuseOtherMethods(pages: FastifyInstance, url: string, allowed: readonly string[]): void {
  pages.route({
    method: pages.supportedMethods.filter((method) => !allowed.includes(method)),
    url,
    handler: (request, reply) =>
      notice(request, reply.header("allow", allowed.join(", ")), { status: 405, kind: "wrongMethod" }),
  });
}

const showPage =
  ({ desk }: Known, { returned }: { returned: boolean }): Handler =>
  async (request, reply) => {
    const token = tokenOf(request);
    const view = token === undefined ? undefined : await desk.view(token);
    if (token === undefined || !view) return notice(request, reply, { status: 404, kind: "notFound" });
    const locale = chooseLanguage({ ...wishesOf(request), known: view.language });
    const chosen = chosenLanguage(request);
    return sendPage(reply.header("content-language", locale), payPage({ view, token, locale, chosen, returned }));
  };

const showStatus =
  ({ desk }: Known): Handler =>
  async (request, reply) => {
    const token = tokenOf(request);
    const view = token === undefined ? undefined : await desk.view(token);
    if (!view) return notice(request, reply, { status: 404, kind: "notFound" });
    return reply.send({ state: view.state, paidAt: view.paidAt?.toISOString() ?? null });
  };

const press =
  ({ desk, requestIdOf }: Known): Handler =>
  async (request, reply) => {
    if (fromAnotherSite(request)) return notice(request, reply, { status: 403, kind: "crossSite" });
    const token = tokenOf(request);
    const outcome = token === undefined ? undefined : await desk.pay(token, requestIdOf(request));
    if (!outcome || outcome.is === "unknown") return notice(request, reply, { status: 404, kind: "notFound" });
    const page = `/p/${token}${languageQuery(chosenLanguage(request))}`;
    return reply.redirect(outcome.is === "checkout" ? outcome.url : page, 303);
  };

/** Our own script on an open page: nothing of the payment is changed, the provider is only asked sooner. */
const ask =
  ({ desk, requestIdOf }: Known): Handler =>
  async (request, reply) => {
    if (fromAnotherSite(request)) return notice(request, reply, { status: 403, kind: "crossSite" });
    const token = tokenOf(request);
    const known = token !== undefined && (await desk.ask(token, requestIdOf(request)));
    return known ? reply.code(204).send() : notice(request, reply, { status: 404, kind: "notFound" });
  };

const sendAsset =
  (name: AssetName): Handler =>
  async (request, reply) => {
    const asset = ASSETS[name];
    return reply
      .header("cache-control", assetCaching(versionAsked(request), asset))
      .type(asset.type)
      .send(asset.body);
  };

/** A customer never sees a raw error: they learn what it means for their money, and the number to ask about. */
const failed =
  ({ requestIdOf }: Known) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    request.log.error({ err: error }, "a customer's page could not be shown");
    const { statusCode = 500 } = error;
    const status = statusCode >= 400 ? statusCode : 500;
    return notice(request, reply, { status, kind: "failure", requestId: requestIdOf(request) });
  };

type NoticeAnswer = { readonly status: number; readonly kind: NoticeKind; readonly requestId?: string };

/** A page that leads back to the payment's page, except where that would tell whether there is one. */
function notice(request: FastifyRequest, reply: FastifyReply, { status, ...said }: NoticeAnswer): FastifyReply {
  const locale = chooseLanguage({ ...wishesOf(request), known: null });
  const token = said.kind === "notFound" ? undefined : tokenOf(request);
  const instead = token && `/p/${token}${languageQuery(chosenLanguage(request))}`;
  return sendPage(reply.code(status).header("content-language", locale), noticePage({ ...said, locale, instead }));
}

const sendPage = (reply: FastifyReply, page: string): FastifyReply => reply.type("text/html; charset=utf-8").send(page);
