import type { FastifyServerOptions } from "fastify";

const refuse = (): never => {
  throw new Error(
    "A route has a JSON schema: here every edge parses with zod, and Fastify's compilers are not loaded.",
  );
};

/** For every server of ours: Fastify's own schema compilers are eighty files that a start would load for nothing. */
export const withoutSchemas = {
  schemaController: { compilersFactory: { buildValidator: () => refuse, buildSerializer: () => refuse } },
} satisfies FastifyServerOptions;
