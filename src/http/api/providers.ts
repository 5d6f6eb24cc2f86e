import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ProviderView } from "../../usecases/providers-view.ts";
import { at, behindTheGate } from "./door.ts";

type Needs = {
  readonly providers: () => Promise<readonly ProviderView[]>;
  /** The bearer tokens that open the API. */
  readonly tokens: readonly string[];
};

const Provider = z.looseObject({
  name: z.string().meta({ example: "stripe" }),
  account: z.string().meta({ example: "main" }),
  can: z.looseObject({
    webhooks: z.boolean(),
    close: z.boolean().meta({ description: "Whether an open checkout of a dead link is closed." }),
    refund: z.enum(["no", "whole", "part"]),
    list: z.boolean().meta({ description: "Whether a day's movements can be listed." }),
  }),
  features: z
    .record(z.string(), z.boolean())
    .nullable()
    .meta({ description: "What the provider says it has switched on; null: it was not to be known." }),
  silent: z.boolean(),
  stopped: z.boolean().meta({ description: "No new payment is begun with it until a person dismisses its case." }),
});

export const ProvidersAnswer = z.looseObject({ providers: z.array(Provider) }).meta({ id: "Providers" });

/** `GET /providers`: every account with every provider, what it can do and how it stands. */
export const providerRoutes = (server: FastifyInstance, { providers, tokens }: Needs): Promise<void> =>
  behindTheGate(server, tokens, (api) => {
    at(api, "/providers", { GET: async (_request, reply) => reply.send({ providers: await providers() }) });
  });
